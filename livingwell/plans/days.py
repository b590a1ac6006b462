"""When a hard day falls next, when somebody should be in touch before it, and how that is said.

Days are days of the calendar, never spans of hours: the night on which the clocks change is as long as any other.
"""

from __future__ import annotations

from calendar import isleap, monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from livingwell.core import dates

FEWEST: Final = 0
MOST: Final = 60
"""The most days before a hard day for which anybody asks us to be in touch."""
COUNTED: Final = 60
"""Up to how far ahead days are counted when a day is said."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day and month, every year (from its year on, if it has one) or once, in its year."""

    day: int
    month: int
    year: int | None = None
    yearly: bool = True

    @property
    def exists(self) -> bool:
        """Whether there is such a day: no 31 June; 29 February in leap years only, if a year is named."""
        if not 1 <= self.month <= 12:
            return False
        return 1 <= self.day <= monthrange(self.year or 2000, self.month)[1]

    def in_year(self, year: int) -> date:
        """The day in a year; 29 February is 28 February where there is none: rather a day early than late."""
        leap_day = (self.day, self.month) == (29, 2)
        return date(year, self.month, 28 if leap_day and not isleap(year) else self.day)

    def next(self, on: date) -> date | None:
        """When it comes next, counted from a day on, that day included; None when it is over for good."""
        first = on if self.year is None else max(on, self.in_year(self.year))
        if not self.yearly:
            once = self.in_year(self.year or on.year)
            return once if once >= on else None
        this_year = self.in_year(first.year)
        return this_year if this_year >= first else self.in_year(first.year + 1)

    def touch(self, next_on: date, days_before: int) -> date:
        """The day from which on somebody should be in touch before it."""
        return next_on - timedelta(days=days_before)


def months_ahead(on: date, days: int) -> list[int]:
    """The months in which today and the coming days lie."""
    return sorted({(on + timedelta(days=ahead)).month for ahead in range(days + 1)})


def said(day: date, on: date) -> str:
    """A day that is ahead as people say it: "Monday 3 March, in 5 days"."""
    ahead = (day - on).days
    if ahead == 0:
        return _("today, %(day)s") % {"day": dates.this_year(day)}
    if ahead == 1:
        return _("tomorrow, %(day)s") % {"day": dates.this_year(day)}
    if 1 < ahead <= COUNTED:
        words = ngettext("%(day)s, in %(count)s day", "%(day)s, in %(count)s days", ahead)
        return words % {"day": dates.this_year(day), "count": ahead}
    return dates.weekday(day)


def said_of_touch(day: date, on: date) -> str:
    """From when on it is good to be in touch."""
    if day <= on:
        return _("Now is a good time to be in touch.")
    return _("A good time to be in touch: from %(day)s.") % {"day": said(day, on)}
