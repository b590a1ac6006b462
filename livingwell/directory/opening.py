"""When something is open: whether it is now, when it next is, on which days, and how to say so in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from dateutil import rrule

from livingwell.directory import days

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LOOK_AHEAD: Final = timedelta(days=400)
MIDNIGHT: Final = time(0)
NEARLY_MIDNIGHT: Final = time(23, 59)  # how many feeds write the end of a day
# A fortnight needs a first day to count from; where none is said nobody knows which week it is.
SOMEWHERE: Final = date(2024, 1, 1)  # a Monday


@dataclass(frozen=True, slots=True)
class Times:
    """One rule of when something is open, as `directory.models.Schedule` has it. Times are local."""

    freq: str = ""
    byday: str = ""
    bymonthday: str = ""
    interval: int = 1
    opens_at: time | None = None
    closes_at: time | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    dtstart: date | None = None
    until: date | None = None
    count: int | None = None
    timezone: str = "Europe/London"
    description: str = ""
    byweekno: str = ""
    byyearday: str = ""
    wkst: str = ""
    closed: bool = False
    bank_holidays: str = ""
    term_time: bool = False

    @property
    def first(self) -> date | None:
        return max((day for day in (self.valid_from, self.dtstart) if day), default=None)

    @property
    def last(self) -> date | None:
        """The last day that it may be on; None if it goes on."""
        ends = [day for day in (self.valid_to, self.until) if day]
        if not self.freq and self.dtstart:
            ends.append(self.dtstart)
        elif self.count and self.dtstart:
            days = list(_days(self, self.dtstart, date.max))
            ends.append(days[-1] if days else self.dtstart)
        return min(ends, default=None)

    @property
    def certain(self) -> bool:
        """Whether the days can be worked out at all."""
        if not self.freq:
            return self.dtstart is not None
        return self.interval == 1 or self.first is not None

    @property
    def whole_day(self) -> bool:
        """Open from midnight to midnight."""
        return self.opens_at == MIDNIGHT and self.closes_at in (MIDNIGHT, NEARLY_MIDNIGHT)

    @property
    def always(self) -> bool:
        """Open day and night: then bank holidays need no saying."""
        return (
            self.freq == "WEEKLY" and self.whole_day and (not self.byday or len(set(_codes(self.byday))) == 7)
        )

    @property
    def past_midnight(self) -> bool:
        return (
            self.opens_at is not None
            and self.closes_at is not None
            and not self.whole_day
            and self.closes_at <= self.opens_at
        )


def is_open(schedules: Sequence[Times], at: datetime, calendar: days.Calendar | None = None) -> bool | None:
    """Whether it is open at a moment; None when that is not known. `at` is aware of its zone.

    On a bank holiday a rule that does not say what it means then is not known, and so is one for term time where
    nobody knows the terms. A day that is said to be closed closes the repeating rules, not a single day's own.
    """
    calendar = calendar or days.usual()
    closures = [times for times in schedules if times.closed]
    rules = [times for times in schedules if not times.closed]
    unsure = not rules
    for times in rules:
        local = at.astimezone(zone(times.timezone))
        if not times.certain or times.opens_at is None or times.closes_at is None:
            unsure = unsure or _may_be_on(times, local.date(), closures)
            continue
        for day in (local.date(), local.date() - timedelta(days=1)):
            if _is_on(times, day):
                opens, closes = _span(times, day)
                if opens <= at < closes:
                    held = _holds(times, day, closures, calendar)
                    if held:
                        return True
                    unsure = unsure or held is None
    return None if unsure else False


def next_times(
    schedules: Sequence[Times], after: datetime, most: int = 3, calendar: days.Calendar | None = None
) -> list[tuple[datetime, datetime | None]]:
    """The next openings for certain that begin at or after a moment, soonest first: from when, to when if known."""
    calendar = calendar or days.usual()
    closures = [times for times in schedules if times.closed]
    found: list[tuple[datetime, datetime | None]] = []
    for times in schedules:
        if not times.certain or times.opens_at is None or times.closed:
            continue
        start = after.astimezone(zone(times.timezone)).date()
        seen = 0
        for day in _days(times, start, start + LOOK_AHEAD):
            opens, closes = _span(times, day)
            if opens >= after and _holds(times, day, closures, calendar):
                found.append((opens, closes if times.closes_at else None))
                seen += 1
            if seen == most:
                break
    return sorted(set(found), key=lambda span: (span[0], span[1] or span[0]))[:most]


def exceptions(
    schedules: Sequence[Times], start: date, end: date, calendar: days.Calendar | None = None
) -> list[date]:
    """The days from one to another, both included, on which repeating rules do not hold for certain."""
    calendar = calendar or days.usual()
    closures = [times for times in schedules if times.closed]
    off = []
    for times in schedules:
        if times.freq and times.certain and not times.closed:
            off += [
                day for day in _days(times, start, end) if _holds(times, day, closures, calendar) is False
            ]
    return sorted(set(off))


def _holds(times: Times, day: date, closures: Sequence[Times], calendar: days.Calendar) -> bool | None:
    """Whether a rule that means this day holds on it, or is put off; None when that is not known."""
    if not times.freq:
        return True
    if any(_is_on(closure, day) for closure in closures):
        return False
    known = True
    holiday = bool(calendar.bank_holiday(day))
    if times.bank_holidays == "only" and not holiday:
        return False
    if holiday and times.bank_holidays == "closed":
        return False
    if holiday and not times.bank_holidays and not times.always:
        known = False
    if times.term_time:
        in_term = calendar.in_term(day)
        if in_term is False:
            return False
        known = known and in_term is not None
    return known or None


def weekdays(schedules: Iterable[Times]) -> int:
    """The days of the week that it may be open on: bit 0 Monday to bit 6 Sunday; 0 where nothing is known."""
    bits = 0
    for times in schedules:
        if times.closed:
            continue
        for code in _codes(times.byday):
            bits |= 1 << DAYS.index(code)
        if not times.byday:
            if times.dtstart and times.freq in ("", "WEEKLY"):
                bits |= 1 << times.dtstart.weekday()
            elif times.freq:
                bits |= 127
    return bits


def ends_on(schedules: Sequence[Times]) -> date | None:
    """The last day of something whose every time ends, such as a single event; None where it goes on."""
    ends = [times.last for times in schedules if (times.freq or times.dtstart) and not times.closed]
    known = [end for end in ends if end is not None]
    return max(known) if known and len(known) == len(ends) else None


@lru_cache(maxsize=100)
def zone(name: str) -> ZoneInfo:
    """The time zone of that name; London's where there is none of that name."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return ZoneInfo("Europe/London")


