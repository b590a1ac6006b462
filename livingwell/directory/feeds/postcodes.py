"""Lists of where places are: the ONS Postcode Directory, Code-Point Open, or our own short list."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from livingwell.directory.feeds.columns import column
from livingwell.directory.feeds.model import NotAFeed
from livingwell.directory.feeds.national_grid import to_degrees
from livingwell.themes.words import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import IO

FULL: Final = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})")
OUTWARD: Final = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?")
POSTCODE_COLUMNS: Final = ("pcds", "pcd8", "pcd7", "pcd", "postcode")


@dataclass(frozen=True, slots=True)
class Spot:
    """A postcode, its first half, or a name; and where it is. `name` is folded, `label` is for people."""

    name: str
    label: str
    latitude: float
    longitude: float
    approximate: bool


@dataclass(frozen=True, slots=True)
class NoSpot:
    """A row without a place in it, and why. `ended`: a postcode that is no longer used."""

    file: str
    line: int
    known: str
    reason: str
    ended: bool = False


def folded(words: str) -> str:
    """As a name is looked up: lower case, no accents, single spaces; postcodes without any."""
    plain = " ".join(words.split())
    return fold(plain.replace(" ", "") if FULL.fullmatch(plain.upper()) else plain)


def spots(path: Path) -> Iterator[list[Spot] | NoSpot]:
    """What each row says, of a file or of the CSV files of a folder or zip. Raises NotAFeed."""
    found = False
    for name, stream in _streams(path):
        with stream:
            rows = _rows(name, stream)
            if rows is not None:
                found = True
                yield from rows
    if not found:
        raise NotAFeed(
            f"{path} is not a list of places. It can be the ONS Postcode Directory, Code-Point Open, "
            "or a CSV with the columns outward, name, latitude, longitude."
        )


def _streams(path: Path) -> Iterator[tuple[str, IO[str]]]:
    try:
        if path.is_dir():
            for file in sorted(path.rglob("*.csv")):
                yield file.name, file.open(encoding="utf-8-sig", errors="replace", newline="")
        elif path.suffix.lower() == ".zip":
            with zipfile.ZipFile(path) as archive:
                for name in sorted(archive.namelist()):
                    if name.lower().endswith(".csv"):
                        yield (
                            name,
                            io.TextIOWrapper(
                                archive.open(name), encoding="utf-8-sig", errors="replace", newline=""
                            ),
                        )
        else:
            yield path.name, path.open(encoding="utf-8-sig", errors="replace", newline="")
    except FileNotFoundError as error:
        raise NotAFeed(f"There is no file or folder {path}.") from error
    except OSError as error:
        raise NotAFeed(f"{path} cannot be read ({error.strerror}).") from error
    except zipfile.BadZipFile as error:
        raise NotAFeed(f"{path} is a broken zip: it cannot be opened. Fetch it again.") from error


def _rows(file: str, stream: IO[str]) -> Iterator[list[Spot] | NoSpot] | None:
    reader = csv.reader(stream)
    try:
        first = next(reader, [])
    except csv.Error:
        return None
    columns = [
        column(cell).rstrip("s") if column(cell) in {"eastings", "northings"} else column(cell)
        for cell in first
    ]
    place = {name: index for index, name in enumerate(columns)}
    if {"outward", "latitude", "longitude"} <= place.keys():
        return _each(file, reader, lambda cells: _ours(cells, place))
    key = next((name for name in POSTCODE_COLUMNS if name in place), "")
    if key and {"lat", "long"} <= place.keys():
        return _each(file, reader, lambda cells: _ons(cells, place, key))
    if key and {"easting", "northing"} <= place.keys():
        return _each(
            file, reader, lambda cells: _grid(cells, place[key], place["easting"], place["northing"])
        )
    if len(first) >= 4 and FULL.fullmatch(first[0].strip().upper()) and first[2].strip().isdigit():
        return _each(
            file, reader, lambda cells: _grid(cells, 0, 2, 3), first
        )  # Code-Point Open has no header
    return None


def _each(
    file: str,
    reader: Iterator[list[str]],
    read: Callable[[list[str]], list[Spot] | str],
    first: list[str] | None = None,
) -> Iterator[list[Spot] | NoSpot]:
    if first:
        yield from _told(file, 1, first, read)
    for number, cells in enumerate(reader, start=2):
        if any(cell.strip() for cell in cells):
            yield from _told(file, number, cells, read)


def _told(
    file: str, line: int, cells: list[str], read: Callable[[list[str]], list[Spot] | str]
) -> Iterator[list[Spot] | NoSpot]:
    try:
        found = read(cells)
    except (IndexError, ValueError):
        found = "It has too few cells, or a word where a number belongs."
    yield (
        NoSpot(file, line, cells[0].strip(), found, ended=found == ENDED) if isinstance(found, str) else found
    )


ENDED: Final = "It is no longer used."


def _postcode(written: str) -> str:
    """With its space, or nothing."""
    found = FULL.fullmatch(written.strip().upper())
    return f"{found[1]} {found[2]}" if found else ""


def _exact(label: str, north: float, east: float) -> list[Spot] | str:
    if not 49 <= north <= 61.5 or not -9 <= east <= 2.5:
        return "It has no point, or one that is not in the United Kingdom."
    return [Spot(label.replace(" ", "").lower(), label, round(north, 6), round(east, 6), approximate=False)]


def _ons(cells: list[str], place: dict[str, int], key: str) -> list[Spot] | str:
    if "doterm" in place and cells[place["doterm"]].strip():
        return ENDED
    if not (label := _postcode(cells[place[key]])):
        return "It is not a postcode."
    return _exact(label, float(cells[place["lat"]]), float(cells[place["long"]]))


def _grid(cells: list[str], key: int, easting: int, northing: int) -> list[Spot] | str:
    if not (label := _postcode(cells[key])):
        return "It is not a postcode."
    east, north = float(cells[easting]), float(cells[northing])
    if not 0 < east < 800_000 or not 0 < north < 1_300_000:
        return "It has no point, or one that is not in the United Kingdom."
    return _exact(label, *to_degrees(east, north))


def _ours(cells: list[str], place: dict[str, int]) -> list[Spot] | str:
    """The first half of a postcode, or the name of a place, or both: each then has the point."""
    outward = cells[place["outward"]].strip().upper()
    name = " ".join(cells[place["name"]].split()) if "name" in place else ""
    north, east = float(cells[place["latitude"]]), float(cells[place["longitude"]])
    if outward and not OUTWARD.fullmatch(outward):
        return "It is not the first half of a postcode."
    if not -90 <= north <= 90 or not -180 <= east <= 180:
        return "Its point is not on the globe."
    labels = [label for label in (outward, name) if label]
    if not labels:
        return "It says neither the first half of a postcode nor a name."
    return [Spot(folded(label), label, round(north, 6), round(east, 6), approximate=True) for label in labels]
