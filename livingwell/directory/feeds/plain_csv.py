"""The plain list of a small group: a header, then one row a group, place or line.

Its columns are told in docs/how-to/import-a-directory.md.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from livingwell.directory.feeds.cells import Record, records
from livingwell.directory.feeds.clean import line, silent
from livingwell.directory.feeds.columns import COLUMNS
from livingwell.directory.feeds.day_columns import day_of
from livingwell.directory.feeds.headings import guessed, known, naming
from livingwell.directory.feeds.model import Mended, NotKept, Piece, Refused
from livingwell.directory.feeds.plain_cells import by_our_names, tidied
from livingwell.directory.feeds.plain_entry import Entry, folded, yes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

NOTE: Final = re.compile(
    r"\s*(?:\*|©|notes?\b|n\.?b\.?\b|source\b|last (?:updated|checked|reviewed)|total\b|end of|disclaimer|please "
    r"|for more|updated\b|compiled\b|this list|key:|copyright|data (?:from|provided)|licen[cs]e|page \d)",
    re.IGNORECASE,
)
HEADING: Final = re.compile(
    r"[A-Z&' -]*\b(?:AREA|WARD|DISTRICT|REGION|LOCALITY)S?|(?:MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)DAYS?",
    re.IGNORECASE,
)
"""What stands alone over several rows of a list: the part of town they are in, the day they are on."""
TOTAL: Final = re.compile(r"\s*(?:grand |sub-?)?totals?\b[^,\d]{0,30}", re.IGNORECASE)
SHOWN: Final = 60
MOST_OF_A_NAME: Final = 120  # letters: what is longer and stands alone in its row is no name


def looks_like(columns: list[str]) -> bool:
    """Whether a header is that of a plain list: a name, or whose or where it is, and more of its columns."""
    said = {known(name) for name in columns} | ({"name"} if naming(tuple(columns)) else set())
    said |= {"days_and_times" if day_of(name)[0] else guessed(name) for name in columns}
    said &= {*COLUMNS, "address_2"}
    return ("name" in said and len(said) >= 2 + (len(columns) > 4)) or (
        bool(said & {"organization", "place_name"}) and len(said) >= 3
    )


def means_something(name: str) -> bool:
    """Whether a column of this name is taken."""
    return known(name) in COLUMNS or bool(guessed(name) or day_of(name)[0])


def read(data: bytes, *, file: str) -> Iterator[Piece]:
    """All rows that a list makes: a service each, with its organization, place, times and so on beside it."""
    return read_records(records(data, file=file, table="service"), file=file)


def read_records(said: Iterable[Record | Piece], *, file: str) -> Iterator[Piece]:
    """The same of records that are there already."""
    listed: list[tuple[Record, dict[str, str]]] = []
    strange: Counter[str] = Counter()
    example: dict[str, str] = {}
    for record in said:
        if not isinstance(record, Record):
            yield record
            continue
        cells, unknown = by_our_names(record.cells)
        for name, cell in unknown.items():
            if line(cell, silent):
                strange[name] += 1
                example.setdefault(name, line(cell, silent)[:70])
        if reason := _no_entry(cells, len(record.cells)):
            yield Refused("service", file, record.line, "", reason)
            continue
        if not line(cells.get("name"), silent):
            cells["name"] = cells.get("organization") or cells.get("place_name") or ""
        pieces: list[Mended] = []

        def tell(
            kind: str, before: str, after: str, at: int = record.line, to: list[Mended] = pieces
        ) -> None:
            short = (" ".join(words.split())[:70] for words in (before, after))
            to.append(Mended(kind, "service", file, at, "", *short))

        listed.append((record, tidied(cells, tell)))
        yield from pieces
    real = {folded(cells, "organization", "name") for _, cells in listed if not yes(cells.get("invented"))}
    for record, cells in listed:
        yield from Entry(file, record.line, cells).rows(
            invented_only=folded(cells, "organization", "name") not in real
        )
    for name, rows in strange.items():
        yield NotKept("service", file, name, rows, example[name])


def _short(words: str) -> str:
    said = " ".join(words.split())
    return said if len(said) <= SHOWN else f"{said[: SHOWN - 1]}…"


def _no_entry(cells: dict[str, str], width: int) -> str:
    """Why a row is none: one cell alone that reads like a remark above or below a list, or like a heading in it."""
    said = [cell for cell in cells.values() if str(cell or "").strip()]
    worded = [cell for cell in said if any(char.isalpha() for char in cell)]
    if len(worded) == 1 and len(said) > 1 and TOTAL.fullmatch(worded[0]):
        return f"It looks like a sum below the list, not like an entry: “{_short(' '.join(said))}”."
    if len(said) != 1 or width < 3:
        return ""
    words = said[0].strip()
    if NOTE.match(words) or len(words) > MOST_OF_A_NAME:
        return f"It looks like a note beside the list, not like an entry: “{_short(words)}”."
    if words.endswith(":") or HEADING.fullmatch(words):
        return f"It looks like a heading over the rows below it, not like an entry: “{_short(words)}”."
    return ""
