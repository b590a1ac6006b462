"""What a program asks of the open data, read from its parameters; what cannot be read is said in one sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Final
from uuid import UUID

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
DAY_NAMES: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
USUAL_PAGE: Final = 50
LARGEST_PAGE: Final = 500
LAST_PAGE: Final = 1_000_000
FARTHEST_METRES: Final = 200_000
LONGEST: Final = 200  # characters of a search


class NotUnderstood(Exception):
    """A parameter cannot be read: its name, and one sentence that says what it should be."""

    def __init__(self, parameter: str, sentence: str) -> None:
        super().__init__(sentence)
        self.parameter = parameter
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Asked:
    """All that may be asked of a list; what is given must all hold. `day`: 0 Monday to 6 Sunday."""

    search: str = ""
    taxonomy_term_id: tuple[str, ...] = ()
    taxonomy_id: UUID | None = None
    organization_id: UUID | None = None
    modified_after: datetime | None = None
    postcode: str = ""
    proximity: float | None = None
    minimum_age: float | None = None
    maximum_age: float | None = None
    day: int | None = None
    start_time: time | None = None
    end_time: time | None = None
    parent_id: UUID | None = None
    top_only: bool = False
    minimal: bool = False
    full: bool = False
    full_service: bool = False
    format: str = "json"
    page: int = 1
    per_page: int = USUAL_PAGE


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: how it is read, and how the OpenAPI document describes it."""

    name: str
    read: Callable[[str, list[str]], object]
    about: str
    schema: Mapping[str, object] = field(default_factory=lambda: {"type": "string"})
    repeated: bool = False


def _words(name: str, said: list[str]) -> str:
    words = said[-1].replace("\x00", "").strip()
    if len(words) > LONGEST:
        raise NotUnderstood(name, f"Keep {name} to {LONGEST} characters.")
    return words


def _terms(name: str, said: list[str]) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(part.strip() for each in said for part in each.split(",") if part.strip()))
    if len(found) > 10:
        raise NotUnderstood(name, f"Ask for at most ten of {name} at once.")
    if not all(re.fullmatch(r"[\w.:-]{1,100}", part, re.ASCII) for part in found):
        raise NotUnderstood(name, f"{name} is the id of a term, as /taxonomy_terms lists them.")
    return found


def _id(name: str, said: list[str]) -> UUID:
    try:
        return UUID(said[-1].strip())
    except ValueError:
        raise NotUnderstood(
            name, f"{name} is a UUID, such as 9e2d1f1c-4c1a-4f0e-9b8a-0a6c2f3d4e5f."
        ) from None


