"""Several things in one field, taken apart: phones, e-mails, web addresses, ages, postcodes, points."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from livingwell.directory.feeds.national_grid import to_degrees

EMAIL: Final = re.compile(
    r"(?:mailto:)?([^@\s,;<>()\[\]|\"']+@[^@\s,;<>()\[\]|\"']+\.[A-Za-z]{2,})", re.IGNORECASE
)
SITE: Final = re.compile(
    r"(?:https?://[^\s;,<>\"'|]+|www\.[^\s;,<>\"'|]+"
    r"|(?<![@\w.])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:org\.uk|co\.uk|gov\.uk|nhs\.uk|ac\.uk|org|com|net|info|uk)"
    r"(?:/[^\s;,<>\"'|]*)?(?![@\w]))",
    re.IGNORECASE,
)
PHONE: Final = re.compile(r"(?<![\w.])(?:\(?\+?\(?\d[\d()]*(?:[\s.-]?\(?\d[\d()]*)*)(?!\w)")
POSTCODE: Final = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)[ \t\u00a0]*(\d[ABD-HJLNP-UW-Z]{2})\b", re.IGNORECASE)
AGES: Final = re.compile(r"(?<!\d)(\d{1,3})\s*(?:-|–|—|to|until|and)\s*(\d{1,3})(?!\d)", re.IGNORECASE)
OLDER: Final = re.compile(
    r"(?<!\d)(\d{1,3})\s*(?:\+|plus\b|and (?:over|above|older|up)|or (?:over|older)"
    r"|years? (?:and|or) (?:over|older|above))"
    r"|(?:over|from|aged?|above)\s+(\d{1,3})(?:s\b)?(?!\s*(?:-|–|to)\s*\d)",
    re.IGNORECASE,
)  # fmt: skip
YOUNGER: Final = re.compile(
    r"(?:under|up to|below|younger than)\s+(\d{1,3})|(?<!\d)(\d{1,3})\s*(?:and|or)\s*(?:under|younger|below)",
    re.IGNORECASE,
)
PAIR: Final = re.compile(
    r"\(?\s*(-?\d{1,3}(?:\.\d+)?)\s*°?\s*([NSEW])?\s*[,;/\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*°?\s*([NSEW])?\s*\)?"
)
GRID_SQUARE: Final = re.compile(r"([HNST][A-HJ-Z])\s*(\d{4,10}|\d{2,5} \d{2,5})")
NAMED: Final = re.compile(r"\"?(lat\w*|lon\w*|lng)\"?\s*:\s*\"?(-?\d+(?:\.\d+)?)", re.IGNORECASE)
ENDING: Final = re.compile(r"(\d[\d ]{8,13}\d)\s*/\s*(\d{1,4})(?![\d ]*\d)")
TWO: Final = re.compile(r"(?<!\d)(0\d{9,10})\s+(?=(0\d{9,10})(?!\d))")
LABEL: Final = re.compile(
    r"(?:^|[\s,;/])(tel(?:ephone)?|phone|call|ring|mob(?:ile)?|text|sms|fax|minicom|textphone|whatsapp)\s*[:.]?\s*$",
    re.IGNORECASE,
)
IDLE: Final = frozenset(
    ["tel", "telephone", "phone", "call", "ring", "call us on", "ring us on", "please call", "on"]
)
BETWEEN: Final = re.compile(
    r"\s*(?:[;|\n/]|,|\bor\b|\band\b|&)\s*$|^\s*(?:[;|\n/]|,|\bor\b|\band\b|&)\s*", re.IGNORECASE
)
TITLE: Final = re.compile(
    r"\b(?:tel(?:ephone)?|phone|call|ring|mob(?:ile)?|e-?mail|web(?:site)?|text|t|m|e|w)\s*[:.]\s*",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Ways:
    """The ways to get in touch that one field holds, and the words that are none of them."""

    phones: list[tuple[str, str]] = field(default_factory=list)  # number, what is said of it
    emails: list[str] = field(default_factory=list)
    sites: list[str] = field(default_factory=list)
    rest: str = ""


def ways(words: str) -> Ways:
    """Phones, e-mails and web addresses in a text, in their order."""
    found = Ways()

    def email(match: re.Match[str]) -> str:
        found.emails.append(match[1].rstrip("."))
        return "\n"

    def site(match: re.Match[str]) -> str:
        found.sites.append(match[0].rstrip(".,)"))
        return "\n"

    left = EMAIL.sub(email, TWO.sub(r"\1; ", ENDING.sub(_in_full, words)))
    left = SITE.sub(site, left)
    rest: list[str] = []
    for piece in re.split(r"[;\n|]+", left):
        numbers = [
            one for one in PHONE.finditer(piece) if 9 <= _digits(one[0]) <= 15 or _short(one[0], piece)
        ]
        if not numbers:
            if bare := _bare(piece):
                rest.append(bare)
            continue
        labels: dict[int, str] = {}
        first = _bare(piece[: numbers[0].start()])
        named = bool(first) and first.lower() not in IDLE and not _bare(piece[numbers[-1].end() :])
        for place, one in enumerate(numbers):
            start = numbers[place - 1].end() if place else 0
            end = numbers[place + 1].start() if place + 1 < len(numbers) else len(piece)
            before = _bare(piece[start : one.start()]) if place == 0 else labels.get(place, "")
            before = "" if before.lower() in IDLE else before
            between = piece[one.end() : end]
            if named and place + 1 < len(numbers):
                labels[place + 1], between = _bare(between), ""
            elif place + 1 < len(numbers) and (label := LABEL.search(between)):
                labels[place + 1] = label[1]
                between = between[: label.start()]
            after = _bare(between)
            number = one[0].strip()
            if number.startswith("(") and number.count("(") > number.count(")"):
                number = number[1:]
            if number.count(")") > number.count("("):
                number = number.rstrip(")")
            found.phones.append((number, " ".join(part for part in (before, after) if part)))
    found.rest = "; ".join(rest)
    return found


def _in_full(found: re.Match[str]) -> str:
    """Of "020 7946 0001/2" both numbers."""
    return f"{found[1]}; {found[1][: -len(found[2])]}{found[2]}"


def _digits(words: str) -> int:
    return sum(char.isdigit() for char in words)


def _short(number: str, piece: str) -> bool:
    """A short number (999, 111, 116 123, 85258) counts where little else stands beside it."""
    return 3 <= _digits(number) <= 8 and len(TITLE.sub("", piece).strip()) - len(number) <= 2


def _bare(piece: str) -> str:
    words = TITLE.sub("", piece)
    previous = None
    while words != previous:
        previous, words = words, BETWEEN.sub("", words).strip(" \t,;:-–/&()[]")
    if words.count("(") > words.count(")"):
        words += ")"
    return words if any(char.isalnum() for char in words) else ""


def ages(words: str) -> tuple[int | None, int | None] | None:
    """The youngest and oldest of "18+", "5-11", "under 25", "all ages"; None where it says neither."""
    low = words.strip().lower()
    if low in {"all", "all ages", "any", "any age", "everyone", "all age groups"}:
        return None, None
    if both := AGES.search(low):
        return int(both[1]), int(both[2])
    older, younger = OLDER.search(low), YOUNGER.search(low)
    if older or younger:
        least = int(next(one for one in older.groups() if one)) if older else None
        most = int(next(one for one in younger.groups() if one)) if younger else None
        if most is not None and re.search(r"under|below|younger than", low) and "and under" not in low:
            most -= 1 if younger and younger[1] and not low.startswith("up to") else 0
        return least, most
    if re.fullmatch(r"(?:age[sd]?\s*)?\d{1,3}(?:\s*(?:years?|yrs?))?", low):
        return int("".join(char for char in low if char.isdigit())), None
    if re.fullmatch(r"adults?(?: only)?", low):
        return 18, None
    return None


def postcode_of(words: str) -> tuple[str, str]:
    """The last postcode in an address, as it is written, and the address without it."""
    found = list(POSTCODE.finditer(words))
    if not found:
        return "", words
    last = found[-1]
    left = f"{words[: last.start()].rstrip(' ,;')}{words[last.end() :]}".strip(" ,;.")
    return f"{last[1]} {last[2]}".upper(), left


def point(words: str) -> tuple[float, float] | None:
    """A latitude and a longitude in one field: "51.46, -0.11", "51.46N 0.11W", "POINT(-0.11 51.46)"."""
    text = words.strip()
    if text.startswith("{"):
        text = _as_pair(text)
    if square := GRID_SQUARE.fullmatch(text.upper()):
        return _square(square[1], square[2].replace(" ", ""))
    turned = text.upper().startswith("POINT")
    found = PAIR.search(text[5:] if turned else text)
    if not found:
        return None
    first, second = float(found[1]), float(found[3])
    first = -first if found[2] == "S" or found[2] == "W" else first
    second = -second if found[4] == "W" or found[4] == "S" else second
    if turned or found[2] in {"E", "W"}:
        first, second = second, first
    return first, second


def _as_pair(text: str) -> str:
    """The two of a point that was written as JSON."""
    said = {name.lower()[:3]: number for name, number in NAMED.findall(text)}
    return f"{said.get('lat', '')}, {said.get('lon') or said.get('lng', '')}"


def _square(letters: str, digits: str) -> tuple[float, float] | None:
    """The middle of a square of the National Grid: TQ 310 745."""
    if len(digits) % 2 or not 4 <= len(digits) <= 10:
        return None
    half = len(digits) // 2
    first, second = ("ABCDEFGHJKLMNOPQRSTUVWXYZ".index(letter) for letter in letters)
    size = 10 ** (5 - half)
    east = ((first - 2) % 5 * 5 + second % 5) * 100_000 + int(digits[:half]) * size + size // 2
    north = (19 - first // 5 * 5 - second // 5) * 100_000 + int(digits[half:]) * size + size // 2
    return metres(str(east), str(north))


def upright(north: float, east: float) -> tuple[float, float] | None:
    """The two the right way round where they plainly are not: the British Isles, or off the globe."""
    swapped_here = -9.5 <= north <= 2.5 and 49 <= east <= 61.5
    off = abs(north) > 90 and abs(east) <= 90 and abs(north) <= 180
    return (east, north) if swapped_here or off else None


def metres(easting: str, northing: str) -> tuple[float, float] | None:
    """Degrees of a point in metres on the National Grid; None where that is nowhere in Britain."""
    try:
        east, north = float(easting.replace(",", "")), float(northing.replace(",", ""))
    except ValueError:
        return None
    if not (50_000 < east < 700_000 and 4_000 < north < 1_300_000):
        return None
    return to_degrees(east, north)
