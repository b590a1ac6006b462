"""One value as somebody typed or exported it, put into the shape in which a directory can keep it.

Each function takes the value and a `note` to call as note(kind, before, after) if it changed more than space.
"""

from __future__ import annotations

import html
import math
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final, TypeAlias
from uuid import UUID
from zoneinfo import ZoneInfo

Note: TypeAlias = Callable[[str, object, object], None]
Cleaner: TypeAlias = Callable[[Any, Note], Any]

LETTERS: Final = "letters that an old program had garbled"
LINES: Final = "line breaks written as \\n"
MARKS: Final = "marks of another program, such as ###MON###"
TAGS: Final = "markup of web pages inside a text"
SHAPE: Final = "lists or other shapes where a text belongs"
ADDRESS: Final = "web addresses without http"
NO_ADDRESS: Final = "web addresses that lead nowhere: left out"
NO_EMAIL: Final = "e-mail addresses that cannot be right: left out"
NUMBER: Final = "numbers written another way"
NO_NUMBER: Final = "numbers that make no sense: left out"
DATE: Final = "dates written another way"
NO_DATE: Final = "dates that make no sense: left out"
CHOICE: Final = "words that are not among the permitted ones"

GARBLED: Final = {
    **{f"GÇ{old}": new for old, new in zip("ÖÿöôÜ£¥æïª", "’‘—–‚“”‑\u200b…", strict=True)},
    **{f"â€{old}": new for old, new in zip("™˜œ\u009d“”¦¢", "’‘“”–—…•", strict=True)},
    "Ã©": "é",
    "Â£": "£",
    "Â\u00a0": " ",
}
GARBLE: Final = re.compile("|".join(map(re.escape, GARBLED)))
UNSTORABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
MARK: Final = re.compile(r"#{3,}\s*[A-Z]{2,}\s*#{3,}")
TAG: Final = re.compile(
    r"</?(?:p|br|div|span|a|b|i|u|em|strong|ul|ol|li|h[1-6]|font|table|tbody|tr|td|img|small|style|script)\b[^<>]*>",
    re.IGNORECASE,
)
BLOCK: Final = re.compile(r"<(?:br|/p|/div|/li|/h[1-6]|/tr)\b[^<>]*>", re.IGNORECASE)
ENTITY: Final = re.compile(
    r"&(?:#\d{1,6}|#x[0-9a-f]{1,5}|amp|nbsp|lt|gt|quot|apos|rsquo|lsquo|ndash|mdash|pound|eacute);",
    re.IGNORECASE,
)
EMAIL: Final = re.compile(r"[^@\s,;<>()]+@[^@\s,;<>()]+\.[^@\s,;<>()]+")
HOST: Final = re.compile(r"[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#].*)?", re.IGNORECASE)
MONTHS: Final = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1
    )
}


class AsWritten(str):
    """A word that its own people typed: it stays as it is."""

    __slots__ = ()


def silent(_kind: str, _before: object, _after: object) -> None:
    """A note to nobody."""


def text(raw: object, note: Note) -> str:
    """Words of any length, with their line breaks."""
    if raw is None:
        return ""
    if isinstance(raw, str):
        plain = raw.strip()
        if plain.isascii() and plain.isprintable() and not any(sign in plain for sign in "\\<&#"):
            return plain
    else:
        if isinstance(raw, (dict, list)):
            note(SHAPE, raw, "")
            return ""
        raw = str(raw).lower() if isinstance(raw, bool) else str(raw)
    words = str(raw)
    if UNSTORABLE.search(words):
        words = UNSTORABLE.sub("", words)
    if "GÇ" in words or "â€" in words or "Ã" in words or "Â" in words:
        words = _noted(words, GARBLE.sub(lambda found: GARBLED[found[0]], words), LETTERS, note)
    if "\\n" in words:
        words = _noted(words, words.replace("\\r", "").replace("\\n", "\n"), LINES, note)
    if "###" in words:
        words = _noted(words, MARK.sub("", words), MARKS, note)
    if "<" in words or "&" in words:
        plain = html.unescape(TAG.sub("", BLOCK.sub("\n", words))) if TAG.search(words) else words
        plain = ENTITY.sub(lambda found: html.unescape(found[0]), plain)
        words = _noted(words, UNSTORABLE.sub("", plain), TAGS, note)
    words = words.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ").replace("\u200b", "")
    words = re.sub(r"[ \t]+\n", "\n", words)
    return re.sub(r"\n{3,}", "\n\n", words).strip()


def line(raw: object, note: Note) -> str:
    """Words on one line; what holds no letter or digit at all is nothing."""
    words = " ".join(text(raw, note).split())
    return words if any(letter.isalnum() for letter in words) else ""


def _noted(before: str, after: str, kind: str, note: Note) -> str:
    if before != after:
        note(kind, before, after)
    return after


def identifier(raw: object, _note: Note = silent) -> str:
    """An id as its source writes it; a UUID in its usual form; whole numbers without a decimal point."""
    if isinstance(raw, str) and len(raw) < 32 and raw.isalnum():
        return raw
    if raw is None or isinstance(raw, (dict, list, bool)):
        return ""
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    words = " ".join(UNSTORABLE.sub("", str(raw)).split())
    if len(words) >= 32:
        try:
            return str(UUID(words))
        except ValueError:
            pass
    return words


