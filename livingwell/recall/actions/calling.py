"""Ringing people one after another: whoever asks gets the next, and two never get the same."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from livingwell.consent.actions import remember
from livingwell.consent.models import Kind, Part, Way
from livingwell.contacting import actions as contacting
from livingwell.contacting.models import About
from livingwell.core.dates import day_of
from livingwell.core.errors import Refusal
from livingwell.recall.actions.listing import leave_alone
from livingwell.recall.models import Attempt, Because, Entry, Next, Outcome, Rung

if TYPE_CHECKING:
    from datetime import date, datetime

    from livingwell.people.models import Account

A_CALL: Final = timedelta(minutes=30)
"""How long somebody has a person to themself; after that the next caller may get them."""


def take_next(*, by: Account, at: datetime) -> Entry | None:
    """The one to ring next: promised to be rung soonest, then longest due; nobody else gets them meanwhile.

    Who is being rung already by this caller stays with them. A row that another caller has locked is passed over.
    """
    with transaction.atomic():
        mine = Entry.objects.visible_to(by, at=at).open().filter(calling_by=by)
        held = mine.select_for_update(of=("self",)).first()
        if held is not None:
            return held
        free = Q(calling_at=None) | Q(calling_at__lt=at - A_CALL)
        entry = (
            Entry.objects.visible_to(by, at=at)
            .due(day_of(at))
            .filter(free)
            .order_by(F("by_on").asc(nulls_last=True), "due_on", "pk")
            .select_for_update(skip_locked=True, of=("self",))
            .first()
        )
        if entry is not None:
            Entry.objects.filter(pk=entry.pk).update(calling_at=at, calling_by=by)
        return entry


def put_back(*, by: Account, at: datetime) -> None:
    """Not now: the person goes back to the list as they were."""
    Entry.objects.filter(calling_by=by).update(calling_at=None, calling_by=None)


def say_what_came(
    entry: Entry,
    outcome: Outcome,
    step: Next,
    *,
    by: Account,
    at: datetime,
    next_on: date | None = None,
    because: Because | None = None,
) -> Attempt:
    """Say what came of a call and what is next, in one: a day to ring again, the next agreed step, or closing it.

    Whom nobody answered is texted once for this entry that somebody tried, where they allow texts.
    Raises Refusal where one of the two is missing, the day is over, or nothing further was agreed.
    """
    if outcome == Outcome.NOT_TO_BE_RUNG:
        step, next_on, because = Next.CLOSE, None, Because.THEY_SAID
    day = day_of(at)
    if step == Next.CLOSE:
        next_on = None
        if because is None:
            raise Refusal(_("Say why it is closed."))
    else:
        because = None
        if next_on is None or next_on < day:
            raise Refusal(_("Say on which day somebody rings again. Choose today or a day to come."))
    with transaction.atomic():
        row = Entry.objects.select_for_update().filter(pk=entry.pk, closed_at=None).first()
        if row is None:
            raise Refusal(_("Somebody has closed it in the meantime."))
        if row.calling_by_id not in {None, by.pk} and row.calling_at and row.calling_at > at - A_CALL:
            raise Refusal(_("Somebody else is ringing them just now."))
        attempt = Attempt.objects.create(
            person_id=row.person_id,
            entry=row,
            outcome=outcome,
            next=step,
            next_on=next_on,
            because=because or "",
            rung=_next_rung(row) if step == Next.LADDER else None,
            done_at=at,
            done_by=by,
        )
        Entry.objects.filter(pk=row.pk).update(
            due_on=next_on or row.due_on,
            calling_at=None,
            calling_by=None,
            closed_at=at if step == Next.CLOSE else None,
            closed_by=by if step == Next.CLOSE else None,
            because=because or "",
        )
        if because == Because.THEY_SAID:
            leave_alone(row.person_id, row.organization_id, by=by, at=at)
        if outcome == Outcome.NO_ANSWER and step != Next.CLOSE:
            key = f"ring:{row.pk}"
            contacting.write(row.person, About.RING, key=key, by=by, at=at, only=Way.TEXT)
        remember(row.person_id, Kind.CALL, Part.CONTACT, by=by, at=at, about=row.pk)
        return attempt


def _next_rung(entry: Entry) -> Rung:
    """The first step of the ladder that was not gone yet for this entry; nobody goes beside it or beyond."""
    gone = Attempt.objects.filter(entry=entry, rung__isnull=False).values("rung__place")
    rung = (
        Rung.objects.filter(person=entry.person_id, ended_at=None)
        .exclude(place__in=gone)
        .order_by("place")
        .first()
    )
    if rung is None:
        raise Refusal(_("They agreed to nothing further than this. Ring again on a day, or close it."))
    return rung