def _codes(byday: str) -> list[str]:
    """The days of "MO,1TU" without their ordinals."""
    return [part[-2:] for part in byday.split(",") if part[-2:] in DAYS]


def _may_be_on(times: Times, day: date, closures: Sequence[Times] = ()) -> bool:
    """Whether a rule that cannot be worked out might still mean this day."""
    if times.freq and all(
        any(_is_on(closure, each) for closure in closures) for each in (day, day - timedelta(days=1))
    ):
        return False
    if (times.first and day < times.first) or (times.last and day > times.last + timedelta(days=1)):
        return False
    codes = _codes(times.byday)
    if times.certain and times.freq:
        return _is_on(times, day) or _is_on(times, day - timedelta(days=1))
    return not codes or DAYS[day.weekday()] in codes or DAYS[day.weekday() - 1] in codes


def _is_on(times: Times, day: date) -> bool:
    return next(_days(times, day, day), None) == day


def _days(times: Times, start: date, end: date) -> Iterator[date]:
    """The days of a rule from one day to another, both included."""
    bounds = [limit for limit in (times.valid_to, times.until) if limit]
    start = max([start, *([times.first] if times.first else [])])
    end = min([end, *bounds])
    if start > end:
        return
    if not times.freq and times.closed and times.dtstart is None:
        while start <= end and (times.valid_from or times.valid_to):
            yield start
            if start == date.max:
                return
            start += timedelta(days=1)
        return
    if not times.freq:
        if times.dtstart and start <= times.dtstart <= end:
            yield times.dtstart
        return
    if times.freq == "WEEKLY" and times.interval == 1 and times.byday and not times.count:
        on = {DAYS.index(code) for code in _codes(times.byday)}
        while on and start <= end:
            if start.weekday() in on:
                yield start
            if start == date.max:
                return
            start += timedelta(days=1)
        return
    for moment in _rule(times).xafter(datetime.combine(start, MIDNIGHT), inc=True):
        if moment.date() > end:
            return
        yield moment.date()


@lru_cache(maxsize=5_000)
def _rule(times: Times) -> rrule.rrule:
    """The rule in the terms of iCalendar, counted from its first day."""
    monthly = times.freq == "MONTHLY"
    first = times.dtstart or times.valid_from or SOMEWHERE
    days = []
    for part in times.byday.split(","):
        if part[-2:] in DAYS:
            day = rrule.weekday(DAYS.index(part[-2:]))
            days.append(day(int(part[:-2])) if monthly and part[:-2] not in ("", "+", "-") else day)
    return rrule.rrule(
        rrule.MONTHLY if monthly else rrule.WEEKLY,
        dtstart=datetime.combine(first, MIDNIGHT),
        interval=times.interval,
        count=times.count if times.dtstart else None,
        wkst=DAYS.index(times.wkst) if times.wkst in DAYS else 0,
        byweekday=days or (None if times.dtstart or times.bymonthday else list(range(7))),
        bymonthday=_numbers(times.bymonthday) or None,
        cache=False,
    )


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",") if part.strip().lstrip("+-").isdigit()]


def _span(times: Times, day: date) -> tuple[datetime, datetime]:
    """From when to when on one day. Wall-clock times: an opening over a clock change is shorter or longer."""
    local = zone(times.timezone)
    opens = datetime.combine(day, times.opens_at or MIDNIGHT, local)
    closes_at = times.closes_at if times.closes_at is not None else times.opens_at or MIDNIGHT
    over = times.whole_day or times.past_midnight
    closes_day = day + timedelta(days=1) if over and day < date.max else day
    closes = datetime.combine(closes_day, MIDNIGHT if times.whole_day else closes_at, local)
    return opens.astimezone(ZoneInfo("UTC")), closes.astimezone(ZoneInfo("UTC"))
