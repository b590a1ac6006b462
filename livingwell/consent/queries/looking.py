"""Who looked at a page and what they did, by day and person; and what was asked about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Final

from django.db.models import Exists, OuterRef

from livingwell.consent import telling
from livingwell.consent.models import Access, Did, Emergency, Grounds, Part, Purpose, Question
from livingwell.core import dates

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from uuid import UUID

    from livingwell.consent.models import Person
    from livingwell.people.models import Account

ROWS: Final = 100


@dataclass(frozen=True, slots=True)
class Look:
    """What was done with which parts, in words: when last, when first, and how often in between."""

    at: datetime
    did: str
    since: datetime
    times: int = 1


@dataclass(frozen=True, slots=True)
class Looker:
    """Somebody on one day: who, for whom, what lets them, all they did. `about`: the look one may ask about."""

    who: str
    organization: str
    because: str
    in_emergency: bool
    looks: tuple[Look, ...]
    about: UUID
    asked: bool


@dataclass(frozen=True, slots=True)
class Day:
    """One day with everybody who looked on it."""

    day: date
    lookers: tuple[Looker, ...]


@dataclass(frozen=True, slots=True)
class Looks:
    """A page of looks, newest first; `earlier`: the moment before which the next page begins, if there is one."""

    days: tuple[Day, ...]
    earlier: datetime | None


@dataclass(frozen=True, slots=True)
class QuestionSeen:
    """What somebody asked, and the answer once there is one."""

    id: UUID
    asked_at: datetime
    who: str
    looked_at: datetime
    words: str
    due_on: date
    answered_at: datetime | None
    answer: str


def who_looked(
    person: Person, viewer: Account, *, at: datetime, own: bool, before: datetime | None = None
) -> Looks:
    """The looks at a page, a hundred rows at a time, however many there are."""
    found = Access.objects.visible_to(viewer, at=at).filter(person=person)
    if before is not None:
        found = found.filter(done_at__lt=before)
    asked = Exists(Question.objects.filter(access=OuterRef("pk")))
    rows = list(
        found.annotate(asked=asked)
        .select_related("done_by", "consent__organization", "emergency__organization")
        .order_by("-done_at")[: ROWS + 1]
    )
    earlier = None
    if len(rows) > ROWS:
        # A moment is shown whole: it goes to the next page where it would be cut in two.
        kept = [row for row in rows if row.done_at > rows[-1].done_at] or rows
        rows, earlier = kept, kept[-1].done_at
    return Looks(tuple(_days(rows, own=own)), earlier)


def access_asked_about(person: Person, pk: UUID, viewer: Account, *, at: datetime) -> Access | None:
    """One look at this page."""
    return Access.objects.visible_to(viewer, at=at).filter(person=person, pk=pk).first()


def questions_of(person: Person, viewer: Account, *, at: datetime) -> tuple[QuestionSeen, ...]:
    """What was asked about looks at this page, newest first, with the answers."""
    found = Question.objects.visible_to(viewer, at=at).filter(person=person)
    rows = found.select_related("access__done_by").order_by("-asked_at")[:20]
    return tuple(
        QuestionSeen(
            one.pk,
            one.asked_at,
            name_of(one.access.done_by),
            one.access.done_at,
            one.words,
            one.due_on,
            one.answered_at,
            one.answer,
        )
        for one in rows
    )


def name_of(account: Account) -> str:
    """The name under which somebody is known here."""
    return account.name or str(account)


def moments(rows: Iterable[Access], *, own: bool) -> tuple[Look, ...]:
    """What one person did, a moment a line: parts looked at together stand together."""
    made = []
    for (done_at, did), together in groupby(rows, key=lambda row: (row.done_at, row.did)):
        parts = {row.part for row in together}
        made.append(
            Look(done_at, telling.did(Did(did), [p for p in Part if p.value in parts], own=own), done_at)
        )
    return tuple(made)


def told_once(looks: Iterable[Look]) -> tuple[Look, ...]:
    """The same thing done again stands in one line, newest first: a page read ten times is not ten lines."""
    once: dict[str, Look] = {}
    for look in looks:
        newer = once.get(look.did)
        once[look.did] = replace(newer, since=look.since, times=newer.times + look.times) if newer else look
    return tuple(once.values())


def _days(rows: list[Access], *, own: bool) -> Iterable[Day]:
    for day, on_it in groupby(rows, key=lambda row: dates.day_of(row.done_at)):
        by_looker: dict[tuple[UUID, UUID | None, str], list[Access]] = {}
        for row in on_it:
            by_looker.setdefault(_who_and_why(row), []).append(row)
        yield Day(day, tuple(_looker(group, own=own) for group in by_looker.values()))


def _who_and_why(row: Access) -> tuple[UUID, UUID | None, str]:
    if row.emergency is not None:
        return row.done_by_id, row.emergency_id, ""
    organization = row.consent.organization_id if row.consent else None
    return row.done_by_id, organization, row.consent.purpose if row.consent else ""


def _looker(rows: list[Access], *, own: bool) -> Looker:
    last = rows[0]
    ground = last.emergency or last.consent
    organization = ground.organization.name if ground and ground.organization else ""
    if isinstance(ground, Emergency):
        because = str(Grounds(ground.grounds).label)
    else:
        because = str(Purpose(ground.purpose).label) if ground else ""
    # Parts of one moment come in any order from the database: the same one is asked about each time.
    about = min((row for row in rows if row.done_at == last.done_at), key=lambda row: str(row.pk))
    return Looker(
        who=name_of(last.done_by),
        organization=organization,
        because=because,
        in_emergency=isinstance(ground, Emergency),
        looks=told_once(moments(sorted(rows, key=lambda row: (row.done_at, row.did), reverse=True), own=own)),
        about=about.pk,
        asked=any(getattr(row, "asked", False) for row in rows),
    )
