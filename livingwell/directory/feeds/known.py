"""What a feed has said so far: in memory as long as it is little, else in a file that goes when it is over."""

from __future__ import annotations

import pickle
import sqlite3
from typing import Final

from livingwell.directory.feeds.gather import Entry, as_tuple

PLACES: Final = 1 << 26
"""Bits that remember, without the key, whether something was put away: one in thirty asks in vain at two million."""


class Known:
    """Entries by table and key. `put_away` empties the memory; what was put away is found again."""

    def __init__(self) -> None:
        self.here: dict[tuple[str, str], Entry] = {}
        self.bits = bytearray()
        self.file: sqlite3.Connection | None = None

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
        for where in self.here:
            place = hash(where) % PLACES
            self.bits[place >> 3] |= 1 << (place & 7)
        self.file.execute("BEGIN")
        self.file.executemany(
            "INSERT INTO said VALUES (?, ?)",
            (
                (hash(where) % PLACES, pickle.dumps(as_tuple(entry), protocol=5))
                for where, entry in self.here.items()
            ),
        )
        self.file.execute("COMMIT")
        self.here.clear()

    def _find(self, where: tuple[str, str]) -> Entry | None:
        if self.file is None:
            return None
        rows = self.file.execute(
            "SELECT kept FROM said WHERE place = ? ORDER BY rowid DESC", [hash(where) % PLACES]
        )
        for (kept,) in rows:
            entry = Entry(*pickle.loads(kept))  # noqa: S301 - written by us above
            if (entry.table, entry.key) == where:
                return entry
        return None

    def close(self) -> None:
        if self.file is not None:
            self.file.close()
