"""Reading a feed in a test as an import would, without a database: what it says, and the account of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from livingwell.directory.feeds.detect import detect
from livingwell.directory.feeds.gather import Gathered, gather
from livingwell.directory.feeds.known import Known
from livingwell.directory.feeds.model import Feed, Piece, Row
from livingwell.directory.feeds.report import Report


@dataclass(frozen=True, slots=True)
class Said:
    """All that a feed says, cleaned; what it took away; and the report as it would be."""

    feed: Feed
    entries: dict[str, list[dict[str, Any]]]
    ended: list[Row]
    report: Report

    def names(self) -> set[str]:
        return {str(values["name"]) for values in self.entries["service"]}

    def all(self, table: str, field: str) -> list[Any]:
        return [values.get(field) for values in self.entries[table]]

    @property
    def read(self) -> int:
        return sum(of.read for of in self.report.records.values())


def say(path: Path) -> Said:
    feed = detect(path)
    report = Report("test", "test")
    report.passed_over += feed.passed_over
    report.notes += feed.notes
    known = Known()
    ended: list[Row] = []
    for part in feed.parts:
        ended += take(part.read(), known, report, day_first=feed.day_first).ended
    entries: dict[str, list[dict[str, Any]]] = {table: [] for table in Gathered().entries}
    for (table, _), entry in known.here.items():
        entries[table].append(entry.values)
    return Said(feed, entries, ended, report)


def written(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def is_read_and_told(
    path: Path, names: set[str], facts: Iterable[tuple[str, str, Any]], phrases: Iterable[str]
) -> None:
    """Its services are these; each fact (table, field, value) is there; the report says each phrase and adds up."""
    said = say(path)
    assert said.names() == names
    for table, field, value in facts:
        assert value in said.all(table, field), f"{table}.{field}: {said.all(table, field)}"
    told = said.report.as_text()
    for phrase in phrases:
        assert phrase in told, told
    assert said.report.adds_up


def take(pieces: Iterable[Piece], known: Known, report: Report, *, day_first: bool = True) -> Gathered:
    """Count as the writer would, if it could write everything."""
    gathered = gather(pieces, known=known, report=report, day_first=day_first, timezone="Europe/London")
    for table, entries in gathered.entries.items():
        for entry in entries.values():
            report.take(table, entry.records)
    for folded in gathered.folded:
        report.take(folded.table, 1)
    for row in gathered.ended:
        report.take(row.table, row.records)
    return gathered
