"""Days and moments in whichever way they were written: ISO, 3/4/2026, 1st May 2026, Excel's and Unix's counts."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from livingwell.directory.feeds.clean import DATE, NO_DATE, Note, line, silent

MONTHS: Final = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1
    )
}
ISO: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
PACKED: Final = re.compile(r"(19|20)(\d{2})(0[1-9]|1[0-2])([0-2]\d|3[01])(?:T.*)?")
NUMBERS: Final = re.compile(r"(?:[A-Za-z]{3,9},?\s+)?(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?!\d)")
DAY_MONTH: Final = re.compile(
    r"(?:[A-Za-z]{3,9},?\s+)?(?:the\s+)?(\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+([A-Za-z]{3})[a-z]*\.?,?[\s-]+(\d{4}|\d{2})(?!\d)"
)
MONTH_DAY: Final = re.compile(
    r"(?:[A-Za-z]{3,9},?\s+)?([A-Za-z]{3})[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)"
)
MONTH: Final = re.compile(r"([A-Za-z]{3})[a-z]*\.?[\s-]+(\d{4})|(\d{4})-(\d{1,2})|(\d{1,2})/(\d{4})")
COUNTED: Final = re.compile(r"\d{5}(?:\.\d+)?|-?\d{10}(?:\.\d+)?|\d{13}")
FRACTION: Final = re.compile(r"(\.\d+)")
UNSAID: Final = frozenset(
    ["n/a", "na", "none", "tbc", "tba", "unknown", "ongoing", "never", "-", "0000-00-00", "null"]
)
HERE: Final = ZoneInfo("Europe/London")
EXCEL: Final = date(1899, 12, 30)


def day(raw: object, note: Note, *, day_first: bool = True) -> date | None:
    """A date; where 3/4/2026 could be two days, `day_first` decides."""
    if raw is None or isinstance(raw, bool) or not (words := line(raw, note)):
        return None
    if len(words) == 10 and words[4] == "-":
        try:
            return date.fromisoformat(words)
        except ValueError:
            pass
    if words.lower() in UNSAID:
        return None
    found = _found(words, day_first)
    if found is None:
        note(NO_DATE, words, "")
    elif not words.startswith(found.isoformat()):
        note(DATE, words, found.isoformat())
    return found


def _found(words: str, day_first: bool) -> date | None:
    if iso := ISO.match(words):
        return _date(int(iso[1]), int(iso[2]), int(iso[3]))
    if packed := PACKED.fullmatch(words):
        return _date(int(packed[1] + packed[2]), int(packed[3]), int(packed[4]))
    if numbers := NUMBERS.match(words):
        a, b, y = int(numbers[1]), int(numbers[2]), int(numbers[3])
        y += 2000 if y < 100 else 0
        if a > 12 or (day_first and b <= 12):
            a, b = b, a
        return _date(y, a, b)
    if named := DAY_MONTH.match(words):
        y = int(named[3]) + (2000 if len(named[3]) == 2 else 0)
        return _date(y, MONTHS.get(named[2].lower(), 0), int(named[1]))
    if named := MONTH_DAY.match(words):
        return _date(int(named[3]), MONTHS.get(named[1].lower(), 0), int(named[2]))
    if (month := MONTH.fullmatch(words)) and (year := month[2] or month[3] or month[6]):
        named_month = MONTHS.get(month[1].lower(), 0) if month[1] else int(month[4] or month[5])
        return _date(int(year), named_month, 1)
    counted = _counted(words)
    return counted.date() if counted else None


def _counted(words: str) -> datetime | None:
    """A moment counted in days since 1899, as Excel does, or in seconds or thousandths since 1970."""
    if not COUNTED.fullmatch(words):
        return None
    number = float(words)
    if 20_000 <= number <= 73_000:
        start = datetime(EXCEL.year, EXCEL.month, EXCEL.day, tzinfo=UTC)
        return start + timedelta(seconds=round(number * 86_400))
    seconds = number / 1000 if number > 20_000_000_000 else number
    if 0 <= seconds <= 4_102_444_800:
        return datetime.fromtimestamp(seconds, UTC)
    return None


def _date(y: int, m: int, d: int) -> date | None:
    try:
        return date(y, m, d)
    except ValueError:
        return None


def moment(raw: object, note: Note, *, day_first: bool = True) -> datetime | None:
    """A date and time; without a zone it is taken as UTC."""
    if raw is None or isinstance(raw, bool) or not (words := line(raw, note)):
        return None
    counted = _counted(words)
    if counted is not None:
        note(DATE, words, counted.isoformat())
        return counted
    try:
        found = datetime.fromisoformat(FRACTION.sub(lambda part: part[1][:7].ljust(7, "0"), words))
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        only_day = day(raw, note, day_first=day_first)
        return datetime(only_day.year, only_day.month, only_day.day, tzinfo=UTC) if only_day else None


def on_the_clock(raw: object) -> datetime | date | None:
    """A moment at the local clock, or a day where no hour is said."""
    words = line(raw, silent) if isinstance(raw, (str, int, float)) else ""
    try:
        if len(words) == 10:
            return date.fromisoformat(words)
        found = datetime.fromisoformat(words)
    except ValueError:
        return None
    try:
        return found.astimezone(HERE) if found.tzinfo else found
    except OverflowError:
        return None
