"""Four weeks, from a Monday, that follow one another without overlap: what is counted is told by these alone.

Two periods that overlap, or one that still grows, would tell by their difference what is too small to be told.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

BLOCK: Final = timedelta(weeks=4)
ORIGIN: Final = date(2024, 1, 1)  # a Monday


def first_day(day: date) -> date:
    """The first day of the block that a day lies in."""
    return day - timedelta(days=(day - ORIGIN).days % BLOCK.days)


def ended_before(on: date, *, weeks: int) -> list[date]:
    """The first days of the blocks of the last so many weeks that are over, the latest first."""
    running = first_day(on)
    return [running - BLOCK * number for number in range(1, weeks // 4 + 1)]
