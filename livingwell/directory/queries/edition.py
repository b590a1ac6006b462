"""Which edition of the derived directory this is, and a memory of what was worked out from it."""

from __future__ import annotations

from typing import Generic, TypeVar

from django.db import connection

Key = TypeVar("Key")
Value = TypeVar("Value")


def current() -> int:
    """A number that grows whenever listings, tags or words have changed; 0 before the first of them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM directory_edition")
        row = cursor.fetchone()
    return int(row[0]) if row else 0


class Memory(Generic[Key, Value]):
    """What this process has worked out from one edition; dropped when the edition changes or when it is full."""

    def __init__(self, at_most: int) -> None:
        self.at_most = at_most
        self._edition = -1
        self._kept: dict[Key, Value] = {}

    def of(self, number: int) -> dict[Key, Value]:
        """The dictionary to read from and write to for the edition of this number."""
        if number != self._edition or len(self._kept) > self.at_most:
            self._edition, self._kept = number, {}
        return self._kept
