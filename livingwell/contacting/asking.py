"""What a text with an answer to a question does. Apps above say in their `ready` which questions are theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from livingwell.contacting.models import About, Answer, Letter

    Answered = Callable[[Letter, Answer, datetime], None]
    Waits = Callable[[Letter], bool]

_answered: dict[str, Answered] = {}
_otherwise: dict[str, Waits] = {}


def when_answered(about: About, then: Answered) -> None:
    """Call this with the letter, the answer and the time, once, when a text answers a letter about that."""
    if _answered.get(about, then) is not then:
        raise ValueError(f"{about} is taken")
    _answered[about] = then


def answered_otherwise(about: About, waits: Waits) -> None:
    """Questions about that take other words than YES and NO; `waits` tells whether a letter still waits for them."""
    if _otherwise.get(about, waits) is not waits:
        raise ValueError(f"{about} is taken")
    _otherwise[about] = waits


def otherwise(about: str) -> Waits | None:
    return _otherwise.get(about)


def then(about: str) -> Answered | None:
    return _answered.get(about)


def forget(about: About) -> None:
    """Take it back: for tests."""
    _answered.pop(about, None)
