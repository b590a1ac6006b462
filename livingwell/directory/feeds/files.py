"""Files as people send them: a folder or a zip, in whichever encoding, with whichever separator."""

from __future__ import annotations

import csv
import io
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from livingwell.directory.feeds.model import Mended, NotAFeed, Piece, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

ENCODING: Final = "files in an older encoding than UTF-8"
BLANK: Final = "rows with nothing in them, passed over"
LARGEST: Final = 4_000_000_000  # bytes unpacked: more than any directory, less than a trap
csv.field_size_limit(min(sys.maxsize, 2**31 - 1))


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a CSV file: its line, and its cells by column."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Box:
    """Files by their path inside: a folder, a zip, or one file alone."""

    name: str
    files: Mapping[str, Callable[[], bytes]]

    def read(self, path: str) -> bytes:
        try:
            return self.files[path]()
        except OSError as error:
            raise NotAFeed(f"{path} cannot be read ({error.strerror or error}).") from error
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError) as error:
            raise NotAFeed(f"{path} cannot be taken out of the zip ({error}).") from error

    def named(self, *endings: str) -> list[str]:
        return sorted(path for path in self.files if path.lower().endswith(endings))


def open_box(path: Path) -> Box:
    """NotAFeed says why a path cannot be opened."""
    try:
        if path.is_dir():
            inside = [
                file
                for file in sorted(path.rglob("*"))
                if file.is_file() and not file.relative_to(path).parts[0].startswith(".")
            ]
            return Box(path.name, {file.relative_to(path).as_posix(): file.read_bytes for file in inside})
        if not path.exists():
            raise NotAFeed(f"There is no file or folder {path}.")
        if path.suffix.lower() == ".zip":
            return _zip(path)
    except OSError as error:
        raise NotAFeed(f"{path} cannot be read ({error.strerror}).") from error
    return Box(path.name, {path.name: path.read_bytes})


def _zip(path: Path) -> Box:
    try:
        archive = zipfile.ZipFile(path)
    except zipfile.BadZipFile as error:
        raise NotAFeed(f"{path} is a broken zip: it cannot be opened. Fetch it again.") from error
    inside = [info for info in archive.infolist() if not info.is_dir() and "__MACOSX" not in info.filename]
    if sum(info.file_size for info in inside) > LARGEST:
        raise NotAFeed(f"{path} unpacks to more than 4 GB, which no directory does.")

    def reader(name: str) -> Callable[[], bytes]:
        return lambda: archive.read(name)

    return Box(path.stem, {str(PurePosixPath(info.filename)): reader(info.filename) for info in inside})


def decode(data: bytes) -> tuple[str, str]:
    """The text, and the name of its encoding where that was not UTF-8."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace"), "UTF-16"
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace"), "Windows-1252"


def header(data: bytes) -> list[str]:
    """The names of the columns, or nothing."""
    text = decode(data[:65_536])[0]
    for cells in csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text)):
        if any(cell.strip() for cell in cells):
            return [column(cell) for cell in cells]
    return []


def column(title: str) -> str:
    """A column's title as a field name: "Days and times" is days_and_times."""
    return "_".join(title.replace("-", " ").replace("_", " ").lower().split())


def _separator(text: str) -> str:
    first = next((row for row in text.splitlines() if row.strip()), "")
    return max(",;\t", key=lambda mark: (first.count(mark), mark == ","))


def records(data: bytes, *, file: str, table: str) -> Iterator[Record | Piece]:
    """Each row below the header, with its line; what cannot be told apart into columns is refused."""
    text, encoding = decode(data)
    if encoding:
        yield Mended(ENCODING, table, file, 1, "", encoding, "UTF-8")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    columns: list[str] = []
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Refused(table, file, line, "", f"The row cannot be read as CSV ({error}).")
            continue
        if not any(cell.strip() for cell in cells):
            if columns and cells:
                yield Mended(BLANK, table, file, line, "", "", "")
            continue
        if not columns:
            columns = [column(cell) for cell in cells]
            continue
        if any(cell.strip() for cell in cells[len(columns) :]):
            known = dict(zip(columns, cells, strict=False)).get("id", "")
            reason = (
                f"It has {len(cells)} cells, the header {len(columns)}: "
                "is a text with a comma not in quotation marks?"
            )
            yield Refused(table, file, line, known.strip(), reason)
            continue
        yield Record(line, {name: cell for name, cell in zip(columns, cells, strict=False) if name})
