"""Whether two entries are the same thing: keys under which likely ones meet, and a judgement with its reasons.

Pure. Never all pairs: two are compared only when they share a key (a number, a phone or a postcode, each with
the beginning of a word of the name). What tells two groups of one hall apart (days, ages, levels, men and
women) speaks against likeness however alike the rest is.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from rapidfuzz import fuzz

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

EMPTY: Final = frozenset(
    """the a an of and for in at to with on from by your our ltd limited cic cio plc charity trust uk inc
    company registered service services""".split()  # noqa: SIM905
)
APART: Final = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat sun mondays
    tuesdays wednesdays thursdays fridays saturdays sundays morning afternoon evening lunchtime weekend men
    women mens womens boys girls ladies male female junior juniors senior seniors adult adults children
    toddler toddlers baby babies beginner beginners intermediate advanced improvers north south east west
    online one two three four five i ii iii iv b c d carer carers dads mums""".split()  # noqa: SIM905
)
STEMS: Final = {word: word.rstrip("s") for word in APART if len(word) > 3 and word.rstrip("s") in APART}
SHARED_HOSTS: Final = re.compile(
    r"(^|\.)(facebook|instagram|meetup|eventbrite|google|twitter|x|linkedin|nhs|gov|wordpress|wixsite)\."
)
NUMBER: Final = re.compile(
    r"(?<![A-Z0-9])(?<!\d[ -])(SC|NIC?|NI|OC|SO|NC|CE|CS|RS|IP|FC|R)?[ -]?(\d{5,8})(?:-0+)?(?![\dA-Z]|-\d)"
)
"""A register's letters and its digits, wherever they stand in the text."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of one entry, as far as it tells whether another is the same."""

    id: UUID
    name: str
    source: str = ""
    owner: str = ""
    numbers: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    webs: frozenset[str] = frozenset()
    postcodes: frozenset[str] = frozenset()
    streets: tuple[str, ...] = ()
    words: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Judged:
    """That two are likely the same: how likely (0 to 100), and why, in words."""

    likeness: int
    reasons: tuple[str, ...]


