"""Which format something is in, by what it contains and not by what it is called."""

from __future__ import annotations

import json
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from livingwell.directory.feeds import hsds_json, plain_csv, tabular
from livingwell.directory.feeds.cells import header
from livingwell.directory.feeds.files import Box, open_box
from livingwell.directory.feeds.model import Feed, NotAFeed, Part

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from livingwell.directory.feeds.model import Piece

FORMATS: Final = ("json", "tables", "plain")
WHAT: Final = (
    "It can be JSON of HSDS or Open Referral UK, a package of their tables (a folder or zip of CSV files), "
    "or a plain CSV list."
)


def detect(path: Path, *, given: str = "") -> Feed:
    """The feed at a path. Raises NotAFeed with one sentence that says what is wrong with it."""
    box = open_box(path)
    if not box.files:
        raise NotAFeed(f"{path} is empty.")
    for wanted, look in (("tables", _tables), ("json", _json), ("plain", _plain)):
        if given in ("", wanted) and (feed := look(box, sure=given == wanted)):
            return feed
    if given:
        raise NotAFeed(f"There is nothing in {path} that can be read as {given}.")
    raise NotAFeed(f"{path} is not a directory that we can read. {WHAT}")


def _title(box: Box) -> str:
    words = PurePosixPath(box.name).stem.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def _tables(box: Box, *, sure: bool) -> Feed | None:
    del sure
    package = tabular.find(box)
    if package is None:
        return None
    return Feed(
        package.format,
        package.title or _title(box),
        [Part(box.name, partial(tabular.read, box, package))],
        passed_over=package.passed_over,
    )


def _plain(box: Box, *, sure: bool) -> Feed | None:
    parts: list[Part] = []
    passed_over: list[tuple[str, str]] = []
    for name in box.named(".csv", ".tsv", ".txt"):
        columns = header(box.read(name))
        if plain_csv.looks_like(columns) or (sure and "name" in columns):
            parts.append(Part(name, partial(_read_plain, box, name)))
        elif name.lower().endswith(".csv"):
            passed_over.append((name, "It does not have the columns of a plain list."))
    if not parts:
        return None
    return Feed("a plain list (CSV)", _title(box), parts, day_first=True, passed_over=passed_over)


def _read_plain(box: Box, name: str) -> Iterator[Piece]:
    return plain_csv.read(box.read(name), file=name)


def _json(box: Box, *, sure: bool) -> Feed | None:
    names = [name for name in box.named(".json") if PurePosixPath(name).name != "datapackage.json"]
    if not names and len(box.files) == 1:
        (only,) = box.files
        names = [only] if sure or box.read(only).lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"{", b"[") else []
    found: list[tuple[int, str, Part]] = []
    passed_over: list[tuple[str, str]] = []
    for name in names:
        try:
            content, encoding = hsds_json.load(box.read(name), file=name)
            kind = _kind(content, name)
        except NotAFeed as error:
            if len(names) == 1:
                raise
            passed_over.append((name, str(error)))
            continue
        read = (
            partial(tabular.read_tables, content, file=name)
            if hsds_json.is_table_set(content)
            else partial(_read_json, box, name, kind)
        )
        found.append((ORDER.index(kind), name, Part(name, read)))
        del content, encoding
    if not found:
        if passed_over:
            raise NotAFeed(
                f"None of the {len(names)} JSON files of {box.name} can be read. {': '.join(passed_over[0])}"
            )
        return None
    if any(name.lower().endswith(".csv") for name in box.files):
        passed_over.append(
            (
                "the CSV files",
                "There are JSON files too, which were taken. Give the folder of the tables by itself.",
            )
        )
    parts = [part for _, _, part in sorted(found, key=lambda each: each[:2])]
    return Feed("HSDS 3.0 or Open Referral UK (JSON)", _title(box), parts, passed_over=passed_over)


ORDER: Final = ("taxonomy", "taxonomy_term", "organization", "location", "service", "service_at_location")


def _read_json(box: Box, name: str, kind: str) -> Iterator[Piece]:
    content, encoding = hsds_json.load(box.read(name), file=name)
    return hsds_json.read(content, file=name, hint=kind, encoding=encoding)


def _kind(content: Any, name: str) -> str:
    """What a JSON file holds. Raises NotAFeed where that is nothing of a directory."""
    if hsds_json.is_table_set(content):
        return "service"
    things = hsds_json.items(content)
    hint = _hint(name)
    for thing in things:
        if kind := hsds_json.kind_of(thing, hint):
            return kind
    if isinstance(content, dict) and content.keys() >= {"version", "openapi_url"}:
        raise NotAFeed(
            f"{name} is the front page of a directory's API, not the directory: fetch its /services."
        )
    if hsds_json.is_page(content) and not things:
        return hint or "service"
    shown = ", ".join(list(content)[:4]) if isinstance(content, dict) else type(content).__name__
    raise NotAFeed(
        f"{name} is JSON, but nothing in it is a service, an organization or a place "
        f"({json.dumps(shown)[1:-1]})."
    )


def _hint(name: str) -> str:
    stem = PurePosixPath(name).stem.lower()
    for kind in ("service_at_location", "taxonomy_term", "service", "organization", "location", "taxonom"):
        if kind in stem:
            return "taxonomy" if kind == "taxonom" else kind
    return ""
