"""One value as somebody typed or exported it, put into the shape in which a directory can keep it.

Each function takes the value and a `note` to call as note(kind, before, after) if it changed more than space.
"""

from __future__ import annotations

import html
import math
import re
from collections.abc import Callable
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
    "â€": "”",
    "Ã ": "à",
}
AS_CP1252: Final = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ\u0080-\u00bf"
GARBLE: Final = re.compile(
    "|".join(
        [
            f"[ÃÂÅÄ][{AS_CP1252}]|â[{AS_CP1252}][{AS_CP1252}]|ð[{AS_CP1252}]{{3}}",
            *map(re.escape, GARBLED),
        ]
    )
)
UNSTORABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What no database keeps, and marks that turn the direction of what comes after them round."""
MARK: Final = re.compile(r"#{3,}\s*[A-Z]{2,}\s*#{3,}")
HIDDEN: Final = re.compile(
    r"<(script|style|head|noscript|iframe)\b[^<>]*>.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)|<!\[CDATA\[|\]\]>",
    re.IGNORECASE | re.DOTALL,
)
LINK: Final = re.compile(
    r"<a\b[^<>]*?href\s*=\s*[\"']?([^\"'\s>]+)[^<>]*>(.*?)</a\s*>", re.IGNORECASE | re.DOTALL
)
ITEM: Final = re.compile(r"\s*<li\b[^<>]*>\s*", re.IGNORECASE)
TRAILING: Final = re.compile(r"[ \t]+\n")
UNUSUAL: Final = re.compile(r"[^ !\"$%'-;=-\[\]-~]")
"""Anything but the printable ASCII that nobody has to look at twice."""
USUAL_ID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
EMPTY_LINES: Final = re.compile(r"\n{3,}")
TAG: Final = re.compile(
    r"</?(?:p|br|div|span|a|b|i|u|em|strong|ul|ol|li|h[1-6]|font|table|tbody|thead|tr|td|th|img|small|"
    r"style|script|section|article|header|footer|blockquote|hr|sup|sub|o:p|link|meta|html|body|iframe|video|pre|code|dl|dt|dd)\b[^<>]*>",
    re.IGNORECASE,
)
BLOCK: Final = re.compile(r"<(?:br|/p|/div|/li|/h[1-6]|/tr)\b[^<>]*>", re.IGNORECASE)
ENTITY: Final = re.compile(
    r"&(?:#\d{1,6}|#x[0-9a-f]{1,5}|[a-z]{2,8});",
    re.IGNORECASE,
)
NOTHING: Final = frozenset(
    ["n/a", "na", "none", "nil", "no", "null", "unknown", "tbc", "tba", "not applicable", "-"]
)
SPELT: Final = "e-mail addresses spelt out: written as addresses"
AT: Final = re.compile(
    r"\s*[\[({<]\s*at\s*[\])}>]\s*|\s+@\s*|\s*@\s+|\s+at\s+(?=\S+\s*(?:dot\b|\.|[\[(]dot))", re.IGNORECASE
)
DOT: Final = re.compile(r"\s*[\[({<]\s*dot\s*[\])}>]\s*|\s+dot\s+", re.IGNORECASE)
SCHEME: Final = re.compile(r"(?:https?(?::/{0,3}|/{1,3}|;//)\s*)+(?=https?://|[\w-]+\.)", re.IGNORECASE)
EMAIL: Final = re.compile(r"[^@\s,;<>()]+@[^@\s,;<>()]+\.[^@\s,;<>()]+")
NEXT_URL: Final = re.compile(r"[\s;,]+(?=https?:|www\.)|\s")
HTTP: Final = re.compile(r"https?://", re.IGNORECASE)
DIGITS: Final = re.compile(r"\d+")
COINS: Final = re.compile(r"[£$€,\s]")
WORDS: Final = re.compile(r"[a-z]{2}|/")
PENCE: Final = re.compile(r"(\d{1,4})\s*p(?:ence)?", re.IGNORECASE)
SUM: Final = re.compile(r"[£$€]?\s*(\d{1,8}(?:,\d{3})*(?:\.\d{1,2})?)(?!\d)")
COMPASS: Final = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*°?\s*([NSEW])", re.IGNORECASE)
HOST: Final = re.compile(r"[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#].*)?", re.IGNORECASE)


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
        if type(raw) is str and not UNUSUAL.search(raw):
            return raw.strip()
    else:
        if isinstance(raw, (dict, list)):
            note(SHAPE, raw, "")
            return ""
        raw = str(raw).lower() if isinstance(raw, bool) else str(raw)
    words = str(raw)
    if UNSTORABLE.search(words):
        words = UNSTORABLE.sub("", words)
    if "GÇ" in words or "â€" in words or "Ã" in words or "Â" in words:
        words = _noted(words, _ungarbled(words), LETTERS, note)
    if "\\n" in words:
        words = _noted(words, words.replace("\\r", "").replace("\\n", "\n"), LINES, note)
    if "###" in words:
        words = _noted(words, MARK.sub("", words), MARKS, note)
    if "<" in words or "&" in words:
        words = _noted(words, UNSTORABLE.sub("", _without_markup(words)), TAGS, note)
    words = words.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ").replace("\u200b", "")
    return EMPTY_LINES.sub("\n\n", TRAILING.sub("\n", words)).strip()


def _ungarbled(words: str) -> str:
    """UTF-8 that was read as Windows-1252, once or twice, made right again."""
    for _ in range(2):
        if words == (words := GARBLE.sub(_letter, words)):
            break
    return words


def _letter(found: re.Match[str]) -> str:
    if found[0] in GARBLED:
        return GARBLED[found[0]]
    data = bytearray()
    for char in found[0]:
        try:
            data += char.encode("cp1252")
        except UnicodeEncodeError:
            if ord(char) > 255:
                return found[0]
            data.append(ord(char))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return found[0]


def _without_markup(words: str) -> str:
    """The words of a piece of a web page: lists with their dots, links with where they lead."""
    if "&lt;" in words and not TAG.search(words):
        words = html.unescape(words) if TAG.search(html.unescape(words)) else words
    if TAG.search(words) or "<!" in words:
        words = LINK.sub(_told_link, HIDDEN.sub("", words))
        words = html.unescape(TAG.sub("", BLOCK.sub("\n", ITEM.sub("\n• ", words))))
    return ENTITY.sub(lambda found: html.unescape(found[0]), words)


def _told_link(found: re.Match[str]) -> str:
    there, said = found[1].removeprefix("mailto:").removeprefix("tel:"), TAG.sub("", found[2]).strip()
    if found[1].lower().startswith("javascript") or said.strip("/") in there:
        return said
    return f"{said} ({there})" if said else there


def line(raw: object, note: Note) -> str:
    """Words on one line; what holds no letter or digit at all is nothing."""
    if raw is None:
        return ""
    usual = type(raw) is str and not UNUSUAL.search(raw)
    words = " ".join((raw if usual else text(raw, note)).split())  # type: ignore[attr-defined]
    return words if words[:1].isalnum() or any(letter.isalnum() for letter in words) else ""


def _noted(before: str, after: str, kind: str, note: Note) -> str:
    if before != after:
        note(kind, before, after)
    return after


def identifier(raw: object, _note: Note = silent) -> str:
    """An id as its source writes it; a UUID in its usual form; whole numbers without a decimal point."""
    if isinstance(raw, str) and ((len(raw) < 32 and raw.isalnum()) or USUAL_ID.fullmatch(raw)):
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
    if not words or words.lower() in NOTHING:
        return ""
    first = NEXT_URL.split(words, maxsplit=1)[0].rstrip(";,")
    slips = not HTTP.match(first) or first.lower().count("http") > 1
    if slips and (scheme := SCHEME.match(first)):
        how = "https" if first.lower().startswith("https") else "http"
        first = f"{how}://{first[scheme.end() :]}"
    if HTTP.match(first):
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
    if not words or words.lower() in NOTHING:
        return ""
    if found := EMAIL.search(words.removeprefix("mailto:")):
        return found[0]
    if found := EMAIL.search(spelt_out(words)):
        note(SPELT, words, found[0])
        return found[0]
    note(NO_EMAIL, words, "")
    return ""


def spelt_out(words: str) -> str:
    """An address as people write it so that no robot reads it: "ann at example dot org", "ann (at) example.org"."""
    plain = AT.sub("@", words, count=1)
    return DOT.sub(".", plain) if plain != words else words


def whole_number(raw: object, note: Note, *, most: int = 32_767) -> int | None:
    """A whole number from 0; "18+" and "12.0" count."""
    if raw is None or isinstance(raw, bool) or not (words := line(raw, note)):
        return None
    found = DIGITS.search(words.replace(",", ""))
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
    if compass := COMPASS.fullmatch(words):
        words = f"{'-' if compass[2].upper() in 'SW' else ''}{compass[1]}"
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
    low = words.lower()
    if low in {"free", "nothing", "nil", "no charge", "free of charge", "gratis"}:
        note(NUMBER, words, "0")
        return Decimal("0.00")
    bare = COINS.sub("", words)
    if pence := PENCE.fullmatch(bare):
        bare = f"{int(pence[1]) / 100:.2f}"
    elif WORDS.search(low) and (first := SUM.search(words)) and "-" not in words[:1]:
        bare = first[1].replace(",", "")  # "£3.50 per session"
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


def yes_or_no(raw: object, note: Note) -> bool | None:
    """Yes, no, or not known."""
    if isinstance(raw, bool):
        return raw
    words = line(raw, note).lower()
    if words in {"yes", "y", "true", "1", "t", "on", "✓", "✔", "x", "1.0"}:
        return True
    if words in {"no", "n", "false", "0", "f", "off", "✗", "✘", "0.0"}:
        return False
    if words and words not in {"unknown", "not known", "n/a", "na", "don't know", "tbc", "?", "null", "none"}:
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
