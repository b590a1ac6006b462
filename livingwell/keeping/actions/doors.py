"""Letting the people of entries in by a link: sent only to the address an entry has, opened once, ended at once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from livingwell.core.errors import Refusal
from livingwell.keeping import letters
from livingwell.keeping.links import door_token
from livingwell.keeping.models import Door
from livingwell.keeping.queries.due import addresses
from livingwell.messaging.actions import send
from livingwell.messaging.models import Channel

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from livingwell.directory.models import Service

LINK: Final = timedelta(minutes=30)
VISIT: Final = timedelta(hours=8)
VISITOR: Final = "a visitor"


def send_link(service: Service, *, site: str, at: datetime) -> None:
    """Send a link to the address that the entry has; at most one each half hour. Refusal where it has none."""
    to = addresses([service.pk]).get(service.pk)
    if not to:
        raise Refusal(_("We have no e-mail address for it, so we cannot send a link."))
    pk = uuid4()
    with transaction.atomic():
        if Door.objects.unopened(at).filter(organization=service.organization, to=to).exists():
            return
        Door.objects.create(
            pk=pk, organization=service.organization, to=to, made_at=at, made_by=VISITOR, until=at + LINK
        )
        send(
            channel=Channel.EMAIL,
            to=to,
            subject=_("Your link to keep your entries right"),
            body=letters.door(
                service.organization.name, link=f"{site}/your-entries/open/{door_token(pk)}/", minutes=30
            ),
            key=f"door:{pk}",
            at=at,
            by=VISITOR,
            forget=True,
        )


def come_in(door: UUID, *, at: datetime) -> Door:
    """Open a link, once."""
    with transaction.atomic():
        found = Door.objects.unopened(at).select_for_update().filter(pk=door).first()
        if found is None:
            raise Refusal(
                _("This link was used, or is too old. Ask for a new one on the page of your entry.")
            )
        found.opened_at, found.opened_by, found.until = at, found.to, at + VISIT
        found.save(update_fields=["opened_at", "opened_by", "until"])
        return found


def leave(door: Door, *, at: datetime) -> None:
    """End the visit, in every browser that has it."""
    Door.objects.filter(pk=door.pk, ended_at=None).update(ended_at=at, ended_by=door.to)
