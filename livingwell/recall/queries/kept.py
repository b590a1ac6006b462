"""All that is kept of being in touch with somebody, to take away: as far as whoever takes it may see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from livingwell.recall.models import Ask, Attempt, CheckIn, Entry, Missed, NotRung, Peers, Telling, Wobble
from livingwell.recall.queries.touch import ladder_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from uuid import UUID

    from livingwell.consent.models import Person
    from livingwell.people.models import Account


@dataclass(frozen=True, slots=True)
class CheckInKept:
    """What somebody wants to be asked. `stopped_at`: nothing is asked any more."""

    question: str
    way: str
    every: str
    silence: str
    agreed_at: datetime
    stopped_at: datetime | None


@dataclass(frozen=True, slots=True)
class AskKept:
    """One time that it was asked; without an answer the last three are empty."""

    asked_at: datetime
    question: str
    answer: str
    words: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class BadDayKept:
    """One bad day, and who was told by name."""

    said_at: datetime
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CallKept:
    """One call: what came of it, what was next, who rang."""

    done_at: datetime
    outcome: str
    next: str
    next_on: date | None
    step: str
    by: str


@dataclass(frozen=True, slots=True)
class EntryKept:
    """That an organization meant to ring: why, who was worried, each call, and why it is closed."""

    organization: str
    why: str
    words: str
    worried: str
    added_at: datetime
    due_on: date
    calls: tuple[CallKept, ...]
    closed_at: datetime | None
    because: str


@dataclass(frozen=True, slots=True)
class Kept:
    """All of it. `missed`: organization and day. `not_rung`: who was asked not to ring, from when until when."""

    check_in: CheckInKept | None
    asks: tuple[AskKept, ...]
    bad_days: tuple[BadDayKept, ...]
    entries: tuple[EntryKept, ...]
    missed: tuple[tuple[str, date], ...]
    not_rung: tuple[tuple[str, datetime, datetime | None], ...]
    ladder: tuple[str, ...]
    peers: str


def kept_of(person: Person, viewer: Account, *, at: datetime) -> Kept:
    """What a viewer may see of it, the first first. Ten queries."""
    check_in = CheckIn.objects.visible_to(viewer, at=at).filter(person=person).first()
    asks = Ask.objects.visible_to(viewer, at=at).filter(person=person).order_by("asked_at", "pk")
    missed = Missed.objects.visible_to(viewer, at=at).filter(person=person).order_by("on", "pk")
    alone = NotRung.objects.visible_to(viewer, at=at).filter(person=person).order_by("asked_at", "pk")
    peers = Peers.objects.visible_to(viewer, at=at).filter(person=person)
    return Kept(
        check_in=_check_in(check_in) if check_in else None,
        asks=tuple(
            AskKept(
                one.asked_at,
                one.question,
                str(one.get_answer_display()) if one.answer else "",
                one.words,
                one.answered_at,
            )
            for one in asks
        ),
        bad_days=_bad_days(person, viewer, at),
        entries=_entries(person, viewer, at),
        missed=tuple(missed.values_list("organization__name", "on")),
        not_rung=tuple(alone.values_list("organization__name", "asked_at", "ended_at")),
        ladder=ladder_of(person, viewer, at=at),
        peers=peers.values_list("organization__name", flat=True).first() or "",
    )


def _check_in(one: CheckIn) -> CheckInKept:
    return CheckInKept(
        one.question,
        str(one.get_way_display()),
        str(one.get_every_display()),
        str(one.get_silence_display()),
        one.agreed_at,
        one.stopped_at,
    )


def _bad_days(person: Person, viewer: Account, at: datetime) -> tuple[BadDayKept, ...]:
    told: dict[UUID, list[str]] = {}
    tellings = Telling.objects.visible_to(viewer, at=at).filter(person=person).order_by("called")
    for wobble, called in tellings.values_list("wobble", "called"):
        told.setdefault(wobble, []).append(called)
    rows = Wobble.objects.visible_to(viewer, at=at).filter(person=person).order_by("said_at", "pk")
    return tuple(BadDayKept(one.said_at, tuple(told.get(one.pk, ()))) for one in rows)


def _entries(person: Person, viewer: Account, at: datetime) -> tuple[EntryKept, ...]:
    calls: dict[UUID, list[Attempt]] = {}
    attempts = Attempt.objects.visible_to(viewer, at=at).filter(person=person)
    for call in attempts.select_related("rung", "done_by").order_by("done_at", "pk"):
        calls.setdefault(call.entry_id, []).append(call)
    rows = Entry.objects.visible_to(viewer, at=at).filter(person=person).order_by("added_at", "pk")
    return tuple(
        EntryKept(
            organization=one.organization.name,
            why=str(one.get_why_display()),
            words=one.words,
            worried=one.worried,
            added_at=one.added_at,
            due_on=one.due_on,
            calls=_calls(calls.get(one.pk, ())),
            closed_at=one.closed_at,
            because=str(one.get_because_display()) if one.because else "",
        )
        for one in rows.select_related("organization")
    )


def _calls(rows: Iterable[Attempt]) -> tuple[CallKept, ...]:
    return tuple(
        CallKept(
            one.done_at,
            str(one.get_outcome_display()),
            str(one.get_next_display()),
            one.next_on,
            one.rung.words if one.rung else "",
            str(one.done_by),
        )
        for one in rows
    )
