"""What databases and websites wrap things in: rows with their columns apart, a record inside of a record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from livingwell.directory.feeds.columns import KNOWN, column
from livingwell.directory.feeds.headings import strength
from livingwell.directory.feeds.json_files import Things, table_of
from livingwell.directory.feeds.linked_data import resolved

if TYPE_CHECKING:
    from collections.abc import Mapping

INNER: Final = (
    "fields",
    "attributes",
    "_source",
    "node",
    "item",
    "resource",
    "record",
    "tags",
    "properties",
    "acf",
)
"""Names under which the thing itself lies, with what is only known of its record beside it."""
ALWAYS: Final = "acf"  # more fields of the same thing, though it has a name beside them
WORDS: Final = ("rendered", "processed", "value")
"""A text that comes with what a website makes of it."""
MOST_DEEP: Final = 3
HEADED: Final = 4  # fields of a thing that only stands over others
HEADER: Final = 3  # how much the first row must speak for itself to be one


def opened(found: Things, content: Any) -> Things:
    """The same lists with each thing taken out of what it was wrapped in, and rows made into things."""
    beside = {name: value for name, value in found.beside.items() if name != "included"}
    known = _included(found.beside.get("included"))
    lists = [
        (name, _things([_related(row, known) for row in rows] if known else rows, content))
        for name, rows in found.lists
    ]
    return Things(lists, beside if known else found.beside, found.wrapped)


def _included(listed: Any) -> dict[tuple[str, str], Any]:
    """The things that JSON:API puts beside a page, by their kind and id."""
    things = listed if isinstance(listed, list) else []
    return {
        (str(one.get("type")), str(one.get("id"))): {"id": one.get("id"), **one["attributes"]}
        for one in things
        if isinstance(one, dict) and isinstance(one.get("attributes"), dict)
    }


def _related(row: Any, known: Mapping[tuple[str, str], Any]) -> Any:
    """A thing of JSON:API with what it points at inside of it, under the name of what it is to it."""
    links = row.get("relationships") if isinstance(row, dict) else None
    if not isinstance(links, dict):
        return row
    found: dict[str, Any] = {}
    for name, link in links.items():
        data = link.get("data") if isinstance(link, dict) else None
        there = [
            known.get((str(one.get("type")), str(one.get("id"))))
            for one in (data if isinstance(data, list) else [data])
            if isinstance(one, dict)
        ]
        if there := [one for one in there if one is not None]:
            found[name] = there if isinstance(data, list) else there[0]
    left = {name: link for name, link in links.items() if name not in found}
    rest = {name: value for name, value in row.items() if name != "relationships"}
    return {**rest, **found, **({"relationships": left} if left else {})}


def _things(rows: list[Any], content: Any) -> list[Any]:
    if rows and all(isinstance(row, list) for row in rows):
        return _by_column(rows, content) or rows
    return resolved([one for row in rows for one in _leaves(bare(row))])


def _leaves(thing: Any, depth: int = 0) -> list[Any]:
    """Of a mere heading over a list (a borough with its groups) the things in the list, each with the heading."""
    if not isinstance(thing, dict) or depth > MOST_DEEP or len(thing) > HEADED or "@type" in thing:
        return [thing]
    lists = [name for name, value in thing.items() if isinstance(value, list) and value]
    if len(lists) != 1 or any(isinstance(value, dict) for value in thing.values()):
        return [thing]
    (name,) = lists
    if table_of(name) or column(name) in KNOWN or not all(isinstance(one, dict) for one in thing[name]):
        return [thing]
    around = {
        f"{name} of" if key in {"name", "title", "label"} else f"{name} {key}": value
        for key, value in thing.items()
        if key != name
    }
    return [leaf for one in thing[name] for leaf in _leaves({**around, **one}, depth + 1)]


def bare(thing: Any) -> Any:
    """A thing without its envelope; itself where it has none."""
    if not isinstance(thing, dict):
        return thing
    for _ in range(MOST_DEEP):
        name = next((name for name in INNER if isinstance(thing.get(name), dict) and _wraps(thing, name)), "")
        if not name:
            break
        around = {key: value for key, value in thing.items() if key != name}
        thing = {**around, **{key: value for key, value in thing[name].items() if value is not None}}
    if any(isinstance(value, dict) and value.keys() & set(WORDS) for value in thing.values()):
        return {key: _words(value) for key, value in thing.items()}
    return thing


def _wraps(thing: Mapping[str, Any], name: str) -> bool:
    if thing.get("type") == "Feature":
        return False  # GeoJSON has its own way with a point beside its properties
    return name == ALWAYS or not ("name" in thing or "title" in thing)


def _words(value: Any) -> Any:
    """The text of a field that says also how it is formatted."""
    if not isinstance(value, dict):
        return value
    said = [value[name] for name in WORDS if isinstance(value.get(name), str)]
    plain = set(value) <= {*WORDS, "format", "protected", "summary", "lang", "raw"}
    return said[0] if said and plain and ("rendered" in value or "format" in value) else value


def _by_column(rows: list[list[Any]], content: Any) -> list[dict[str, Any]]:
    """Rows with the names of their columns beside them, as open data platforms say it, or in the first row."""
    names = _named(content, max(len(row) for row in rows))
    if not names:
        first = [column(str(cell or "")) for cell in rows[0]]
        if strength(first) < HEADER:
            return []
        names, rows = first, rows[1:]
    return [dict(zip(names, [*row, *[None] * (len(names) - len(row))], strict=False)) for row in rows]


def _named(content: Any, width: int, depth: int = 0) -> list[str]:
    """The columns that a platform tells beside the rows: a list of words, or of things with a name."""
    if not isinstance(content, dict) or depth > MOST_DEEP:
        return []
    for key, value in content.items():
        if str(key).lower() in {"columns", "fields", "headers", "header"} and isinstance(value, list):
            names = [
                str(one.get("fieldName") or one.get("name") or one.get("id") or "")
                if isinstance(one, dict)
                else str(one)
                for one in value
            ]
            if len(names) >= width > 0:
                return names
        if found := _named(value, width, depth + 1):
            return found
    return []
