"""What a feed has said so far: in memory as long as it is little, else in a file that goes when it is over."""

from __future__ import annotations

import pickle
import sqlite3
from operator import itemgetter
from typing import Any, Final

from livingwell.directory.feeds.gather import Entry

PLACES: Final = 1 << 26
"""Bits that remember, without the key, whether something was put away: one in thirty asks in vain at two million."""


class Known:
    """Entries by table and key. `put_away` empties the memory; what was put away is found again."""

    def __init__(self) -> None:
        self.here: dict[tuple[str, str], Entry] = {}
        self.bits = bytearray()
        self.file: sqlite3.Connection | None = None
        self.shapes: list[tuple[Any, ...]] = []  # what many entries have in common
        self.numbers: dict[tuple[Any, ...], int] = {}  # of each shape

    def get(self, where: tuple[str, str]) -> Entry | None:
        found = self.here.get(where)
        if found is None and self.file is not None:
            place = hash(where) % PLACES
            if self.bits[place >> 3] & (1 << (place & 7)):
                return self._find(where)
        return found

    def __setitem__(self, where: tuple[str, str], entry: Entry) -> None:
        self.here[where] = entry

    def put_away(self) -> None:
        """Write all that is in memory to the file."""
        if self.file is None:
            self.bits = bytearray(PLACES >> 3)
            # a nameless file of the system's; a feed may be read in one thread and closed in another
            self.file = sqlite3.connect("", isolation_level=None, check_same_thread=False)
            self.file.execute("PRAGMA journal_mode = OFF")
            self.file.execute("PRAGMA synchronous = OFF")
            self.file.execute("CREATE TABLE said (place INTEGER, kept BLOB)")
            self.file.execute("CREATE INDEX said_place ON said (place)")
        rows = [(hash(where) % PLACES, self._packed(entry)) for where, entry in self.here.items()]
        for place, _ in rows:
            self.bits[place >> 3] |= 1 << (place & 7)
        rows.sort(key=itemgetter(0))  # the index is filled from end to end, and not here and there
        self.file.execute("BEGIN")
        self.file.executemany("INSERT INTO said VALUES (?, ?)", rows)
        self.file.execute("COMMIT")
        self.here.clear()

    def _packed(self, entry: Entry) -> bytes:
        """The entry without the names of its fields, which are the same in thousands."""
        shape = (entry.table, entry.whole, entry.file, *entry.values)
        number = self.numbers.setdefault(shape, len(self.shapes))
        if number == len(self.shapes):
            self.shapes.append(shape)
        own = (entry.key, entry.records, entry.line, entry.original_id, entry.confidential)
        return pickle.dumps((number, *own, *entry.values.values()), protocol=5)

    def _unpacked(self, kept: bytes) -> Entry:
        number, key, records, line, original_id, confidential, *values = pickle.loads(kept)  # noqa: S301 - ours
        table, whole, file, *names = self.shapes[number]
        said = dict(zip(names, values, strict=True))
        return Entry(table, key, said, records, whole, file, line, original_id, confidential)

    def _find(self, where: tuple[str, str]) -> Entry | None:
        if self.file is None:
            return None
        rows = self.file.execute(
            "SELECT kept FROM said WHERE place = ? ORDER BY rowid DESC", [hash(where) % PLACES]
        )
        for (kept,) in rows:
            entry = self._unpacked(kept)
            if (entry.table, entry.key) == where:
                return entry
        return None

    def close(self) -> None:
        if self.file is not None:
            self.file.close()
