"""JSON files as things one by one: a list, a page, wrappers of any name, lines of JSON, one thing alone.

What is small is read whole; what is large is read as a stream, so that memory stays flat.
"""

from __future__ import annotations

import json
import re
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from zipfile import BadZipFile

import ijson
import orjson

from livingwell.directory.feeds.encodings import AsUtf8, decode
from livingwell.directory.feeds.model import NotAFeed
from livingwell.directory.feeds.tables import FILES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from livingwell.directory.feeds.files import Box

SMALL: Final = 24_000_000  # bytes that are read whole
PIECE: Final = 65_536
MOST_OPEN: Final = 1_500  # things begun and not ended in one piece of a file
ID: Final = re.compile(r".*\d.*|-.*")
"""What things stand under: an id with a digit in it, or a database's own."""
NO_LISTS: Final = frozenset(
    ["errors", "error", "warnings", "links", "parameters", "columns", "fields", "headers"]
)
SCRIPT: Final = re.compile(r"\ufeff?\s*(?:(?:var|let|const)\s+)?[A-Za-z_$][\w.$]*\s*[(=]\s*(?=[\[{])")
"""What stands before JSON that a web page loads as a script: `callback(`, `var groups =`."""
TRAILING: Final = re.compile(r'"(?:[^"\\]|\\.)*"|,(?=\s*[}\]])')
WRAPPERS: Final = (
    "contents", "content", "items", "data", "results", "result", "records", "value", "values", "list", "entries",
    "hits", "rows", "response", "features", "docs", "objects", "elements", "resources", "_embedded", "page", "body",
    "payload", "directory", "member", "hydra:member", "@graph", "edges", "nodes", "itemlistelement", "posts",
)  # fmt: skip
_ABOUT_THE_PAGE: Final = """
    total_items total_pages page_number size first_page last_page empty totalelements totalpages number first
    last pageable sort numberofelements next license previous prev count total per_page page_size links _links
    meta metadata version type crs name status success message error timestamp took offset limit title
    description publisher generated generated_at last_updated id self format openapi_url profile @context
    @type @id source
"""
ABOUT_THE_PAGE: Final = frozenset(_ABOUT_THE_PAGE.split())
MORE: Final = ("organizations", "organisations", "services", "locations", "taxonomies", "taxonomy_terms")


@dataclass(slots=True)
class Things:
    """What a file holds: its things with the name of the list they stood in, and what stood beside them."""

    lists: list[tuple[str, list[Any]]] = field(default_factory=list)
    beside: dict[str, Any] = field(default_factory=dict)
    wrapped: bool = False


@dataclass(slots=True)
class Broke:
    """Where a file broke off: what came after could not be read."""

    reason: str


def shallow(data: bytes) -> bytes:
    """As much of it as has things inside of things no more often than can be followed in the memory there is."""
    for at in range(0, len(data), PIECE):
        piece = data[at : at + PIECE]
        if piece.count(b"[") + piece.count(b"{") - piece.count(b"]") - piece.count(b"}") > MOST_OPEN:
            return data[:at]
    return data


class Shallow:
    """A stream of JSON that ends with a word of it where it goes too deep."""

    def __init__(self, stream: AsUtf8) -> None:
        self._stream, self._open = stream, 0

    def read(self, size: int = PIECE) -> bytes:
        piece = self._stream.read(size)
        self._open += piece.count(b"[") + piece.count(b"{") - piece.count(b"]") - piece.count(b"}")
        if self._open > 2 * MOST_OPEN or len(shallow(piece)) < len(piece):
            raise ValueError("it is nested too deeply to be a directory")
        return piece


def whole(data: bytes, file: str) -> tuple[Any, str]:
    """The JSON of a file and its old encoding if it had one. NotAFeed names the line where it breaks."""
    text, encoding = decode(data)
    if found := SCRIPT.match(text):
        text = text[found.end() :].rstrip().rstrip(";) \r\n\t")
    if not text.strip("\ufeff\x00 \r\n\t"):
        raise NotAFeed(f"{file} is empty: there is nothing in it.")
    try:
        return json.loads(text, parse_constant=lambda _word: None), encoding
    except json.JSONDecodeError as error:
        if any(words in error.msg for words in ("double quotes", "Expecting value", "trailing comma")):
            try:
                return json.loads(_without_last_commas(text), parse_constant=lambda _word: None), encoding
            except (ValueError, RecursionError):
                pass
        raise NotAFeed(
            f"{file} is broken JSON: line {error.lineno}, column {error.colno}: {error.msg}."
        ) from error
    except RecursionError as error:
        raise NotAFeed(f"{file} is nested too deeply to be a directory.") from error


