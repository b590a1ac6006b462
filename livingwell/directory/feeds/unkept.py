"""Fields that we have no place for, counted while a file is read, so that none is dropped without a word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from livingwell.directory.feeds.model import NotKept
from livingwell.directory.feeds.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

SHOWN: Final = 70
NOTHING: Final[tuple[Any, ...]] = (None, "", [], {}, False)
OFTEN: Final = frozenset(
    ["id", "opens_at", "closes_at", "link_id", "resource_id", "attributes", "metadata", "link_entity", "link_type"]
    + [f"{table}_id" for table in TABLES]
)  # fmt: skip


class Unkept:
    """Of each table and field: in how many rows it held something, and the first of it."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._rows: dict[tuple[str, str], int] = {}
        self._first: dict[tuple[str, str], str] = {}

    def see(self, table: str, thing: Mapping[str, Any], known: Collection[str]) -> None:
        """Count what `thing` says in fields that are neither `known` nor those of every table."""
        for name in thing.keys() - known - OFTEN if isinstance(known, (set, frozenset)) else ():
            self.count(table, name, thing[name])

    def count(self, table: str, name: str, value: Any) -> None:
        if value in NOTHING or (isinstance(value, str) and not value.strip()):
            return
        where = (table, str(name))
        self._rows[where] = self._rows.get(where, 0) + 1
        if where not in self._first:
            self._first[where] = " ".join(str(value).split())[:SHOWN]

    def pieces(self) -> Iterator[NotKept]:
        for (table, name), rows in self._rows.items():
            yield NotKept(table, self.file, name, rows, self._first[table, name])


def known_of(table: str, more: Iterable[str] = ()) -> frozenset[str]:
    """The fields of a table, and more that its format puts beside them."""
    spec = TABLES[table]
    return frozenset([*spec.fields, *spec.references, *more])
