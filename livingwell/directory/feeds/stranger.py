"""What a file is that is no directory, in a sentence for the person who gave it."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from livingwell.directory.feeds.cells import header
from livingwell.directory.feeds.encodings import decode
from livingwell.directory.feeds.json_files import SCRIPT

if TYPE_CHECKING:
    from livingwell.directory.feeds.files import Box

BEGINNINGS: Final = (
    (("<!doctype html", "<html"), "It is a web page, not a list, perhaps one to sign in. Ask for the file itself."),
    (("<rss", "<feed"), "It is a news feed: ask for JSON or CSV."),
    (("<?xml", "<"), "It is XML: ask for JSON or CSV."),
    (("begin:vcalendar",), "It is a calendar: ask for the list of groups as JSON or CSV."),
    (("%pdf",), "It is a PDF: ask for the list it was made from, as a spreadsheet or CSV."),
    (("pk\x03\x04",), "It is packed: unpack it, or give it the ending .zip."),
    (("{\\rtf",), "It is a text document: put the list into a spreadsheet or CSV."),
    (("version https://git-lfs",), "It only points to where the file is kept: fetch the file itself."),
)  # fmt: skip
SHOWN: Final = 80
FEWEST: Final = 2  # columns that make a table of a file


def looks_like_json(box: Box, name: str) -> bool | None:
    """None where it holds nothing or cannot be opened."""
    start = _start(box, name)
    return start[:1] in {"{", "["} or bool(SCRIPT.match(start)) if start else None


def _start(box: Box, name: str) -> str:
    return decode(box.head(name, 4_000))[0].lstrip("\ufeff\x00\x1e \r\n\t")


def stranger(box: Box) -> str:
    """Why the only file of a box is no directory; empty where there are more, or nothing more can be said."""
    if len(box.files) != 1:
        return ""
    (name,) = box.files
    shown, start = PurePosixPath(name).name, _start(box, name)
    if not start:
        return f"{shown} is empty: there is nothing in it."
    low = start[:200].lower()
    for marks, sentence in BEGINNINGS:
        if low.startswith(marks):
            if sentence.startswith("It is XML") and "<html" in low:
                sentence = BEGINNINGS[0][1]
            return f"{shown} cannot be taken. {sentence}"
    columns = [each for each in header(box.head(name)) if each]
    if len(columns) >= FEWEST:
        said = ", ".join(columns)[:SHOWN]
        return (
            f"{shown} is not a directory that we can read: it is a table, but no row in it names the columns "
            f"of a list, such as name, phone, address (its first row: {said})."
        )
    return ""
