"""What a text with YES or NO to a question does. Apps above say in their `ready` which questions are theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from livingwell.contacting.models import About, Answer, Letter

    Answered = Callable[[Letter, Answer, datetime], None]

_answered: dict[str, Answered] = {}


def when_answered(about: About, then: Answered) -> None:
    """Call this with the letter, the answer and the time, once, when a text answers a letter about that."""
    if _answered.get(about, then) is not then:
        raise ValueError(f"{about} is taken")
    _answered[about] = then


def then(about: str) -> Answered | None:
    return _answered.get(about)


def forget(about: About) -> None:
    """Take it back: for tests."""
    _answered.pop(about, None)
