"""The rows of one part, cleaned and put together: what is said twice is one entry, and all is counted."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from livingwell.directory.feeds.clean import silent, yes_or_no
from livingwell.directory.feeds.model import SECRET, Folded, Mended, NotKept, Refused, Repeated, Row
from livingwell.directory.feeds.rows import Clean, digest, tidy
from livingwell.directory.feeds.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from livingwell.directory.feeds.known import Known
    from livingwell.directory.feeds.model import Part, Piece
    from livingwell.directory.feeds.report import Report

ANOTHER: Final = "one id on several different rows: each was kept"
OTHERWISE: Final = "the same id again, saying something else: the first was kept"
SLICE: Final = 40_000  # pieces: some 4,000 services with all that belongs to them
LEAVES: Final = frozenset(
    {"accessibility", "address", "attribute", "cost_option", "funding", "language", "organization_identifier",
     "required_document", "schedule", "service_area"}
)  # fmt: skip
"""Tables that nothing points at: the same said under two ids is said once."""
ONLY_IF_ALL: Final = frozenset({"invented", "stand_in"})  # one that says it is real is believed


@dataclass(slots=True)
class Entry:
    """What will be one row of the directory."""

    table: str
    key: str
    values: dict[str, Any]
    records: int
    whole: frozenset[str]
    file: str  # and where in it the row stands that said it first
    line: int
    original_id: str
    confidential: bool = False  # its list says that nobody may learn where it is


as_tuple: Final = attrgetter(*Entry.__slots__)
"""An entry as a plain tuple, of which `Entry(*…)` makes it again: to put away or to send, at two thirds of the cost."""


@dataclass(slots=True)
class Gathered:
    """What one part says, by table; themes chosen by hand; and records that became part of others."""

    entries: dict[str, dict[str, Entry]] = field(default_factory=lambda: {table: {} for table in TABLES})
    themes: list[Row] = field(default_factory=list)
    folded: list[Folded] = field(default_factory=list)
    ended: list[Row] = field(default_factory=list)  # what their source took away
    words: set[tuple[str, object]] = field(default_factory=set)


def slices(part: Part) -> Iterator[tuple[list[Piece], bool]]:
    """The pieces of a part; a large one whose pieces come in the order in which they can be written, bit by bit.

    With each slice: whether more follow. A thing with all that is inside it stays together.
    """
    some: list[Piece] = []
    for piece in part.read():
        if part.in_order and len(some) >= SLICE and getattr(piece, "line", 0) != getattr(some[-1], "line", 0):
            yield some, True
            some = []
        some.append(piece)
    yield some, False


def gather(
    pieces: Iterable[Piece],
    *,
    known: Known,
    report: Report,
    day_first: bool,
    timezone: str,
) -> Gathered:
    """Go through the pieces of a part. `known` is what earlier parts of the same feed said; it grows."""
    part = Gathered()
    for piece in pieces:
        if isinstance(piece, Refused):
            report.refuse(piece)
        elif isinstance(piece, Mended):
            report.mend(piece)
        elif isinstance(piece, Folded):
            part.folded.append(piece)
        elif isinstance(piece, Repeated):
            report.repeat(piece.table, 1)
        elif isinstance(piece, NotKept):
            report.leave(piece)
        elif piece.deleted:
            part.ended.append(piece)
        elif piece.table == "service_theme":
            part.themes.append(piece)
        else:
            tidied = tidy(piece, day_first=day_first, timezone=timezone)
            if isinstance(tidied, Refused):
                report.refuse(tidied)
            else:
                for mended in tidied.mended:
                    report.mend(mended)
                _add(tidied, tidied.key, part, known, report)
    return part


def _add(clean: Clean, key: str, part: Gathered, known: Known, report: Report) -> None:
    row, table = clean.row, clean.row.table
    before = known.get((table, key))
    here = part.entries[table]
    if before is None and table in LEAVES and row.records:
        words = (table, tuple(clean.values.items()))
        if words in part.words:
            report.repeat(table, row.records)
            return
        part.words.add(words)
    if before is None:
        known[table, key] = here[key] = Entry(
            table,
            key,
            clean.values,
            row.records,
            row.whole,
            row.file,
            row.line,
            row.original_id,
            _secret(row),
        )
    elif _agree(before.values, clean.values):
        report.repeat(table, row.records)
        merged = _merge(before.values, clean.values)
        if key in here:
            before.values, before.whole = merged, before.whole | row.whole
            before.confidential = before.confidential or _secret(row)
        else:
            secret = before.confidential or _secret(row)
            known[table, key] = here[key] = replace(
                before, values=merged, records=0, whole=row.whole, confidential=secret
            )
    elif TABLES[table].top:
        report.repeat(table, row.records)
        if row.records:
            report.mend(_about(clean, OTHERWISE))
    else:
        if row.records:
            report.mend(_about(clean, ANOTHER))
        _add(clean, f"{key}#{digest(clean.values)}", part, known, report)


def _secret(row: Row) -> bool:
    """Whether a row says that where it is must stay private."""
    return row.table == "service" and any(
        yes_or_no(row.values[name], silent) for name in SECRET if name in row.values
    )


def _about(clean: Clean, kind: str) -> Mended:
    row = clean.row
    return Mended(kind, row.table, row.file, row.line, row.original_id, "", "")


def _empty(value: object) -> bool:
    return value is None or value == ""


def _agree(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return all(
        name in ONLY_IF_ALL or _empty(value) or _empty(one.get(name)) or one[name] == value
        for name, value in other.items()
    )


def _merge(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    merged = dict(one)
    for name, value in other.items():
        if name in ONLY_IF_ALL:
            merged[name] = bool(value) and bool(one.get(name, value))
        elif not _empty(value) or name not in one:
            merged[name] = value
    return merged
