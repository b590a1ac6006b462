"""Files as people send them: a folder, a zip, something packed, a spreadsheet with its sheets."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Any, Final, cast

from livingwell.directory.feeds import spreadsheet
from livingwell.directory.feeds.model import Mended, NotAFeed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LARGEST: Final = 4_000_000_000  # bytes unpacked: more than any directory, less than a trap
PACKED: Final = (b"PK", b"\xd0\xcf\x11\xe0")  # a spreadsheet, and one with a password or of before 2007
CANNOT: Final[Mapping[str, str]] = {
    ".xls": "It is an old Excel file: save it as .xlsx, or as CSV UTF-8.",
    ".xlsb": "It is a binary Excel file: save it as .xlsx, or as CSV UTF-8.",
    ".ods": "It is an OpenDocument spreadsheet: save it as .xlsx, or as CSV UTF-8.",
    ".numbers": "It is a Numbers file: export it as CSV.",
    ".pdf": "It is a PDF: ask for the list it was made from, as a spreadsheet or CSV.",
    ".doc": "It is a Word file: put the list into a spreadsheet or CSV.",
    ".docx": "It is a Word file: put the list into a spreadsheet or CSV.",
    ".zip": "It is a zip inside a zip: unpack it and give it by itself.",
    ".7z": "It is packed in a way that we cannot open: pack it as a zip.",
    ".rar": "It is packed in a way that we cannot open: pack it as a zip.",
    ".tar": "It is packed in a way that we cannot open: pack it as a zip.",
    ".tgz": "It is packed in a way that we cannot open: pack it as a zip.",
    ".xml": "It is XML: ask for JSON or CSV.",
}


@dataclass(frozen=True, slots=True)
class Box:
    """Files by their path inside: a folder, a zip, or one file alone. `mended`: on opening, by path."""

    name: str
    files: Mapping[str, Callable[[], bytes]]
    streams: Mapping[str, Callable[[], IO[bytes]]] = field(default_factory=dict)
    mended: Mapping[str, list[Mended]] = field(default_factory=dict)
    passed_over: list[tuple[str, str]] = field(default_factory=list)

    def read(self, path: str) -> bytes:
        try:
            return self.files[path]()
        except (
            OSError,
            zipfile.BadZipFile,
            RuntimeError,
            NotImplementedError,
            EOFError,
            zlib.error,
        ) as error:
            raise unreadable(path, error) from error

    def open(self, path: str) -> IO[bytes]:
        """The same a piece at a time, for what is large."""
        try:
            return self.streams[path]() if path in self.streams else io.BytesIO(self.read(path))
        except (
            OSError,
            zipfile.BadZipFile,
            RuntimeError,
            NotImplementedError,
            EOFError,
            zlib.error,
        ) as error:
            raise unreadable(path, error) from error

    def head(self, path: str, size: int = 65_536) -> bytes:
        """The first bytes of a file; nothing where it cannot be read."""
        try:
            with self.open(path) as stream:
                return stream.read(size)
        except (NotAFeed, OSError, zipfile.BadZipFile, RuntimeError, EOFError, zlib.error):
            return b""

    def named(self, *endings: str) -> list[str]:
        return sorted(path for path in self.files if path.lower().endswith(endings))


def unreadable(path: str, error: Exception) -> NotAFeed:
    if isinstance(error, OSError) and not isinstance(error, (gzip.BadGzipFile, zipfile.BadZipFile)):
        return NotAFeed(f"{path} cannot be read ({error.strerror or error}).")
    return NotAFeed(f"{path} cannot be unpacked: it is broken or locked ({error}).")


def open_box(path: Path) -> Box:
    """NotAFeed says why a path cannot be opened."""
    try:
        if path.is_dir():
            inside = [
                file
                for file in sorted(path.rglob("*"))
                if file.is_file() and not file.relative_to(path).parts[0].startswith(".")
            ]
            return _unpacked(path.name, {file.relative_to(path).as_posix(): _opener(file) for file in inside})
        if not path.exists():
            raise NotAFeed(f"There is no file or folder {path}.")
        if path.suffix.lower() == ".zip" or _is_zip(path):
            return _zip(path)
    except OSError as error:
        raise NotAFeed(f"{path} cannot be read ({error.strerror}).") from error
    box = _unpacked(path.name, {path.name: _opener(path)})
    if not box.files and box.passed_over:
        raise NotAFeed(f"{path} cannot be taken. {box.passed_over[0][1]}")
    return box


def _opener(file: Path) -> Callable[[], IO[bytes]]:
    return lambda: file.open("rb")


def _is_zip(path: Path) -> bool:
    """Whether a file without the name of a zip is one (and no spreadsheet)."""
    if path.suffix.lower() in {".xlsx", ".xlsm", ".docx", ".ods"}:
        return False
    with path.open("rb") as stream:
        return stream.read(4) == b"PK\x03\x04"


def _zip(path: Path) -> Box:
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise NotAFeed(f"{path} is a broken zip: it cannot be opened. Fetch it again.") from error
    inside = [info for info in archive.infolist() if not info.is_dir() and "__MACOSX" not in info.filename]
    if sum(info.file_size for info in inside) > LARGEST:
        raise NotAFeed(f"{path} unpacks to more than 4 GB, which no directory does.")
    if any(info.filename == "xl/workbook.xml" for info in inside):
        return _unpacked(path.name, {f"{path.stem}.xlsx": _opener(path)})

    def opener(info: zipfile.ZipInfo) -> Callable[[], IO[bytes]]:
        return lambda: archive.open(info)

    box = _unpacked(path.stem, {str(PurePosixPath(info.filename)): opener(info) for info in inside})
    if not box.files and box.passed_over:
        raise NotAFeed(f"There is nothing in {path} that we can read. {': '.join(box.passed_over[0])}")
    return box


def _unpacked(name: str, openers: Mapping[str, Callable[[], IO[bytes]]]) -> Box:
    """Files with what is packed inside them: a .gz is what it holds, a spreadsheet is its sheets."""
    files: dict[str, Callable[[], bytes]] = {}
    streams: dict[str, Callable[[], IO[bytes]]] = {}
    mended: dict[str, list[Mended]] = {}
    passed_over: list[tuple[str, str]] = []
    for path, opener in openers.items():
        ending = PurePosixPath(path).suffix.lower()
        if ending in {".xlsx", ".xlsm"} and not _starts(opener, *PACKED):
            files[path], streams[path] = _all(opener), opener  # a list in words that somebody called so
        elif ending in {".xlsx", ".xlsm"}:
            try:
                found, notes, hidden = spreadsheet.sheets(_all(opener)(), path)
            except (NotAFeed, OSError, RuntimeError, zipfile.BadZipFile, EOFError, zlib.error) as error:
                if len(openers) == 1 and isinstance(error, NotAFeed):
                    raise
                passed_over.append((path, str(error)))
                continue
            passed_over += [(sheet, "The sheet is hidden: show it if it is to be read.") for sheet in hidden]
            for sheet, data in found.items():
                files[sheet] = _just(data)
                mended[sheet] = [note for note in notes if note.file == sheet]
        elif ending in CANNOT:
            passed_over.append((path, CANNOT[ending]))
        else:
            if ending == ".gz":
                path, opener = path[:-3], _gunzipped(opener)
            streams[path], files[path] = opener, _all(opener)
    return Box(name, files, streams, mended, passed_over)


def _starts(opener: Callable[[], IO[bytes]], *marks: bytes) -> bool:
    try:
        with opener() as stream:
            return stream.read(8).startswith(marks)
    except (OSError, RuntimeError, NotImplementedError, zipfile.BadZipFile, EOFError, zlib.error):
        return True  # the reader of spreadsheets says what is wrong


def _just(data: bytes) -> Callable[[], bytes]:
    return lambda: data


def _all(opener: Callable[[], IO[bytes]]) -> Callable[[], bytes]:
    def read() -> bytes:
        with opener() as stream:
            data = stream.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise RuntimeError("it unpacks to more than 4 GB")
        return data

    return read


def _gunzipped(opener: Callable[[], IO[bytes]]) -> Callable[[], IO[bytes]]:
    def opened() -> IO[bytes]:
        raw = opener()
        stream = gzip.GzipFile(fileobj=raw)
        stream.myfileobj = cast("Any", raw)  # so that closing it closes what is packed too
        return cast("IO[bytes]", stream)

    return opened
