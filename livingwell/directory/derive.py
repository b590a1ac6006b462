"""What a listing says of a service, worked out from all that the directory says of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from livingwell.directory import opening, week
from livingwell.directory.access import bits
from livingwell.directory.grid import cell_of, distance_km
from livingwell.directory.tagging import kind_of
from livingwell.themes.words import WORD, fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from decimal import Decimal
    from uuid import UUID

REACH_KM: Final = 8.0  # how far people come to a place
AREA_REACH_KM: Final = 12.0  # how far from the middle of a named area its people live
WIDE_REACH_KM: Final = {"london": 30.0, "greater london": 30.0, "south london": 18.0, "north london": 18.0}
RUNNING: Final = "active"
LISTED: Final = frozenset({RUNNING, "temporarily closed"})
EVERYWHERE: Final = frozenset(
    [
        *(
            "united kingdom",
            "uk",
            "great britain",
            "britain",
            "england",
            "scotland",
            "wales",
            "northern ireland",
        ),
        *("england and wales", "nationwide", "national", "uk wide", "uk-wide", "worldwide", "everywhere"),
        *("anywhere", "online"),
    ]
)
TEXT: Final = 6_000  # characters of a text that are searched
FREE: Final = re.compile(r"\b(?:free|no (?:fee|cost|charge)s?|without charge|none)\b")
NOT_FREE: Final = re.compile(r"\b(?:not free|sliding|£ ?[1-9]|\$ ?[1-9]|free for|unless|fees? (?:may )?appl)")
DONATION: Final = re.compile(r"\b(?:donations?|pay what you can|suggested)\b")
ONLINE: Final = re.compile(r"\b(?:online|zoom|web ?chat|webinars?|video calls?)\b")
BY_PHONE: Final = re.compile(
    r"\b(?:by (?:tele)?phone|over the (?:tele)?phone|telephone (?:support|befriending|advice)|helplines?)\b"
)
PROMINENCE: Final = "ABBCCD"  # how much each theme weighs, by its place among them
POSTCODE: Final = re.compile(r"^([a-z]{1,2}\d[a-z\d]?)\s*(\d[a-z]{2})?$")


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a service: its point in degrees if known, its address, what is known of getting in."""

    location: UUID
    virtual: bool
    latitude: float | None
    longitude: float | None
    words: str
    postcode: str
    city: str
    access: Mapping[str, bool]
    is_intake: bool = False
    schedules: Sequence[opening.Times] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """All of one service that a listing is made from."""

    service: UUID
    name: str
    also: str
    description: str
    extra: str
    organization: str
    kind: str
    status: str
    minimum_age: int | None
    maximum_age: int | None
    assured_on: date | None
    url: str
    fees: str
    by_phone: bool
    costs: Sequence[tuple[Decimal | None, str]] = ()
    areas: Sequence[str] = ()
    places: Sequence[Place] = ()
    standing: int = 0
    schedules: Sequence[opening.Times] = ()
    languages: Sequence[str] = ()  # codes of ISO 639
    home: tuple[float, float] | None = None  # where its organization is

    def text(self) -> str:
        """All its own words, for the list of words that typing mistakes are mended to."""
        places = (place.words for place in self.places)
        return " ".join([self.name, self.also, self.description, self.organization, *self.areas, *places])


@dataclass(frozen=True, slots=True)
class Row:
    """A listing to be, as `directory.models.Listing` describes it."""

    service: UUID
    location: UUID | None
    kind: str
    latitude: float | None
    longitude: float | None
    cell: int | None
    reach_km: float | None
    is_free: bool | None
    access: int
    languages: str
    is_online: bool
    is_by_phone: bool
    weekdays: int
    slots: Sequence[int]
    ends_on: date | None
    minimum_age: int | None
    maximum_age: int | None
    assured_on: date | None
    is_live: bool
    standing: int
    name_words: str
    body_words: str
    place_words: str
    themes: Sequence[str] = field(default=())


def rows(facts: Facts, themes: Sequence[str], names: Mapping[str, tuple[float, float]]) -> list[Row]:
    """One listing for each place one can go to, or one without a place; none for what does not run.

    `themes`: slugs. `names`: folded place names and their points.
    """
    if facts.status not in LISTED:
        return []
    real = [place for place in facts.places if not place.virtual]
    real = [place for place in real if not place.is_intake] or real
    return [_row(facts, place, themes, names) for place in real] or [_row(facts, None, themes, names)]


