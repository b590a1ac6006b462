"""What somebody says to a suggestion: chosen as a step, not for me, ask me later; and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from livingwell.consent.actions import remember
from livingwell.consent.models import Kind, Part
from livingwell.core.dates import day_of
from livingwell.core.errors import Refusal
from livingwell.directory.models import Status as Running
from livingwell.steps.actions.moving import ASK_AGAIN_AFTER
from livingwell.steps.actions.steps import new
from livingwell.steps.models import Because, Choice, Status, Verdict

if TYPE_CHECKING:
    from datetime import date, datetime

    from livingwell.consent.models import Person
    from livingwell.directory.models import Service
    from livingwell.people.models import Account
    from livingwell.steps.because import Offered
    from livingwell.steps.models import Step

GONE = frozenset({Status.COMPLETED, Status.CANCELLED})


def choose(
    person: Person, service: Service, *, by: Account, at: datetime, offered: Offered | None = None
) -> Step:
    """Make a suggestion a step, for now. Chosen twice it stays one step, unless that one is over.

    Raises Refusal where the service has closed for good.
    """
    wanted = service.merged_into or service
    if wanted.status == Running.DEFUNCT:
        raise Refusal(_("%(name)s has closed since. Look for something like it.") % {"name": wanted.name})
    with transaction.atomic():
        before = _live(person, wanted)
        if before is not None and before.step is not None and before.step.status not in GONE:
            return before.step
        step = new(person, wanted.name, service=wanted, by=by, at=at)
        _say(person, wanted, before, by=by, at=at, offered=offered, verdict=Verdict.CHOSEN, step=step)
        remember(person, Kind.SUGGESTION_KEPT, Part.PLAN, by=by, at=at, about=step.pk)
        return step


def turn_down(
    person: Person,
    service: Service,
    *,
    by: Account,
    at: datetime,
    reason: str = "",
    offered: Offered | None = None,
) -> Choice:
    """Not for me: it is not offered again until they bring it back. A reason may be said, or not."""
    with transaction.atomic():
        before = _live(person, service)
        if before is not None and before.verdict == Verdict.NOT_FOR_ME:
            return before
        said = _say(
            person,
            service,
            before,
            by=by,
            at=at,
            offered=offered,
            verdict=Verdict.NOT_FOR_ME,
            reason=reason.strip(),
        )
        remember(person, Kind.SUGGESTION_REFUSED, Part.PLAN, by=by, at=at, about=said.pk)
        return said


def ask_later(
    person: Person,
    service: Service,
    *,
    by: Account,
    at: datetime,
    on: date | None = None,
    offered: Offered | None = None,
) -> Choice:
    """Ask me later: not offered until that day, four weeks on unless said, and then asked again on top."""
    day = _ahead(on, at)
    with transaction.atomic():
        before = _live(person, service)
        said = _say(person, service, before, by=by, at=at, offered=offered, verdict=Verdict.LATER, ask_on=day)
        remember(person, Kind.SUGGESTION_LATER, Part.PLAN, by=by, at=at, about=said.pk)
        return said


def say_why(choice: Choice, reason: str) -> None:
    """Keep, change or take away the reason for a no."""
    Choice.objects.filter(pk=choice.pk, ended_at=None).update(reason=reason.strip())


def put_off(choice: Choice, on: date | None, *, at: datetime) -> None:
    """Another day for "ask me later". Raises Refusal where none is named, or none that is still to come."""
    if on is None:
        raise Refusal(_("Say when we may ask you again."))
    later = Choice.objects.filter(pk=choice.pk, ended_at=None, verdict=Verdict.LATER)
    later.update(ask_on=_ahead(on, at))


def bring_back(choice: Choice, *, by: Account, at: datetime) -> None:
    """Take a no or a "later" back, so that it may be offered again. Doing it twice changes nothing."""
    back = Choice.objects.filter(pk=choice.pk, ended_at=None).exclude(verdict=Verdict.CHOSEN)
    back.update(ended_at=at, ended_by=by)


def _live(person: Person, service: Service) -> Choice | None:
    """What they say to it now. Who says something else to it meanwhile waits: a second, impatient press too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{person.pk} {service.pk}"])
    held = Choice.objects.select_for_update(of=("self",)).select_related("step")
    return held.filter(person=person, service=service, ended_at=None).first()


def _say(
    person: Person,
    service: Service,
    before: Choice | None,
    *,
    by: Account,
    at: datetime,
    offered: Offered | None,
    **said: Any,
) -> Choice:
    """Let a new word follow the earlier one, and keep why it was offered."""
    if before is not None:
        Choice.objects.filter(pk=before.pk).update(ended_at=at, ended_by=by)
    choice = Choice.objects.create(person=person, service=service, decided_at=at, decided_by=by, **said)
    if offered is None and before is not None:
        Because.objects.filter(choice=before).update(choice=choice)
    elif offered is not None:
        Because.objects.create(
            person=person,
            choice=choice,
            part=offered.part,
            sentence=offered.sentence,
            quoted=offered.quoted,
        )
    return choice


def _ahead(on: date | None, at: datetime) -> date:
    today = day_of(at)
    day = on or today + ASK_AGAIN_AFTER
    if day <= today:
        raise Refusal(_("Choose a day that is still to come."))
    return day
