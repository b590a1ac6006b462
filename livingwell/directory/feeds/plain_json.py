"""JSON that keeps to no standard but says what a plain list says: each object as the cells of a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from livingwell.directory.feeds.cells import Record
from livingwell.directory.feeds.columns import KNOWN, column
from livingwell.directory.feeds.day_columns import day_of
from livingwell.directory.feeds.headings import known
from livingwell.directory.feeds.model import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

SPEAKING: Final = ("name", "title", "label", "value", "number", "url", "email", "text")
MOST_DEEP: Final = 4


def records(things: Iterable[tuple[int, Any]], file: str) -> Iterator[Record | Refused]:
    for number, thing in things:
        if isinstance(thing, dict) and thing:
            yield Record(number, flat(thing))
        else:
            yield Refused("service", file, number, "", "It is not an object with fields.")


def flat(thing: Mapping[str, Any], depth: int = 0) -> dict[str, str]:
    """An object as cells by column; what is nested under its own name or its parent's and its own."""
    if thing.get("type") == "Feature" and isinstance(thing.get("properties"), dict):
        return _feature(thing)
    found: dict[str, str] = {}
    for key, value in thing.items():
        name = column(str(key))
        if (
            isinstance(value, list)
            and len(value) == 1
            and isinstance(value[0], dict)
            and not _hours(value[0])
        ):
            value = value[0]
        if isinstance(value, dict):
            if depth < MOST_DEEP:
                for inner, cell in flat(value, depth + 1).items():
                    both = f"{name}_{inner}"
                    plain = inner if inner in KNOWN and inner not in {"name", "title", "id", "type"} else ""
                    speaks = inner in SPEAKING or inner == name
                    under = both if both in KNOWN or day_of(both)[0] else plain or (name if speaks else both)
                    _put(found, under, cell)
        elif isinstance(value, list):
            _put(found, name, "; ".join(filter(None, (_hours(one) or _word(one) for one in value))))
        else:
            _put(found, name, _word(value))
    return found


def _feature(thing: Mapping[str, Any]) -> dict[str, str]:
    """A feature of GeoJSON: its properties, and its point."""
    found = flat(thing["properties"], 1)
    geometry = thing.get("geometry")
    point = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if (
        isinstance(point, list)
        and len(point) >= 2
        and not any(isinstance(one, (list, dict)) for one in point)
    ):
        found["longitude"], found["latitude"] = str(point[0]), str(point[1])
    elif isinstance(point, list) and (corners := list(_corners(point))):
        middle = [sum(corner[axis] for corner in corners) / len(corners) for axis in (0, 1)]
        found["longitude"], found["latitude"] = (f"{degrees:.5f}" for degrees in middle)
        found["approximate"] = "yes"
    if thing.get("id") not in (None, "") and not found.get("id"):
        found["id"] = str(thing["id"])
    return found


def _corners(points: list[Any], depth: int = 0) -> Iterator[tuple[float, float]]:
    """The corners of a line or an area, however its rings are nested."""
    if len(points) >= 2 and all(isinstance(one, (int, float)) for one in points[:2]):
        yield points[0], points[1]
    elif depth < MOST_DEEP:
        for one in points:
            if isinstance(one, list):
                yield from _corners(one, depth + 1)


def _put(found: dict[str, str], name: str, cell: str) -> None:
    if cell and found.get(name) and found[name] != cell:
        found[name] = f"{found[name]}; {cell}"
    else:
        found[name] = found.get(name) or cell


def _hours(value: Any) -> str:
    """One of a list of openings in words: of a day, when it begins, when it ends."""
    if not isinstance(value, dict):
        return ""
    said = {known(column(str(name))): _word(one) for name, one in value.items()}
    if not said.get("days") or not said.get("starts", said.get("days_and_times")):
        return ""
    return f"{said['days']} {'-'.join(filter(None, (said.get('starts') or said['days_and_times'], said.get('ends'))))}"


def _word(value: Any) -> str:
    if value is None or value in ([], {}):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return next((str(value[name]) for name in SPEAKING if value.get(name)), "") or ", ".join(
            str(one) for one in value.values() if isinstance(one, (str, int, float)) and str(one)
        )
    if isinstance(value, list):
        return ", ".join(filter(None, (_word(one) for one in value)))
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
