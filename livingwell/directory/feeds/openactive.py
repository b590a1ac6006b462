"""OpenActive: pages of RPDE and bare objects, nested or by reference over files, with what was taken away.

The newest word on an item counts, wherever it stands. Sessions and slots are read after what they belong to.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from livingwell.directory.feeds import linked_data
from livingwell.directory.feeds.clean import identifier
from livingwell.directory.feeds.model import Folded, Part, Piece, Refused, Repeated, Row
from livingwell.directory.feeds.openactive_rows import Entry, session
from livingwell.directory.feeds.rows import digest
from livingwell.directory.feeds.unkept import Unkept

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from livingwell.directory.feeds.files import Box

    Things = Callable[[Box, str], Iterator[tuple[int, Any] | Piece]]

SERVICES: Final = frozenset(
    "SessionSeries EventSeries HeadlineEvent Course CourseInstance Event OnDemandEvent FacilityUse "  # noqa: SIM905
    "IndividualFacilityUse SportsEvent SocialEvent EducationEvent ChildrensEvent ExerciseAction".split()
)
SESSIONS: Final = frozenset(["ScheduledSession", "Slot"])
ABOVE: Final = ("superEvent", "facilityUse", "instanceOfCourse")
"""What a thing belongs to: said in full, or by its address."""
LIKELY: Final = {"ScheduledSession": "SessionSeries", "Slot": "FacilityUse", "CourseInstance": "Course"}
NO_OWNER: Final = (
    "What it belongs to (a series or a facility) is not in the feed, and it has no name of its own."
)


@dataclass(slots=True)
class Item:
    """One item of a page, or one object alone."""

    kind: str
    id: str
    deleted: bool
    modified: tuple[int, float, str]
    data: dict[str, Any]

    @property
    def key(self) -> str:
        return f"{self.kind}/{self.id}"

    @property
    def table(self) -> str:
        if self.kind in linked_data.ORGANIZATIONS:
            return "organization"
        return "schedule" if self.kind in SESSIONS else "service"

    @property
    def waits(self) -> bool:
        """Whether it can only be read when all it may belong to has been."""
        return self.kind in SESSIONS or (
            not self.data.get("name") and any(isinstance(self.data.get(name), str) for name in ABOVE)
        )


@dataclass(slots=True)
class Index:
    """Over all files: the newest word on each item, and by which addresses each is known."""

    newest: dict[str, tuple[tuple[int, float, str], str, int]] = field(default_factory=dict)
    alias: dict[str, str] = field(default_factory=dict)
    waiting: set[str] = field(default_factory=set)  # files in which something waits
    places: set[str] = field(default_factory=set)  # addresses of places at which something is

    def add(self, item: Item, file: str, number: int) -> None:
        before = self.newest.get(item.key)
        if before is None or item.modified >= before[0]:
            self.newest[item.key] = (item.modified, file, number)
        if item.deleted:
            return
        for name in ("@id", "id", "identifier", "url"):
            if isinstance(known := item.data.get(name), str) and (name != "url" or "@id" not in item.data):
                self.alias.setdefault(known, item.key)
        for inner in _listed(item.data.get("individualFacilityUse")):
            if isinstance(inner, dict) and isinstance(known := inner.get("@id") or inner.get("id"), str):
                self.alias.setdefault(known, item.key)
        self.places |= {one for one in _listed(item.data.get("location")) if isinstance(one, str)}
        if item.waits:
            self.waiting.add(file)

    def owner(self, item: Item) -> str:
        """The key of what an item belongs to; empty where it does not say."""
        for name in ABOVE:
            above = item.data.get(name)
            if isinstance(above, dict):
                above = above.get("@id") or above.get("id") or ""
            if isinstance(above, (str, int)) and above:
                known = self.alias.get(str(above))
                return (
                    known
                    or f"{LIKELY.get(item.kind, 'EventSeries')}/{str(above).rstrip('/').rsplit('/', 1)[-1]}"
                )
        return ""


def is_of(content: Any, things: list[dict[str, Any]]) -> bool:
    """Whether a file is a page of RPDE, or holds objects of OpenActive."""
    if isinstance(content, dict) and isinstance(content.get("items"), list) and "next" in content:
        return not things or any("state" in thing or "kind" in thing for thing in things)
    return any(
        ("state" in thing and "kind" in thing)
        or (_typed(thing) and (_kind(thing) in SERVICES | SESSIONS or linked_data.kind(thing)))
        for thing in things
    )


def _typed(thing: dict[str, Any]) -> bool:
    return "@type" in thing or "@context" in thing


def _kind(thing: dict[str, Any]) -> str:
    said = thing.get("@type") or thing.get("type") or thing.get("kind") or ""
    for one in said if isinstance(said, list) else [said]:
        last = str(one).rsplit("/", 1)[-1].rsplit(".", 1)[-1].rsplit(":", 1)[-1]
        if last in SERVICES | SESSIONS:
            return last
    if "@type" in thing and (known := linked_data.kind(thing)):
        return known
    return str(said[0] if isinstance(said, list) and said else said).rsplit("/", 1)[-1].rsplit(".", 1)[-1]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value in (None, "") else [value]


def item_of(thing: Any) -> Item | None:
    """An item of a page, or an object alone; None for what is neither."""
    if not isinstance(thing, dict):
        return None
    if "state" not in thing and "data" not in thing:
        kind, raw = _kind(thing), thing.get("identifier") or thing.get("@id") or thing.get("id")
        key = identifier(raw if not isinstance(raw, (dict, list)) else "") or digest({"thing": str(thing)})
        return Item(kind, key.rstrip("/").rsplit("/", 1)[-1], False, (0, 0.0, ""), thing)
    deleted = str(thing.get("state", "")).lower() == "deleted"
    found = thing.get("data")
    data = found if isinstance(found, dict) else {}
    kind = (
        _kind(data)
        if data and (data.get("@type") or data.get("type"))
        else _kind({"kind": thing.get("kind")})
    )
    known = identifier(thing.get("id")) or identifier(data.get("@id")) or digest({"data": str(data)})
    return Item(kind, known, deleted, _modified(thing.get("modified")), data)


def _modified(raw: Any) -> tuple[int, float, str]:
    """So that numbers and words can be told which is later."""
    try:
        return (1, float(raw), "")
    except (TypeError, ValueError):
        return (2, 0.0, str(raw)) if raw else (0, 0.0, "")


def parts(box: Box, names: list[str], things: Things) -> list[Part]:
    """Each file by itself, then once more those in which something waits for what it belongs to."""
    index = Index()
    for name in names:
        for one in things(box, name):
            if isinstance(one, tuple) and (item := item_of(one[1])):
                index.add(item, name, one[0])
    first = [Part(name, partial(_read, box, name, things, index, False)) for name in names]
    later = [
        Part(f"{name} (sessions)", partial(_read, box, name, things, index, True))
        for name in names
        if name in index.waiting
    ]
    return [*first, *later]


def _read(box: Box, name: str, things: Things, index: Index, later: bool) -> Iterator[Piece]:
    unkept = Unkept(name)
    for one in things(box, name):
        if not isinstance(one, tuple):
            if not later:
                yield one
            continue
        number, thing = one
        item = item_of(thing)
        waits = item is not None and item.waits and not item.deleted and _is_newest(index, item, name, number)
        if waits == later:
            yield from _pieces(item, index, name, number, unkept)
    yield from unkept.pieces()


def _is_newest(index: Index, item: Item, file: str, number: int) -> bool:
    return index.newest[item.key][1:] == (file, number)


def _pieces(item: Item | None, index: Index, file: str, number: int, unkept: Unkept) -> Iterable[Piece]:
    if item is None:
        return [
            Refused("service", file, number, "", "It is no item of a page: it is not an object with fields.")
        ]
    if not _is_newest(index, item, file, number):
        return [Repeated(item.table, file, number, item.id)]
    if item.deleted:
        return [Row(item.table, {"status": "defunct"}, file, number, item.key, deleted=True)]
    if not item.data:
        return [Refused(item.table, file, number, item.id, "The item holds no data.")]
    if item.kind in linked_data.KINDS and {item.data.get("@id"), item.data.get("id")} & index.places:
        return linked_data.place(item.data, item.key, file, number, unkept)
    if item.kind in linked_data.KINDS:
        return linked_data.rows(item.data, item.key, file, number, unkept)
    if item.kind not in SERVICES | SESSIONS:
        article = "an" if item.kind[:1] in set("AEIOU") else "a"
        reason = f"It is {article} {item.kind or 'thing without a type'}, which is no service, session or facility."
        return [Refused("service", file, number, item.id, reason)]
    if item.waits:
        return _waiting(item, index, file, number, unkept)
    return Entry(item.data, item.kind, item.key, file, number, unkept).rows()


def _waiting(item: Item, index: Index, file: str, number: int, unkept: Unkept) -> Iterator[Piece]:
    """A session or slot: a time of what it belongs to. Without that it stands for itself if it has a name."""
    owner = index.owner(item)
    above = next((found for name in ABOVE if isinstance(found := item.data.get(name), dict)), None)
    if above and above.get("name") and owner not in index.newest:
        key = owner or f"{LIKELY.get(item.kind, 'EventSeries')}/{digest({'above': str(above)})}"
        yield from Entry(above, "SessionSeries", key, file, number, unkept, records=0).rows()
        yield session(item.data, key, item.key, file, number, unkept)
    elif owner and (owner in index.newest or not item.data.get("name")):
        yield session(item.data, owner, item.key, file, number, unkept)
    elif item.data.get("name"):
        yield from Entry(item.data, item.kind, item.key, file, number, unkept, records=0).rows()
        yield Folded("schedule", file, number, ("service", item.key), item.id)
    else:
        yield Refused("schedule", file, number, item.id, NO_OWNER)
