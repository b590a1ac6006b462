"""What lies behind the cells of a spreadsheet: where a link leads, and a formula whose result was never kept."""

from __future__ import annotations

import io
import zipfile
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import openpyxl

from livingwell.directory.feeds.columns import column
from livingwell.directory.feeds.headings import LOOK, header_at, known
from livingwell.directory.feeds.model import Mended

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

UNCOUNTED: Final = "formulas whose result the file does not hold: left out"
WHERE: Final = frozenset(["website", "email", "source_url"])
"""Columns in which the address says more than the words that lead there."""
IN_ONE: Final = 20_000_000  # bytes: a larger file is not opened twice
FORMULA: Final = (b"<f>", b"<f ")


def links_of(sheet: Any) -> dict[tuple[int, int], str]:
    """Where the links of a sheet lead, by row and column from 0; those inside of the file are none."""
    return {
        (cell.row - 1, cell.column - 1): target.strip().removeprefix("mailto:").split("?subject=")[0]
        for row in sheet.iter_rows()
        for cell in row
        if (link := getattr(cell, "hyperlink", None))
        and isinstance(target := link.target, str)
        and target.strip()
    }


def linked(rows: Iterable[list[str]], links: Mapping[tuple[int, int], str]) -> Iterator[list[str]]:
    """The rows of a sheet with the addresses behind their cells: in place of the words in a column of addresses,
    else in a column of their own at the end."""
    if not links:
        yield from rows
        return
    coming = iter(rows)
    first = list(islice(coming, LOOK))
    header = max(header_at(first), 0)
    titles = [known(column(cell)) for cell in first[header]] if first else []
    for number, cells in enumerate((*first, *coming)):
        more: list[str] = []
        for place, cell in enumerate(cells):
            target = links.get((number, place), "")
            if not target or target.rstrip("/") in cell or number <= header:
                continue
            if place < len(titles) and titles[place] in WHERE:
                if "@" not in cell and "." not in cell:
                    cells[place] = target
            else:
                more.append(target)
        yield [*cells, "link" if number == header else " ".join(dict.fromkeys(more))]


def uncounted(data: bytes, sheet: Any, path: str) -> Iterator[Mended]:
    """Formulas without a result: a program that only wrote the file, and never counted, leaves them so."""
    if len(data) > IN_ONE or not _has_formulas(data):
        return
    book = openpyxl.load_workbook(io.BytesIO(data))
    for row in book[sheet.title].iter_rows():
        for cell in row:
            said = getattr(cell.value, "text", cell.value)
            if cell.data_type == "f" and sheet.cell(cell.row, cell.column).value is None:
                yield Mended(UNCOUNTED, "service", path, cell.row, "", str(said)[:70], "")
    book.close()


def _has_formulas(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return any(
            mark in archive.read(name)
            for name in archive.namelist()
            if name.startswith("xl/worksheets/")
            for mark in FORMULA
        )
