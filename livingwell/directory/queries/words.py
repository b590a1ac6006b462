"""The directory's own words and the names of places, as a search needs them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from livingwell.directory.derive import POSTCODE, place_names
from livingwell.directory.models import PlaceName, Word
from livingwell.directory.queries import edition
from livingwell.directory.spelling import Speller

_kept: tuple[int, Speller] | None = None
NEIGHBOURS: Final = 3_000


@dataclass(frozen=True, slots=True)
class Point:
    """Where somebody says they are: degrees, what the place is called, whether it is only about there."""

    label: str
    latitude: float
    longitude: float
    approximate: bool


def speller(number: int | None = None) -> Speller:
    """The one for the directory as it is; each process keeps it until the directory changes.

    `number`: of the edition, where it is known.
    """
    global _kept
    now = edition.current() if number is None else number
    if _kept is None or _kept[0] != now:
        _kept = (now, Speller(dict(Word.objects.values_list("word", "services"))))
    return _kept[1]


def is_postcode(written: str) -> bool:
    """Whether it is a postcode or the first half of one and nothing else. It need not exist."""
    return POSTCODE.match(written.strip().lower()) is not None


def point(written: str) -> Point | None:
    """Where a postcode, the first half of one, or the name of a place is; None if nobody knows it."""
    parts = [written, *written.split(",")]
    names = [name for part in parts for name in place_names(part)]
    places = PlaceName.objects.filter(name__in=names)
    known = {
        name: Point(label, north, east, approximate)
        for name, label, north, east, approximate in places.values_list(
            "name", "label", "latitude", "longitude", "approximate"
        )
    }
    return next((known[name] for name in names if name in known), None)


def place_meant(written: str) -> str:
    """The name of a known place that a mistyped one is close to; empty when there is none."""
    name = next(iter(place_names(written)), "")
    if len(name) < 4 or not name[:2].isalpha():
        return ""
    near = dict(PlaceName.objects.filter(name__startswith=name[:2]).values_list("name", "label")[:NEIGHBOURS])
    found = process.extractOne(name, list(near), scorer=OSA.distance, score_cutoff=1 if len(name) < 7 else 2)
    return near[found[0]] if found else ""
