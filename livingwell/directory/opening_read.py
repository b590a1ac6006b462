"""Reading opening times as people write them, a line each: the other way round of `opening_words`.

Monday to Friday 9:30am to 5pm, not on bank holidays
First Tuesday of the month, 6pm to 8pm, in term time only
Every Tuesday 10am to noon, 6 times from 12 January 2027
Saturday 5 December 2026, 2pm to 4pm
Closed from 24 December until 2 January
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _

from livingwell.directory.feeds.times import meetings
from livingwell.directory.opening import DAYS, MIDNIGHT, Times

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import time

MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAY: Final = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?"
DAY: Final = (
    rf"{WEEKDAY}(?:(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+"
    r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*(?:,?\s+\d{4})?"
    r"|\d{1,2}/\d{1,2}/\d{2,4}|\d{4}-\d\d-\d\d)"
)
EVERY_DAY: Final = re.compile(
    r"\b(?:24/7|(?:open )?(?:24 hours?|round the clock|always open)\b(?:[ ,]+(?:a|every) day)?)"
)
ALL_DAY: Final = re.compile(r",?\s*\ball day\b")
NAMED: Final = {
    re.compile(r"\b(?:12 )?(?:noon|mid-?day)\b"): "12pm",
    re.compile(r"\b(?:12 )?midnight\b"): "12am",
    re.compile(r"\b(?:daily|each day)\b"): "every day",
    re.compile(r"(?<!\w)['’]?til\b"): "to",
    re.compile(r"\bchristmas eve\b"): "24 december",
    re.compile(r"\bchristmas day\b"): "25 december",
    re.compile(r"\bboxing day\b"): "26 december",
    re.compile(r"\bnew year['’]?s eve\b"): "31 december",
    re.compile(r"\bnew year['’]?s day\b"): "1 january",
}
"""Words for an hour, a day or how often, as the rest is written."""
NO_DAY: Final = re.compile(r"\b(?:appointment|ring|call|phone|ask|book)\b")
TERM: Final = re.compile(r"[,;(]?\s*\b(?:in )?term[- ]?time(?: only)?\)?|[,;(]?\s*\bonly in term[- ]?time\)?")
NOT_HOLIDAYS: Final = re.compile(
    r"[,;(]?\s*(?:\b(?:not|closed|except|excluding|excl\.?)\s+(?:on\s+)?(?:public|bank) holidays?)\)?"
)
HOLIDAYS_TOO: Final = re.compile(
    r"[,;(]?\s*\b(?:(?:public|bank) holidays? too|(?:including|incl\.?|and|also on) (?:public |bank )holidays?)\)?"
)
ON_HOLIDAYS: Final = re.compile(
    r"^(?:only )?(?:on )?(?:public |bank )holidays?(?: only)?\b|\s+that are bank holidays\b"
)
COUNTED: Final = re.compile(
    rf"[,;]?\s*(?:for\s+)?(\d{{1,3}})\s+(?:times|weeks|sessions)\s*,?\s*(?:from|starting)\s+({DAY})"
)
STARTING: Final = re.compile(rf"[,;]?\s*\bstarting\s+({DAY})")
SEASON: Final = re.compile(rf"[,;]?\s*\bfrom\s+({DAY})\s*(?:-|to|until|till)\s*({DAY})")
UNTIL: Final = re.compile(rf"[,;]?\s*\b(?:until|till)\s+({DAY})")
SINCE: Final = re.compile(rf"[,;]?\s*\bfrom\s+({DAY})")
CLOSED: Final = re.compile(r"^(?:we(?:'|’)?(?: a)?re\s+)?closed\b[:,]?\s*")
RANGE: Final = re.compile(rf"^(?:from\s+)?({DAY})\s*(?:-|to|until|till)\s*({DAY})$")
ONE_DAY: Final = re.compile(rf"^(?:on\s+)?({DAY})[,:]?\s*(.*)$")


@dataclass(frozen=True, slots=True)
class Unread:
    """A line that could not be read: its number from 1, its words, and what to do."""

    number: int
    words: str
    advice: str


@dataclass(frozen=True, slots=True)
class Read:
    """The rules that were understood, and the lines that were not."""

    times: tuple[Times, ...]
    unread: tuple[Unread, ...]


def read(words: str, *, on: date) -> Read:
    """The rules of some lines. A day without a year is the next such day on or after `on`."""
    found: list[Times] = []
    unread: list[Unread] = []
    of_all: dict[str, tuple[Unread, dict[str, Any]]] = {}
    for number, line in enumerate(re.split(r"[\n;]+", words), start=1):
        low = " ".join(re.sub(r"[–—]", "-", line.lower()).rstrip(" .").split())
        if not low:
            continue
        for names, hour in NAMED.items():
            low = names.sub(hour, low)
        if re.fullmatch(r"(?:not|closed)(?: on)? (?:public|bank) holidays?", low):
            of_all["bank_holidays"] = (Unread(number, line.strip(), _days_too()), {"bank_holidays": "closed"})
            continue
        if re.fullmatch(r"(?:only )?(?:in|during)? ?term[- ]?time(?: only)?", low):
            of_all["term_time"] = (Unread(number, line.strip(), _days_too()), {"term_time": True})
            continue
        try:
            found += _line(low, on)
        except _Puzzle as puzzle:
            unread.append(Unread(number, line.strip(), str(puzzle)))
    if not any(times.freq for times in found):
        unread += [line for line, _limit in of_all.values()]
    for name, (_line_of_it, limit) in of_all.items():
        found = [
            replace(times, **limit) if times.freq and not times.closed and not getattr(times, name) else times
            for times in found
        ]
    return Read(tuple(dict.fromkeys(found)), tuple(unread))


def _days_too() -> str:
    return _("Write the days and hours too, like “Monday, 10am to noon, in term time only”.")


def rows(times: Iterable[Times]) -> list[dict[str, Any]]:
    """The rules as the `schedules` of a sheet."""
    names = [name for name in Times.__slots__ if name != "timezone"]
    return [
        {name: value for name in names if (value := getattr(each, name)) not in (None, "", False)}
        for each in times
    ]


class _Puzzle(Exception):
    """A line that cannot be read; the message says what to do."""


def _line(low: str, on: date) -> list[Times]:
    if closed := CLOSED.match(low):
        return [_closure(low[closed.end() :].strip(), on)]
    limits: dict[str, Any] = {}

    def take(pattern: re.Pattern[str], keep: Callable[[re.Match[str]], dict[str, Any]]) -> None:
        nonlocal low
        if found := pattern.search(low):
            limits.update(keep(found))
            low = f"{low[: found.start()]} {low[found.end() :]}".strip(" ,")

    take(NOT_HOLIDAYS, lambda _found: {"bank_holidays": "closed"})
    take(HOLIDAYS_TOO, lambda _found: {"bank_holidays": "open"})
    take(TERM, lambda _found: {"term_time": True})
    take(ON_HOLIDAYS, lambda _found: {"bank_holidays": "only"})
    if limits.get("bank_holidays") == "only" and not re.search(r"[a-z]*day", low):
        low = f"every day {low}"
    take(COUNTED, lambda found: {"count": int(found[1]), "dtstart": _day(found[2], on)})
    take(STARTING, lambda found: {"dtstart": _day(found[1], on)})
    take(SEASON, lambda found: _span(found[1], found[2], on))
    take(UNTIL, lambda found: {"valid_to": _day(found[1], on)})
    take(SINCE, lambda found: {"valid_from": _day(found[1], on)})
    if limits.get("count") == 0:
        raise _Puzzle(_("How many times? Write a number from 1, like “6 times from 12 January”."))
    if (one := ONE_DAY.match(low)) and not limits:
        return _single(_day(one[1], on), one[2])
    return [replace(times, **limits) for times in _repeating(low)]


def _closure(rest: str, on: date) -> Times:
    if between := RANGE.match(rest):
        return Times(closed=True, **_span(between[1], between[2], on))
    if (one := ONE_DAY.match(rest)) and not one[2]:
        return Times(closed=True, dtstart=_day(one[1], on))
    if since := re.fullmatch(rf"(?:from|since)\s+({DAY})", rest):
        return Times(closed=True, valid_from=_day(since[1], on))
    if until := re.fullmatch(rf"(?:until|till)\s+({DAY})", rest):
        return Times(closed=True, valid_to=_day(until[1], on))
    rules, _left = meetings(rest)
    if len(rules) == 1 and rules[0]["opens_at"] is None:
        return Times(
            closed=True, freq=rules[0]["freq"], byday=rules[0]["byday"], interval=rules[0]["interval"]
        )
    raise _Puzzle(_("When is it closed? Write a day or two, like “Closed from 24 December until 2 January”."))


def _single(day: date, hours: str) -> list[Times]:
    """What happens on one day only."""
    if not hours:
        return [Times(dtstart=day)]
    if ALL_DAY.fullmatch(hours):
        return [Times(dtstart=day, opens_at=MIDNIGHT, closes_at=MIDNIGHT)]
    return [Times(dtstart=day, opens_at=opens, closes_at=closes) for opens, closes in _hours(hours)]


def _hours(words: str) -> list[tuple[time | None, time | None]]:
    rules, left = meetings(f"monday {words}")
    if left or not rules:
        raise _Puzzle(_("We could not read the hours. Write them like “2pm to 4:30pm”."))
    return [(rule["opens_at"], rule["closes_at"]) for rule in rules]


def _repeating(low: str) -> list[Times]:
    whole = EVERY_DAY.search(low) or ALL_DAY.search(low)
    if whole:
        low = f"{low[: whole.start()]} {low[whole.end() :]}".strip(" ,") or "every day"
    rules, left = meetings(low)
    if left or not rules:
        if NO_DAY.search(low):
            raise _Puzzle(
                _("Only days and hours go here. Write things like “By appointment” under “How to get in”.")
            )
        raise _Puzzle(
            _(
                "We could not read this. Write the days, then the hours, like “Monday to Friday, 9:30am to 5pm”."
            )
        )
    if whole:
        rules = [{**rule, "opens_at": MIDNIGHT, "closes_at": MIDNIGHT} for rule in rules]
    return [Times(**rule) for rule in rules]


def _span(first: str, last: str, on: date) -> dict[str, Any]:
    begins = _day(first, on)
    ends = _day(last, begins)
    if ends < begins:
        raise _Puzzle(_("The last day comes before the first. Which way round is it?"))
    return {"valid_from": begins, "valid_to": ends}


def _day(words: str, on: date) -> date:
    """A day that was written; without a year the next one on or after `on`."""
    if iso := re.search(r"(\d{4})-(\d\d)-(\d\d)", words):
        return _date(int(iso[1]), int(iso[2]), int(iso[3]), words)
    if slashed := re.search(r"(\d{1,2})/(\d{1,2})/(\d{2,4})", words):
        year = int(slashed[3])
        return _date(year + 2000 if year < 100 else year, int(slashed[2]), int(slashed[1]), words)
    named = re.search(r"(\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?\s+([a-z]{3})[a-z]*(?:,?\s+(\d{4}))?", words)
    if named is None:
        raise _Puzzle(_("We could not read the day “%(day)s”.") % {"day": words})
    month, number = MONTHS.index(named[2]) + 1, int(named[1])
    if named[3]:
        return _date(int(named[3]), month, number, words)
    for year in range(on.year, on.year + 5):
        try:
            day = date(year, month, number)
        except ValueError:
            continue
        if day >= on:
            return day
    raise _Puzzle(_("There is no %(day)s. Which day is it?") % {"day": words.title()})


def _date(year: int, month: int, day: int, words: str) -> date:
    try:
        found = date(year, month, day)
    except ValueError as error:
        raise _Puzzle(_("There is no %(day)s. Which day is it?") % {"day": words.title()}) from error
    said = re.match(r"(mon|tue|wed|thu|fri|sat|sun)", words)
    if said and said[1][:2].upper() != DAYS[found.weekday()]:
        raise _Puzzle(
            _("%(day)s is another day of the week. Leave the day of the week out, or mend the date.")
            % {"day": words}
        )
    return found
