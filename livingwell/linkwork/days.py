"""Which day it is where the network is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from datetime import date, datetime

HERE: Final = ZoneInfo("Europe/London")


def day_of(at: datetime) -> date:
    """The day in London."""
    return at.astimezone(HERE).date()
