"""Going through a source step by step: pages of an API, a chain of RPDE pages, or one file. No database in here."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import httpx
import orjson

from livingwell.directory.feeds.fetch import MISSING, NOT_A_FEED, Trouble
from livingwell.directory.feeds.json_files import lists_of, whole
from livingwell.directory.feeds.model import NotAFeed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from livingwell.directory.feeds.fetch import Fetcher

PER_PAGE: Final = 100
COUNTS: Final = frozenset({"last_page", "last", "total_pages", "totalPages"})
MOST_PAGES: Final = 100_000
NESTED: Final = frozenset(
    {"service_at_locations", "phones", "contacts", "schedules", "service_areas", "cost_options", "eligibilitys",
     "regular_schedules", "fundings", "service_taxonomys", "languages", "attributes"}
)  # fmt: skip
"""Of these a service told in full has at least one; a short one is asked for by its id."""
FILES: Final = {
    "application/json": ".json", "application/x-ndjson": ".jsonl", "text/csv": ".csv", "application/zip": ".zip",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
}  # fmt: skip
SUFFIXES: Final = frozenset({".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".zip", ".xlsx"})


@dataclass(frozen=True, slots=True)
class Step:
    """What came in one go. `path`: a file that can be read as a feed, or none where nothing was new.

    `cursor`: where to go on after it; `refused`: what of it could not be fetched, and why.
    """

    name: str
    path: Path | None
    cursor: dict[str, Any]
    last: bool
    refused: tuple[tuple[str, str], ...] = ()


def api(fetcher: Fetcher, url: str, cursor: Mapping[str, Any], folder: Path) -> Iterator[Step]:
    """Pages of `/services`, from the page in the cursor on; `since`: only what was changed after it."""
    services = _services(url)
    page = int(cursor.get("page") or 1)
    before: list[Any] = []
    counted = False  # whether a page says how many there are
    while page <= MOST_PAGES:
        params: dict[str, str | int] = {"page": page, "per_page": PER_PAGE}
        if since := cursor.get("since"):
            params["modified_after"] = since
        try:
            content = _json(fetcher.page(services, params).body, services)
        except Trouble as trouble:
            if trouble.kind != MISSING or not before or counted:
                raise
            content = []  # after the last page there is nothing
        things, last = _page(content, page)
        counted = isinstance(content, dict) and bool(COUNTS & content.keys())
        known = [thing.get("id") if isinstance(thing, dict) else None for thing in things]
        if not things or known == before:  # the same again: it does not know pages
            yield Step(f"page {page}", None, {**cursor, "page": page}, last=True)
            return
        before = known
        full, refused = _in_full(fetcher, services, things)
        path = folder / f"services page {page}.json"
        path.write_bytes(orjson.dumps(full))
        yield Step(path.name, path, {**cursor, "page": page + 1}, last, refused)
        if last:
            return
        page += 1
    raise Trouble(NOT_A_FEED, f"It has more than {MOST_PAGES:,} pages, which no directory has.")


def _services(url: str) -> str:
    parts = httpx.URL(url)
    if PurePosixPath(parts.path).name in {"services", "organizations", "service_at_locations"}:
        return url
    return str(parts.copy_with(path=parts.path.rstrip("/") + "/services"))


def _json(body: bytes, where: str) -> Any:
    path = httpx.URL(where).path
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        pass  # the other reader takes more: a mark at the beginning, older encodings, NaN
    try:
        return whole(body, "It")[0]
    except NotAFeed as error:
        start = body[:200].lstrip().lower()
        if start.startswith((b"<!doctype", b"<html")):
            raise Trouble(NOT_A_FEED, f"What it sent is a web page for people ({path}).") from error
        if start.startswith((b"{", b"[")):
            raise Trouble(NOT_A_FEED, f"What it sent is not JSON, or cut off ({path}). {error}") from error
        raise Trouble(NOT_A_FEED, f"What it sent is not JSON ({path}).") from error


def _page(content: Any, number: int) -> tuple[list[Any], bool]:
    """The things of a page, and whether it is the last; HSDS 3.0 and ORUK 1.0 say it in different words."""
    if isinstance(content, list):
        return content, True
    if not isinstance(content, dict):
        raise Trouble(NOT_A_FEED, "What it sent is JSON, but no page of a directory.")
    for name in ("contents", "content", "items"):
        if isinstance(things := content.get(name), list):
            break
    else:
        found = lists_of(content)
        if not found.wrapped or len(found.lists) != 1:
            raise Trouble(NOT_A_FEED, "What it sent is JSON, but no page of a directory.")
        ((_, things),) = found.lists
    for name in ("last_page", "last"):
        if isinstance(content.get(name), bool):
            return things, content[name]
    for name in ("total_pages", "totalPages"):
        if isinstance(total := content.get(name), int):
            return things, number >= total
    return things, False


def _in_full(
    fetcher: Fetcher, services: str, things: list[Any]
) -> tuple[list[Any], tuple[tuple[str, str], ...]]:
    """Each service with all that belongs to it: asked for by its id where the list tells only the short form."""
    full: list[Any] = []
    refused: list[tuple[str, str]] = []
    parts = httpx.URL(services)
    for thing in things:
        short = isinstance(thing, dict) and thing.get("id") and not NESTED & thing.keys()
        if not short or PurePosixPath(parts.path).name != "services":
            full.append(thing)
            continue
        key = str(thing["id"])
        where = f"{str(parts.copy_with(query=None)).rstrip('/')}/{quote(key, safe='')}"
        try:
            told = _json(fetcher.page(where).body, where)
        except Trouble as trouble:
            if trouble.kind not in {MISSING, NOT_A_FEED}:
                raise
            refused.append((key, str(trouble)))
            full.append(thing)
        else:
            full.append(told if isinstance(told, dict) else thing)
    return full, tuple(refused)


def rpde(fetcher: Fetcher, url: str, cursor: Mapping[str, Any], folder: Path) -> Iterator[Step]:
    """A chain of pages, each naming the next; one without items that names itself is the end for now."""
    here = str(cursor.get("next") or url)
    seen: set[str] = set()
    for number in range(1, MOST_PAGES):
        content = _json(fetcher.page(here).body, here)
        items = content.get("items") if isinstance(content, dict) else None
        following = content.get("next") if isinstance(content, dict) else None
        if not isinstance(items, list) or not isinstance(following, str) or not following:
            raise Trouble(NOT_A_FEED, "What it sent is no RPDE page: it lacks “items” or “next”.")
        following = str(httpx.URL(here).join(following))
        last = not items and following == here
        circle = bool(items) and (following == here or following in seen)
        seen.add(here)
        path = None
        if items:
            path = folder / f"page {number}.json"
            path.write_bytes(orjson.dumps(content))
        yield Step(f"page {number}", path, {**cursor, "next": following}, last)
        if last:
            return
        if circle:
            raise Trouble(
                NOT_A_FEED, "Its pages lead in a circle, so we stopped; what this page said is kept."
            )
        here = following
    raise Trouble(NOT_A_FEED, f"It has more than {MOST_PAGES:,} pages, which no directory has.")


def file(fetcher: Fetcher, url: str, cursor: Mapping[str, Any], folder: Path) -> Iterator[Step]:
    """One file, if it is not the same as the last time."""
    name = PurePosixPath(httpx.URL(url).path).name or "feed"
    path = folder / (name if PurePosixPath(name).suffix.lower() in SUFFIXES else "feed")
    answer = fetcher.file(
        url, path, etag=str(cursor.get("etag") or ""), modified=str(cursor.get("modified") or "")
    )
    if answer.status == 304:
        yield Step(name, None, dict(cursor), last=True)
        return
    if not path.suffix:
        kind = answer.headers.get("content-type", "").split(";")[0].strip().lower()
        path = path.rename(path.with_suffix(FILES.get(kind) or mimetypes.guess_extension(kind) or ".json"))
    marks = {"etag": answer.headers.get("etag", ""), "modified": answer.headers.get("last-modified", "")}
    yield Step(path.name, path, {**cursor, **marks}, last=True)
