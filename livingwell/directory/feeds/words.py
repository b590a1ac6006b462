"""Words of closed lists as people write them: statuses, countries, languages, postcodes."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

from babel import Locale

from livingwell.directory.feeds.clean import CHOICE, Note, line

EMPTY_STATUS: Final = "services without a status: taken as running"
POSTCODES: Final = "postcodes written another way"
_STATUS: Final = {
    "active": "active a open live running published current ok approved enabled available operational yes y 1 "
    "true on up in_use started scheduled confirmed eventscheduled existing verified new accepting",
    "inactive": "inactive i closed not_active paused draft disabled unpublished hidden pending no n 0 false off "
    "ended expired archived not_running withdrawn cancelled canceled eventcancelled dormant past stopped "
    "not_available unavailable awaiting_approval rejected",
    "defunct": "defunct permanently_closed deleted d removed dissolved ceased closed_permanently "
    "closed_for_good no_longer_running no_longer_available discontinued obsolete deregistered",
    "temporarily closed": "temporarily_closed suspended closed_temporarily on_hold t postponed eventpostponed "
    "closed_for_now paused_temporarily seasonal",
}
STATUS: Final = {word: ours for ours, words in _STATUS.items() for word in words.split()}
APART: Final = re.compile(r"[\s_-]+")
UK_POSTCODE: Final = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})")
UK_INSIDE: Final = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)[\s.-]*(\d[A-Z]{2})\b")
NEARLY: Final = re.compile(r"([A-Z]{1,2}?)([\dOIZ][A-Z\d]?)([\dOILSZ])([A-Z]{2})")
MISREAD: Final = {"O": "0", "I": "1", "L": "1", "Z": "2", "S": "5"}
COUNTRIES: Final = {
    "uk": "GB", "u.k.": "GB", "united kingdom": "GB", "great britain": "GB", "england": "GB", "scotland": "GB",
    "wales": "GB", "northern ireland": "GB", "gbr": "GB", "britain": "GB", "cymru": "GB",
    "united kingdom of great britain and northern ireland": "GB",
    "usa": "US", "u.s.": "US", "u.s.a.": "US", "united states of america": "US", "eire": "IE",
    "republic of ireland": "IE", "irl": "IE", "the netherlands": "NL", "holland": "NL",
}  # fmt: skip


def status(raw: Any, note: Note) -> str:
    """A status of HSDS; an unknown word counts as running, because to hide what is there helps nobody."""
    words = line(raw, note).lower()
    if words == "active":
        return words
    if not words:
        note(EMPTY_STATUS, "", "active")
        return "active"
    last = words.rsplit("/", 1)[-1] if words.startswith("http") else words
    found = STATUS.get(APART.sub("_", last), "active")
    if found != words:
        note(CHOICE, words, found)
    return found


def postcode(raw: Any, note: Note) -> str:
    """A postcode in capitals and, if it is a British one, with its space."""
    words = line(raw, note)
    if not words:
        return ""
    high = words.upper()
    found = UK_POSTCODE.fullmatch(high)
    plain = f"{_outward(found[1])} {found[2]}" if found else _british(high) or high
    if plain != words:
        note(POSTCODES, words, plain)
    return plain


def _british(high: str) -> str:
    """The British postcode that something nearly is: dots, O for 0, I for 1, a town before it, or two of them."""
    bare = re.sub(r"[^A-Z0-9]", "", high)
    if bare == "GIR0AA":
        return "GIR 0AA"
    if len(bare) <= 8 and (found := NEARLY.fullmatch(bare)):
        area, district, number, unit = found.groups()
        found = UK_POSTCODE.fullmatch(f"{area}{_digit(district[0])}{district[1:]}{_digit(number)}{unit}")
        return f"{_outward(found[1])} {found[2]}" if found else ""
    first = UK_INSIDE.search(high)
    return f"{_outward(first[1])} {first[2]}" if first else ""


def _digit(letter: str) -> str:
    return MISREAD.get(letter, letter)


def _outward(half: str) -> str:
    """The first half: none ends in a letter that looks like a digit, but for S (W1S)."""
    return half if half[-1] == "S" else half[:-1] + _digit(half[-1])


def country(raw: Any, note: Note) -> str:
    """A country as two letters (ISO 3166) where its name is known, else as it is written."""
    words = line(raw, note)
    if len(words) == 2 and words.isupper() and words != "UK":
        return words
    if not words:
        return ""
    found = COUNTRIES.get(words.lower()) or _territories().get(words.lower()) or words
    if found != words:
        note(CHOICE, words, found)
    return found


@cache
def _territories() -> dict[str, str]:
    names = {str(code): str(name) for code, name in Locale("en").territories.items()}
    found = {name.lower(): code for code, name in names.items() if len(code) == 2 and code.isalpha()}
    return found | {code.lower(): code for code in found.values()}


@cache
def _languages() -> tuple[dict[str, str], dict[str, str]]:
    names = {str(code): str(name) for code, name in Locale("en").languages.items()}
    longer = {"eng": "en", "por": "pt", "spa": "es", "fra": "fr", "fre": "fr", "som": "so", "pol": "pl",
              "urd": "ur", "ben": "bn", "guj": "gu", "pan": "pa", "ara": "ar", "tur": "tr", "ron": "ro",
              "zho": "zh", "chi": "zh", "cym": "cy", "wel": "cy", "fas": "fa", "per": "fa", "ukr": "uk",
              "hin": "hi", "ita": "it", "deu": "de", "ger": "de", "rus": "ru", "vie": "vi", "tam": "ta"}  # fmt: skip
    names |= {long: names[short] for long, short in longer.items()}
    by_name = {name.lower(): code for code, name in names.items() if len(code) == 2}
    return names, by_name


def language_name(raw: Any, note: Note) -> str:
    """A language by its English name, where only its code was given."""
    words = line(raw, note)
    if not words or len(words) > 10 or not (words.islower() or words.isupper() or "-" in words):
        return words
    names, _ = _languages()
    code = words.replace("_", "-").lower()
    found = names.get(code) or names.get(code.split("-", 1)[0] if "-" in code else "")
    if found is None:
        return words
    if found != words:
        note(CHOICE, words, found)
    return found


def language_code(raw: Any, note: Note) -> str:
    """A language's code; a name in its place becomes its code."""
    words = line(raw, note)
    if len(words) <= 3:
        return words
    found = _languages()[1].get(words.lower())
    if found:
        note(CHOICE, words, found)
    return found or words
