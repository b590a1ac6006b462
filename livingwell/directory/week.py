"""The hours of a usual week in which something may be open, for finding what is on at a time of day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from livingwell.directory.opening import weekdays

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import time

    from livingwell.directory.opening import Times

WEEK_HOURS: Final = 7 * 24


def slots(schedules: Iterable[Times]) -> list[int]:
    """The hours of the week that it may be open in, in order: 24 times the weekday (0 Monday) plus the hour."""
    found: set[int] = set()
    for times in schedules:
        for start, end in _week_spans(times):
            found.update(slot % WEEK_HOURS for slot in range(start // 60, -(-end // 60)))
    return sorted(found)


def may_be_open(schedules: Iterable[Times], day: int | None, start: time, end: time | None) -> bool:
    """Whether it is open on a weekday (0 Monday; None: any) for some of the time between two times of day.

    `end` None means midnight; an end before the start is on the day after. What is only known by its day, or not
    at all, is not open for certain.
    """
    from_minute = start.hour * 60 + start.minute
    to_minute = end.hour * 60 + end.minute if end else 24 * 60
    if to_minute <= from_minute:
        to_minute += 24 * 60
    days = range(7) if day is None else (day,)
    asked = [(each * 24 * 60 + from_minute, each * 24 * 60 + to_minute) for each in days]
    return any(
        opens + week < last and first < closes + week
        for times in schedules
        for opens, closes in _week_spans(times)
        for first, last in asked
        for week in (-WEEK_HOURS * 60, 0, WEEK_HOURS * 60)
    )


def _week_spans(times: Times) -> Iterator[tuple[int, int]]:
    """From when to when a rule may be on in a week, in minutes since Monday's midnight; Sunday's may run over."""
    if times.opens_at is None or times.closes_at is None or times.closed:
        return
    opens = times.opens_at.hour * 60 + times.opens_at.minute
    closes = times.closes_at.hour * 60 + times.closes_at.minute
    if times.whole_day:
        opens, closes = 0, 24 * 60
    elif times.past_midnight:
        closes += 24 * 60
    days = weekdays([times])
    for day in range(7):
        if days >> day & 1:
            yield day * 24 * 60 + opens, day * 24 * 60 + closes
