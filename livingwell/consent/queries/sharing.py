"""Who can see what of a page, by receiver; what has ended; what was stopped just now and can be taken back."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db.models import Q

from livingwell.consent.models import Consent, How, Part, Purpose
from livingwell.core import dates

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from livingwell.consent.models import Person
    from livingwell.people.models import Account

MOST_ENDED: Final = 100


@dataclass(frozen=True, slots=True)
class Shared:
    """One consent in words. `until`: the last day. `by`: who recorded it, empty where the person did.

    `opens`: whether it opens the page. With an introduction they are told these parts and no page opens.
    """

    id: UUID
    receiver: str
    parts: tuple[str, ...]
    purpose: str
    may_change: bool
    opens: bool
    given_on: date
    until: date
    how: str
    by: str
    said: str
    ended_on: date
    stopped: bool


@dataclass(frozen=True, slots=True)
class Receiver:
    """An organization, or a person by name, and all that they can see."""

    name: str
    is_organization: bool
    shared: tuple[Shared, ...]


@dataclass(frozen=True, slots=True)
class WhoSees:
    """The whole screen: those who can see something, what has ended, newest first, and what can be taken back."""

    receivers: tuple[Receiver, ...]
    ended: tuple[Shared, ...]
    stopped_just_now: tuple[Shared, ...]


def who_sees(person: Person, viewer: Account, *, at: datetime, taken_back_within: timedelta) -> WhoSees:
    """Who can see what of a page, for whoever may see that."""
    named = Consent.objects.visible_to(viewer, at=at).filter(person=person)
    named = named.select_related("organization", "account", "given_by")
    live = list(named.live(at).order_by("given_at"))
    over = named.filter(Q(withdrawn_at__lte=at) | Q(until__lte=at)).order_by("-given_at")[:MOST_ENDED]
    ended = sorted(over, key=_ended_at, reverse=True)
    held = {(one.organization_id, one.account_id, one.purpose) for one in live}
    just_now = [
        one
        for one in ended
        if one.withdrawn_by_id == viewer.pk
        and one.withdrawn_at is not None
        and at < one.withdrawn_at + taken_back_within
        and one.until > at
        and one.purpose != Purpose.INTRODUCTION
        and (one.organization_id, one.account_id, one.purpose) not in held
    ]
    latest = {(one.organization_id, one.account_id, one.purpose): one for one in reversed(just_now)}
    return WhoSees(
        receivers=_by_receiver(live, person),
        ended=tuple(_told(one, person) for one in ended),
        stopped_just_now=tuple(_told(one, person) for one in latest.values()),
    )


def consent_of(person: Person, pk: UUID, viewer: Account, *, at: datetime) -> Consent | None:
    """One consent of this page."""
    named = Consent.objects.visible_to(viewer, at=at).filter(person=person, pk=pk)
    return named.select_related("person", "organization", "account").first()


def receiver_of(consent: Consent) -> str:
    """The name of whoever is let in."""
    return consent.organization.name if consent.organization else str(consent.account)


def last_day(until: datetime) -> date:
    """The last day on which something holds that ends at a moment, where people live."""
    return dates.day_of(until - timedelta(microseconds=1))


def _by_receiver(live: list[Consent], person: Person) -> tuple[Receiver, ...]:
    grouped: dict[tuple[bool, str, UUID | None], list[Consent]] = defaultdict(list)
    for one in live:
        receiver = one.organization_id or one.account_id
        grouped[one.organization_id is None, receiver_of(one).casefold(), receiver].append(one)
    return tuple(
        Receiver(
            receiver_of(consents[0]),
            consents[0].organization_id is not None,
            tuple(_told(one, person) for one in consents),
        )
        for _key, consents in sorted(grouped.items(), key=lambda item: item[0][:2])
    )


def _told(one: Consent, person: Person) -> Shared:
    parts = [str(part.label) for part in Part if part.value in one.parts]
    if one.purpose == Purpose.KEEP:
        parts.append(str(Part.CONSENTS.label))
    return Shared(
        id=one.pk,
        receiver=receiver_of(one),
        parts=tuple(parts),
        purpose=str(Purpose(one.purpose).label),
        may_change=one.may_change,
        opens=one.purpose != Purpose.INTRODUCTION,
        given_on=dates.day_of(one.given_at),
        until=last_day(one.until),
        how=str(How(one.how).label),
        by="" if one.given_by_id == person.account_id else str(one.given_by.name or one.given_by),
        said=one.said,
        ended_on=_ended_on(one),
        stopped=one.withdrawn_at is not None and one.withdrawn_at < one.until,
    )


def _ended_on(one: Consent) -> date:
    """The day on which it was stopped, or else its last day."""
    stopped = one.withdrawn_at is not None and one.withdrawn_at < one.until
    return dates.day_of(_ended_at(one)) if stopped else last_day(one.until)


def _ended_at(one: Consent) -> datetime:
    return min(one.until, one.withdrawn_at or one.until)
