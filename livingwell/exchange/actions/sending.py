"""Taking in what a linked-up system sends: it goes where there is a whole yes to it, else it is a draft."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from livingwell.consent.models import Part
from livingwell.core.dates import day_of
from livingwell.referrals import actions as referrals
from livingwell.referrals import queries as introductions
from livingwell.referrals.models import Referral, Status, Through

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from livingwell.consent.models import Person
    from livingwell.directory.models import Organization, Service
    from livingwell.exchange.agreeing import Yes
    from livingwell.exchange.incoming import Incoming
    from livingwell.people.models import Account


@dataclass(frozen=True, slots=True)
class Taken:
    """How an introduction that came stands: whether it is new, and whether it went now."""

    referral: Referral
    new: bool
    went: bool


def take_in(
    came: Incoming,
    yes: Yes | None,
    *,
    person: Person,
    service: Service,
    sender: Organization,
    by: Account,
    at: datetime,
    site: str,
) -> Taken:
    """Begin the introduction that was sent, and send it on where the yes is whole.

    Its id follows from the sender's own, so the same twice is one; what was changed here since does not go on the yes
    to other words. Without a yes that came with it, it goes on one that the page holds already, where the receiver may
    be told every word. Raises Refusal.
    """
    referral = Referral.objects.visible_to(by, at=at).filter(pk=came.pk(sender.pk)).first()
    new = referral is None
    if referral is None:
        referral = referrals.draft(
            person,
            service,
            weight=came.weight,
            said=came.said,
            by=by,
            at=at,
            sender=sender,
            pk=came.pk(sender.pk),
        )
    went = referral.status == Status.DRAFT and _send(referral, came, yes, by=by, at=at, site=site)
    return Taken(referral, new=new, went=went)


def _send(
    referral: Referral, came: Incoming, yes: Yes | None, *, by: Account, at: datetime, site: str
) -> bool:
    said = tuple(referral.said.order_by("place").values_list("heading", "words"))
    if came.doubts or said != came.said or referral.service_id != came.service:
        return False
    if yes is None:
        held = introductions.yes_to_all_of(referral, at=at)
        if held is None:
            return False
        referrals.send_on(referral, held, through=Through.EXCHANGE, by=by, at=at, site=site)
        return True
    longest = at + timedelta(days=referrals.CONSENT_DAYS)
    referrals.approve_and_send(
        referral,
        parts=_parts(referral, said, by=by, at=at),
        how=yes.how,
        said=f"Written down on {day_of(yes.given_at):%d.%m.%Y} by {referral.sender}, whose system sent it.",
        until=min(yes.until or longest, longest),
        through=Through.EXCHANGE,
        by=by,
        at=at,
        site=site,
    )
    return True


def _parts(referral: Referral, said: Sequence[tuple[str, str]], *, by: Account, at: datetime) -> list[Part]:
    headings = {heading for heading, _words in said}
    items = introductions.items_of(referral.person, by, at=at)
    return sorted({item.part for item in items if item.heading in headings} | {Part.STORY})
