"""Times and days as people write them: "9:00am", "Monday to Friday 9am-5pm", "first Tuesday of the month"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from functools import lru_cache
from typing import Any, Final

from livingwell.directory.feeds.clean import CHOICE, Note, line, silent

TIME: Final = "times written another way"
NO_TIME: Final = "times that make no sense: left out"
HALF: Final = "times without am or pm, read from the other end of the opening"

DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
DAY: Final = {
    **{name: code for code, names in zip(
        DAYS,
        ("mon monday mondays m", "tue tues tuesday tuesdays tu",
         "wed weds wednesday wednesdays we",
         "thu thur thurs thursday thursdays th",
         "fri friday fridays fr", "sat saturday saturdays sa", "sun sunday sundays su"),
        strict=True,
    ) for name in names.split()},
    "mo": "MO",
}  # fmt: skip
ORDINAL: Final = {
    "first": "1", "1st": "1", "second": "2", "2nd": "2", "third": "3", "3rd": "3", "fourth": "4", "4th": "4",
    "fifth": "5", "5th": "5", "last": "-1",
}  # fmt: skip
SHAPES: Final = (
    re.compile(r"t?(\d{1,2})[:.](\d{1,3})(?:[:.]\d{2}(?:\.\d+)?)?(?!\d)"),
    re.compile(r"(\d{1,2})(\d{2})(?!\d)"),
    re.compile(r"(\d{1,2})()(?!\d)"),
)
HALVES: Final = re.compile(r"\s*(?:([ap])\.?\s?m?\.?|(noon|midnight))(?![a-z])")
BARE: Final = re.compile(r"\d{1,2}")
STANDARD: Final = re.compile(r"\d\d:\d\d(?::\d\d)?")


@dataclass(frozen=True, slots=True)
class _Read:
    hour: int
    minute: int
    half: str  # "a", "p" or not said

    def at(self) -> time:
        hour = self.hour
        if self.half and hour <= 12:
            hour = hour % 12 + (12 if self.half == "p" else 0)
        return time(hour % 24, self.minute)


@lru_cache(maxsize=4096)
def _read(words: str) -> _Read | None:
    low = words.strip().lower()
    if low in {"noon", "midday", "12 noon"}:
        return _Read(12, 0, "p")
    if low in {"midnight", "12 midnight"}:
        return _Read(12, 0, "a")
    for shape in SHAPES:
        if found := shape.match(low):
            hour, minute = int(found[1]), int((found[2] or "0")[:2])
            rest = HALVES.match(low, found.end())
            half = (rest[1] or {"noon": "p", "midnight": "a"}.get(rest[2] or "", "")) if rest else ""
            if hour > 24 or minute > 59 or (hour == 24 and minute):
                return None
            return _Read(hour, minute, half)
    return None


def opening(opens: object, closes: object, note: Note) -> tuple[time | None, time | None]:
    """When a place opens and closes. Closing first means past midnight, unless am or pm was left out."""
    first, last = _one(opens, note), _one(closes, note)
    if first and last and bool(first.half) != bool(last.half) and max(first.hour, last.hour) <= 12:
        if last.half:  # "8:00 to 4:00pm", "6:00 to 8:00pm"
            same = first.hour % 12 < last.hour % 12 or last.half == "a"
            half = last.half if same else "a"
            first = _Read(first.hour, first.minute, half)
        else:  # "9:00am to 5:00"
            later = last.hour % 12 > first.hour % 12
            last = _Read(last.hour, last.minute, first.half if later else "p")
        note(HALF, f"{opens} to {closes}", f"{first.at():%H:%M} to {last.at():%H:%M}")
    elif first and last and last.hour < first.hour <= 12 and _bare(opens) and _bare(closes):  # "9" to "5"
        last = _Read(last.hour, 0, "p")
        note(HALF, f"{opens} to {closes}", f"{first.at():%H:%M} to {last.at():%H:%M}")
    return first.at() if first else None, last.at() if last else None


def _bare(raw: object) -> bool:
    return bool(BARE.fullmatch(str(raw).strip()))


def _one(raw: object, note: Note) -> _Read | None:
    words = line(raw, silent)
    if not words:
        return None
    found = _read(words)
    if found is None:
        note(NO_TIME, words, "")
    elif not STANDARD.fullmatch(words):
        note(TIME, words, f"{found.at():%H:%M}")
    return found


def days(raw: object, note: Note) -> str:
    """RFC 5545 days with commas: "Monday, Tuesday", ["MO", "TU"], "1TU", also 1 to 7 with 1 for Monday."""
    words = line(",".join(map(str, raw)) if isinstance(raw, list) else raw, note)
    if not words:
        return ""
    found: list[str] = []
    for piece in re.split(r"[\s,;]+", words.upper()):
        if exact := re.fullmatch(r"([+-]?[1-5]?)(MO|TU|WE|TH|FR|SA|SU)", piece):
            found.append("".join(exact.groups()))
        elif code := DAY.get(piece.lower()):
            found.append(code)
        elif re.fullmatch(r"[1-7]", piece):
            found.append(DAYS[int(piece) - 1])
        elif piece:
            note(CHOICE, words, "")
            return ""
    return ",".join(dict.fromkeys(found))


_CLOCK: Final = (
    r"(?:[01]\d[0-5]\d|2[0-3][0-5]\d|\d{1,2}(?:[:.]\d{2})?\s*(?:[ap]\.?m\.?)?(?:\s*(?:noon|midnight))?"
    r"|noon|midday|midnight)"
)
_BARE: Final = re.compile(r"([1-9]|1\d|2[0-3])(?:[:.](\d\d))?")
"""An hour without am, pm or a nought before it."""
_RANGE: Final = re.compile(rf"(?:\b(?:from|at)\s+)?({_CLOCK})\s*(?:-|to|until|['’]?till?)\s*({_CLOCK})")
_FROM: Final = re.compile(rf"(?:\b(?:from|at))?\s*({_CLOCK})\s*$")
_EVERY: Final = re.compile(
    r"\bevery (?:(\d)|(two|three|four)|(other|second)) weeks?\b|\b(fortnightly|every fortnight)\b"
    r"|\b(?:every (?:other|second)|alternate) (?=(?:mon|tue|wed|thu|fri|sat|sun))"
)
_ALL_DAY: Final = re.compile(
    r"\b(?:open\s+)?24\s*(?:/|-|\s)?\s*7\b(?!\s*[ap]m)|\b(?:open\s+)?24\s*-?\s*(?:h|hrs?|hours?)\b(?:\s*a day)?|"
    r"\b(?:all day and night|round the clock)\b"
)
_PART: Final = re.compile(r"\b(morning|afternoon|evening)s?\b")
_TERM: Final = re.compile(r"[,;(]?\s*\b(?:during |in )?term[- ]?times?(?: only)?\b\s*\)?")
_NOT_HOLIDAYS: Final = re.compile(
    r"[,;(]?\s*\b(?:except|excluding|excl\.?|not|closed)(?: on| for)? (?:public|bank|school and bank) holidays?\b\s*\)?"
)
_BRACKET: Final = re.compile(r"\(([^()\d]{3,80})\)")
_CLOSED: Final = re.compile(
    r"[,&]?\s*(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\s*(?:[-&,/]|to|and)?\s*)+:?\s*(?:is\s+)?closed\b"
    r"|[,;]?\s*closed\s+(?:on\s+)?(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\s*(?:[-&,/]|to|and)?\s*)+",
    re.IGNORECASE,
)
_NUMBERS: Final = {"two": 2, "three": 3, "four": 4}
_IDLE: Final = frozenset(
    "every each on the of month weekly monthly in a and open opens meet meets we".split()  # noqa: SIM905
)


def meetings(words: str) -> tuple[list[dict[str, Any]], list[str]]:
    """Read "Monday 18:30-20:00; every 2 weeks Friday 13:30-16:00"; and the pieces that were not
    understood."""
    found: list[dict[str, Any]] = []
    unread: list[str] = []
    for piece in _split(words):
        if piece := " ".join(piece.split()):
            read = _meeting(piece)
            if read:
                found.extend(read)
            else:
                unread.append(piece)
    return found, unread


_DAY_WORD: Final = r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\b"
_NEXT_DAY: Final = re.compile(
    rf"(?:(?<=[\dm])|(?<=noon)|(?<=midnight))\s*(?:[,&/.+]|\band\b|\s)\s*(?={_DAY_WORD}|every\b|weekdays\b)",
    re.IGNORECASE,
)


def _split(words: str) -> list[str]:
    """Apart where a new day begins after a time: "Mon & Wed 10-12, Fri 2-4pm"."""
    found: list[str] = []
    for whole in re.split(r"[;\n]+", words):
        piece = _CLOSED.sub(" ", whole)
        piece = piece if _RANGE.search(_dashed(piece)) else whole
        parts = _NEXT_DAY.split(piece)
        if len(parts) > 1 and all(_RANGE.search(_dashed(part)) or _by_the_way(part) for part in parts):
            found += parts
        else:
            found.append(piece)
    return found


def _by_the_way(part: str) -> bool:
    """What is said of a day without its hours: "Sat by appointment"."""
    return not any(char.isdigit() for char in part) and not _which_days(_dashed(part))


def _dashed(words: str) -> str:
    return re.sub(r"\s*[–—]\s*", "-", words.lower())


def _span(begin: str, end: str) -> tuple[time | None, time | None] | None:
    """The hours of a range; bare numbers only where they can be but one thing: 10-12, 9-5, 2-4, never 7-9."""
    bare = [_BARE.fullmatch(each.strip()) for each in (begin, end)]
    if bare[0] is None or bare[1] is None:
        opens, closes = opening(begin, end, silent)
        return (opens, closes) if opens and closes else None
    (first, begun), (last, ended) = ((int(each[1]), int(each[2] or 0)) for each in bare if each)
    if max(first, last) > 23 or max(begun, ended) > 59 or (first, begun) == (last, ended):
        return None
    later = (last, ended) > (first, begun)
    if 9 <= first <= 12 and 1 <= last <= 12:
        return time(first, begun), time(last if later or last == 12 else last + 12, ended)
    if 1 <= first <= 4 and later and last <= 8:
        return time(first + 12, begun), time(last + 12, ended)
    if later and last >= 13:
        return time(first, begun), time(last, ended)
    return None


def _meeting(piece: str) -> list[dict[str, Any]]:
    low, aside = _aside(_dashed(piece).rstrip("."))
    if _ALL_DAY.search(low):
        byday = _which_days(_ALL_DAY.sub(" ", low).strip(" ,-")) if low.strip() else []
        rest = _ALL_DAY.sub(" ", low).strip(" ,-")
        if rest and not byday:
            return []
        return [{"freq": "WEEKLY", "interval": 1, "byday": ",".join(byday or DAYS), "opens_at": time(0),
                 "closes_at": time(0), **aside}]  # fmt: skip
    interval = 1
    if every := _EVERY.search(low):
        interval = int(every[1]) if every[1] else _NUMBERS.get(every[2] or "", 2)
        low = low.replace(every[0], " ", 1)
    bare = re.sub(
        r"\b(?:1st|2nd|3rd|4th|5th)\b",
        lambda word: next(k for k, v in ORDINAL.items() if v == word[0][0]),
        low,
    )
    ranges = _RANGE.findall(bare)
    part = _PART.search(_RANGE.sub(" ", bare))
    read = [_span(*_in_that_part(begin, end, part[1] if part else "")) for begin, end in ranges]
    bare = _PART.sub(" ", bare) if ranges else bare
    if None in read:
        return []  # "7-9": morning or evening?
    spans = [span for span in read if span is not None]
    rest = _RANGE.sub(" ", bare) if spans else bare
    if not spans and (start := _FROM.search(bare)) and (len(start[1].strip()) > 2 or "from" in start[0]):
        spans = [opening(_likely(start[1].strip()), "", silent)]
        rest = bare[: start.start()]
    byday = _which_days(rest)
    if not byday or not interval or any(char.isdigit() for char in rest):
        return []
    monthly = byday[0][0] in "-12345"
    if monthly and interval > 1:
        return []
    return [
        {
            "freq": "MONTHLY" if monthly else "WEEKLY",
            "interval": interval,
            "byday": ",".join(byday),
            "opens_at": opens,
            "closes_at": closes,
            **aside,
        }
        for opens, closes in spans or [(None, None)]
    ]


def _aside(low: str) -> tuple[str, dict[str, Any]]:
    """A meeting without what is said by the way, and that as fields: term time, bank holidays, closed days."""
    said: dict[str, Any] = {}
    if _TERM.search(low):
        said["term_time"] = True
        low = _TERM.sub(" ", low)
    if _NOT_HOLIDAYS.search(low):
        said["bank_holidays"] = "closed"
        low = _NOT_HOLIDAYS.sub(" ", low)
    if note := _BRACKET.search(low):
        said["notes"] = note[1].strip()
        low = _BRACKET.sub(" ", low)
    low = re.sub(r"\b(?:til|till|until|to)\s+late\b|-\s*late\b", " ", low)
    low = re.sub(r"\bwe (?=meet|open|are\b|run\b)", " ", low)  # not the short form of Wednesday
    low = re.sub(r"(?<=\d\d)\s*h(?:ou)?rs?\b", "", low) if not _ALL_DAY.search(low) else low
    low = re.sub(r"\bm\s*(?:-|to)\s*f\b", "monday to friday", low)
    low = re.sub(
        r"\b(?:every day|daily|each day|(?:seven|7) days(?: a| per|/)? ?week)\b", "monday to sunday", low
    )
    return low.strip(" ,:"), said


def _in_that_part(begin: str, end: str, part: str) -> tuple[str, str]:
    """Bare hours with the half of the day that "evening" or "morning" gives them."""
    if (
        not part
        or not (begin.strip().isdigit() and end.strip().isdigit())
        or int(begin) > 12
        or int(end) > 12
    ):
        return begin, end
    half = "am" if part == "morning" and int(end) < 12 else "pm"
    first = (
        "am" if part == "morning" or (half == "pm" and int(begin) > int(end) and int(begin) != 12) else "pm"
    )
    return f"{begin.strip()}{first}", f"{end.strip()}{half}"


def _likely(begin: str) -> str:
    """A bare hour at which something begins: from 7 it is the morning, before that the afternoon."""
    if not begin.isdigit() or len(begin) > 2 or int(begin) > 12:
        return begin
    return f"{begin}am" if 7 <= int(begin) <= 11 else f"{begin}pm"


def _which_days(words: str) -> list[str]:
    """RFC 5545 days out of "monday to friday", "first and third tuesday"; empty if a word is strange."""
    words = re.sub(r"\bweekdays\b", "monday to friday", words)
    words = re.sub(r"\bweekends\b", "saturday sunday", words)
    tokens = [token for token in re.split(r"[\s,&/+]+|(-)", words) if token]
    found: list[str] = []
    numbers: list[str] = []
    range_from = ""
    trailing = False
    for token in tokens:
        if code := DAY.get(token.rstrip(":.")):
            if range_from:
                begin, end = DAYS.index(range_from), DAYS.index(code)
                found += [DAYS[(begin + step) % 7] for step in range(1, (end - begin) % 7 + 1)]
                range_from = ""
            else:
                found += [f"{number}{code}" for number in numbers] or [code]
            trailing = False
        elif token in ORDINAL:
            numbers.append(ORDINAL[token])
            trailing = True
        elif token in {"to", "-", "until"} and found and not numbers:
            range_from = found[-1]
        elif token not in _IDLE:
            return []
    if range_from or trailing:  # "Tuesday, first of the month" is not each Tuesday
        return []
    return list(dict.fromkeys(found))
