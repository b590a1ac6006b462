"""Asking somebody to take up a role, and their yes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import formats
from django.utils.translation import gettext as _

from livingwell.core.errors import Refusal
from livingwell.messaging import addresses
from livingwell.messaging.actions import send
from livingwell.messaging.models import Channel
from livingwell.people import invitations
from livingwell.people.actions.roles import appoint
from livingwell.people.models import OF_ORGANIZATIONS, Invitation, Role

if TYPE_CHECKING:
    from datetime import datetime

    from livingwell.directory.models import Organization
    from livingwell.people.models import Account, Membership

GOOD_FOR: Final = timedelta(days=7)


def invite(
    email: str, role: Role, *, organization: Organization | None, site: str, by: str, at: datetime
) -> Invitation:
    """Send a link that lets the owner of an address take up a role within a week. An older open one is taken back."""
    if (role in OF_ORGANIZATIONS) != (organization is not None):
        raise Refusal(
            _(
                "Link workers, clinicians, peer supporters and providers act for one organization; the other roles "
                "are for the whole network."
            )
        )
    address = addresses.email(email).lower()
    with transaction.atomic():
        for older in Invitation.objects.open(at).filter(email=address, role=role, organization=organization):
            withdraw(older, by=by, at=at)
        invitation = Invitation(
            email=address,
            role=role,
            organization=organization,
            invited_at=at,
            invited_by=by,
            until=at + GOOD_FOR,
        )
        invitation.save()
        words = _(
            "%(by)s asks you to join the Living Well Network as: %(role)s.\n\n"
            "See what that means, and say yes if you like: %(link)s\n\n"
            "The link is for you alone and works once, until %(until)s. If it is not for you, do nothing."
        )
        said = {
            "by": by,
            "role": f"{role.label}, {organization.name}" if organization else role.label,
            "link": f"{site}{invitations.address(invitation.pk)}",
            "until": formats.date_format(invitation.until, "l j F"),
        }
        send(
            channel=Channel.EMAIL,
            to=address,
            subject=_("An invitation"),
            body=words % said,
            key=f"invitation:{invitation.pk}",
            at=at,
            by=by,
        )
        return invitation


def withdraw(invitation: Invitation, *, by: str, at: datetime) -> None:
    """Take an invitation back; its link opens nothing more."""
    open_ones = Invitation.objects.open(at).filter(pk=invitation.pk)
    open_ones.update(withdrawn_at=at, withdrawn_by=by)


def accept(invitation: Invitation, account: Account, *, at: datetime) -> Membership:
    """Take up the role, once, by the account of the address the invitation was sent to."""
    with transaction.atomic():
        asked = Invitation.objects.open(at).select_for_update().filter(pk=invitation.pk).first()
        if asked is None:
            raise Refusal(
                _("This invitation is over: it was used, taken back or too old. Ask for a new one.")
            )
        if asked.email != account.email:
            raise Refusal(_("This invitation is for another e-mail address. Sign in with that one."))
        asked.accepted_at, asked.accepted_by = at, account
        asked.save(update_fields=["accepted_at", "accepted_by"])
        return appoint(
            asked.email, Role(asked.role), organization=asked.organization, by=asked.invited_by, at=at
        )