def url(raw: object, note: Note) -> str:
    """A web address that a browser can follow, or nothing."""
    words = line(raw, note)
    if not words:
        return ""
    first = re.split(r"[\s;,]+(?=https?:|www\.)|\s", words, maxsplit=1)[0].rstrip(";,")
    if re.match(r"https?://", first, re.IGNORECASE):
        found = first if HOST.fullmatch(first.split("://", 1)[1]) or "localhost" in first else ""
    else:
        found = f"http://{first}" if HOST.fullmatch(first) and "@" not in first else ""
    if not found:
        note(NO_ADDRESS, words, "")
    elif found != words:
        note(ADDRESS, words, found)
    return found


def email(raw: object, note: Note) -> str:
    words = line(raw, note)
    if not words:
        return ""
    found = EMAIL.search(words.removeprefix("mailto:"))
    if not found:
        note(NO_EMAIL, words, "")
        return ""
    return found[0]


def whole_number(raw: object, note: Note, *, most: int = 32_767) -> int | None:
    """A whole number from 0; "18+" and "12.0" count."""
    if raw is None or isinstance(raw, bool) or not (words := line(raw, note)):
        return None
    found = re.search(r"\d+", words.replace(",", ""))
    if not found or words.startswith("-") or len(found[0]) > 9 or int(found[0]) > most:
        note(NO_NUMBER, words, "")
        return None
    if found[0] != words:
        note(NUMBER, words, found[0])
    return int(found[0])


def large_number(raw: object, note: Note) -> int | None:
    return whole_number(raw, note, most=2_000_000_000)


def year(raw: object, note: Note) -> int | None:
    found = whole_number(raw, note)
    if found is not None and not 1000 <= found <= 2100:
        note(NO_NUMBER, raw, "")
        return None
    return found


def degrees(raw: object, note: Note) -> float | None:
    """A latitude or longitude; whether it lies on the globe is for the row to say."""
    if raw is None or isinstance(raw, bool) or not (words := line(raw, note)):
        return None
    try:
        found = float(words.replace(",", ".") if words.count(",") == 1 and "." not in words else words)
    except ValueError:
        found = math.nan
    if not math.isfinite(found):
        note(NO_NUMBER, words, "")
        return None
    return round(found, 7)


def money(raw: object, note: Note) -> Decimal | None:
    if raw is None or isinstance(raw, bool) or not (words := line(raw, note)):
        return None
    bare = re.sub(r"[£$€,\s]", "", words)
    try:
        found = Decimal(bare)
        sensible = found.is_finite() and 0 <= found <= 99_999_999
    except InvalidOperation:
        found, sensible = Decimal(0), False
    if not sensible:
        note(NO_NUMBER, words, "")
        return None
    if bare != words:
        note(NUMBER, words, bare)
    return found.quantize(Decimal("0.01"))


def day(raw: object, note: Note, *, day_first: bool = True) -> date | None:
    """A date; where 3/4/2026 could be two days, `day_first` decides."""
    if raw is None or isinstance(raw, bool) or not (words := line(raw, note)):
        return None
    found: date | None = None
    if iso := re.match(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)", words):
        found = _date(int(iso[1]), int(iso[2]), int(iso[3]))
    elif numbers := re.match(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?!\d)", words):
        a, b, y = int(numbers[1]), int(numbers[2]), int(numbers[3])
        y += 2000 if y < 100 else 0
        if a > 12 or (day_first and b <= 12):
            a, b = b, a
        found = _date(y, a, b)
    elif named := re.match(r"(\d{1,2})(?:st|nd|rd|th)?\s+([A-Za-z]{3})[a-z]*\.?,?\s+(\d{4})", words):
        found = _date(int(named[3]), MONTHS.get(named[2].lower(), 0), int(named[1]))
    if found is None:
        note(NO_DATE, words, "")
    elif not words.startswith(found.isoformat()):
        note(DATE, words, found.isoformat())
    return found


def _date(y: int, m: int, d: int) -> date | None:
    try:
        return date(y, m, d)
    except ValueError:
        return None


def moment(raw: object, note: Note) -> datetime | None:
    """A date and time; without a zone it is taken as UTC."""
    if raw is None or isinstance(raw, bool) or not (words := line(raw, note)):
        return None
    try:
        found = datetime.fromisoformat(re.sub(r"(\.\d+)", lambda part: part[1][:7].ljust(7, "0"), words))
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        only_day = day(raw, note)
        return datetime(only_day.year, only_day.month, only_day.day, tzinfo=UTC) if only_day else None


def yes_or_no(raw: object, note: Note) -> bool | None:
    """Yes, no, or not known."""
    if isinstance(raw, bool):
        return raw
    words = line(raw, note).lower()
    if words in {"yes", "y", "true", "1", "t"}:
        return True
    if words in {"no", "n", "false", "0", "f"}:
        return False
    if words:
        note(CHOICE, words, "")
    return None


def zone(raw: object, note: Note) -> str:
    """The name of a time zone that this machine knows, or nothing."""
    words = line(raw, note)
    if not words:
        return ""
    try:
        ZoneInfo(words)
    except (ValueError, OSError, KeyError):
        note(CHOICE, words, "")
        return ""
    return words
