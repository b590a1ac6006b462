"""How long what somebody confirmed may be relied on, and what silence does to an entry.

The riskier it is to be wrong, the sooner an entry is due. Silence is an answer that did not come, so it needs a
question first: an entry of which nobody was asked stays as it is, and one that nobody ever confirmed says so and is
not called silent. Each question that stays without an answer moves an entry down by one step, and no entry is taken
out of the suggestions unless its people were told that this would happen. Any answer makes it fresh again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Risk(StrEnum):
    """What a wrong entry would do to somebody who relies on it."""

    CRISIS = "crisis"
    GROUP = "group"
    BUILDING = "building"


class Standing(IntEnum):
    """What silence has done to an entry; each step holds what the steps before it hold."""

    FRESH = 0
    LOWERED = 1
    MARKED = 2
    HIDDEN = 3


@dataclass(frozen=True, slots=True)
class Pace:
    """For one risk, in days: how long a confirmation holds, how long before that we ask, how long we wait each time."""

    holds: int
    ahead: int
    wait: int


@dataclass(frozen=True, slots=True)
class Question:
    """That the people of an entry were asked on a day; `told`: and were told what silence would do."""

    on: date
    told: bool = False


PACES: Final[Mapping[Risk, Pace]] = {
    Risk.CRISIS: Pace(holds=30, ahead=7, wait=7),
    Risk.GROUP: Pace(holds=90, ahead=14, wait=14),
    Risk.BUILDING: Pace(holds=180, ahead=21, wait=14),
}
QUESTIONS: Final = 3  # one, and two reminders
CRISIS_THEMES: Final = frozenset(
    {"suicidal-thoughts", "self-harm", "domestic-abuse", "sexual-violence", "exploitation", "elder-abuse"}
)
IN_DANGER: Final = frozenset({"line", "service"})
"""Kinds that somebody in danger turns to: a group of those who have been through it meets whatever its list says."""
STANDING_STILL: Final = frozenset({"place", "reading"})
"""Kinds that seldom change: a building, something to read."""


def risk_of(kind: str, themes: Iterable[str]) -> Risk:
    """A line or a service for people in danger: crisis. A place: building. Else: group.

    `kind`: a value of `directory.models.Kind`. `themes`: slugs.
    """
    if kind in IN_DANGER and not CRISIS_THEMES.isdisjoint(themes):
        return Risk.CRISIS
    return Risk.BUILDING if kind in STANDING_STILL else Risk.GROUP


def due_on(assured_on: date | None, pace: Pace) -> date | None:
    """The first day on which a confirmation no longer holds; None where nobody ever confirmed."""
    return assured_on and assured_on + timedelta(days=pace.holds)


def open_questions(assured_on: date | None, asked: Iterable[Question], on: date) -> list[Question]:
    """What was asked and has had no answer, oldest first."""
    open_ = (each for each in asked if each.on <= on and (assured_on is None or each.on > assured_on))
    return sorted(open_, key=lambda each: (each.on, each.told))


def standing(assured_on: date | None, asked: Iterable[Question], on: date, pace: Pace) -> Standing:
    """Where an entry stands on a day, after the questions that were put to its people."""
    due = due_on(assured_on, pace)
    if due is None or on < due:
        return Standing.FRESH
    waited = [
        each for each in open_questions(assured_on, asked, on) if each.on + timedelta(days=pace.wait) <= on
    ]
    steps = min(len(waited), Standing.HIDDEN)
    if steps == Standing.HIDDEN and not any(each.told for each in waited):
        return Standing.MARKED
    return Standing(steps)


def to_be_asked(assured_on: date | None, asked: Iterable[Question], on: date, pace: Pace) -> int:
    """The number of the question to put to its people on this day: 1, 2, 3, or 0 for none."""
    due = due_on(assured_on, pace)
    if due is None or on < due - timedelta(days=pace.ahead):
        return 0
    open_ = open_questions(assured_on, asked, on)
    if len(open_) >= QUESTIONS or (open_ and on < open_[-1].on + timedelta(days=pace.wait)):
        return 0
    return len(open_) + 1
