"""The quiet hours, in which no phone buzzes: from when, and until when in the morning, on the clocks of London."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings

LONDON: Final = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class Quiet:
    """Quiet from one time of day until another; over midnight where it begins later than it ends."""

    start: time
    end: time

    def holds(self, at: datetime) -> bool:
        """Whether it is quiet at this moment."""
        now = at.astimezone(LONDON).time()
        if self.start <= self.end:
            return self.start <= now < self.end
        return now >= self.start or now < self.end

    def over(self, at: datetime) -> datetime:
        """This moment, or where it is quiet the one at which the quiet ends."""
        if not self.holds(at):
            return at
        local = at.astimezone(LONDON)
        day = local.date() + timedelta(days=local.time() >= self.end)
        return datetime.combine(day, self.end, LONDON)


def quiet() -> Quiet:
    """The quiet hours of this copy."""
    return Quiet(time.fromisoformat(settings.QUIET_FROM), time.fromisoformat(settings.QUIET_UNTIL))
