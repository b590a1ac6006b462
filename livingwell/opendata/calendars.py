"""When things happen, as an iCalendar file (RFC 5545) that any calendar can follow."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from dateutil import rrule
from icalendar import Calendar, Event, vRecur

from livingwell.directory import opening

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from livingwell.directory.opening import Times

PRODUCT: Final = "-//Living Well Network//Open data//EN"
AHEAD: Final = timedelta(days=400)
SINGLE: Final = 12  # of what holds only on bank holidays, so many to come are named one by one


@dataclass(frozen=True, slots=True)
class Meeting:
    """One rule of when something is on. `closures`: rules of days on which it is not."""

    uid: str
    name: str
    times: Times
    closures: Sequence[Times] = ()
    about: str = ""
    where: str = ""
    url: str = ""
    point: tuple[float, float] | None = None
    cancelled: bool = False


def calendar(name: str, meetings: Iterable[Meeting], *, at: datetime) -> bytes:
    """The file. What cannot be worked out, such as a fortnight without a first day, is left out."""
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("x-wr-calname", name)
    for meeting in meetings:
        for event in _events(meeting, at):
            made.add_component(event)
    if made.walk("VEVENT"):
        made.add_missing_timezones()
    return bytes(made.to_ical())


def _events(meeting: Meeting, at: datetime) -> list[Event]:
    times = meeting.times
    if times.closed or not times.certain:
        return []
    if times.freq and times.bank_holidays == "only":
        spans = opening.next_times([times, *meeting.closures], at, SINGLE)
        days = [begins.astimezone(opening.zone(times.timezone)).date() for begins, _ends in spans]
        return [_event(meeting, day, at, f"{meeting.uid}-{day:%Y%m%d}") for day in days]
    first = times.dtstart if not times.freq else first_day(times, at)
    if first is None:
        return []
    event = _event(meeting, first, at, meeting.uid)
    if times.freq:
        event.add("rrule", _rule(times))
        start = max(first, at.date() - timedelta(days=31))
        off = opening.exceptions([times, *meeting.closures], start, at.date() + AHEAD)
        for day in off:
            event.add("exdate", _moment(times, day, times.opens_at))
    return [event]


def _event(meeting: Meeting, day: date, at: datetime, uid: str) -> Event:
    times = meeting.times
    event = Event()
    event.add("uid", f"{uid}@livingwell")
    event.add("dtstamp", at.astimezone(UTC).replace(microsecond=0))
    event.add("summary", meeting.name)
    event.add("dtstart", _moment(times, day, times.opens_at))
    if times.opens_at is not None and times.closes_at is not None:
        over = times.whole_day or times.past_midnight
        last = day + timedelta(days=1) if over else day
        event.add("dtend", _moment(times, last, time(0) if times.whole_day else times.closes_at))
    for name, value in (("description", meeting.about), ("location", meeting.where), ("url", meeting.url)):
        if value:
            event.add(name, value)
    if meeting.point:
        event.add("geo", meeting.point)
    if meeting.cancelled:
        event.add("status", "CANCELLED")
    return event


def _moment(times: Times, day: date, clock: time | None) -> date | datetime:
    """A moment of that wall clock; the day alone where no time is known."""
    return datetime.combine(day, clock, opening.zone(times.timezone)) if clock is not None else day


def first_day(times: Times, at: datetime) -> date | None:
    """The first day of a rule: of all time if it says since when, else of this year."""
    start = times.first or date(at.year, 1, 1)
    rule = rrule.rrulestr(_text(_rule(times)), dtstart=datetime.combine(start, time(0)))
    found = next(iter(rule), None)
    return found.date() if found and not (times.last and found.date() > times.last) else None


def _text(rule: vRecur) -> str:
    """The rule as it is written, with an end that has no zone, as wall clocks have none."""
    written: bytes = rule.to_ical()  # type: ignore[no-untyped-call]
    return re.sub(r"(UNTIL=\d{8}T\d{6})Z", r"\1", written.decode())


def _rule(times: Times) -> vRecur:
    made: dict[str, object] = {"FREQ": times.freq, "INTERVAL": times.interval}
    days = [day.lstrip("+") if times.freq == "MONTHLY" else day[-2:] for day in times.byday.split(",") if day]
    numbers = [int(part) for part in times.bymonthday.split(",") if part.strip().lstrip("+-").isdigit()]
    if days:
        made["BYDAY"] = days
    elif times.freq == "WEEKLY" and not times.dtstart:
        made["BYDAY"] = list(opening.DAYS)
    if numbers:
        made["BYMONTHDAY"] = numbers
    if times.wkst:
        made["WKST"] = times.wkst
    ends = min((day for day in (times.until, times.valid_to) if day), default=None)
    if ends:
        local = datetime.combine(ends, time(23, 59, 59), opening.zone(times.timezone))
        made["UNTIL"] = local.astimezone(UTC) if times.opens_at is not None else ends
    elif times.count and times.dtstart:
        made["COUNT"] = times.count
    return vRecur(made)
