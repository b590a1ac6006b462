"""Adding a step, changing what it says, and naming who walks along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from livingwell.consent.actions import remember
from livingwell.consent.models import Kind, Part
from livingwell.core.dates import day_of
from livingwell.core.errors import Refusal
from livingwell.steps.models import Stage, Status, Step, StepMove, Walks

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from livingwell.consent.models import Person
    from livingwell.directory.models import Service
    from livingwell.people.models import Account
    from livingwell.steps.companions import Companion


class Overtaken(Refusal):
    """Somebody else changed the step between the reading and the writing."""


CAN_CHANGE: Final = frozenset({"words", "why", "first", "stage", "ask_on"})
MOST: Final = 500
"""Steps on one page, pieces too: more than anybody writes, and few enough for every list."""


def add(
    person: Person,
    words: str,
    *,
    by: Account,
    at: datetime,
    stage: Stage = Stage.NOW,
    parent: Step | None = None,
) -> Step:
    """Note a step in somebody's words, or a piece of a step.

    Raises Refusal where nothing is said, where the page is full, or where a piece should get pieces of its own.
    """
    with transaction.atomic():
        step = new(person, words, by=by, at=at, stage=stage, parent=parent)
        remember(person, Kind.STEP_CHOSEN, Part.PLAN, by=by, at=at, about=step.pk)
        return step


def new(
    person: Person,
    words: str,
    *,
    by: Account,
    at: datetime,
    stage: Stage = Stage.NOW,
    parent: Step | None = None,
    service: Service | None = None,
) -> Step:
    """The rows of a new step. Whoever calls notes for the timeline how it came."""
    said = words.strip()
    if not said:
        raise Refusal(_("Write what you would like to do. A few words are enough."))
    if parent is not None and parent.parent_id is not None:
        raise Refusal(_("This is a small piece already. Add another piece beside it instead."))
    if Step.objects.filter(person=person).count() >= MOST:
        raise Refusal(_("There are very many steps on this page. Change one of them instead."))
    with transaction.atomic():
        step = Step.objects.create(
            person=person,
            parent=parent,
            service=service,
            words=said,
            stage=stage,
            chosen_at=at,
            chosen_by=by,
            moved_at=at,
            moved_by=by,
            changed_at=at,
            changed_by=by,
        )
        StepMove.objects.create(
            person=person, step=step, number=1, status=Status.PLANNED, moved_at=at, moved_by=by
        )
        return step


def change(step: Step, values: Mapping[str, Any], *, version: int, by: Account, at: datetime) -> Step:
    """Say it otherwise: any of words, why, first, stage, ask_on. `version` is the one that was read before.

    Raises Refusal where somebody else has changed the step since, or where nothing would be left to do.
    """
    if not values.keys() <= CAN_CHANGE:
        raise ValueError(f"not to be changed: {values.keys() - CAN_CHANGE}")
    with transaction.atomic():
        held = lock(step)
        if held.version != version:
            raise Overtaken(
                _(
                    "Somebody changed this step while you were writing. Look at what it says now, then save again."
                )
            )
        day = values.get("ask_on")
        if day is not None and day != held.ask_on and day <= day_of(at):
            raise Refusal(_("Choose a day that is still to come."))
        for name, value in values.items():
            setattr(held, name, value.strip() if isinstance(value, str) else value)
        if not held.words:
            raise Refusal(_("Write what you would like to do. A few words are enough."))
        if held.status == Status.ON_HOLD and held.ask_on is None:
            raise Refusal(_("Say when we may ask you again."))
        save(held, *values, by=by, at=at)
        if "stage" in values:
            remember(held.person, Kind.STEP_MOVED, Part.PLAN, by=by, at=at, about=held.pk)
        return held


def walk_with(step: Step, companion: Companion, *, by: Account, at: datetime) -> Step:
    """Name who walks along. Raises Refusal where a name is missing."""
    with transaction.atomic():
        held = lock(step)
        accompany(held, companion)
        save(held, *companion.fields(), by=by, at=at)
        return held


def accompany(step: Step, companion: Companion) -> None:
    """Put a companion beside a step that is held. Whoever calls saves it."""
    if companion.walks == Walks.NAME and not companion.name.strip():
        raise Refusal(_("Write their name, or what you call them."))
    if companion.walks == Walks.ACCOUNT and companion.account is None:
        raise Refusal(_("Choose who it is."))
    if companion.walks == Walks.MEMBER and (
        companion.member is None or companion.member.person_id != step.person_id
    ):
        raise Refusal(_("Choose somebody of the people around you."))
    for name, value in companion.fields().items():
        setattr(step, name, value)


def lock(step: Step) -> Step:
    """The step as it stands, held for this transaction: two people change it one after the other."""
    held = Step.objects.select_for_update().filter(pk=step.pk).first()
    if held is None:
        raise Refusal(_("This step is not here any more."))
    return held


def save(step: Step, *fields: str, by: Account, at: datetime) -> None:
    """Keep these fields of a step that is held, and that it was changed."""
    step.version += 1
    step.changed_at, step.changed_by = at, by
    step.save(update_fields=[*fields, "version", "changed_at", "changed_by"])
