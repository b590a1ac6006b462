"""HSDS and Open Referral UK as JSON: one thing with all that belongs to it inside, a list, or a page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from livingwell.directory.feeds.cells import ENCODING
from livingwell.directory.feeds.clean import identifier
from livingwell.directory.feeds.encodings import decode
from livingwell.directory.feeds.model import Mended, NotAFeed, Piece, Refused, Row
from livingwell.directory.feeds.rows import digest
from livingwell.directory.feeds.tables import FILES, TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

KINDS: Final = ("service", "organization", "location", "service_at_location", "taxonomy_term", "taxonomy")
"""The things that come by themselves or as a list, in the order in which a doubt is decided."""
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
        "phones": "phone", "schedules": "schedule",
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
SIGNS: Final[Mapping[str, frozenset[str]]] = {
    "service": frozenset(
        [
            "organization",
            "service_at_locations",
            "status",
            "service_areas",
            "cost_options",
            "eligibility_description",
            "assured_date",
            "application_process",
            "minimum_age",
            "maximum_age",
            "fees",
            "program",
            "last_modified",
        ]
    ),
    "organization": frozenset(
        [
            "website",
            "legal_status",
            "year_incorporated",
            "organization_identifiers",
            "logo",
            "parent_organization_id",
            "tax_status",
            "services",
            "programs",
            "locations",
        ]
    ),
    "location": frozenset(
        [
            "location_type",
            "latitude",
            "longitude",
            "addresses",
            "transportation",
            "external_identifier",
            "accessibility",
        ]
    ),
    "service_at_location": frozenset(
        ["location", "service", "location_id", "service_id", "schedules", "phones", "contacts"]
    ),
    "taxonomy_term": frozenset(
        ["taxonomy", "taxonomy_id", "taxonomy_detail", "term_uri", "parent_id", "term", "code"]
    ),
    "taxonomy": frozenset(["version", "uri", "taxonomy_terms"]),
}
MOST_DEEP: Final = 12


def load(data: bytes, *, file: str) -> tuple[Any, str]:
    """The JSON of a file and its old encoding if it had one. NotAFeed names the line where it breaks."""
    text, encoding = decode(data)
    try:
        return json.loads(text, parse_constant=lambda _word: None), encoding
    except json.JSONDecodeError as error:
        raise NotAFeed(
            f"{file} is broken JSON: line {error.lineno}, column {error.colno}: {error.msg}."
        ) from error
    except RecursionError as error:
        raise NotAFeed(f"{file} is nested too deeply to be a directory.") from error


def items(content: Any) -> list[Any]:
    """The things of a file: of a page, of a list, or the one."""
    if isinstance(content, dict):
        for name in ("contents", "content", "items"):
            if isinstance(content.get(name), list):
                return list(content[name])
        return [content]
    return list(content) if isinstance(content, list) else []


def is_page(content: Any) -> bool:
    return isinstance(content, dict) and isinstance(content.get("contents"), list)


def is_table_set(content: Any) -> bool:
    """All tables of a package in one JSON file, by the names of their CSV files."""
    return isinstance(content, dict) and any(
        str(name).removesuffix(".csv") in FILES and isinstance(rows, list) and str(name).endswith(".csv")
        for name, rows in content.items()
    )


def kind_of(thing: Any, hint: str = "") -> str:
    """Which table a thing belongs to, by the names of its fields; empty if it is nothing of ours."""
    if not isinstance(thing, dict):
        return ""
    if isinstance(thing.get("location"), dict) and "name" not in thing:
        return "service_at_location"
    scores = {kind: len(SIGNS[kind] & thing.keys()) for kind in KINDS}
    if "name" in thing or "status" in thing:
        scores["service_at_location"] = 0
    best = max(KINDS, key=lambda kind: scores[kind])
    if scores[best] and ("id" in thing or scores[best] >= 3):
        return best
    return hint if "id" in thing and "name" in thing and hint in KINDS else ""


def read(content: Any, *, file: str, hint: str = "", encoding: str = "") -> Iterator[Piece]:
    """The rows of everything in a file, a nested thing before what points at it."""
    if encoding:
        yield Mended(ENCODING, hint or "service", file, 1, "", encoding, "UTF-8")
    for number, thing in enumerate(items(content), start=1):
        if kind := kind_of(thing, hint):
            yield from _rows(kind, thing, {}, file, number, 0)
        else:
            known = identifier(thing.get("id")) if isinstance(thing, dict) else ""
            yield Refused(
                hint or "service",
                file,
                number,
                known,
                "It is none of the things of a directory that we know.",
            )


def _rows(
    table: str, thing: Mapping[str, Any], about: Mapping[str, str], file: str, number: int, depth: int
) -> Iterator[Piece]:
    """One thing and all that is inside it. `about`: what it is inside of."""
    spec = TABLES[table]
    named = identifier(thing.get("id"))
    known = named or digest(
        {"in": dict(about), **{name: str(thing.get(name)) for name in spec.fields if thing.get(name)}}
    )
    values: dict[str, Any] = {
        name: thing[name]
        for name in (*spec.fields, *spec.references, "opens_at", "closes_at", "link_id", "resource_id")
        if name in thing
    }
    values |= {
        name: key
        for name, key in about.items()
        if name in spec.references or name in {"link_id", "resource_id"}
    }
    _rename(table, thing, values)
    inside = INSIDE.get(table, {})
    if depth > MOST_DEEP:
        yield Refused(table, file, number, named, "It is nested too deeply.")
        return
    for name, (other, pointer) in ONE.get(table, {}).items():
        if isinstance(one := thing.get(name), dict):
            there = identifier(one.get("id")) or digest({name: str(value) for name, value in one.items()})
            beside = (
                {"organization_id": values["organization_id"]}
                if other == "program" and values.get("organization_id")
                else {}
            )
            yield from _rows(other, {**one, "id": there}, beside, file, number, depth + 1)
            values[pointer] = there
    yield from _term_first(table, thing, values, file, number)
    full = [name for name in inside if isinstance(thing.get(name), list)]
    whole: frozenset[str] = frozenset()
    if full and table not in {"taxonomy", "organization"}:
        whole = frozenset(inside.values())
        if table == "service":
            whole |= {"attribute", "metadata"}
        if depth == 0:
            values = {**dict.fromkeys(_plain(table)), **values}
    elif full:
        whole = frozenset(inside[name] for name in full) & {"organization_identifier"}
    if table == "contact" and any(isinstance(phone, dict) for phone in thing.get("phones") or ()):
        values["has_phone"] = True
    yield Row(table, values, file, number, known, whole=whole)
    for name in full:
        for one in thing[name]:
            if isinstance(one, dict):
                pointer = POINTS.get(table, f"{table}_id")
                yield from _rows(inside[name], one, {pointer: known}, file, number, depth + 1)
            else:
                yield Refused(inside[name], file, number, "", "It is not an object with fields.")
    for name, other in (("attributes", "attribute"), ("metadata", "metadata")):
        for one in thing[name] if isinstance(thing.get(name), list) and other != table else ():
            if isinstance(one, dict):
                yield from _about_any(other, one, table, known, file, number, depth)


def _plain(table: str) -> list[str]:
    """The fields that a thing told in full would have told: but for those that only we know."""
    ours = {
        "kind",
        "kind_by_hand",
        "what_to_expect",
        "text_number",
        "invented",
        "stand_in",
        "approximate",
        "status",
        "name",
    }
    return [name for name in TABLES[table].fields if name not in ours]


def _rename(table: str, thing: Mapping[str, Any], values: dict[str, Any]) -> None:
    """Fields that older versions and the UK profile call otherwise."""
    if table == "service" and not values.get("fees_description") and thing.get("fees"):
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


def _term_first(
    table: str, thing: Mapping[str, Any], values: dict[str, Any], file: str, number: int
) -> Iterator[Piece]:
    """A term's taxonomy comes as its detail, or as a mere name, which then is made into one."""
    if table != "taxonomy_term" or values.get("taxonomy_id"):
        return
    if isinstance(detail := thing.get("taxonomy_detail"), dict):
        there = identifier(detail.get("id")) or digest({"taxonomy": str(detail.get("name"))})
        yield from _rows("taxonomy", {**detail, "id": there}, {}, file, number, 1)
        values["taxonomy_id"] = there
    elif isinstance(called := thing.get("taxonomy"), str) and called.strip():
        there = f"taxonomy {called.strip()}"
        yield Row("taxonomy", {"name": called}, file, number, there, records=0)
        values["taxonomy_id"] = there


def _about_any(
    table: str, one: Mapping[str, Any], about: str, known: str, file: str, number: int, depth: int
) -> Iterator[Piece]:
    """An attribute or a note of a change: about the thing it is inside of."""
    thing = dict(one)
    if table == "attribute":
        thing["link_id"], thing["link_entity"] = known, about
        if isinstance(term := one.get("taxonomy_term"), dict):
            there = identifier(term.get("id")) or digest({"term": str(term.get("name"))})
            yield from _rows("taxonomy_term", {**term, "id": there}, {}, file, number, depth + 1)
            thing["taxonomy_term_id"] = there
    else:
        thing["resource_id"], thing["resource_type"] = known, about
    yield from _rows(table, thing, {}, file, number, depth + 1)
