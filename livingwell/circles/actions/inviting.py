"""Inviting somebody from the circle to be there, with sight of what the person chooses; taking that back; their yes."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.db import connection, transaction
from django.utils import formats
from django.utils.translation import gettext as _

from livingwell.circles import links
from livingwell.circles.models import CarerInvitation, Ring, Sent
from livingwell.consent.actions import remember
from livingwell.consent.models import How, Kind, Part
from livingwell.core.actions import count
from livingwell.core.errors import Refusal
from livingwell.messaging import addresses
from livingwell.messaging.actions import cancel, send
from livingwell.messaging.models import Channel

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from livingwell.circles.models import CircleMember
    from livingwell.people.models import Account

GOOD_FOR: Final = timedelta(days=7)
A_DAY: Final = 10
DAY: Final = timedelta(days=1)


def invite(
    member: CircleMember,
    *,
    parts: Sequence[Part],
    lasts_until: datetime,
    sent: Sent,
    to: str,
    signed: str,
    site: str,
    by: Account,
    at: datetime,
    how: How = How.SCREEN,
    said: str = "",
) -> str:
    """Ask somebody around the person to be there; answers the link, which is good once, within a week.

    It is sent to an address, or handed over by the person. `signed` is the name that the message gives, as the person
    chose it. An older open invitation to the same one is taken back. Raises Refusal where something is missing, where
    somebody else invites and notes no word of the person's, for a text to whoever must not be rung, and after
    ten in one day.
    """
    _see_that_it_is_whole(member, parts, lasts_until, sent, how, said, by, at)
    address = _address(sent, to)
    if count("circle invitations", str(member.person_id), within=DAY, at=at) > A_DAY:
        raise Refusal(_("That is many invitations for one day. Invite the next one tomorrow."))
    with transaction.atomic():
        for older in CarerInvitation.objects.open(at).filter(member=member):
            take_back(older, by=by, at=at)
        secret = secrets.token_urlsafe(32)
        invitation = CarerInvitation.objects.create(
            person=member.person,
            member=member,
            parts=sorted({Part(part).value for part in parts}),
            lasts_until=lasts_until,
            how=how,
            said=said.strip(),
            sent=sent,
            sent_to=address,
            secret_hash=hashlib.sha256(secret.encode()).hexdigest(),
            invited_at=at,
            invited_by=by,
            until=at + GOOD_FOR,
        )
        link = f"{site}{links.address(secret)}"
        if sent != Sent.LINK:
            _send(invitation, Channel(sent.value), link, signed, by=by, at=at)
        remember(member.person, Kind.CARER_INVITED, Part.CONSENTS, by=by, at=at, about=member.pk)
        return link


def take_back(invitation: CarerInvitation, *, by: Account, at: datetime) -> None:
    """Take an invitation back; its link opens nothing more. What was accepted is ended by withdrawing the consent."""
    with transaction.atomic():
        held = CarerInvitation.objects.open(at).filter(pk=invitation.pk)
        if held.update(withdrawn_at=at, withdrawn_by=by, sent_to=""):
            cancel(_key(invitation), by=str(by.pk), at=at)


def accept(secret: str, *, by: Account, at: datetime) -> UUID:
    """Say yes to an invitation; answers the id of the page. The consent is made by the database (`letting_in`).

    Raises Refusal where it is over, was sent to another address, or is one's own.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT circles_invitation_accept(%s, %s, %s)", [secret, by.pk, at])
        person = cursor.fetchone()[0]
    if person is None:
        raise Refusal(_("This invitation is over, or for somebody else. Ask whoever sent it for a new one."))
    return UUID(str(person))


def _see_that_it_is_whole(
    member: CircleMember,
    parts: Sequence[Part],
    lasts_until: datetime,
    sent: Sent,
    how: How,
    said: str,
    by: Account,
    at: datetime,
) -> None:
    if not parts or Part.CONSENTS in parts:
        raise Refusal(_("Choose at least one part of your page."))
    if lasts_until <= at:
        raise Refusal(_("Choose a last day that is still to come."))
    if member.person.account_id != by.pk and (how == How.SCREEN or not said.strip()):
        raise Refusal(_("Write down what they said when they agreed, and how they said it."))
    if sent == Sent.TEXT and member.ring == Ring.NEVER:
        raise Refusal(_("You said that they must not be rung, so we do not text them. Choose another way."))


def _address(sent: Sent, to: str) -> str:
    match sent:
        case Sent.EMAIL:
            return addresses.email(to).lower()
        case Sent.TEXT:
            return addresses.uk_mobile(to)
        case Sent.LINK:
            return ""


def _send(
    invitation: CarerInvitation, channel: Channel, link: str, signed: str, *, by: Account, at: datetime
) -> None:
    """The message: who asks, in the name the person chose, and the link. Not a word of what is on the page."""
    words = _(
        "%(name)s has sent you an invitation. See what it is, and say yes or no: %(link)s\n\n"
        "The link is for you alone and works once, until %(until)s. If it is not for you, do nothing."
    )
    said = {
        "name": " ".join(signed.split()) or _("Somebody you know"),
        "link": link,
        "until": formats.date_format(invitation.until, "l j F"),
    }
    send(
        channel=channel,
        to=invitation.sent_to,
        subject=_("An invitation"),
        body=words % said,
        key=_key(invitation),
        at=at,
        by=str(by.pk),
        forget=True,
    )


def _key(invitation: CarerInvitation) -> str:
    return f"circle-invitation:{invitation.pk}"
