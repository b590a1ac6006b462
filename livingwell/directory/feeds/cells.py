"""A CSV file as records: its encoding, its separator, its header wherever it stands, its broken rows."""

from __future__ import annotations

import csv
import io
import sys
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from livingwell.directory.feeds.columns import column
from livingwell.directory.feeds.encodings import decode
from livingwell.directory.feeds.headings import LOOK, header_at, strength
from livingwell.directory.feeds.model import Mended, NotKept, Piece, Refused
from livingwell.directory.feeds.spreadsheet import BREAK

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ENCODING: Final = "files in an older encoding than UTF-8"
BLANK: Final = "rows with nothing in them, passed over"
ABOVE: Final = "rows above the header: passed over"
AGAIN: Final = "the header once more among the rows: passed over"
DOUBLED: Final = "columns of one name: put together"
QUOTES: Final = "quotation marks that open and never close: read as part of the text"
SEPARATORS: Final = (",", ";", "\t", "|")
csv.field_size_limit(min(sys.maxsize, 2**31 - 1))


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a CSV file: its line, and its cells by column."""

    line: int
    cells: Mapping[str, str]


def header(data: bytes) -> list[str]:
    """The names of the columns, or nothing."""
    text = decode(data[:65_536])[0]
    rows = _first(text, _separator(text))
    place = header_at(rows)
    return [] if place < 0 else [column(cell) for cell in rows[place]]


def _first(text: str, separator: str) -> list[list[str]]:
    found: list[list[str]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    while len(found) < LOOK:
        try:
            found.append(next(reader))
        except StopIteration:
            break
        except csv.Error:
            found.append([])
    return found


def _separator(text: str) -> str:
    sample = text[:65_536]
    first = next((row for row in sample.splitlines() if row.strip()), "")

    def worth(mark: str) -> tuple[int, int, bool]:
        rows = _first(sample, mark)
        best = max((strength([column(cell) for cell in cells]) for cells in rows), default=0)
        return best, first.count(mark), mark == ","

    return max(SEPARATORS, key=worth)


class _Lines:
    """The lines of a text, one after the other, with a way back."""

    def __init__(self, text: str) -> None:
        self.lines = list(io.StringIO(text, newline=""))
        self.at = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if self.at >= len(self.lines):
            raise StopIteration
        self.at += 1
        return self.lines[self.at - 1]


def _rows(text: str, separator: str, width: int) -> Iterator[tuple[int, list[str] | str, bool]]:
    """Each row with its line; words instead of cells say why it cannot be read; whether a quote was
    broken."""
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=separator)
    while lines.at < len(lines.lines):
        start = lines.at
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield start + 1, str(error), False
            reader = csv.reader(lines, delimiter=separator)
            continue
        if lines.at - start > 1 and width:
            alone = _alone(lines, start, separator, width, len(cells))
            if alone:
                lines.at = start + 1
                reader = csv.reader(lines, delimiter=separator)
                yield start + 1, alone, True
                continue
        yield start + 1, cells, False


def _alone(lines: _Lines, start: int, separator: str, width: int, found: int) -> list[str]:
    """The first line of a row that goes on over many, if by itself it is a row and the whole is none."""
    never_closed = lines.at == len(lines.lines) and (
        sum(line.count('"') for line in islice(lines.lines, start, lines.at)) % 2 == 1
    )
    if found == width and not never_closed:
        return []
    cells = next(csv.reader([lines.lines[start]], delimiter=separator, quoting=csv.QUOTE_NONE), [])
    if len(cells) == width or never_closed:
        return [cell.strip().strip('"') for cell in cells]
    return []


def records(data: bytes, *, file: str, table: str) -> Iterator[Record | Piece]:
    """Each row below the header, with its line; what cannot be told apart into columns is refused."""
    text, encoding = decode(data)
    if encoding:
        yield Mended(ENCODING, table, file, 1, "", encoding, "UTF-8")
    separator = _separator(text)
    first = _first(text, separator)
    place = header_at(first)
    if place < 0:
        return
    titles = first[place]
    columns = [column(cell) for cell in titles]
    names = [name for name in columns if name]
    if len(set(names)) < len(names):
        twice = sorted({name for name in names if names.count(name) > 1})
        yield Mended(DOUBLED, table, file, place + 1, "", ", ".join(twice), "")
    nameless: dict[int, list[str]] = {}
    above = place
    for line, cells, broken in _rows(text, separator, len(columns)):
        if isinstance(cells, str):
            yield Refused(table, file, line, "", f"The row cannot be read as CSV ({cells}).")
        elif above >= 0:
            if above and any(cell.strip() for cell in cells):
                yield Mended(ABOVE, table, file, line, "", _told(cells), "")
            above -= 1
        elif not any(cell.strip() for cell in cells):
            if cells:
                yield Mended(BLANK, table, file, line, "", "", "")
        elif cells == titles:
            yield Mended(AGAIN, table, file, line, "", "", "")
        elif any(cell.strip() for cell in cells[len(columns) :]):
            known = dict(zip(columns, cells, strict=False)).get("id", "")
            reason = (
                f"It has {len(cells)} cells, the header {len(columns)}: "
                "is a text with a comma not in quotation marks?"
            )
            yield Refused(table, file, line, known.strip(), reason)
        else:
            if broken:
                yield Mended(QUOTES, table, file, line, "", _told(cells), "")
            yield Record(line, _by_column(columns, cells, nameless))
    for number, said in nameless.items():
        yield NotKept(table, file, f"column {number} without a name", len(said), said[0][:70])


def _by_column(columns: list[str], cells: list[str], nameless: dict[int, list[str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for number, (name, cell) in enumerate(zip(columns, cells, strict=False), start=1):
        if BREAK in cell:
            cell = cell.replace(BREAK, "\n")
        if not name:
            if cell.strip():
                nameless.setdefault(number, []).append(cell.strip())
        elif name in found and cell.strip() and cell.strip() != found[name].strip():
            found[name] = f"{found[name].strip()}; {cell.strip()}" if found[name].strip() else cell
        else:
            found.setdefault(name, cell)
    return found


def _told(cells: list[str]) -> str:
    return " ".join(cell.strip() for cell in cells if cell.strip())[:70]