def plain(text: str) -> str:
    """In lower case, without accents and signs."""
    folded = unicodedata.normalize(
        "NFKD", text.casefold().replace("’", "").replace("'", "").replace("&", " and ")
    )
    return " ".join(
        re.sub(r"[^a-z0-9 ]", " ", "".join(c for c in folded if not unicodedata.combining(c))).split()
    )


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name that say something; all where none does, the name itself in another alphabet."""
    said = plain(name).split() or name.casefold().split()
    return tuple(word for word in said if word not in EMPTY) or tuple(said)


def phone(number: str) -> str:
    """The digits of a British number as dialled at home; empty for what is no full number."""
    digits = re.sub(r"\D", "", re.sub(r"\(0\)", "", re.split(r"(?i)\bext|\bx\d", number)[0]))
    digits = re.sub(r"^(0044|44)", "0", digits)
    return digits if 10 <= len(digits) <= 11 and digits.startswith("0") else ""


def postcode(text: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", text.upper())


def number(text: str) -> str:
    """A charity or company number without its spaces, signs and leading noughts, and without words around it.

    "GB-CHC-1234567", "Charity no. 1234567" and "1234567-0" (the charity itself among those linked to it) are one.
    """
    if found := NUMBER.search(text.upper()):
        return f"{found[1] or ''}{found[2].lstrip('0')}"
    return re.sub(r"[^A-Z0-9]", "", text.upper()).lstrip("0")


def web(address: str) -> str:
    """A web address without its scheme, www and last slash; empty where many share the host."""
    found = re.sub(r"^(https?://)?(www\.)?", "", address.strip().casefold()).rstrip("/")
    host = found.split("/")[0]
    return "" if not found or ("/" not in found and SHARED_HOSTS.search(host)) else found


def keys(told: Told) -> set[int]:
    """Under which keys this entry meets others."""
    return {_hashed(text) for text in _keys(told)}


def _keys(told: Told) -> Iterator[str]:
    words = told.words or words_of(told.name)
    starts = sorted({word[:4] for word in sorted(words, key=len, reverse=True)[:3]})
    whole = " ".join(sorted(words))
    for code in told.postcodes:
        yield from (f"place {code} {start}" for start in starts)
        yield f"area {code[:-3]} {whole}"
    for digits in told.phones:
        yield from (f"phone {digits} {start}" for start in starts)
        yield from (f"phone {digits} {code}" for code in told.postcodes)
    for mail in told.emails:
        yield from (f"mail {mail} {start}" for start in starts)
    for page in told.webs:
        yield f"web {page}"
    for known in told.numbers:
        if told.owner:
            yield from (f"number {known} {start}" for start in starts)
        else:
            yield f"number {known}"
    if not told.postcodes:
        yield f"name {whole}"


def _hashed(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


def judge(one: Told, other: Told) -> Judged | None:
    """Whether two services, or two organizations, are likely the same, and why; None where they are not."""
    one, other = sorted(
        (one, other), key=lambda each: (each.name, each.id)
    )  # likeness of words has a direction
    if one.id == other.id or _told_apart(one, other):
        return None
    name = _name(one, other)
    numbers = sorted(one.numbers & other.numbers)
    phones, codes = one.phones & other.phones, one.postcodes & other.postcodes
    mails, webs = one.emails & other.emails, one.webs & other.webs
    street = _street(one, other)
    elsewhere = bool(one.postcodes and other.postcodes and not codes)
    if elsewhere and _near(one, other) and street >= 85:
        elsewhere = False  # one letter of the postcode is wrong
    of_a_service = bool(one.owner and other.owner)
    if not of_a_service and one.numbers and other.numbers and not numbers:
        return None
    least = 90 if one.source and one.source == other.source else 0
    found = (
        (bool(numbers) and not of_a_service, 45, 99),
        (bool(numbers) and not elsewhere, 84, 95),
        (bool(phones and codes), 58, 93),
        (bool(codes) and street >= 80, 80, 88),
        (bool(codes), 86, 86),
        (bool(phones) and not elsewhere, 80, 85),
        (bool(mails) and not elsewhere, 78, 84),
        (bool(webs) and not elsewhere, 74, 84),
        (not elsewhere and street >= 85 and bool(one.postcodes and other.postcodes), 86, 80),
    )
    likely = max((score for holds, needs, score in found if holds and name >= max(needs, least)), default=0)
    if not likely:
        return None
    reasons = [
        _("the same charity or company number: %(number)s") % {"number": numbers[0]} if numbers else "",
        _("the same phone number") if phones else "",
        _("the same postcode: %(postcode)s") % {"postcode": spaced(min(codes))} if codes else "",
        _("the same email address") if mails else "",
        _("the same web page") if webs else "",
        _names_in_words(name),
        _("the same street") if street >= 85 else "",
    ]  # fmt: skip
    return Judged(min(100, round(likely * 0.7 + name * 0.3)), tuple(reason for reason in reasons if reason))


def _names_in_words(likeness: float) -> str:
    if likeness >= 99:
        return _("the same name")
    return _("names that are much alike") if likeness >= 75 else _("names with a part in common")


def spaced(code: str) -> str:
    return f"{code[:-3]} {code[-3:]}" if len(code) > 4 else code


def _name(one: Told, other: Told) -> float:
    """How alike two names are, 0 to 100, whatever the order of their words."""
    first, second = one.words or words_of(one.name), other.words or words_of(other.name)
    a, b = " ".join(sorted(first)), " ".join(sorted(second))
    whole = fuzz.ratio(a, b)
    part = fuzz.token_set_ratio(" ".join(first), " ".join(second))
    if one.source and one.source == other.source:
        return max(whole, fuzz.ratio("".join(first), "".join(second)))  # a list tells its own apart
    if initials := _initials(first, second):
        return initials
    if _other_subject(first, second):
        return min(whole, 50.0)
    short = min(len(first), len(second))
    glued = fuzz.ratio("".join(first), "".join(second))
    return max(whole, glued, part * (0.9 if short > 1 else 0.75))


def _other_subject(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Whether each name has a word that is nothing like any word left in the other: debt, housing."""
    mine, theirs = set(first) - set(second), set(second) - set(first)
    if not mine or not theirs or fuzz.ratio("".join(first), "".join(second)) >= 90:
        return False
    best = max(fuzz.ratio(a, b) for a in mine for b in theirs)
    return best < 70 and fuzz.partial_ratio(" ".join(sorted(mine)), " ".join(sorted(theirs))) < 80


def _initials(first: tuple[str, ...], second: tuple[str, ...]) -> float:
    """Whether one name is the other's first letters: "CAB" and "Citizens Advice Bureau"."""
    for short, long in ((first, second), (second, first)):
        if short and len(long) > 2 and short[0] == "".join(word[0] for word in long) and len(short[0]) > 2:
            return 88
    return 0


def _told_apart(one: Told, other: Told) -> bool:
    """Whether a day, an age, a level or the like is in one name and another such in the other."""
    if one.numbers & other.numbers and not one.owner:
        return False
    return _marks(one.name) != _marks(other.name)


def _marks(name: str) -> set[str]:
    """What in a name tells one of several apart: days, ages, levels, numbers."""
    return {
        STEMS.get(word, word)
        for word in plain(name).split()
        if word in APART or any(char.isdigit() for char in word)
    }


def _street(one: Told, other: Told) -> float:
    return max((_same_street(a, b) for a in one.streets for b in other.streets), default=0)


def _same_street(one: str, other: str) -> float:
    """How alike two address lines are; nothing where the house numbers differ."""
    first, second = _address(one), _address(other)
    if set(re.findall(r"\d+", first)) != set(re.findall(r"\d+", second)):
        return 0
    return float(fuzz.token_sort_ratio(first, second))


def _address(text: str) -> str:
    short = {"street": "st", "road": "rd", "avenue": "ave", "saint": "st", "lane": "ln", "close": "cl"}
    return " ".join(short.get(word, word) for word in plain(text).split())


def _near(one: Told, other: Told) -> bool:
    return any(fuzz.ratio(a, b) >= 80 for a in one.postcodes for b in other.postcodes)