def _without_last_commas(text: str) -> str:
    """The same without a comma after the last thing of a list, which JSON forbids and many write."""
    return TRAILING.sub(lambda found: "" if found[0] == "," else found[0], text)


def lists_of(content: Any, depth: int = 0) -> Things:
    """The lists of things in a JSON file."""
    if isinstance(content, list):
        return Things([("", content)])
    if not isinstance(content, dict):
        return Things()
    lowered = {str(name).lower(): name for name in content}
    tables = {
        name: value
        for name, value in content.items()
        if table_of(name) and isinstance(value, list) and any(isinstance(one, dict) for one in value)
    }
    itself = "name" in content or ("id" in content and "items" not in content)
    if tables and not itself:
        beside = {name: value for name, value in content.items() if name not in tables}
        return Things([(table_of(name), rows) for name, rows in tables.items()], beside, wrapped=True)
    for wrapper in WRAPPERS:
        name = lowered.get(wrapper)
        inner = content.get(name) if name is not None else None
        beside = {key: value for key, value in content.items() if key != name}
        if isinstance(inner, list) and not (itself and wrapper not in {"contents", "features"}):
            return Things([("", inner)], beside, wrapped=True)
        if isinstance(inner, dict) and depth < 3 and not itself and inner:
            inner = next(
                (one for key, one in inner.items() if table_of(key) and isinstance(one, dict)), inner
            )
            found = lists_of(inner, depth + 1)
            if found.wrapped or len(content) - len(ABOUT_THE_PAGE & lowered.keys()) == 1:
                return Things(found.lists, {**beside, **found.beside}, wrapped=True)
    if not itself and (listed := _by_id(content, depth)):
        return Things([("", listed)], wrapped=True)
    lists = {
        name: value
        for name, value in content.items()
        if isinstance(value, list) and value and all(isinstance(one, dict) for one in value)
    }
    if len(lists) > 1 and len(lists) == len(content) and not itself and not depth:
        return Things(
            [("", [{"category": name, **one} for name, some in lists.items() for one in some])], wrapped=True
        )
    if len(lists) == 1 and not itself and not depth and str(next(iter(lists))).lower() not in NO_LISTS:
        ((name, inner),) = lists.items()
        return Things([("", inner)], {key: one for key, one in content.items() if key != name}, wrapped=True)
    return Things([("", [content])])


def _by_id(content: Mapping[str, Any], depth: int) -> list[dict[str, Any]]:
    """Things that stand each under its own id: in a wrapper, or by themselves if each has a name."""
    things = list(content.values())
    if not things or not all(isinstance(one, dict) and one for one in things):
        return []
    named = len(things) > 1 and all("name" in one or "title" in one for one in things)
    keyed = depth and all(ID.fullmatch(str(key)) for key in content)
    return [{"id": key, **one} for key, one in content.items()] if named or keyed else []


def table_of(name: object) -> str:
    """The table of HSDS that a name is of; empty if of none."""
    words = str(name).lower().removesuffix(".csv").replace("organisation", "organization")
    return FILES.get(words, "")


def in_lines(text: str) -> tuple[list[tuple[int, Any]], list[tuple[int, str]]] | None:
    """The things of a file with one on each line, and the lines that are none; None if it is no such file."""
    rows = [(number, row.strip().rstrip(",")) for number, row in enumerate(text.splitlines(), start=1)]
    rows = [(number, row) for number, row in rows if row.strip("\x1e")]
    if len(rows) < 2 or not rows[0][1].strip("\x1e").startswith("{"):
        return None
    good: list[tuple[int, Any]] = []
    bad: list[tuple[int, str]] = []
    for number, row in rows:
        try:
            good.append((number, json.loads(row.strip("\x1e"), parse_constant=lambda _word: None)))
        except (ValueError, RecursionError) as error:
            bad.append((number, str(getattr(error, "msg", "nested too deeply"))))
        if len(bad) > 20 and not good:
            return None
    return (good, bad) if len(good) >= len(bad) and any(isinstance(one, dict) for _, one in good) else None


