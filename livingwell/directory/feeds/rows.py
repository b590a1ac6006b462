"""A row as its file says it, made into a row that can be kept; or refused, with the reason."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from livingwell.directory.access import Term, meant
from livingwell.directory.feeds import clean
from livingwell.directory.feeds.dates import day, moment
from livingwell.directory.feeds.model import Mended, Refused, Row
from livingwell.directory.feeds.tables import CUT_SHORT, TABLES
from livingwell.directory.feeds.times import DAYS, NO_TIME, opening

if TYPE_CHECKING:
    from collections.abc import Mapping

    from livingwell.directory.feeds.tables import Table

NO_ID: Final = "rows without an id: known by what they say instead"
NO_POINT: Final = "points that are not on the globe or not known: left out"
AGES: Final = "youngest and oldest age the wrong way round"
DATES: Final = "a first day after the last day: both left out"
DAILY: Final = "daily, kept as weekly with all seven days"
LONGEST: Final = 70  # characters of an example in a report
PAST_MIDNIGHT: Final = "closing before opening, kept as open past midnight"


def _nothing() -> dict[clean.Cleaner, Any]:
    """What each cleaner makes of nothing, where it has no remark about that: so that it need not be asked."""
    found: dict[clean.Cleaner, Any] = {}
    for cleaner in {each for table in TABLES.values() for each in table.fields.values()}:
        remarks: list[tuple[str, object, object]] = []
        made = cleaner(None, partial(_put_down, remarks))
        if not remarks:
            found[cleaner] = made
    return found


def _put_down(remarks: list[tuple[str, object, object]], kind: str, before: object, after: object) -> None:
    remarks.append((kind, before, after))


NOTHING: Final = _nothing()
FIRST: Final = 1_000  # values of a field that are remembered
SHORT: Final = 24  # characters of the longest of them
PLANS: Final[Mapping[str, list[tuple[str, clean.Cleaner, dict[Any, Any]]]]] = {
    table.name: [
        (name, cleaner, {None: NOTHING[cleaner]} if cleaner in NOTHING else {})
        for name, cleaner in table.fields.items()
    ]
    for table in TABLES.values()
}
"""The fields of each table with how they are cleaned, and what became of nothing and of the first short words about
which there was nothing to remark: "London", "active" and the days of the week come a hundred thousand times."""


@dataclass(slots=True)
class Clean:
    """A row fit to be kept. `values` hold our types, and ids of other things as their source writes them."""

    row: Row
    key: str  # how its source would know it again
    values: dict[str, Any]
    mended: list[Mended] = field(default_factory=list)


def tidy(row: Row, *, day_first: bool, timezone: str = "Europe/London") -> Clean | Refused:
    """Clean each value of a row, then what its values say together."""
    table = TABLES[row.table]
    mended: list[Mended] = []

    def note(kind: str, before: object, after: object) -> None:
        was, now = _shown(before, after)
        mended.append(Mended(kind, row.table, row.file, row.line, row.original_id, was, now))

    def refuse(reason: str) -> Refused:
        return Refused(row.table, row.file, row.line, row.original_id, reason, row.records)

    said: dict[str, Any] = {}
    values = row.values
    for name, cleaner, known in PLANS[row.table]:
        if name in values:
            raw = values[name]
            plain = type(raw) is str  # no kind of string of our own, and no 1 that is taken for True
            if (plain or raw is None) and raw in known:
                said[name] = known[raw]
                continue
            remarks = len(mended)
            if cleaner is day or cleaner is moment:
                said[name] = cleaner(raw, note, day_first=day_first)
            else:
                said[name] = cleaner(raw, note)
            if plain and len(raw) <= SHORT and len(known) < FIRST and len(mended) == remarks:
                known[raw] = said[name]
    for name in (*table.references, "link_id", "resource_id"):
        if name in row.values:
            said[name] = clean.identifier(row.values[name])
    _together(table.name, row, said, note, timezone)
    for name in table.needs:
        if not said.get(name):
            return refuse(_missing(table, name, row.values.get(name)))
    silent = all(said.get(name) in (None, "") for name in table.says) and not row.values.get("has_phone")
    if table.says and silent:
        return refuse("It says nothing: every field that matters is empty.")
    key = clean.identifier(row.original_id)
    if not key:
        key = _known_by(table, said)
        if row.records:
            note(NO_ID, "", said.get("name") or "")
    return Clean(row, key, said, mended)


def _missing(table: Table, name: str, raw: object) -> str:
    if name == "name":
        thing = table.name.replace("_", " ")
        article = "an" if thing[0] in "aeiou" else "a"
        return f"It has no name, and {article} {thing} nobody can name cannot be found."
    if name == "number" and CUT_SHORT.fullmatch(str(raw).strip()):
        return "A spreadsheet has cut its number short: ask for the list with phone numbers as text."
    if name == "number":
        return "It has no number in it."
    return f"It has no {name.replace('_', ' ')}."


def _together(table: str, row: Row, said: dict[str, Any], note: clean.Note, timezone: str) -> None:
    """What the values of one row say together, where that goes beyond each alone."""
    if table == "location":
        _point(said, note)
    for first, last in (("valid_from", "valid_to"),):
        if (begin := said.get(first)) and (end := said.get(last)) and begin > end:
            note(DATES, f"{begin} to {end}", "")
            said[first] = said[last] = None
    youngest, oldest = said.get("minimum_age"), said.get("maximum_age")
    if youngest is not None and oldest is not None and youngest > oldest:
        note(AGES, f"{youngest} to {oldest}", f"{oldest} to {youngest}")
        said["minimum_age"], said["maximum_age"] = oldest, youngest
    if (
        (room := said.get("available")) is not None
        and (most := said.get("maximum")) is not None
        and room > most
    ):
        note(clean.NO_NUMBER, f"{room} of {most}", "")
        said["maximum"] = None
    if table == "accessibility":
        _access(row, said)
    if table == "schedule":
        _schedule(row, said, note, timezone)


def _access(row: Row, said: dict[str, Any]) -> None:
    """Which of our terms it is: said so, or `step_free` said yes or no, or plain from the description."""
    steps = clean.yes_or_no(row.values.get("step_free"), clean.silent)
    if steps is not None:
        said["term"], said["available"] = Term.STEP_FREE.value, steps
    elif said.get("term"):
        said["available"] = said.get("available") is not False
    else:
        said["term"], said["available"] = meant(said.get("description") or "")


def _point(said: dict[str, Any], note: clean.Note) -> None:
    if "latitude" not in said and "longitude" not in said:
        return
    north, east = said.get("latitude"), said.get("longitude")
    if north is None and east is None:
        said["latitude"] = said["longitude"] = None
        return
    nowhere = north is None or east is None or not -90 <= north <= 90 or not -180 <= east <= 180
    if nowhere or (north == 0 and east == 0):
        note(NO_POINT, f"{north}, {east}", "")
        said["latitude"] = said["longitude"] = None


def _schedule(row: Row, said: dict[str, Any], note: clean.Note, timezone: str) -> None:
    if "opens_at" in row.values or "closes_at" in row.values:
        opens, closes = row.values.get("opens_at"), row.values.get("closes_at")
        said["opens_at"], said["closes_at"] = (
            opening(clean.line(opens, note), clean.line(closes, note), note)
            if not _is_time(opens, closes)
            else (opens, closes)
        )
        if said["opens_at"] and said["closes_at"]:
            if said["opens_at"] == said["closes_at"] and said["opens_at"].hour:
                note(NO_TIME, f"{opens} to {closes}", f"{said['opens_at']:%H:%M}")
                said["closes_at"] = None
            elif said["closes_at"] < said["opens_at"] and said["closes_at"].hour + said["closes_at"].minute:
                note(
                    PAST_MIDNIGHT,
                    f"{opens} to {closes}",
                    f"{said['opens_at']:%H:%M} to {said['closes_at']:%H:%M}",
                )
    if said.get("freq") == "DAILY":
        said["freq"] = "WEEKLY"
        said["byday"] = said.get("byday") or ",".join(DAYS)
        note(DAILY, "DAILY", said["byday"])
    if "interval" in said and not said["interval"]:
        said["interval"] = 1
    said["timezone"] = said.get("timezone") or timezone


def _is_time(*values: object) -> bool:
    return all(value is None or hasattr(value, "hour") for value in values)


def _known_by(table: Table, said: dict[str, Any]) -> str:
    """An id made of what a row says: of its name where it is a thing in its own right, else of all of it."""
    if table.top:
        told = {name: said.get(name) for name in ("name", "organization_id", "address") if said.get(name)}
        if table.name == "location":
            told |= {name: said.get(name) for name in ("latitude", "longitude")}
    else:
        told = {name: value for name, value in said.items() if value not in (None, "")}
    return digest(told)


def digest(told: dict[str, Any]) -> str:
    """A short id for what was said: the same for the same."""
    packed = json.dumps(told, sort_keys=True, default=str, ensure_ascii=True)
    return f"~{hashlib.sha256(packed.encode()).hexdigest()[:24]}"


def _shown(before: object, after: object) -> tuple[str, str]:
    """Both as people may read them: on one line, and of long ones the part where they first differ."""
    was, now = _line(before), _line(after)
    same = next(
        (at for at, (a, b) in enumerate(zip(was, now, strict=False)) if a != b), min(len(was), len(now))
    )
    start = same - 25 if max(len(was), len(now)) > LONGEST and same > 25 else 0
    return _cut(was, start), _cut(now, start)


def _cut(words: str, start: int) -> str:
    rest = words[start:]
    return ("…" if start else "") + (rest if len(rest) <= LONGEST else rest[: LONGEST - 1] + "…")


def _line(value: object) -> str:
    if value is None:
        return ""
    words = value.isoformat() if hasattr(value, "isoformat") else str(value)
    return clean.UNSTORABLE.sub("", words.replace("\n", "⏎"))
