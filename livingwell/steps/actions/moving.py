"""The one action that moves a step from one status to the next, and the way back from each outcome."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils.translation import gettext as _

from livingwell.consent.actions import remember
from livingwell.consent.models import Kind, Part
from livingwell.core.dates import day_of
from livingwell.core.errors import Refusal
from livingwell.steps.actions.steps import accompany, lock, save
from livingwell.steps.companions import COMPANION_FIELDS
from livingwell.steps.models import LIVE, Status, StepMove
from livingwell.steps.models.step import NEXT

if TYPE_CHECKING:
    from datetime import date, datetime

    from livingwell.people.models import Account
    from livingwell.steps.companions import Companion
    from livingwell.steps.models import Step

ASK_AGAIN_AFTER: Final = timedelta(weeks=4)
KINDS: Final = {
    Status.PLANNED: Kind.STEP_MOVED,
    Status.ACTIVE: Kind.STEP_STARTED,
    Status.COMPLETED: Kind.STEP_DONE,
    Status.CANCELLED: Kind.STEP_CHANGED_MIND,
    Status.ON_HOLD: Kind.STEP_NOT_NOW,
}


def move(
    step: Step,
    to: Status,
    *,
    was: Status,
    by: Account,
    at: datetime,
    companion: Companion | None = None,
    ask_on: date | None = None,
) -> Step:
    """Move a step on, and remember it. `was` is the status that whoever moves it has seen.

    To begin, a companion must be named now or before. "Not now" has a day to ask again: four weeks on, unless said.
    Raises Refusal where somebody else moved it meanwhile, or where this may not follow.
    """
    with transaction.atomic():
        held = lock(step)
        before = Status(held.status)
        if before != was:
            raise Refusal(
                _("Somebody moved this step just now. It says “%(status)s”.") % {"status": before.label}
            )
        if to not in NEXT[before]:
            raise Refusal(_("This step says “%(status)s” already.") % {"status": before.label})
        if companion is not None:
            accompany(held, companion)
        if to == Status.ACTIVE and not held.walks:
            raise Refusal(_("Say first who walks with you. It can be you alone."))
        held.ask_on = _day_to_ask(held, to, ask_on, at)
        held.status, held.moved_at, held.moved_by = to, at, by
        save(
            held,
            *("status", "moved_at", "moved_by", "ask_on", *COMPANION_FIELDS),
            by=by,
            at=at,
        )
        StepMove.objects.create(
            person=held.person,
            step=held,
            number=held.moves.count() + 1,
            before=before,
            status=to,
            moved_at=at,
            moved_by=by,
        )
        remember(held.person, KINDS[to], Part.PLAN, by=by, at=at, about=held.pk)
        return held


def again(step: Step, *, was: Status, by: Account, at: datetime) -> Step:
    """Start again, from whatever came of it: begun where a companion is named still, else chosen."""
    return move(step, Status.ACTIVE if step.walks else Status.PLANNED, was=was, by=by, at=at)


def _day_to_ask(step: Step, to: Status, ask_on: date | None, at: datetime) -> date | None:
    """When to ask again: for "not now" always some day ahead; a day that was for "not now" ends with it."""
    today = day_of(at)
    if to == Status.ON_HOLD:
        day = ask_on or today + ASK_AGAIN_AFTER
        if day <= today:
            raise Refusal(_("Choose a day that is still to come."))
        return day
    if step.status == Status.ON_HOLD or to not in LIVE:
        return ask_on
    return ask_on or step.ask_on