def before_the_break(data: bytes) -> Iterator[tuple[str, Any]]:
    """The things that stand in a broken file before the place where it breaks."""
    text = decode(data)[0].encode("utf-8", errors="replace")
    prefix, hint = list_prefix(text[:200_000])
    if not prefix:
        return
    try:
        for thing in ijson.items(shallow(text), prefix, use_float=True):
            yield hint, thing
    except (ijson.JSONError, UnicodeDecodeError, ValueError):
        return


def list_prefix(head: bytes) -> tuple[str, str]:
    """Where in a file the things stand, as ijson names it, and the table that the name speaks of."""
    found: list[str] = []
    try:
        for prefix, event, _ in ijson.parse(shallow(head)):
            if event == "start_array":
                if not prefix:
                    return "item", ""
                if prefix.count(".") < 3 and ".item" not in prefix:
                    last = prefix.rsplit(".", 1)[-1]
                    if last.lower() in WRAPPERS or table_of(last):
                        return f"{prefix}.item", table_of(last)
            elif event == "map_key":
                found.append(prefix)
    except (ijson.JSONError, UnicodeDecodeError, ValueError):
        pass
    return "", ""


def large(box: Box, file: str) -> Iterator[tuple[str, int, Any] | Broke]:
    """The things of a large file one by one, with the table its list is named after and their place."""
    with box.open(file) as raw:
        head = AsUtf8(raw).read(1_000_000)
    if b"\n" in head[:500_000] and head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{"):
        first = head.lstrip(b"\xef\xbb\xbf \r\n\t").split(b"\n", 1)[0]
        if _parses(first):
            yield from _lines(box, file)
            return
    prefix, hint = list_prefix(head)
    if not prefix:
        content, _ = whole(box.read(file), file)
        for name, things in lists_of(content).lists:
            for number, thing in enumerate(things, start=1):
                yield name, number, thing
        return
    yield from _stream(box, file, prefix, hint)
    if hint:
        for name in MORE:
            if prefix != f"{name}.item" and table_of(name) != hint:
                yield from _stream(box, file, f"{name}.item", table_of(name))


def _stream(box: Box, file: str, prefix: str, hint: str) -> Iterator[tuple[str, int, Any] | Broke]:
    number = 0
    try:
        with box.open(file) as raw:
            for number, thing in enumerate(
                ijson.items(Shallow(AsUtf8(raw)), prefix, use_float=True), start=1
            ):
                yield hint, number, thing
    except (ijson.JSONError, ValueError, EOFError, OSError, zlib.error, BadZipFile) as error:
        yield Broke(f"The file breaks off after record {number:,}: {' '.join(str(error).split())[:90]}")


def _lines(box: Box, file: str) -> Iterator[tuple[str, int, Any] | Broke]:
    left, number = b"", 0
    try:
        with box.open(file) as raw:
            stream = AsUtf8(raw)
            while piece := stream.read(1_000_000):
                *rows, left = (left + piece).split(b"\n")
                for row in rows:
                    number += 1
                    if row.strip():
                        yield "", number, _parsed(row)
    except (UnicodeDecodeError, EOFError, OSError, zlib.error, BadZipFile) as error:
        yield Broke(f"The file breaks off after line {number:,}: {' '.join(str(error).split())[:90]}")
        return
    if left.strip():
        yield "", number + 1, _parsed(left)


def _parses(row: bytes) -> bool:
    return isinstance(_parsed(row), dict)


def _parsed(row: bytes) -> Any:
    try:
        return orjson.loads(row)
    except orjson.JSONDecodeError:
        pass  # the other reader takes more: NaN, lone surrogates
    try:
        return json.loads(row, parse_constant=lambda _word: None)
    except (ValueError, RecursionError):
        return row.decode("utf-8", errors="replace")[:70]


def strange_beside(beside: Mapping[str, Any]) -> dict[str, Any]:
    """What stands beside the list of a page and is no word about the page itself."""
    return {
        str(name): value
        for name, value in beside.items()
        if str(name).lower() not in ABOUT_THE_PAGE and value not in (None, "", [], {}, False)
    }
