"""The list of those to ring, for those who ring."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import Q

from livingwell.consent.acting import only
from livingwell.consent.models import Contact, Person
from livingwell.consent.queries import contact_of
from livingwell.core.dates import day_of
from livingwell.linkwork.models import Cover
from livingwell.people.models import Membership, Role
from livingwell.recall.models import Attempt, Entry
from livingwell.recall.queries.touch import ladder_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from uuid import UUID

    from livingwell.consent.queries import ContactSeen
    from livingwell.people.models import Account
    from livingwell.people.work import Work
    from livingwell.recall.models.entry import EntryQuerySet

AT_ONCE: Final = 50
SOON: Final = 25
COUNTED: Final = 200  # of more it is said that there are more
OTHERS: Final = ("owner", "calling_by", "organization")
READ: Final = (
    *("person", "why", "words", "worried", "due_on", "by_on"),
    *(f"{who}__{name}" for who in ("owner", "calling_by") for name in ("name", "email", "phone")),
    "organization__name",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One on the list. `stands_in`: the owner is away and whoever asks stands in for them."""

    id: UUID
    person: UUID
    called: str
    why: str
    words: str
    worried: str
    due_on: date
    by_on: date | None
    best_time: str
    owner: str
    stands_in: bool
    being_rung_by: str
    organization: str


@dataclass(frozen=True, slots=True)
class Listed:
    """Those due by now, those to come, and how many are due in all; of `many` there are more than that."""

    due: tuple[Row, ...]
    to_come: tuple[Row, ...]
    due_count: int
    many: bool


@dataclass(frozen=True, slots=True)
class Tried:
    """A call that was made: what came of it, what was next."""

    outcome: str
    next: str
    rung: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Call:
    """All that is needed to ring one person, on one screen."""

    row: Row
    contact: ContactSeen
    ladder: tuple[str, ...]
    tried: tuple[Tried, ...]


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person who may be put on the list."""

    id: UUID
    called: str


def listed(viewer: Account, work: Work, *, at: datetime, mine: bool = False) -> Listed:
    """The list of where one works; with `mine` one's own, those nobody owns, and those for whom one stands in."""
    day, away = day_of(at), _away(viewer, at)
    own = list(Person.objects.filter(account=viewer).values_list("pk", flat=True))
    seen = Entry.objects.visible_to(viewer, at=at).exclude(person__in=own).open()
    rows = [seen.filter(organization=place) for place in work.places()]
    if mine:
        whose = Q(owner=None) | Q(owner=viewer) | Q(owner__in=away)
        rows = [some.filter(whose) for some in rows]
    due = _first([some.filter(due_on__lte=day) for some in rows], AT_ONCE, "by_on", "due_on", "pk")
    later = _first([some.filter(due_on__gt=day) for some in rows], SOON, "due_on", "pk")
    people = {one.person_id for one in (*due, *later)}
    with only(people):
        names = dict(
            Person.objects.visible_to(viewer, at=at).filter(pk__in=people).values_list("pk", "called")
        )
        times = _best_times(people, viewer, at)
    number = len(due)
    if number == AT_ONCE:
        number = sum(len(some.filter(due_on__lte=day).values_list("pk")[: COUNTED + 1]) for some in rows)
    return Listed(
        tuple(_row(one, names, times, away) for one in due),
        tuple(_row(one, names, times, away) for one in later),
        min(number, COUNTED),
        number > COUNTED,
    )


def _first(rows: Iterable[EntryQuerySet], most: int, *order: str) -> list[Entry]:
    """The first of several lists that are each read by their index."""
    found = [one for some in rows for one in some.select_related(*OTHERS).only(*READ).order_by(*order)[:most]]
    keys = {one.pk: [(getattr(one, name) is None, getattr(one, name)) for name in order] for one in found}
    return sorted(found, key=lambda one: keys[one.pk])[:most]


def to_ring(viewer: Account, work: Work, *, at: datetime) -> EntryQuerySet:
    """The open ones of where somebody works, but for themself: each with whom it is about and who sees to it."""
    return (
        Entry.objects.visible_to(viewer, at=at)
        .open()
        .filter(organization__in=work.places())
        .exclude(person__account=viewer)
        .select_related("person", *OTHERS)
    )


def call_of(entry: Entry, viewer: Account, *, at: datetime) -> Call:
    """All that is needed to ring one of those `to_ring`. Four queries."""
    contact = contact_of(entry.person, viewer, at=at)
    tried = Attempt.objects.visible_to(viewer, at=at).filter(entry=entry).select_related("rung", "done_by")
    return Call(
        row=_row(
            entry,
            {entry.person_id: entry.person.called},
            {entry.person_id: contact.best_time},
            _away(viewer, at),
        ),
        contact=contact,
        ladder=ladder_of(entry.person, viewer, at=at),
        tried=tuple(
            Tried(
                one.get_outcome_display(),
                one.get_next_display(),
                one.rung.words if one.rung else "",
                str(one.done_by),
                one.done_at,
            )
            for one in tried.order_by("-done_at")
        ),
    )


def colleagues(organization: UUID, *, at: datetime, peers: bool = False) -> tuple[Account, ...]:
    """Those who work with people for an organization, by name; with `peers` its peer supporters alone."""
    held = Membership.objects.with_people(at).filter(organization=organization).select_related("account")
    if peers:
        held = held.filter(role=Role.PEER_SUPPORTER)
    return tuple(sorted({one.account for one in held}, key=str))


def may_be_listed(viewer: Account, *, at: datetime) -> tuple[Somebody, ...]:
    """Those who let this viewer know how to reach them, and that they may be rung, by name."""
    contacts = Contact.objects.visible_to(viewer, at=at).filter(ways__contains=["phone"]).exclude(phone="")
    people = Person.objects.visible_to(viewer, at=at).filter(pk__in=contacts.values("person"))
    own = Q(account=viewer)
    return tuple(Somebody(one.pk, one.called) for one in people.exclude(own).order_by("called", "pk")[:200])


def _away(viewer: Account, at: datetime) -> frozenset[UUID]:
    covers = Cover.objects.on(day_of(at)).filter(covering=viewer)
    return frozenset(covers.values_list("away", flat=True))


def _best_times(people: set[UUID], viewer: Account, at: datetime) -> dict[UUID, str]:
    contacts = Contact.objects.visible_to(viewer, at=at).filter(person__in=people)
    return dict(contacts.values_list("person", "best_time"))


def _row(entry: Entry, names: dict[UUID, str], times: dict[UUID, str], away: frozenset[UUID]) -> Row:
    return Row(
        id=entry.pk,
        person=entry.person_id,
        called=names.get(entry.person_id, ""),
        why=str(entry.get_why_display()),
        words=entry.words,
        worried=entry.worried,
        due_on=entry.due_on,
        by_on=entry.by_on,
        best_time=times.get(entry.person_id, ""),
        owner=str(entry.owner) if entry.owner else "",
        stands_in=entry.owner_id in away,
        being_rung_by=str(entry.calling_by) if entry.calling_by else "",
        organization=entry.organization.name,
    )
