"""Changes that wait: putting one forward, taking it over, or not."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils.translation import gettext as _

from livingwell.core.errors import Refusal
from livingwell.directory.actions.editing import change
from livingwell.directory.actions.private import secret_of
from livingwell.directory.models import Assured, How
from livingwell.directory.models import Status as Running
from livingwell.keeping import letters
from livingwell.keeping.actions.private import keep_private
from livingwell.keeping.models import Proposal
from livingwell.keeping.models.proposal import NEXT, Status
from livingwell.messaging.actions import send
from livingwell.messaging.models import Channel

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from typing import Any

    from livingwell.directory.models import Service

CONFIDENTIAL: Final = "is_confidential"
"""Among the values of a proposal: that where it is shall be kept private. No box of an entry has it."""


def propose(
    service: Service,
    values: Mapping[str, object],
    *,
    how: Assured,
    by: str,
    at: datetime,
    note: str = "",
) -> Proposal:
    """Let a change wait for a look. The same from the same person twice is one."""
    if not values and not note:
        raise Refusal(_("Say what should change."))
    with transaction.atomic():
        secret = secret_of([service.pk])
        said = {"values": secret.hide_in(dict(values)), "note": secret.hide(note)}
        alike = Proposal.objects.waiting().filter(service=service, proposed_by=by, **said)
        return alike.first() or Proposal.objects.create(
            service=service, how=how, proposed_at=at, proposed_by=by, **said
        )


def ask_to_keep_private(service: Service, *, how: Assured, by: str, at: datetime) -> Proposal:
    """Its people ask that nobody can learn from us where it is. They write no address here: we know it or need not."""
    if service.is_confidential:
        raise Refusal(_("Where it is is kept private already."))
    return propose(service, {CONFIDENTIAL: True}, how=how, by=by, at=at)


def accept(proposal: Proposal, *, by: str, at: datetime) -> None:
    """Make the entry say so. Raises Refusal where it was decided before, Unfit where it cannot be kept."""
    with transaction.atomic():
        decided = _decide(proposal, Status.ACCEPTED, by=by, at=at)
        both = f"{decided.proposed_by}, {by}"
        values = {name: value for name, value in decided.values.items() if name != CONFIDENTIAL}
        if values:
            change(decided.service, values, by=both, how=How(decided.how), at=at, note=decided.note)
        if CONFIDENTIAL in decided.values:
            keep_private(decided.service, by=both, at=at)
        _tell(decided, by=by, at=at)


def decline(proposal: Proposal, *, by: str, at: datetime, reason: str) -> None:
    """Leave the entry as it is. A reason is kept. Of a closing that is none, our warning goes."""
    if not reason.strip():
        raise Refusal(_("Say in a few words why not, for whoever reads this later."))
    with transaction.atomic():
        decided = _decide(proposal, Status.DECLINED, by=by, at=at, reason=reason.strip())
        if decided.values.get("status") == Running.DEFUNCT.value and "alert" in decided.values:
            change(decided.service, {"alert": ""}, by=by, how=How.SCREEN, at=at)
        _tell(decided, by=by, at=at)


def _tell(decided: Proposal, *, by: str, at: datetime) -> None:
    """Tell whoever asked by our link or signed in; volunteers who wrote down a call are not written to."""
    if decided.how != Assured.LINK or "@" not in decided.proposed_by:
        return
    accepted = decided.status == Status.ACCEPTED
    with contextlib.suppress(Refusal):  # they asked us to send nothing more
        send(
            channel=Channel.EMAIL,
            to=decided.proposed_by,
            subject=_("What became of your change"),
            body=letters.decided(decided.service.name, accepted=accepted, reason=decided.reason),
            key=f"proposal:{decided.pk}",
            at=at,
            by=by,
        )


def _decide(proposal: Proposal, status: Status, **said: Any) -> Proposal:
    now = Proposal.objects.select_for_update(of=("self",)).select_related("service").get(pk=proposal.pk)
    if status not in NEXT[Status(now.status)]:
        raise Refusal(_("Somebody has looked at this already."))
    now.status, now.decided_at, now.decided_by = status, said["at"], said["by"]
    now.reason = said.get("reason", "")
    now.save(update_fields=["status", "decided_at", "decided_by", "reason"])
    return now
