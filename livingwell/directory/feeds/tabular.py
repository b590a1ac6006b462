"""A directory as a package of tables, one CSV file for each, with or without a datapackage.json."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from livingwell.directory.feeds import tabular_1_1 as old
from livingwell.directory.feeds import tabular_names as names
from livingwell.directory.feeds.cells import Record, header, records
from livingwell.directory.feeds.clean import identifier, line, silent
from livingwell.directory.feeds.encodings import decode
from livingwell.directory.feeds.model import Mended, Piece, Refused, Row
from livingwell.directory.feeds.tables import FILES, TABLES
from livingwell.directory.feeds.unkept import Unkept, known_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from livingwell.directory.feeds.files import Box

NAMES: Final = {**FILES, **old.OLD, "unit": "unit", "units": "unit", "url": "url", "urls": "url"}
WHOLE: Final = {
    "regular_schedule": "schedule",
    "holiday_schedule": "schedule",
    "physical_address": "address",
    "postal_address": "address",
    "accessibility_for_disabilities": "accessibility",
    "service_taxonomy": "attribute",
}
BESIDE: Final[Mapping[str, tuple[str, ...]]] = {
    "service": ("fees", "taxonomy_ids", *names.TERMS_BY_NAME), "service_capacity": ("unit_id",),
    "organization": ("url",), "language": ("language",),
    "accessibility": ("accessibility",), "service_area": ("service_area",), "phone": ("language",),
    "taxonomy_term": ("term", "taxonomy", "vocabulary", "taxonomy_facet", "parent_name"),
    "address": ("address_3", "address_4"),
    "contact": ("phone_number", "phone_areacode", "phone_extension"), "attribute": ("taxonomy_id", "taxonomy_detail"),
    "regular_schedule": ("weekday", "original_text"), "holiday_schedule": ("closed", "start_date", "end_date"),
}  # fmt: skip
"""Columns that are read into others."""
FEWEST: Final = 2  # tables that make a package of a folder in which nothing else says so


@dataclass(frozen=True, slots=True)
class Package:
    """Which file of a box holds which table."""

    format: str
    title: str
    tables: list[tuple[str, str]]  # table, path
    passed_over: list[tuple[str, str]] = field(default_factory=list)


def _more(table: str) -> frozenset[str]:
    return frozenset([*BESIDE.get(WHOLE.get(table, table), ()), *BESIDE.get(table, ())])


def find(box: Box) -> Package | None:
    """The package in a box: as its datapackage.json lists it, else by the names of the files."""
    described, title, absent = _described(box)
    tables: dict[str, str] = {}
    for path in box.named(".csv", ".tsv", ".txt"):
        stem = PurePosixPath(path).stem.lower().replace("-", "_").replace(" ", "_")
        table = described.get(PurePosixPath(path).name.lower()) or NAMES.get(stem)
        if table == "taxonomy" and old.is_old_taxonomy(header(box.read(path))):
            table = "old_taxonomy"
        if table:
            tables[path] = table
    folders = {PurePosixPath(path).parent for path in tables}
    if PurePosixPath() not in folders and any(
        path.endswith(".json") and "/" not in path and path != "datapackage.json" for path in box.files
    ):
        return None  # a folder of JSON files, with tables beside them in a folder of their own
    if (
        len(folders) > 1
    ):  # a package inside a larger folder: the one that holds services, if it is the only one
        holding = {PurePosixPath(path).parent for path, table in tables.items() if table == "service"}
        if len(holding) != 1:
            return None
        tables = {path: table for path, table in tables.items() if PurePosixPath(path).parent in holding}
    if not tables or (len(tables) < FEWEST and not described and not _belongs(box, tables)):
        return None
    is_old = any(
        table in old.OLD.values() or table == "old_taxonomy"
        for table in tables.values()
        if table != "meta_table_description"
    )
    version = "1.1" if is_old else "3.0"
    passed_over = [
        (path, "No table of HSDS goes by this name.")
        for path in box.named(".csv")
        if path not in tables and PurePosixPath(path).parent in {PurePosixPath(one).parent for one in tables}
    ]
    passed_over += [(name, "The datapackage.json names it, but it is not here.") for name in absent]
    return Package(
        f"HSDS {version} (tables)",
        title,
        [(table, path) for path, table in sorted(tables.items())],
        passed_over,
    )


def _belongs(box: Box, tables: Mapping[str, str]) -> bool:
    """Whether a table that came alone is one of HSDS: it points at others, or knows itself by a UUID."""
    (path,) = tables
    return bool(
        {"organization_id", "service_id", "location_id", "link_id", "parent_id"} & set(header(box.read(path)))
    )


def _described(box: Box) -> tuple[dict[str, str], str, list[str]]:
    """The tables of the files that a datapackage.json names, by file name; its title; the files that are not there."""
    for path in sorted(
        (name for name in box.files if PurePosixPath(name).name == "datapackage.json"), key=len
    ):
        try:
            content = json.loads(decode(box.read(path))[0])
        except (ValueError, RecursionError):
            continue
        if isinstance(content, dict) and isinstance(content.get("resources"), list):
            found = {
                PurePosixPath(str(one["path"])).name.lower(): NAMES[str(one.get("name")).lower()]
                for one in content["resources"]
                if isinstance(one, dict) and one.get("path") and str(one.get("name")).lower() in NAMES
            }
            title = str(content.get("title") or "")
            there = {PurePosixPath(name).name.lower() for name in box.files}
            title = "" if "Human Services Data Specification" in title else title
            return found, title, sorted(found.keys() - there)
    return {}, "", []


def read(box: Box, package: Package) -> Iterator[Piece]:
    """All rows of all tables of a package."""
    tables: dict[str, list[tuple[str, list[Record]]]] = defaultdict(list)
    for table, path in package.tables:
        rows: list[Record] = []
        for piece in records(box.read(path), file=path, table=_counted(table)):
            if isinstance(piece, Record):
                rows.append(names.renamed(WHOLE.get(table, table), piece, _more(table)))
            else:
                yield piece
        tables[table].append((path, rows))
    yield from _rows(tables)


def read_tables(
    content: Mapping[str, Any],
    *,
    file: str,
    inside: Callable[[str, Mapping[str, Any], int], tuple[dict[str, Any], Iterator[Piece]]] | None = None,
) -> Iterator[Piece]:
    """The same from one JSON file that holds all tables by the names of their files.

    `inside`: what to do with rows that hold things: gives the row without them, and the rows of the things.
    """
    tables: dict[str, list[tuple[str, list[Record]]]] = defaultdict(list)
    below: list[Iterator[Piece]] = []
    for name, rows in content.items():
        table = NAMES.get(str(name).removesuffix(".csv").lower())
        if table is None or not isinstance(rows, list):
            continue
        kept: list[Record] = []
        for number, row in enumerate(rows, start=1):
            if (
                isinstance(row, dict)
                and inside
                and any(isinstance(one, list) and one for one in row.values())
            ):
                row, nested = inside(table, row, number)
                below.append(nested)
            if isinstance(row, dict):
                kept.append(names.renamed(WHOLE.get(table, table), Record(number, row), _more(table)))
            else:
                yield Refused(
                    _counted(table), f"{file}/{name}", number, "", "It is not an object with fields."
                )
        tables[table].append((f"{file}/{name}", kept))
    yield from _rows(tables)
    for nested in below:
        yield from nested


def _counted(table: str) -> str:
    """Under which name the records of a file are counted."""
    if table == "old_taxonomy":
        return "taxonomy_term"
    return "attribute" if table in {"service_taxonomy", "url"} else WHOLE.get(table, table)


def _rows(tables: Mapping[str, list[tuple[str, list[Record]]]]) -> Iterator[Piece]:
    services = {
        identifier(record.cells.get("id")): identifier(record.cells.get("organization_id"))
        for _, rows in tables.get("service", ())
        for record in rows
    }
    organizations = frozenset(
        identifier(record.cells.get("id")) for _, rows in tables.get("organization", ()) for record in rows
    )
    belongs = old.owners(services, organizations)
    added: dict[str, dict[str, list[str]]] = {}
    for name, column, field_ in (
        ("eligibility", "eligibility", "eligibility_description"),
        ("payment_accepted", "payment", "fees_description"),
    ):
        added[field_] = defaultdict(list)
        for path, rows in tables.get(name, ()):
            words, pieces = old.fold(name, rows, file=path, services=frozenset(services), field=column)
            yield from pieces
            for service, lines in words.items():
                added[field_][service] += (
                    lines if column == "eligibility" else [f"Ways to pay: {', '.join(lines)}"]
                )
    units = yield from names.units(tables)
    here = {WHOLE.get(table, table) for table in tables} - {"unit", "url"}
    for table, files in tables.items():
        for path, rows in files:
            yield from _unkept(table, path, rows)
            if table == "regular_schedule":
                yield from old.schedules(rows, path)
            elif table not in {"eligibility", "payment_accepted", "unit"}:
                for record in rows:
                    if table == "service_capacity" and not record.cells.get("unit"):
                        known_unit = units.get(identifier(record.cells.get("unit_id")), "")
                        record = Record(record.line, {**record.cells, "unit": known_unit})
                    yield from _row(table, record, path, belongs, added, here)


def _unkept(table: str, path: str, rows: list[Record]) -> Iterator[Piece]:
    """Columns of a table for which the directory has no place."""
    if table in {"eligibility", "payment_accepted", "meta_table_description", "unit", "url"}:
        return
    ours = _counted(table)
    known = known_of(ours, {*BESIDE.get(ours, ()), *BESIDE.get(table, ())})
    unkept = Unkept(path)
    for record in rows:
        unkept.see(ours, record.cells, known)
    yield from unkept.pieces()


def _row(
    table: str,
    record: Record,
    path: str,
    belongs: Mapping[str, str],
    added: Mapping[str, Mapping[str, list[str]]],
    here: set[str],
) -> Iterator[Piece]:
    cells, known = dict(record.cells), identifier(record.cells.get("id"))
    if table == "meta_table_description":
        yield Refused(table, path, record.line, known, "It describes the tables, not what is around.")
    elif table == "old_taxonomy":
        yield from old.term(record, path)
    elif table == "url":
        yield names.web_address(record, path, known)
    elif table == "service_taxonomy":
        values = {
            "link_id": cells.get("service_id"),
            "link_entity": "service",
            "taxonomy_term_id": cells.get("taxonomy_id") or cells.get("taxonomy_term_id"),
            "link_type": "taxonomy_term",
            "value": cells.get("taxonomy_detail"),
        }
        yield Row("attribute", values, path, record.line, known)
    elif table in {"physical_address", "postal_address"}:
        kind = table.removesuffix("_address")
        yield Row(
            "address",
            old.address(kind, record),
            path,
            record.line,
            f"postal {known}" if known and kind == "postal" else known,
        )
    elif table == "holiday_schedule":
        yield Row("schedule", old.holiday(record), path, record.line, f"holiday {known}" if known else "")
    elif table == "accessibility_for_disabilities":
        yield Row(
            "accessibility", {**cells, "description": cells.get("accessibility")}, path, record.line, known
        )
    else:
        yield from _modern(table, cells, record, path, known, belongs, added, here)


def _modern(
    table: str,
    cells: dict[str, Any],
    record: Record,
    path: str,
    known: str,
    belongs: Mapping[str, str],
    added: Mapping[str, Mapping[str, list[str]]],
    here: set[str],
) -> Iterator[Piece]:
    if table in {"service", "location"} and (missing := identifier(cells.get("organization_id"))) in belongs:
        cells["organization_id"] = belongs[missing]
        yield Mended(
            old.OWNER[table],
            table,
            path,
            record.line,
            known,
            f"organization {missing}",
            f"organization {belongs[missing]}",
        )
    if table == "organization" and "website" not in cells and "url" in cells:
        cells["website"] = cells["url"]
    elif table == "service":
        if "fees" in cells and not line(cells.get("fees_description"), silent):
            cells["fees_description"] = cells["fees"]
        for name, by_service in added.items():
            if more := by_service.get(known):
                cells[name] = "\n\n".join(
                    words for words in (str(cells.get(name) or "").strip(), *more) if words
                )
    elif table == "language" and "name" not in cells:
        first, _, rest = str(cells.get("language") or "").replace("\\n", "\n").strip().partition("\n")
        cells["name"], cells["note"] = first, rest
    elif table == "accessibility" and not line(cells.get("description"), silent):
        cells["description"] = cells.get("accessibility")
    elif table == "service_area" and not line(cells.get("name"), silent):
        cells["name"] = cells.get("service_area")
    elif table == "contact" and line(cells.get("phone_number"), silent):
        cells["has_phone"] = True
    elif table == "taxonomy_term":
        cells["name"] = cells.get("name") or cells.get("term")
    for ours in ("stand_in", "kind_by_hand"):
        cells.pop(ours, None)
    whole = frozenset(
        child for child, spec in TABLES.items() if child in here and f"{table}_id" in spec.references
    )
    if table == "service" and "attribute" in here:
        whole |= {"attribute"}
    if table in {"service_at_location", "taxonomy", "taxonomy_term", "contact", "program"}:
        whole = frozenset()
    whole -= {"service", "location", "program", "taxonomy_term"}
    yield Row(table, cells, path, record.line, known, whole=whole)
    if table == "contact":
        yield from old.contact_phone(record, known, path)
    elif table == "phone" and (spoken := line(cells.get("language"), silent)):
        yield Row(
            "language", {"phone_id": known, "name": spoken}, path, record.line, f"{known}/language", records=0
        )
    elif table == "service" and any(cells.get(name) for name in names.TERMS_BY_NAME):
        yield from names.terms_by_name(cells, record, path, known)
    if table == "service" and (there := identifier(cells.get("location_id"))):  # HSDS 1.0
        at = {"service_id": known, "location_id": there}
        yield Row("service_at_location", at, path, record.line, f"{known}/at {there}", records=0)
    if table == "service" and (terms := line(cells.get("taxonomy_ids"), silent)):
        for term in terms.replace(";", ",").split(","):
            values = {
                "link_id": known,
                "link_entity": "service",
                "taxonomy_term_id": term.strip(),
                "link_type": "taxonomy_term",
            }
            yield Row("attribute", values, path, record.line, f"{known}/{term.strip()}", records=0)
