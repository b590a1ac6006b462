"""A sketch map of our own: the borough, the river and names around some places, on a sheet of 400 by 300.

Made by hand from general knowledge (`static/directory/sketch.json`): a sketch, not a survey. Elsewhere only names.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from math import cos, radians
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FILE: Final = Path(__file__).parent / "static" / "directory" / "sketch.json"
WIDE: Final = 400.0
HIGH: Final = 300.0
LEAST_KM: Final = 2.6  # how much a sheet shows from left to right at least
EDGE: Final = 1.3  # how much wider than its places a sheet is
TOGETHER: Final = 26.0  # marks nearer than this become one
ABOUT_KM: Final = 0.4  # how far around its middle a place known only by its area is drawn
KM_PER_DEGREE: Final = 111.32
MOST_NUMBERS: Final = 2  # on one mark
MOST_NAMES: Final = 14

Name = tuple[str, float, float, int]


@dataclass(frozen=True, slots=True)
class Place:
    """Something on the map. `number`: as in the list beside it; `address`: its page; `card`: its place in the list."""

    number: int
    title: str
    kind: str
    kind_label: str
    where: str
    address: str
    card: str
    latitude: float
    longitude: float
    approximate: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """What a sheet shows: the degrees of its upper left corner, and how many units a degree is."""

    north: float
    west: float
    across: float
    down: float

    def at(self, latitude: float, longitude: float) -> tuple[float, float]:
        return (
            round((longitude - self.west) * self.across, 1),
            round((self.north - latitude) * self.down, 1),
        )

    def long(self, metres: float) -> float:
        return round(metres / 1000 / KM_PER_DEGREE * self.down, 1)

    @property
    def middle(self) -> tuple[float, float]:
        return (self.north - HIGH / 2 / self.down, self.west + WIDE / 2 / self.across)


@dataclass(frozen=True, slots=True)
class Mark:
    """One or more places on the sheet. `wide`: of the sign that its numbers stand in; `about`: a radius, or 0."""

    text: str
    kind: str
    x: float
    y: float
    wide: float
    about: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """All that stands on a sheet, in its units; lines as SVG paths."""

    borough: str
    river: str
    river_wide: float
    roads: tuple[str, ...]
    greens: tuple[tuple[float, float, float], ...]
    names: tuple[Name, ...]
    marks: tuple[Mark, ...]


@cache
def drawn_by_hand() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def frame(points: Iterable[tuple[float, float]]) -> Frame:
    """The sheet that shows all of some points with air around them."""
    latitudes, longitudes = zip(*points, strict=True)
    north, south, west, east = max(latitudes), min(latitudes), min(longitudes), max(longitudes)
    shrink = max(cos(radians((north + south) / 2)), 0.01)
    wide = max(
        (east - west) * KM_PER_DEGREE * shrink * EDGE,
        (north - south) * KM_PER_DEGREE * EDGE * WIDE / HIGH,
        LEAST_KM,
    )
    down = WIDE / wide * KM_PER_DEGREE
    across = down * shrink
    return Frame((north + south) / 2 + HIGH / 2 / down, (west + east) / 2 - WIDE / 2 / across, across, down)


def is_known(point: tuple[float, float]) -> bool:
    """Whether our own drawing shows what is around a point."""
    south, west, north, east = drawn_by_hand()["bounds"]
    return bool(south <= point[0] <= north and west <= point[1] <= east)


def draw(places: Sequence[Place], others: Sequence[Name] = ()) -> Drawing:
    """The sheet of some places. `others`: names with degrees and rank, for where our drawing shows nothing."""
    sheet = frame([(each.latitude, each.longitude) for each in places])
    marks = tuple(_marks(places, sheet))
    hand = drawn_by_hand() if is_known(sheet.middle) else None
    names = hand["names"] if hand else others
    if hand is None:
        return Drawing("", "", 0, (), (), tuple(_names(names, sheet, marks)), marks)
    return Drawing(
        borough=_path(hand["borough"], sheet) + "z",
        river=_path(hand["river"]["line"], sheet),
        river_wide=sheet.long(hand["river"]["across"]),
        roads=tuple(_path(road, sheet) for road in hand["roads"]),
        greens=tuple(_greens(hand["greens"], sheet)),
        names=tuple(_names(names, sheet, marks)),
        marks=marks,
    )


def _path(points: Sequence[Sequence[float]], sheet: Frame) -> str:
    return "M" + "L".join("{:g} {:g}".format(*sheet.at(each[0], each[1])) for each in points)


def _greens(greens: Iterable[Sequence[float]], sheet: Frame) -> Iterable[tuple[float, float, float]]:
    for latitude, longitude, metres in greens:
        x, y = sheet.at(latitude, longitude)
        radius = sheet.long(metres)
        if -radius < x < WIDE + radius and -radius < y < HIGH + radius:
            yield (x, y, radius)


def _names(names: Sequence[Name], sheet: Frame, marks: Sequence[Mark]) -> Iterable[Name]:
    """The names that have room: the greater ones first, none over another or over a mark."""
    taken = [(mark.x, mark.y, mark.wide / 2 + 2, 14.0) for mark in marks]
    shown = 0
    for name, latitude, longitude, rank in sorted(names, key=lambda each: each[3]):
        x, y = sheet.at(latitude, longitude)
        half = len(name) * 3.6 + 4
        inside = half < x < WIDE - half and 12 < y < HIGH - 8
        if not inside or any(abs(x - a) < half + w and abs(y - b) < 8 + h for a, b, w, h in taken):
            continue
        taken.append((x, y, half, 8.0))
        yield (name, x, y, rank)
        shown += 1
        if shown == MOST_NAMES:
            return


def _marks(places: Sequence[Place], sheet: Frame) -> Iterable[Mark]:
    """Places in their order; those that would lie on one that is there already share its mark."""
    together: list[tuple[float, float, list[Place]]] = []
    for place in places:
        x, y = sheet.at(place.latitude, place.longitude)
        near = next((each for each in together if abs(each[0] - x) + abs(each[1] - y) < TOGETHER), None)
        if near:
            near[2].append(place)
        else:
            together.append((x, y, [place]))
    for x, y, here in together:
        text = "" if len(places) == 1 else ", ".join(str(each.number) for each in here[:MOST_NUMBERS])
        if len(here) > MOST_NUMBERS:
            text += " …"
        about = sheet.long(ABOUT_KM * 1000) if all(each.approximate for each in here) else 0
        yield Mark(text, here[0].kind, x, y, max(20.0, 10 + len(text) * 7.0), about)
