"""A JSON file of any dialect: what it holds, and its rows, read whole where small and as a stream where large."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from livingwell.directory.feeds import hsds_json, json_files, openactive, plain_csv, plain_json, tabular
from livingwell.directory.feeds.cells import ENCODING
from livingwell.directory.feeds.columns import column
from livingwell.directory.feeds.dialects import RENAMED, TERMS
from livingwell.directory.feeds.encodings import decode
from livingwell.directory.feeds.envelopes import bare, opened
from livingwell.directory.feeds.hsds_json import HERE
from livingwell.directory.feeds.json_files import Broke, Things
from livingwell.directory.feeds.kinds import KINDS, kind_of
from livingwell.directory.feeds.model import Mended, NotAFeed, Piece, Refused
from livingwell.directory.feeds.unkept import Unkept, known_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from livingwell.directory.feeds.files import Box

ENDINGS: Final = (".json", ".jsonl", ".ndjson", ".geojson", ".jsonld")
ORDER: Final = (
    "taxonomy", "taxonomy_term", "organization", "location", "service", "service_at_location", "plain", "openactive",
)  # fmt: skip
LINES: Final = "files with one JSON object on each line: read line by line"
WHOSE: Final = frozenset(["organization", "organisation", "provider"])
"""What a row of a list may have inside of it, too."""
SCRIPT: Final = "JSON inside of a script: taken out"
LOOK: Final = 60  # things by which a file is judged


@dataclass(frozen=True, slots=True)
class Peek:
    """What a file holds: one of ORDER, or `tables`; and how it is to be read."""

    kind: str
    is_large: bool = False
    in_order: bool = False  # whole services one after the other, which can be taken bit by bit


@dataclass(slots=True)
class _Small:
    """A small file, read: its lists, and what is to be told of it."""

    content: Any
    things: Things
    told: list[Piece]


def peek(box: Box, name: str) -> Peek:
    """What a file holds. NotAFeed says why it is nothing of ours, or cannot be read."""
    small = _small(box, name)
    if small is None:
        seen = [one for one in islice(json_files.large(box, name), LOOK) if not isinstance(one, Broke)]
        kind = _kind([(hint, bare(thing)) for hint, _, thing in seen], None, name)
        nested = kind == "service" and any(
            isinstance(thing, dict) and {"organization", "service_at_locations"} <= thing.keys()
            for _, _, thing in seen
        )
        return Peek(kind, is_large=True, in_order=nested and not any(named for named, _, _ in seen))
    if hsds_json.is_table_set(small.content):
        return Peek("tables")
    some = [(hint, thing) for hint, things in small.things.lists for thing in things[:LOOK]]
    return Peek(_kind(some, small.content, name))


def _kind(some: list[tuple[str, Any]], content: Any, name: str) -> str:
    hint = _hint(name)
    dicts = [thing for _, thing in some if isinstance(thing, dict)]
    if openactive.is_of(content, dicts):
        return "openactive"
    if isinstance(content, dict) and content.keys() >= {"version", "openapi_url"}:
        raise NotAFeed(
            f"{name} is the front page of a directory's API, not the directory: fetch its /services."
        )
    found = next(
        (kind for named, thing in some if (kind := kind_of(thing, named or hint, sure=bool(named)))), ""
    )
    flat = [plain_json.flat(thing) for thing in dicts[:20]]
    is_list = sum(plain_csv.looks_like(list(cells)) for cells in flat) * 2 > len(flat)
    if found and not (is_list and _says_more_as_a_list(dicts[:20], flat, found)):
        return found
    if is_list:
        return "plain"
    if not some and isinstance(content, (dict, list)) and json_files.lists_of(content).wrapped:
        return hint or "service"
    if not some and content in ([], {}):
        raise NotAFeed(f"{name} is an empty list: there is nothing in it.")
    shown = ", ".join(list(content)[:4]) if isinstance(content, dict) else type(content).__name__
    raise NotAFeed(
        f"{name} is JSON, but nothing in it is a service, an organization or a place "
        f"({json.dumps(shown)[1:-1]})."
    )


def _says_more_as_a_list(things: list[dict[str, Any]], flat: list[dict[str, str]], kind: str) -> bool:
    """Whether more fields mean something in a plain list than in HSDS, and nothing of HSDS is nested in them."""
    nested = HERE[kind] | RENAMED.get(kind, {}).keys()
    there = sum(1 for thing in things for name in thing if column(str(name)) in nested | set(TERMS))
    inside = {
        name
        for thing in things
        for name in thing
        if name in nested and isinstance(thing[name], (list, dict)) and thing[name]
    }
    if inside:
        fields = known_of(kind, nested)
        only = sum(
            plain_csv.means_something(name) and name not in fields
            for thing in things
            for name in map(column, map(str, thing))
        )
        return inside <= WHOSE and only >= 2 * len(things)
    here = sum(
        1 for cells in flat for name, cell in cells.items() if cell and plain_csv.means_something(name)
    )
    return here > there + len(things)


def _hint(name: str) -> str:
    stem = PurePosixPath(name).stem.lower().replace("-", "_").replace("organisation", "organization")
    for kind in ("service_at_location", "taxonomy_term", "service", "organization", "location", "taxonom"):
        if kind in stem:
            return "taxonomy" if kind == "taxonom" else kind
    return ""


def _small(box: Box, name: str) -> _Small | None:
    """A file read whole; None for one that is too large for that. A broken one gives what stands before the
    break."""
    with box.open(name) as stream:
        try:
            data = stream.read(json_files.SMALL + 1)
        except Exception as error:
            raise NotAFeed(f"{name} cannot be unpacked: it is broken or cut off ({error}).") from error
    if len(data) > json_files.SMALL:
        return None
    try:
        content, encoding = json_files.whole(data, name)
    except NotAFeed as broken:
        return _mended(data, name, broken)
    told: list[Piece] = [Mended(ENCODING, "service", name, 1, "", encoding, "UTF-8")] if encoding else []
    if script := json_files.SCRIPT.match(decode(data[:1_000])[0]):
        told.append(Mended(SCRIPT, "service", name, 1, "", script[0].strip(), ""))
    return _Small(content, opened(json_files.lists_of(content), content), told)


def _mended(data: bytes, name: str, broken: NotAFeed) -> _Small:
    hint = _hint(name) or "service"
    text, encoding = decode(data)
    told: list[Piece] = [Mended(ENCODING, hint, name, 1, "", encoding, "UTF-8")] if encoding else []
    if lines := json_files.in_lines(text):
        good, bad = lines
        told.append(Mended(LINES, hint, name, 1, "", "", ""))
        told += [Refused(hint, name, number, "", f"The line is broken JSON ({why}).") for number, why in bad]
        return _Small(None, Things([("", [bare(thing) for _, thing in good])]), told)
    found = list(json_files.before_the_break(data))
    if not found:
        raise broken
    why = str(broken).split(": ", 1)[-1]
    reason = f"The file is cut off or broken: {why} What came after record {len(found)} is lost."
    told.append(Refused(hint, name, len(found) + 1, "", reason))
    return _Small(None, Things([(found[0][0], [bare(thing) for _, thing in found])]), told)


def read(box: Box, name: str, seen: Peek) -> Iterator[Piece]:
    """All rows of a file."""
    hint = _hint(name) or (seen.kind if seen.kind in KINDS else "service")
    small = None if seen.is_large else _small(box, name)
    if small is None:
        yield from _read_large(box, name, seen, hint)
        return
    yield from small.told
    if seen.kind == "tables":
        unkept = Unkept(name)
        nested = partial(hsds_json.inside, file=name, unkept=unkept)
        yield from tabular.read_tables(small.content, file=name, inside=nested)
        yield from unkept.pieces()
        return
    unkept = Unkept(name)
    for named, listed in small.things.lists:
        yield from _rows(enumerate(listed, start=1), name, seen, named or hint, bool(named), unkept)
    for key, value in json_files.strange_beside(small.things.beside).items():
        unkept.count(hint, key, value)
    yield from unkept.pieces()


def things(box: Box, name: str) -> Iterator[tuple[int, Any] | Piece]:
    """The things of a file with their places, and what is to be told of the file itself."""
    small = _small(box, name)
    if small is not None:
        yield from small.told
        for _, listed in small.things.lists:
            yield from enumerate(listed, start=1)
        return
    for one in json_files.large(box, name):
        if isinstance(one, Broke):
            yield Refused("service", name, 0, "", f"{one.reason}. What came after is lost.")
        else:
            yield one[1], one[2]


def _rows(
    things: Iterator[tuple[int, Any]], name: str, seen: Peek, hint: str, sure: bool, unkept: Unkept
) -> Iterator[Piece]:
    if seen.kind == "plain":
        yield from plain_csv.read_records(plain_json.records(things, name), file=name)
    else:
        yield from hsds_json.read_things(things, file=name, hint=hint, sure=sure, unkept=unkept)


def _read_large(box: Box, name: str, seen: Peek, hint: str) -> Iterator[Piece]:
    unkept = Unkept(name)
    for one in json_files.large(box, name):
        if isinstance(one, Broke):
            yield Refused(hint, name, 0, "", f"{one.reason}. What came after is lost.")
            continue
        named, number, thing = one[0], one[1], bare(one[2])
        yield from _rows(iter([(number, thing)]), name, seen, named or hint, bool(named), unkept)
    yield from unkept.pieces()