def _moment(name: str, said: list[str]) -> datetime:
    sentence = f"{name} is a date or a date and time, such as 2026-03-01 or 2026-03-01T09:30:00Z."
    try:
        # A plus that was not escaped in an address arrives as a space.
        found = datetime.fromisoformat(re.sub(r" (\d\d:?\d\d)$", r"+\1", said[-1].strip()))
        found = (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise NotUnderstood(name, sentence) from None
    if not 1900 < found.year < 3000:
        raise NotUnderstood(name, sentence)
    return found


def _yes(name: str, said: list[str]) -> bool:
    word = said[-1].strip().lower()
    if word in {"true", "1", "yes", "on", "t", "y"}:
        return True
    if word in {"false", "0", "no", "off", "f", "n"}:
        return False
    raise NotUnderstood(name, f"{name} is true or false.")


def _whole(least: int, most: int) -> Callable[[str, list[str]], int]:
    def read(name: str, said: list[str]) -> int:
        word = said[-1].strip()
        if re.fullmatch(r"\d{1,9}", word, re.ASCII) and least <= int(word) <= most:
            return int(word)
        raise NotUnderstood(name, f"{name} is a whole number from {least} to {most}.")

    return read


def _number(most: float) -> Callable[[str, list[str]], float]:
    def read(name: str, said: list[str]) -> float:
        word = said[-1].strip()
        if re.fullmatch(r"\d{1,9}(\.\d{1,6})?", word, re.ASCII) and float(word) <= most:
            return float(word)
        raise NotUnderstood(name, f"{name} is a number from 0 to {most:.0f}.")

    return read


def _time(name: str, said: list[str]) -> time:
    word = said[-1].strip()
    try:
        if not re.fullmatch(r"\d\d:\d\d(:\d\d)?", word, re.ASCII):
            raise ValueError(word)
        return time.fromisoformat(word)
    except ValueError:
        raise NotUnderstood(name, f"{name} is a time of day, such as 18:30.") from None


def _day(name: str, said: list[str]) -> int:
    word = said[-1].strip().lower()
    for number, (code, full) in enumerate(zip(DAYS, DAY_NAMES, strict=True)):
        if word in {code.lower(), full, full[:3]}:
            return number
    raise NotUnderstood(name, f"{name} is a day of the week: {', '.join(DAYS)}, or its name, such as Monday.")


def _format(name: str, said: list[str]) -> str:
    word = said[-1].strip().lower()
    if word not in {"json", "ndjson"}:
        raise NotUnderstood(name, f"{name} is json or ndjson.")
    return word


_STRING: Final = {"type": "string", "maxLength": LONGEST}
_UUID: Final = {"type": "string", "format": "uuid"}
_YES: Final = {"type": "boolean"}
_AGE: Final = {"type": "number", "minimum": 0, "maximum": 150}
_TIME: Final = {"type": "string", "pattern": r"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$"}
PARAMETERS: Final[Mapping[str, Parameter]] = {
    each.name: each
    for each in (
        Parameter(
            "search",
            _words,
            "Words to look for. Send them by POST where they say a need.",
            _STRING,
        ),
        Parameter(
            "taxonomy_term_id",
            _terms,
            "The id of a term; several, each as a parameter of its own or with commas, must all hold.",
            {"type": "array", "items": {"type": "string", "pattern": r"^[\w.:-]{1,100}$"}, "maxItems": 10},
            repeated=True,
        ),
        Parameter("taxonomy_id", _id, "Only what bears a term of this taxonomy.", _UUID),
        Parameter("organization_id", _id, "Only what this organization offers.", _UUID),
        Parameter(
            "modified_after",
            _moment,
            "Only what changed at this moment or later, in anything that belongs to it.",
            {"type": "string", "format": "date-time"},
        ),
        Parameter(
            "postcode", _words, "A postcode or its first half: what is near it, or comes there.", _STRING
        ),
        Parameter(
            "proximity",
            _number(FARTHEST_METRES),
            "How far from the postcode, in metres; without it 8,000, or as far as a service says that it goes.",
            {"type": "number", "minimum": 0, "maximum": FARTHEST_METRES},
        ),
        Parameter("minimum_age", _number(150), "Only what has a minimum age of at least this.", _AGE),
        Parameter("maximum_age", _number(150), "Only what has a maximum age of at most this.", _AGE),
        Parameter(
            "day",
            _day,
            "Only what is on that day of the week.",
            {"type": "string", "enum": [*DAYS, *(name.capitalize() for name in DAY_NAMES)]},
        ),
        Parameter("start_time", _time, "Only what opens at this time of day or later.", _TIME),
        Parameter("end_time", _time, "Only what closes at this time of day or earlier.", _TIME),
        Parameter("parent_id", _id, "Only the terms right below this one.", _UUID),
        Parameter("top_only", _yes, "Only terms that have none above them.", _YES),
        Parameter("minimal", _yes, "Only the id and the date of the last change.", _YES),
        Parameter("full", _yes, "Everything that belongs to each, nested.", _YES),
        Parameter("full_service", _yes, "Each organization with its services, in full.", _YES),
        Parameter(
            "format",
            _format,
            "json: a page. ndjson: all, a line each, streamed.",
            {"type": "string", "enum": ["json", "ndjson"]},
        ),
        Parameter(
            "page",
            _whole(1, LAST_PAGE),
            "Which page, from 1.",
            {"type": "integer", "minimum": 1, "maximum": LAST_PAGE},
        ),
        Parameter(
            "per_page",
            _whole(1, LARGEST_PAGE),
            f"How many on a page; {USUAL_PAGE} where nothing is said.",
            {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE},
        ),
    )
}


def read(given: Mapping[str, list[str]], known: Iterable[str]) -> Asked:
    """What is asked, of the parameters that a list knows. Raises NotUnderstood.

    An empty parameter counts as not given, and one that the list does not know is passed over, as the standard has it.
    """
    found: dict[str, object] = {}
    for name in known:
        said = [each for each in given.get(name, ()) if each.strip()]
        if said:
            found[name] = PARAMETERS[name].read(name, said)
    asked = Asked(**found)  # type: ignore[arg-type]
    if asked.proximity is not None and not asked.postcode:
        raise NotUnderstood("postcode", "Say the postcode from which proximity is measured.")
    return asked


def at_page(asked: Asked, page: int, per_page: int) -> Asked:
    """The same question for another page."""
    return replace(asked, page=page, per_page=per_page)
