"""On which day of people here a moment falls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from datetime import date, datetime

HERE: Final = ZoneInfo("Europe/London")


def day_of(at: datetime) -> date:
    """The day in London."""
    return at.astimezone(HERE).date()
