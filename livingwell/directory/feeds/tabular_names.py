"""What HSDS 3.1 and looser packages say in columns and tables of their own, said in those of 3.0."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from livingwell.directory.feeds.cells import Record
from livingwell.directory.feeds.clean import identifier, line, silent
from livingwell.directory.feeds.dialects import RENAMED, link
from livingwell.directory.feeds.model import Folded, Piece, Refused, Row
from livingwell.directory.feeds.rows import digest
from livingwell.directory.feeds.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping

TERMS_BY_NAME: Final = ("taxonomy", "taxonomies", "category", "categories", "tags", "service_type")
CALLED: Final[Mapping[str, Mapping[str, str]]] = {
    "contact": {"full_name": "name", "contact_name": "name", "phone": "phone_number", "telephone": "phone_number",
                "mobile": "phone_number", "number": "phone_number"},
    "service": {"website": "url", "web": "url", "cost": "fees", "summary": "description",
                "audience": "eligibility_description"},
    "taxonomy_term": {"parent": "parent_id"},
}  # fmt: skip
"""What a table calls a field where JSON has a thing inside of a thing."""


@lru_cache(maxsize=256)
def _today(table: str, columns: tuple[str, ...], more: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """Columns of a table that others call otherwise, each with our name for it."""
    spec, there = TABLES.get(table), set(columns)
    if spec is None:
        return ()
    fields = {*spec.fields, *spec.references, *more, "opens_at", "closes_at"}
    found = {}
    for old, new in {**RENAMED.get(table, {}), **CALLED.get(table, {})}.items():
        if old in there and new not in there and new in fields and old not in fields:
            found[old] = new
            there.add(new)
    return tuple(found.items())


def renamed(table: str, record: Record, more: frozenset[str]) -> Record:
    """A row with its columns under our names. `more`: columns that its format reads into others."""
    names = _today(table, tuple(record.cells), more)
    if not names:
        return record
    ours = dict(names)
    return Record(record.line, {ours.get(name, name): cell for name, cell in record.cells.items()})


def units(tables: Mapping[str, list[tuple[str, list[Record]]]]) -> Generator[Piece, None, dict[str, str]]:
    """The names of what room is counted in (HSDS 3.1), each with the first row of room that is counted in it."""
    used = {
        identifier(record.cells.get("unit_id")): identifier(record.cells.get("id"))
        for _, rows in reversed(tables.get("service_capacity", []))
        for record in reversed(rows)
    }
    names: dict[str, str] = {}
    for path, rows in tables.get("unit", ()):
        for record in rows:
            known = identifier(record.cells.get("id"))
            names[known] = line(record.cells.get("name"), silent)
            if known in used:
                yield Folded("unit", path, record.line, ("service_capacity", used[known]), known)
            else:
                yield Refused("unit", path, record.line, known, "Nothing is counted in it.")
    return names


def web_address(record: Record, path: str, known: str) -> Row:
    """An address on the web of a service or an organization, beside its main one (HSDS 3.1)."""
    cells = record.cells
    about = next((name for name in ("service", "organization") if line(cells.get(f"{name}_id"), silent)), "")
    values = {name: value for name, value in link(cells).items() if name != "id"}
    values |= {"link_entity": about, "link_id": cells.get(f"{about}_id") if about else ""}
    return Row("attribute", values, path, record.line, f"url {known}" if known else "")


def terms_by_name(cells: Mapping[str, Any], record: Record, path: str, known: str) -> Iterator[Piece]:
    """Terms that stand in the service as words: "Singing; Music"."""
    words = [word for name in TERMS_BY_NAME for word in re.split(r"[;,|\n]", str(cells.get(name) or ""))]
    for word in dict.fromkeys(line(word, silent) for word in words):
        if word:
            term = digest({"term": word})
            yield Row("taxonomy_term", {"name": word}, path, record.line, term, records=0)
            values = {
                "link_id": known,
                "link_entity": "service",
                "link_type": "taxonomy_term",
                "taxonomy_term_id": term,
            }
            yield Row("attribute", values, path, record.line, f"{known}/{term}", records=0)
