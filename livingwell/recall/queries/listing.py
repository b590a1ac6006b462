"""The list of those to ring, for those who ring."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.db.models import Q

from livingwell.consent.acting import only
from livingwell.consent.models import Contact, Person
from livingwell.consent.queries import contact_of
from livingwell.core.dates import day_of
from livingwell.core.kept import among, kept
from livingwell.linkwork.models import Cover
from livingwell.people.models import Membership, Role
from livingwell.recall.models import Attempt, Entry, Next, Outcome, Why
from livingwell.recall.queries.touch import ladder_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date, datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from livingwell.consent.queries import ContactSeen
    from livingwell.people.models import Account
    from livingwell.people.work import Work
    from livingwell.recall.models.entry import EntryQuerySet

AT_ONCE: Final = 50
SOON: Final = 25
COUNTED: Final = 200  # of more it is said that there are more
OTHERS: Final = ("owner", "calling_by", "organization")


def _who(account: str) -> tuple[str, ...]:
    """What an account is called by, of a relation to one."""
    return tuple(f"{account}__{name}" for name in ("name", "email", "phone"))


READ: Final = (
    *("pk", "person", "why", "words", "worried", "due_on", "by_on", "owner"),
    *_who("owner"),
    *_who("calling_by"),
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
    own, among_mine = [pk for (pk,) in _own(viewer)], list(away) if mine else None
    places = [place.pk for place in work.places()]
    all_due = _as_one([_due(viewer, at, place, own, among_mine, day) for place in places], _by_promise)
    due = all_due[:AT_ONCE]
    later = _as_one([_later(viewer, at, place, own, among_mine, day) for place in places], _by_day)[:SOON]
    people = {one.person for one in (*due, *later)}
    with only(people):
        names = dict(_names(viewer, at, list(people)))
        times = dict(_best_times(viewer, at, list(people)))
    return Listed(
        tuple(_row(one, names.get(one.person, ""), times.get(one.person, ""), away) for one in due),
        tuple(_row(one, names.get(one.person, ""), times.get(one.person, ""), away) for one in later),
        min(len(all_due), COUNTED),
        len(all_due) > COUNTED,
    )


class _One(NamedTuple):
    """An entry with the names of those it concerns, in the order of READ."""

    id: UUID
    person: UUID
    why: str
    words: str
    worried: str
    due_on: date
    by_on: date | None
    owner: UUID | None
    owner_name: str | None
    owner_email: str | None
    owner_phone: str | None
    caller_name: str | None
    caller_email: str | None
    caller_phone: str | None
    organization: str


def _by_promise(one: _One) -> tuple[object, ...]:
    """The order of those who are due: those to whom a day was promised, by that day; then by the day."""
    return (one.by_on is None, one.by_on, one.due_on, one.id)


def _by_day(one: _One) -> tuple[object, ...]:
    """The order of those to come."""
    return (one.due_on, one.id)


def _as_one(rows: Iterable[Iterable[tuple[Any, ...]]], order: Callable[[_One], Any]) -> list[_One]:
    """Several lists, of which each was read by its index, as one."""
    return sorted((_One(*one) for some in rows for one in some), key=order)


def _here(
    viewer: Account, at: datetime, place: UUID, own: list[UUID], away: list[UUID] | None
) -> QuerySet[Entry]:
    """The open entries of one organization but about oneself; with `away` one's own, nobody's, and those of these."""
    rows = Entry.objects.visible_to(viewer, at=at).exclude(person__in=among(own)).open()
    if away is not None:
        rows = rows.filter(Q(owner=None) | Q(owner=viewer) | Q(owner__in=among(away)))
    return rows.filter(organization=place)


@kept
def _due(
    viewer: Account, at: datetime, place: UUID, own: list[UUID], away: list[UUID] | None, day: date
) -> QuerySet[Entry, tuple[Any, ...]]:
    rows = _here(viewer, at, place, own, away).filter(due_on__lte=day)
    return rows.order_by("by_on", "due_on", "pk").values_list(*READ)[: COUNTED + 1]


@kept
def _later(
    viewer: Account, at: datetime, place: UUID, own: list[UUID], away: list[UUID] | None, day: date
) -> QuerySet[Entry, tuple[Any, ...]]:
    rows = _here(viewer, at, place, own, away).filter(due_on__gt=day)
    return rows.order_by("due_on", "pk").values_list(*READ)[:SOON]


@kept
def _own(viewer: Account) -> QuerySet[Person, tuple[UUID]]:
    return Person.objects.filter(account=viewer).values_list("pk")


@kept
def _names(viewer: Account, at: datetime, people: list[UUID]) -> QuerySet[Person, tuple[UUID, str]]:
    return Person.objects.visible_to(viewer, at=at).filter(pk__in=among(people)).values_list("pk", "called")


@kept
def _best_times(viewer: Account, at: datetime, people: list[UUID]) -> QuerySet[Contact, tuple[UUID, str]]:
    rows = Contact.objects.visible_to(viewer, at=at).filter(person__in=among(people))
    return rows.values_list("person", "best_time")


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
    return Call(
        row=_row(_one(entry), entry.person.called, contact.best_time, _away(viewer, at)),
        contact=contact,
        ladder=ladder_of(entry.person, viewer, at=at),
        tried=tuple(
            Tried(str(Outcome(outcome).label), str(Next(step).label), words or "", _label(*who), done_at)
            for outcome, step, words, done_at, *who in _tried(viewer, at, entry)
        ),
    )


@kept
def _tried(viewer: Account, at: datetime, entry: Entry) -> QuerySet[Attempt, tuple[Any, ...]]:
    rows = Attempt.objects.visible_to(viewer, at=at).filter(entry=entry).order_by("-done_at")
    return rows.values_list("outcome", "next", "rung__words", "done_at", *_who("done_by"))


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
    return frozenset(account for (account,) in _covered(viewer, day_of(at)))


@kept
def _covered(viewer: Account, day: date) -> QuerySet[Cover, tuple[UUID]]:
    return Cover.objects.on(day).filter(covering=viewer).values_list("away")


def _label(name: str | None, email: str | None, phone: str | None) -> str:
    """As an account is called; nothing where there is none."""
    return name or email or phone or ""


def _one(entry: Entry) -> _One:
    return _One(
        entry.pk,
        entry.person_id,
        entry.why,
        entry.words,
        entry.worried,
        entry.due_on,
        entry.by_on,
        entry.owner_id,
        *(str(entry.owner) if entry.owner else "", "", ""),
        *(str(entry.calling_by) if entry.calling_by else "", "", ""),
        entry.organization.name,
    )


def _row(one: _One, called: str, best_time: str, away: frozenset[UUID]) -> Row:
    return Row(
        id=one.id,
        person=one.person,
        called=called,
        why=str(Why(one.why).label),
        words=one.words,
        worried=one.worried,
        due_on=one.due_on,
        by_on=one.by_on,
        best_time=best_time,
        owner=_label(one.owner_name, one.owner_email, one.owner_phone),
        stands_in=one.owner in away,
        being_rung_by=_label(one.caller_name, one.caller_email, one.caller_phone),
        organization=one.organization,
    )
