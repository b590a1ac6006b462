"""What a feed is to us: parts, each a file, that say rows; and what may be said about a row."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path


SECRET: Final = ("is_confidential", "confidential")
"""Fields of a service by which a list says that nobody may learn where it is."""


class NotAFeed(Exception):
    """This cannot be read as a directory. The message is one sentence for the person who gave it."""


@dataclass(slots=True)
class Row:
    """One thing that a file says, in the field names of HSDS 3.0; ids of other things stand as `…_id`. Never changed.

    A key that is absent was not spoken of, so what we know stays; a key that is empty was said to be empty.
    """

    table: str
    values: Mapping[str, Any]
    file: str
    line: int  # of the file, from 1; in JSON the place in the list, from 1
    original_id: str = ""
    records: int = 1  # of the file, that it stands for; 0: read from a record that is counted as another row
    whole: frozenset[str] = frozenset()  # tables whose rows about this one are all in this file
    deleted: bool = False  # its source took it away: known here it ends, not known it is never made


@dataclass(frozen=True, slots=True)
class Folded:
    """A record that became part of a row of another table: a line of "who it is for" belongs to its
    service."""

    table: str
    file: str
    line: int
    into: tuple[str, str]  # table and id
    original_id: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """A record that could not be taken, and why, in plain words. `records` 0: only a part of a record."""

    table: str
    file: str
    line: int
    original_id: str
    reason: str
    records: int = 1


@dataclass(frozen=True, slots=True)
class Mended:
    """Something in a record that was put right on the way in."""

    kind: str
    table: str
    file: str
    line: int
    original_id: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Repeated:
    """A record that says again what another says, or what another says newer."""

    table: str
    file: str
    line: int
    original_id: str = ""


@dataclass(frozen=True, slots=True)
class NotKept:
    """A field that we have no place for, in how many rows of a file it held something, and one example."""

    table: str
    file: str
    field: str
    rows: int
    example: str = ""


Piece: TypeAlias = Row | Folded | Refused | Mended | Repeated | NotKept


@dataclass(frozen=True, slots=True)
class Part:
    """What is taken or left as one: one JSON file, one CSV of a small group, one whole package."""

    name: str
    read: Callable[[], Iterator[Piece]]
    in_order: bool = False  # what a piece points at comes before it, and what is inside of a thing beside it


@dataclass(frozen=True, slots=True)
class Feed:
    """A directory that can be read: `format` for people, its parts in the order in which they make sense."""

    format: str
    title: str
    parts: list[Part]
    day_first: bool = False  # how a date such as 3/4/2026 is meant where nothing else tells
    passed_over: list[tuple[str, str]] = field(default_factory=list)  # files that are no part of it, and why
    notes: list[str] = field(default_factory=list)  # how the whole of it was understood, a sentence each
    path: Path | None = None  # where it lies, so that another process can read it too
    given: str = ""  # the format that somebody said it has
