"""HSDS and Open Referral UK as JSON: one thing with all that belongs to it inside, a list, or a page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from livingwell.directory.feeds.cells import ENCODING
from livingwell.directory.feeds.clean import identifier
from livingwell.directory.feeds.dialects import RENAMED, modern
from livingwell.directory.feeds.json_files import lists_of, strange_beside
from livingwell.directory.feeds.kinds import kind_of
from livingwell.directory.feeds.model import SECRET, Folded, Mended, Piece, Refused, Row
from livingwell.directory.feeds.rows import NO_ID, digest
from livingwell.directory.feeds.tables import FILES, TABLES
from livingwell.directory.feeds.tabular_1_1 import OLD
from livingwell.directory.feeds.unkept import OFTEN, Unkept, known_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

INSIDE: Final[Mapping[str, Mapping[str, str]]] = {
    "service": {
        "phones": "phone", "schedules": "schedule", "service_areas": "service_area", "contacts": "contact",
        "service_at_locations": "service_at_location", "languages": "language", "funding": "funding",
        "cost_options": "cost_option", "required_documents": "required_document", "capacities":
        "service_capacity",
    },
    "organization": {
        "organization_identifiers": "organization_identifier", "funding": "funding", "contacts": "contact",
        "phones": "phone", "locations": "location", "programs": "program", "services": "service",
    },
    "location": {
        "languages": "language", "addresses": "address", "contacts": "contact", "accessibility":
        "accessibility",
        "phones": "phone", "schedules": "schedule", "service_at_locations": "service_at_location",
    },
    "service_at_location": {"contacts": "contact", "phones": "phone", "schedules": "schedule"},
    "contact": {"phones": "phone"},
    "phone": {"languages": "language"},
    "taxonomy": {"taxonomy_terms": "taxonomy_term"},
}  # fmt: skip
ONE: Final[Mapping[str, Mapping[str, tuple[str, str]]]] = {
    "service": {"organization": ("organization", "organization_id"), "program": ("program", "program_id")},
    "service_at_location": {"location": ("location", "location_id"), "service": ("service", "service_id")},
}
"""Single things inside another, which then points at them."""
POINTS: Final = {"taxonomy": "taxonomy_id"}
MOST_DEEP: Final = 12
STRANGE: Final = "It is none of the things of a directory that we know."
ALL_FILES: Final = frozenset([*FILES, *OLD])
BESIDE: Final[Mapping[str, tuple[str, ...]]] = {
    "service": ("fees", *SECRET), "accessibility": ("accessibility",), "service_area": ("service_area",),
    "taxonomy_term": ("term", "taxonomy", "taxonomy_detail"), "organization": ("url",), "attribute": ("taxonomy_term",),
}  # fmt: skip
HERE: Final[Mapping[str, frozenset[str]]] = {
    table: known_of(table, (*INSIDE.get(table, {}), *ONE.get(table, {}), *BESIDE.get(table, ())))
    for table in TABLES
}
"""What each table has a place for."""
TODAY: Final[Mapping[str, frozenset[str]]] = {
    table: (names | OFTEN) - RENAMED.get(table, {}).keys() for table, names in HERE.items()
}
"""The names of an object in which nothing is old or strange."""


ABOUT: Final = ("link_id", "resource_id")
SAID: Final[Mapping[str, frozenset[str]]] = {
    table: frozenset([*spec.fields, *spec.references, "opens_at", "closes_at", *ABOUT])
    for table, spec in TABLES.items()
}
OURS: Final = frozenset(
    [
        "kind",
        "kind_by_hand",
        "what_to_expect",
        "text_number",
        "invented",
        "stand_in",
        "approximate",
        "status",
        "name",
    ]
)
UNSAID: Final[Mapping[str, dict[str, Any]]] = {
    table: dict.fromkeys(name for name in spec.fields if name not in OURS) for table, spec in TABLES.items()
}
"""What a thing told in full would have told, but for what only we know."""
WHOLE: Final[Mapping[str, frozenset[str]]] = {
    table: frozenset([*inside.values(), *(("attribute", "metadata") if table == "service" else ())])
    - (frozenset({"service_at_location"}) if table == "location" else frozenset())
    for table, inside in INSIDE.items()
}
"""The tables whose rows about it all stand inside a thing that is told in full."""


def is_table_set(content: Any) -> bool:
    """All tables of a package in one JSON file, by the names of their files."""
    if not isinstance(content, dict):
        return False
    named = {str(name): rows for name, rows in content.items() if isinstance(rows, list)}
    if any(name.endswith(".csv") and name.removesuffix(".csv").lower() in ALL_FILES for name in named):
        return True
    flat = [
        name
        for name, rows in named.items()
        if name.lower() in ALL_FILES and rows and all(_is_flat(row) for row in rows[:20])
    ]
    return len(flat) >= 2 and "name" not in content


def _is_flat(row: Any) -> bool:
    return isinstance(row, dict) and not any(
        isinstance(value, (list, dict)) and value for value in row.values()
    )


def read(content: Any, *, file: str, hint: str = "", encoding: str = "") -> Iterator[Piece]:
    """The rows of everything in a file, a nested thing before what points at it."""
    if encoding:
        yield Mended(ENCODING, hint or "service", file, 1, "", encoding, "UTF-8")
    things = lists_of(content)
    unkept = Unkept(file)
    for named, listed in things.lists:
        numbered = enumerate(listed, start=1)
        yield from read_things(numbered, file=file, hint=named or hint, sure=bool(named), unkept=unkept)
    for name, value in strange_beside(things.beside).items():
        unkept.count(hint or "service", name, value)
    yield from unkept.pieces()


def read_things(
    things: Iterable[tuple[int, Any]], *, file: str, hint: str, sure: bool = False, unkept: Unkept
) -> Iterator[Piece]:
    """The same of things that come one by one, each with its place in the file."""
    for number, thing in things:
        if kind := kind_of(thing, hint, sure=sure):
            yield from _Walk(file, number, unkept).rows(kind, thing, {}, 0)
        else:
            known = identifier(thing.get("id")) if isinstance(thing, dict) else ""
            yield Refused(hint or "service", file, number, known, STRANGE)


def inside(
    table: str, row: Mapping[str, Any], number: int, file: str, unkept: Unkept
) -> tuple[dict[str, Any], Iterator[Piece]]:
    """A row of a table without the things that stand in it, and the rows of those."""
    there = {name: other for name, other in INSIDE.get(table, {}).items() if isinstance(row.get(name), list)}
    known = identifier(row.get("id"))

    def rows() -> Iterator[Piece]:
        walk = _Walk(file, number, unkept)
        for name, other in there.items():
            for one in row[name]:
                if isinstance(one, dict) and known:
                    yield from walk.rows(other, one, {POINTS.get(table, f"{table}_id"): known}, 1)

    return {name: value for name, value in row.items() if name not in there}, rows()


def _rename(table: str, thing: Mapping[str, Any], values: dict[str, Any]) -> None:
    """Fields that older versions and the UK profile call otherwise."""
    if table == "service":
        values |= {name: thing[name] for name in SECRET if name in thing}
        if not values.get("fees_description") and thing.get("fees"):
            values["fees_description"] = thing["fees"]
    elif table == "accessibility" and not values.get("description") and thing.get("accessibility"):
        values["description"] = thing["accessibility"]
    elif table == "service_area" and not values.get("name") and isinstance(thing.get("service_area"), str):
        values["name"] = thing["service_area"]
    elif table == "taxonomy_term" and not values.get("name") and isinstance(thing.get("term"), str):
        values["name"] = thing["term"]
    elif table == "service_capacity" and isinstance(unit := thing.get("unit"), dict):
        values["unit"] = unit.get("name")
    elif table == "organization" and not values.get("website") and thing.get("url"):
        values["website"] = thing["url"]
    for ours in ("stand_in", "kind_by_hand"):
        values.pop(ours, None)


class _Walk:
    """One thing of a file and all that is inside it, on the way to be rows."""

    def __init__(self, file: str, number: int, unkept: Unkept) -> None:
        self.file, self.number, self.unkept = file, number, unkept

    def rows(
        self, table: str, raw: Mapping[str, Any], about: Mapping[str, str], depth: int
    ) -> Iterator[Piece]:
        """`about`: what the thing is inside of."""
        today = raw.keys() <= TODAY[table]
        thing, told = modern(table, raw, self.file, self.number, today=today)
        spec = TABLES[table]
        named = identifier(thing.get("id"))
        known = named or digest(
            {"in": dict(about), **{name: str(thing.get(name)) for name in spec.fields if thing.get(name)}}
        )
        if not named and not depth:
            yield Mended(NO_ID, table, self.file, self.number, "", "", str(thing.get("name") or "")[:70])
        for piece in told:
            yield replace(piece, into=(table, known)) if isinstance(piece, Folded) else piece
        values = {name: value for name, value in thing.items() if name in SAID[table]}
        if about:
            values |= {name: key for name, key in about.items() if name in spec.references or name in ABOUT}
        _rename(table, thing, values)
        if not today:
            self.unkept.see(table, thing, HERE[table])
        inside = INSIDE.get(table, {})
        if depth > MOST_DEEP:
            yield Refused(table, self.file, self.number, named, "It is nested too deeply.")
            return
        yield from self._single(table, thing, values, depth)
        yield from self._term_first(table, thing, values)
        full = [name for name in inside if isinstance(thing.get(name), list)]
        whole: frozenset[str] = frozenset()
        if full and table not in {"taxonomy", "organization"}:
            whole = WHOLE[table]
            if depth == 0:
                values = UNSAID[table] | values
        elif full:
            whole = frozenset(inside[name] for name in full) & {"organization_identifier"}
        if table == "contact" and any(isinstance(phone, dict) for phone in thing.get("phones") or ()):
            values["has_phone"] = True
        yield Row(table, values, self.file, self.number, known, whole=whole)
        for name in full:
            for one in thing[name]:
                if isinstance(one, dict):
                    pointer = POINTS.get(table, f"{table}_id")
                    yield from self.rows(inside[name], one, {pointer: known}, depth + 1)
                else:
                    yield Refused(
                        inside[name], self.file, self.number, "", "It is not an object with fields."
                    )
        for name, other in (("attributes", "attribute"), ("metadata", "metadata")):
            for one in thing[name] if isinstance(thing.get(name), list) and other != table else ():
                if isinstance(one, dict):
                    yield from self._about_any(other, one, table, known, depth)

    def _single(
        self, table: str, thing: Mapping[str, Any], values: dict[str, Any], depth: int
    ) -> Iterator[Piece]:
        """The organization, the place and so on that stand inside as one thing: first they, then what points."""
        for name, (other, pointer) in ONE.get(table, {}).items():
            if isinstance(one := thing.get(name), dict) and one:
                there = identifier(one.get("id")) or digest({name: str(value) for name, value in one.items()})
                beside = (
                    {"organization_id": values["organization_id"]}
                    if other == "program" and values.get("organization_id")
                    else {}
                )
                yield from self.rows(other, {**one, "id": there}, beside, depth + 1)
                values[pointer] = there

    def _term_first(self, table: str, thing: Mapping[str, Any], values: dict[str, Any]) -> Iterator[Piece]:
        """A term's taxonomy comes as its detail, or as a mere name, which then is made into one."""
        if table != "taxonomy_term" or values.get("taxonomy_id"):
            return
        if isinstance(detail := thing.get("taxonomy_detail"), dict):
            there = identifier(detail.get("id")) or digest({"taxonomy": str(detail.get("name"))})
            yield from self.rows("taxonomy", {**detail, "id": there}, {}, 1)
            values["taxonomy_id"] = there
        elif isinstance(called := thing.get("taxonomy"), str) and called.strip():
            there = f"taxonomy {called.strip()}"
            yield Row("taxonomy", {"name": called}, self.file, self.number, there, records=0)
            values["taxonomy_id"] = there

    def _about_any(
        self, table: str, one: Mapping[str, Any], about: str, known: str, depth: int
    ) -> Iterator[Piece]:
        """An attribute or a note of a change: about the thing it is inside of."""
        thing = dict(one)
        if table == "attribute":
            thing["link_id"], thing["link_entity"] = known, about
            if isinstance(term := one.get("taxonomy_term"), dict):
                there = identifier(term.get("id")) or digest({"term": str(term.get("name"))})
                yield from self.rows("taxonomy_term", {**term, "id": there}, {}, depth + 1)
                thing["taxonomy_term_id"] = there
        else:
            thing["resource_id"], thing["resource_type"] = known, about
        yield from self.rows(table, thing, {}, depth + 1)
