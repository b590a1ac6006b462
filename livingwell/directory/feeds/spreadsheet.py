"""A spreadsheet (.xlsx) as the CSV files of its sheets: real dates, times and numbers in one spelling.

Merged cells stand for each of their rows. A line break inside a cell becomes U+2028, so that row and line
are one number; `cells.records` makes it a line break again.
"""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils import column_index_from_string

from livingwell.directory.feeds.behind_cells import linked, links_of, uncounted
from livingwell.directory.feeds.model import Mended, NotAFeed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MERGED: Final = "merged cells: said for each of their rows"
FAULTS: Final = "cells in which a formula failed: left out"
BROKEN: Final = frozenset(["#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"])
LARGEST: Final = 1_500_000_000  # bytes unpacked
IN_ONE: Final = 20_000_000  # bytes packed: above, rows are read as they come, without what is merged
MOST_COLUMNS: Final = 16_384
UNSEEN: Final = "columns that are hidden in the spreadsheet: passed over"
BREAK: Final = "\u2028"


def sheets(data: bytes, file: str) -> tuple[dict[str, bytes], list[Mended], list[str]]:
    """Each sheet that holds anything as CSV, by its path; what was mended; and the sheets that are hidden. NotAFeed
    says why not."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(info.file_size for info in archive.infolist()) > LARGEST:
                raise NotAFeed(f"{file} unpacks to more than a spreadsheet of a directory can hold.")
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True, read_only=len(data) > IN_ONE)
    except (
        zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError, ParseError, TypeError, AttributeError,
        RuntimeError, NotImplementedError, IndexError,
    ) as error:  # fmt: skip
        raise NotAFeed(
            f"{file} is a broken spreadsheet, or one with a password: it cannot be opened. "
            "Save it again as .xlsx, or as CSV UTF-8."
        ) from error
    found: dict[str, bytes] = {}
    mended: list[Mended] = []
    hidden = [f"{file}/{sheet.title}.csv" for sheet in book.worksheets if sheet.sheet_state != "visible"]
    for sheet in book.worksheets:
        path = f"{file}/{sheet.title}.csv"
        if path in hidden:
            continue
        out = io.StringIO()
        writer = csv.writer(out)
        some = False
        lines = (
            [_cell(value, path, number, mended) for value in row]
            for number, row in enumerate(_rows(sheet, path, mended), start=1)
        )
        for cells in linked(lines, links_of(sheet)):
            some = some or any(cells)
            writer.writerow(cells or [""])
        mended += uncounted(data, sheet, path)
        if some:
            found[path] = out.getvalue().encode()
    book.close()
    return found, mended, hidden


def _rows(sheet: Any, path: str, mended: list[Mended]) -> Iterator[list[Any]]:
    ranges: Iterable[Any] = getattr(getattr(sheet, "merged_cells", None), "ranges", ())
    down = {
        (row, area.min_col): sheet.cell(area.min_row, area.min_col).value
        for area in ranges
        for row in range(area.min_row + 1, min(area.max_row, sheet.max_row) + 1)
        if sheet.cell(area.min_row, area.min_col).value is not None
    }
    told = ""
    for area in ranges:
        if area.max_row > area.min_row:
            said = _cell(sheet.cell(area.min_row, area.min_col).value, path, area.min_row, [])
            mended.append(Mended(MERGED, "service", path, area.min_row, "", area.coord, said[:70]))
    unseen = _hidden_columns(sheet)
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        values = (
            [None if place in unseen else value for place, value in enumerate(row)] if unseen else list(row)
        )
        if (
            unseen
            and any(place in unseen and value is not None for place, value in enumerate(row))
            and not told
        ):
            told = next(
                str(value) for place, value in enumerate(row) if place in unseen and value is not None
            )
            mended.append(Mended(UNSEEN, "service", path, number, "", told[:70], ""))
        for column in range(len(values)):
            if values[column] is None and (number, column + 1) in down:
                values[column] = down[number, column + 1]
        yield values


def _hidden_columns(sheet: Any) -> frozenset[int]:
    """The places of columns that are hidden, from 0: their author did not mean them to be read."""
    found: set[int] = set()
    for letter, column in getattr(sheet, "column_dimensions", {}).items():
        if column.hidden:
            first = column.min or column_index_from_string(letter)
            found.update(range(first - 1, min(column.max or first, MOST_COLUMNS)))
    return frozenset(found)


def _cell(value: Any, path: str, number: int, mended: list[Mended]) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        at_midnight = not (value.hour or value.minute or value.second)
        return value.date().isoformat() if at_midnight else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds()) // 60
        return f"{minutes // 60 % 24:02}:{minutes % 60:02}"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(round(value, 9))
    words = str(value)
    if words in BROKEN:
        mended.append(Mended(FAULTS, "service", path, number, "", words, ""))
        return ""
    return words.replace("\r\n", BREAK).replace("\n", BREAK).replace("\r", BREAK)