def _row(
    facts: Facts, place: Place | None, themes: Sequence[str], names: Mapping[str, tuple[float, float]]
) -> Row:
    text = fold(f"{facts.name} {facts.description}"[:TEXT])
    virtual = next((each for each in facts.places if each.virtual), None)
    kind = facts.kind or kind_of(
        facts.name, facts.description, has_place=place is not None, by_phone=facts.by_phone
    )
    if place is not None:
        point, reach = _of_place(place, names)
    else:
        point, reach = _of_area(facts, names)
    where = place or virtual
    schedules = (where.schedules if where else ()) or facts.schedules
    return Row(
        service=facts.service,
        location=place.location if place else None,
        kind=kind,
        latitude=point[0] if point else None,
        longitude=point[1] if point else None,
        cell=cell_of(*point) if point else None,
        reach_km=reach,
        is_free=is_free(facts.costs, facts.fees),
        access=bits(term for term, there in where.access.items() if there) if where else 0,
        languages=f" {' '.join(facts.languages)} " if facts.languages else "",
        is_online=virtual is not None or kind == "reading" or bool(ONLINE.search(text)),
        is_by_phone=facts.by_phone and (kind == "line" or place is None or bool(BY_PHONE.search(text))),
        weekdays=opening.weekdays(schedules),
        slots=week.slots(schedules),
        ends_on=opening.ends_on(schedules),
        minimum_age=facts.minimum_age,
        maximum_age=facts.maximum_age,
        assured_on=facts.assured_on,
        is_live=facts.status == RUNNING,
        standing=facts.standing,
        name_words=fold(f"{facts.name} {facts.also}"),
        body_words=fold(f"{facts.description} {facts.extra}"[:TEXT]),
        place_words=fold(f"{facts.organization} {place.words if place else ''} {' '.join(facts.areas)}"),
        themes=themes,
    )


def _of_place(
    place: Place, names: Mapping[str, tuple[float, float]]
) -> tuple[tuple[float, float] | None, float | None]:
    """Where a place is and how far people come to it; by its postcode or town if no point is given."""
    if place.latitude is not None and place.longitude is not None:
        return (place.latitude, place.longitude), REACH_KM
    for name in place_names(place.postcode, place.city):
        if name in names:
            return names[name], AREA_REACH_KM
    return None, 0.0


def _of_area(
    facts: Facts, names: Mapping[str, tuple[float, float]]
) -> tuple[tuple[float, float] | None, float | None]:
    """From where in the country people may use something that has no place of its own."""
    areas = [fold(area).strip() for area in facts.areas if area.strip()]
    if not areas or any(area in EVERYWHERE for area in areas):
        return None, None
    known = [names[area] for area in areas if area in names]
    if known:
        middle = (
            sum(point[0] for point in known) / len(known),
            sum(point[1] for point in known) / len(known),
        )
        spread = max(distance_km(*middle, *point) for point in known)
        return middle, spread + max(WIDE_REACH_KM.get(area, AREA_REACH_KM) for area in areas)
    return (facts.home, AREA_REACH_KM) if facts.home else (None, 0.0)


def place_names(*written: str) -> list[str]:
    """How a written postcode or town may stand among the place names: in full, the first half, as it is."""
    found: list[str] = []
    for text in written:
        plain = " ".join(fold(text).split())
        postcode = POSTCODE.match(plain)
        if postcode:
            found += [postcode[1] + postcode[2], postcode[1]] if postcode[2] else [postcode[1]]
        elif plain:
            found.append(plain)
    return found


def theme_lexemes(themes: Sequence[str]) -> str:
    """The themes as lexemes of PostgreSQL: the first weighs most, for that is what a service is mainly about."""
    last = len(PROMINENCE) - 1
    return " ".join(f"'~{slug}':1{PROMINENCE[min(place, last)]}" for place, slug in enumerate(themes))


def outward(written: str) -> str:
    """The first half of a written postcode, in capitals; empty for anything else."""
    postcode = POSTCODE.match(" ".join(fold(written).split()))
    return postcode[1].upper() if postcode else ""


def is_free(costs: Sequence[tuple[Decimal | None, str]], fees: str) -> bool | None:
    """Whether nothing need be paid; None where nothing is said. What is free for some only is not free."""
    if any(amount for amount, _ in costs):
        return False
    said = fold(" ".join([*(words for _, words in costs), fees]))
    if NOT_FREE.search(said):
        return False
    if any(amount is not None for amount, _ in costs) or FREE.search(said):
        return True
    return True if DONATION.search(said) else None


def words_of(text: str) -> set[str]:
    """The words that typing mistakes in a search may be mended to: letters only, three or more."""
    found = {match[0] for match in WORD.finditer(fold(text))}
    return {word for word in found if len(word) > 2 and word.isalpha() and len(word) < 32}
