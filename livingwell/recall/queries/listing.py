"""The list of those to ring, for those who ring."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import F, Q

from livingwell.consent.models import Contact, Person
from livingwell.consent.queries import contact_of
from livingwell.core.dates import day_of
from livingwell.linkwork.models import Cover
from livingwell.people.models import Membership
from livingwell.recall.models import Attempt, Entry
from livingwell.recall.queries.touch import ladder_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from uuid import UUID

    from livingwell.consent.queries import ContactSeen
    from livingwell.people.models import Account
    from livingwell.recall.models.entry import EntryQuerySet

AT_ONCE: Final = 50


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
    """Those due by now, those to come, and how many are due in all."""

    due: tuple[Row, ...]
    to_come: tuple[Row, ...]
    due_count: int


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


def works_for(viewer: Account, *, at: datetime) -> tuple[tuple[UUID, str], ...]:
    """The organizations for which somebody works with people, by name."""
    held = Membership.objects.with_people(at).filter(account=viewer).select_related("organization")
    return tuple(
        sorted({(m.organization.pk, m.organization.name) for m in held if m.organization}, key=lambda o: o[1])
    )


def listed(viewer: Account, *, at: datetime, mine: bool = False) -> Listed:
    """The list of one's organizations; with `mine` one's own, those nobody owns, and those for whom one stands in."""
    day, away = day_of(at), _away(viewer, at)
    rows = _of_work(viewer, at).open()
    if mine:
        rows = rows.filter(Q(owner=None) | Q(owner=viewer) | Q(owner__in=away))
    rows = rows.select_related("person", "owner", "calling_by", "organization").order_by(
        F("by_on").asc(nulls_last=True), "due_on", "pk"
    )
    due = list(rows.filter(due_on__lte=day)[:AT_ONCE])
    later = list(rows.filter(due_on__gt=day).order_by("due_on", "pk")[:AT_ONCE])
    times = _best_times([*due, *later], viewer, at)
    return Listed(
        tuple(_row(one, times, away) for one in due),
        tuple(_row(one, times, away) for one in later),
        len(due) if len(due) < AT_ONCE else rows.filter(due_on__lte=day).count(),
    )


def call_of(pk: UUID, viewer: Account, *, at: datetime) -> Call | None:
    """One entry with all that is needed to ring; None for one that is closed, or that this viewer may not see."""
    entry = (
        _of_work(viewer, at)
        .open()
        .filter(pk=pk)
        .select_related("person", "owner", "calling_by", "organization")
        .first()
    )
    if entry is None:
        return None
    tried = Attempt.objects.visible_to(viewer, at=at).filter(entry=entry).select_related("rung", "done_by")
    return Call(
        row=_row(entry, _best_times([entry], viewer, at), _away(viewer, at)),
        contact=contact_of(entry.person, viewer, at=at),
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


def being_rung(viewer: Account, *, at: datetime) -> UUID | None:
    """Whom this viewer is ringing now."""
    return _of_work(viewer, at).open().filter(calling_by=viewer).values_list("pk", flat=True).first()


def colleagues(organization: UUID, *, at: datetime) -> tuple[Account, ...]:
    """Those who work with people for an organization, by name."""
    held = Membership.objects.with_people(at).filter(organization=organization).select_related("account")
    return tuple(sorted({one.account for one in held}, key=str))


def may_be_listed(viewer: Account, *, at: datetime) -> tuple[Somebody, ...]:
    """Those who let this viewer know how to reach them, and that they may be rung, by name."""
    contacts = Contact.objects.visible_to(viewer, at=at).filter(ways__contains=["phone"]).exclude(phone="")
    people = Person.objects.visible_to(viewer, at=at).filter(pk__in=contacts.values("person"))
    own = Q(account=viewer)
    return tuple(Somebody(one.pk, one.called) for one in people.exclude(own).order_by("called", "pk")[:200])


def _of_work(viewer: Account, at: datetime) -> EntryQuerySet:
    works = Membership.objects.with_people(at).filter(account=viewer).values("organization")
    return (
        Entry.objects.visible_to(viewer, at=at).filter(organization__in=works).exclude(person__account=viewer)
    )


def _away(viewer: Account, at: datetime) -> frozenset[UUID]:
    covers = Cover.objects.on(day_of(at)).filter(covering=viewer)
    return frozenset(covers.values_list("away", flat=True))


def _best_times(entries: Iterable[Entry], viewer: Account, at: datetime) -> dict[UUID, str]:
    people = [one.person_id for one in entries]
    contacts = Contact.objects.visible_to(viewer, at=at).filter(person__in=people)
    return dict(contacts.values_list("person", "best_time"))


def _row(entry: Entry, times: dict[UUID, str], away: frozenset[UUID]) -> Row:
    return Row(
        id=entry.pk,
        person=entry.person_id,
        called=entry.person.called,
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
