"""Which format something is in, by what it contains and not by what it is called."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from livingwell.directory.feeds import json_feed, openactive, plain_csv, tabular
from livingwell.directory.feeds.cells import header
from livingwell.directory.feeds.evidence import habits
from livingwell.directory.feeds.files import Box, open_box
from livingwell.directory.feeds.model import Feed, NotAFeed, Part
from livingwell.directory.feeds.stranger import looks_like_json, stranger
from livingwell.directory.feeds.untangle import untangled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from livingwell.directory.feeds.json_feed import Peek
    from livingwell.directory.feeds.model import Piece

FORMATS: Final = ("json", "tables", "plain")
LISTS: Final = (".csv", ".tsv", ".txt", ".psv", ".tab")
WHAT: Final = (
    "It can be JSON of HSDS, Open Referral UK or OpenActive, a package of HSDS tables (a folder or zip of CSV "
    "files), or a plain list (CSV or .xlsx)."
)


def detect(path: Path, *, given: str = "") -> Feed:
    """The feed at a path. Raises NotAFeed with one sentence that says what is wrong with it."""
    box = open_box(path)
    if not box.files:
        raise NotAFeed(f"{path} is empty.")
    for wanted, look in (("tables", _tables), ("json", _json), ("plain", _plain)):
        if given in ("", wanted) and (feed := look(box, sure=given == wanted)):
            return replace(feed, path=path.absolute(), given=given)
    if given:
        raise NotAFeed(f"There is nothing in {path} that can be read as {given}.")
    if why := stranger(box):
        raise NotAFeed(why)
    raise NotAFeed(f"{path} is not a directory that we can read. {WHAT}")


def _feed(
    box: Box, kind: str, title: str, parts: list[Part], names: list[str], passed_over: list[tuple[str, str]]
) -> Feed:
    first, british, why = habits(box, names)
    told = [*passed_over, *box.passed_over]
    named = {*names, *(name for name, _ in told), "the CSV files"}
    told += [
        (name, "It lies beside the directory and was not read.")
        for name in box.files
        if name not in named and not PurePosixPath(name).name.startswith(".")
    ]
    notes = [why] if why else []
    ready = [
        Part(part.name, partial(_ready, box, part.name, part.read, british), part.in_order) for part in parts
    ]
    return Feed(kind, title, ready, day_first=first, passed_over=told, notes=notes)


def _ready(box: Box, name: str, read: Callable[[], Iterator[Piece]], british: bool) -> Iterator[Piece]:
    """The rows of a part, with what was mended on opening it, and what is mixed in one field taken apart."""
    for sheet, mended in box.mended.items():
        if sheet == name or name == box.name:
            yield from mended
    yield from untangled(read(), british=british)


def _title(box: Box) -> str:
    words = PurePosixPath(box.name).stem.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def _tables(box: Box, *, sure: bool) -> Feed | None:
    del sure
    package = tabular.find(box)
    if package is None:
        return None
    names = [path for _, path in package.tables]
    part = Part(box.name, partial(tabular.read, box, package))
    return _feed(box, package.format, package.title or _title(box), [part], names, package.passed_over)


def _plain(box: Box, *, sure: bool) -> Feed | None:
    parts: list[Part] = []
    passed_over: list[tuple[str, str]] = []
    for name in box.named(*LISTS) or list(box.files)[: len(box.files) == 1]:
        columns = header(box.read(name))
        if plain_csv.looks_like(columns) or (sure and "name" in columns):
            parts.append(Part(name, partial(_read_plain, box, name)))
        elif name.lower().endswith(".csv"):
            shown = ", ".join(filter(None, columns))[:80]
            passed_over.append((name, f"It does not have the columns of a plain list (but: {shown})."))
    if not parts:
        return None
    kind = "a plain list (spreadsheet)" if ".xls" in parts[0].name else "a plain list (CSV)"
    return _feed(box, kind, _title(box), parts, [part.name for part in parts], passed_over)


def _read_plain(box: Box, name: str) -> Iterator[Piece]:
    return plain_csv.read(box.read(name), file=name)


def _json(box: Box, *, sure: bool) -> Feed | None:
    names = [name for name in box.named(*json_feed.ENDINGS) if PurePosixPath(name).name != "datapackage.json"]
    alone = len(box.files) == 1
    if alone and names and not sure and looks_like_json(box, names[0]) is False:
        return None  # a list that somebody called .json, or a page that says to sign in
    if not names:
        names = [
            name
            for name in box.files
            if (sure and alone)
            or ((alone or not name.lower().endswith((*LISTS, ".html", ".js"))) and looks_like_json(box, name))
        ]
    found: list[tuple[str, Peek]] = []
    passed_over: list[tuple[str, str]] = []
    for name in names:
        try:
            found.append((name, json_feed.peek(box, name)))
        except NotAFeed as error:
            if len(names) == 1:
                raise
            passed_over.append((name, str(error)))
    if not found:
        if passed_over:
            raise NotAFeed(
                f"None of the {len(names)} JSON files of {box.name} can be read. {': '.join(passed_over[0])}"
            )
        return None
    if any(name.lower().endswith(".csv") for name in box.files if name not in names):
        passed_over.append(
            (
                "the CSV files",
                "There are JSON files too, which were taken. Give the folder of the tables by itself.",
            )
        )
    found.sort(key=lambda each: (json_feed.ORDER.index(_place(each[1])), _natural(each[0])))
    rpde = [name for name, seen in found if seen.kind == "openactive"]
    parts = [
        Part(name, partial(json_feed.read, box, name, seen), seen.in_order)
        for name, seen in found
        if name not in set(rpde)
    ]
    parts += openactive.parts(box, rpde, json_feed.things)
    kind = "OpenActive (JSON)" if len(rpde) == len(found) else "HSDS 3.0 or Open Referral UK (JSON)"
    if all(seen.kind == "plain" for _, seen in found):
        kind = "a plain list (JSON)"
    return _feed(box, kind, _title(box), parts, names, passed_over)


def _place(seen: Peek) -> str:
    return "service" if seen.kind == "tables" else seen.kind


def _natural(name: str) -> tuple[tuple[int, str], ...]:
    """page2 before page10."""
    pieces: list[tuple[int, str]] = []
    digits = ""
    for char in f"{name}\0":
        if char.isdigit():
            digits += char
        else:
            if digits:
                pieces.append((int(digits), ""))
                digits = ""
            pieces.append((-1, char))
    return tuple(pieces)
