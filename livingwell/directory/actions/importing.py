"""Taking other people's directories in: one file all or nothing, and nobody left out quietly."""

from __future__ import annotations

import gc
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import connection, transaction
from django.db.models import ProtectedError

from livingwell.core.kept import among
from livingwell.directory.actions import private
from livingwell.directory.actions.clock import database_time
from livingwell.directory.actions.doubling import later
from livingwell.directory.actions.ending import end
from livingwell.directory.actions.entries import Writer
from livingwell.directory.actions.merging import flow
from livingwell.directory.actions.places import locate
from livingwell.directory.actions.sighting import see
from livingwell.directory.actions.tables import (
    ABOUT,
    MODELS,
    batches,
    columns_of,
    look_again,
    owner,
)
from livingwell.directory.actions.taking_themes import take_themes
from livingwell.directory.actions.versions import after_import
from livingwell.directory.feeds.beside import reader
from livingwell.directory.feeds.model import Mended, Refused
from livingwell.directory.feeds.report import Report
from livingwell.directory.feeds.tables import TABLES
from livingwell.directory.models import Service, Source
from livingwell.themes.actions import publish
from livingwell.themes.models import Theme
from livingwell.themes.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime
    from uuid import UUID

    from livingwell.directory.feeds.gather import Gathered
    from livingwell.directory.feeds.model import Feed
    from livingwell.directory.feeds.reading import Slice

IN_USE: Final = "rows that left the feed but are still in use here: kept"


@dataclass(frozen=True, slots=True)
class Named:
    """How a source is called here, what people call it, where it comes from, and under which licence."""

    slug: str
    name: str = ""
    url: str = ""
    licence: str = ""


def take(
    feed: Feed,
    named: Named,
    *,
    path: str,
    dry_run: bool = False,
    timezone: str = "Europe/London",
    at: datetime | None = None,
    refresh: Callable[[Iterable[UUID]], object] | None = None,
    progress: Callable[[str, int], object] | None = None,
) -> Report:
    """Take a feed in, part by part, each in one transaction. With `dry_run` all is rolled back.

    `at`: when, so that the services it names are known as seen then. `refresh` is told the services whose
    search entries must be made anew; `progress` the part, and how many more entries were seen to. Raises
    NotAFeed when a part cannot be read; the parts before it stay.
    """
    began = time.monotonic()
    report = Report(source=named.slug, path=path, format=feed.format, dry_run=dry_run)
    report.passed_over += feed.passed_over
    report.notes += feed.notes
    with (
        _no_search_for_cycles(),
        closing(reader(feed, timezone=timezone)) as reading,
        transaction.atomic() if dry_run else nullcontext(),
    ):
        run = _Run(_source(named, feed.title), report, progress or _nothing)
        for part in feed.parts:
            with transaction.atomic():
                for some in _ahead(reading.slices(part)):
                    run.take(part.name, some)
                    if at is not None:
                        run.see(at)
                    if part is feed.parts[-1] and not some.more:
                        run.finish()
                    touched = (
                        run.writer.touched_services()
                        if refresh is not None or not run.writer.first
                        else set()
                    )
                    if refresh is not None and touched and not dry_run:
                        refresh(touched)
                    run.remember(touched, at=at or database_time())
                    if some.more:
                        run.put_away()
            report.files += 1
        mentioned = len(run.writer.seen["service"])
        report.not_mentioned = (
            Service.objects.filter(source=run.writer.source).count() - mentioned
            if mentioned and not run.all_new
            else 0
        )
        if dry_run:
            transaction.set_rollback(True)
    report.seconds = time.monotonic() - began
    return report


def _source(named: Named, title: str) -> Source:
    """The source's row; what is not said this time stays as it was."""
    source, _ = Source.objects.get_or_create(
        slug=named.slug, defaults={"name": named.name or title or named.slug}
    )
    said = {"name": named.name, "url": named.url, "licence": named.licence}
    fresh = {name: value for name, value in said.items() if value and getattr(source, name) != value}
    if fresh:
        for name, value in fresh.items():
            setattr(source, name, value)
        source.save(update_fields=list(fresh))
    return source


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """An import makes millions of small things that point in one direction only: to look for circles among them, again
    and again, takes a third of its time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _nothing(_part: str, _entries: int) -> None:
    """Progress that nobody watches."""


def _ahead(slices: Iterator[Slice]) -> Iterator[Slice]:
    """Each slice, while the next is read, or taken from the process that reads it."""
    with ThreadPoolExecutor(1) as thread:
        following = thread.submit(next, slices, None)
        while (some := following.result()) is not None:
            if some.more:
                following = thread.submit(next, slices, None)
            yield some
            if not some.more:
                return


class _Run:
    """One import, over all its parts."""

    def __init__(self, source: Source, report: Report, progress: Callable[[str, int], object]) -> None:
        self.report, self.progress = report, progress
        self.writer = Writer(source, report)
        self.all_new = False
        self.slices = 0
        self.whole: dict[tuple[str, str], set[UUID]] = defaultdict(set)

    def take(self, name: str, some: Slice) -> None:
        """Write a part, or a slice of it."""
        writer, said = self.writer, some.said
        writer.touched.clear()
        self.report.add(some.told)
        for table, entries in said.entries.items():
            if entries:
                writer.write(table, list(entries.values()))
                self.progress(name, len(entries))
        end(self.writer, said.ended)
        self.tag(said)
        self.account(said)
        self.remember_whole(said)
        moved = locate(writer.touched["location"])  # where an address was touched its place was too
        self.report.located += len(moved)
        writer.touched["location"] |= moved
        self.keep_private(said)

    def keep_private(self, said: Gathered) -> None:
        """What is confidential, and what its list calls so, loses its place before anybody can see it."""
        told = [
            self.writer.ids["service", key]
            for key, entry in said.entries["service"].items()
            if entry.confidential and ("service", key) in self.writer.ids
        ]
        if told:
            Service.objects.filter(pk__in=among(told), is_confidential=False).update(is_confidential=True)
            self.writer.touched["service"].update(told)
        if Service.objects.filter(is_confidential=True).exists():  # else there is nothing to look through
            services, by = self.writer.touched_services(), self.writer.source.name
            self.report.keep_private(private.withhold(services, by=by, at=database_time()))

    def put_away(self) -> None:
        """Between two slices of a part: keep in memory only what the next slices cannot find in the database."""
        writer = self.writer
        self.slices += 1
        if self.slices & (self.slices - 1) == 0:  # plans made for empty tables are made anew
            look_again()
        connection.check_constraints()  # now, while the next slice is read, and not all of them at the end
        writer.ids.clear()
        writer.pairs.clear()
        if writer.first and all(writer.new.values()):  # nothing was here before: nothing can have left
            self.all_new = True
            writer.seen.clear()
            writer.added.clear()

    def see(self, at: datetime) -> None:
        """Note which services this source still names: those that came back get new search entries."""
        writer = self.writer
        writer.touched["service"] |= see(writer.seen["service"] - writer.ended, at=at)

    def finish(self) -> None:
        """What can only be done when all parts are in."""
        self.writer.settle_later()
        if not self.all_new:
            self.remove()

    def remember(self, touched: set[UUID], *, at: datetime) -> None:
        """Keep what entries say now that were here before, and what this source says of what is held.

        What was chosen from merged entries follows; a worker will look what is here twice.
        """
        writer = self.writer
        writer.holding.write_down(at=at)
        if not writer.first:
            after_import(touched - writer.added, by=writer.source.name, at=at)
        flow(touched, by=writer.source.name, at=at)
        later(touched)

    def account(self, said: Gathered) -> None:
        """Count the records that became part of another entry: taken if that was."""
        self.writer.find(folded.into for folded in said.folded)
        for folded in said.folded:
            if folded.into in self.writer.ids:
                self.report.take(folded.table, 1)
            else:
                reason = f"The {folded.into[0]} that it belongs to was not taken."
                self.report.refuse(
                    Refused(folded.table, folded.file, folded.line, folded.original_id, reason)
                )

    def remember_whole(self, said: Gathered) -> None:
        """Of which things this feed says all that there is, in which tables."""
        for table, entries in said.entries.items():
            for entry in entries.values():
                pk = self.writer.ids.get((table, entry.key))
                if pk and pk not in self.writer.added:  # of what is new nothing was said before
                    for child in entry.whole:
                        for name in _pointing(child, table):
                            self.whole[child, name].add(pk)

    def remove(self) -> None:
        """Take away what the feed said of a thing before and no longer says, where it says all of it now."""
        gone = self.whole
        doomed: dict[str, set[UUID]] = {}
        for child in TABLES:
            pks = self.unsaid(
                child, {name: parents for (table, name), parents in gone.items() if table == child}
            )
            if pks:
                doomed[child] = pks
                for below in TABLES:
                    for name in _pointing(below, child) if below not in ABOUT else ():
                        gone[below, name] |= pks
        for child in reversed(doomed):
            self.delete(child, doomed[child])

    def unsaid(self, table: str, parents: dict[str, set[UUID]]) -> set[UUID]:
        """The rows of this source about these parents that this import did not mention."""
        found: set[UUID] = set()
        for name, pks in parents.items():
            for some in batches(pks):
                rows = MODELS[table]._default_manager.filter(
                    **{owner(table): self.writer.source.pk, f"{name}__in": some}
                )
                found.update(rows.values_list("pk", flat=True))
        return found - self.writer.seen[table]

    def delete(self, table: str, pks: set[UUID]) -> None:
        pks = self.writer.holding.spare(table, pks)
        rows = [
            (row.pop("pk"), row)
            for row in MODELS[table]
            ._default_manager.filter(pk__in=among(pks))
            .values("pk", *columns_of(table))
        ]
        self.writer.remember(table, rows)
        self.writer.touch(table, rows)
        try:
            with transaction.atomic():
                MODELS[table]._default_manager.filter(pk__in=among(pks)).delete()
        except ProtectedError:
            self.report.mend(Mended(IN_USE, table, "", 0, "", f"{len(pks)} rows", ""))
            return
        self.report.entries[table].removed += len(pks)

    def tag(self, said: Gathered) -> None:
        """Themes that the list names: chosen by hand. What another hand chose is never touched."""
        chosen: dict[UUID, list[str]] = {
            self.writer.ids["service", key]: []
            for key, entry in said.entries["service"].items()
            if "service_theme" in entry.whole and ("service", key) in self.writer.ids
        }
        if not chosen:
            return
        slugs = _slugs()
        for row in said.themes:
            service = self.writer.ids.get(("service", row.values["service_id"]))
            if row.values["theme"] not in slugs:
                reason = f"There is no theme “{row.values['theme']}”."
                self.report.refuse(
                    Refused("service_theme", row.file, row.line, row.values["service_id"], reason, 0)
                )
            elif service in chosen and row.values["theme"] not in chosen[service]:
                chosen[service].append(row.values["theme"])
        self.writer.touched["service"] |= take_themes(
            chosen, self.writer.source, self.report.entries["service_theme"]
        )


def _pointing(child: str, parent: str) -> list[str]:
    """The columns of one table that point at another."""
    if child in ABOUT:
        return [ABOUT[child][0]]
    return (
        [name for name, target in TABLES[child].references.items() if target == parent]
        if child in TABLES
        else []
    )


def _slugs() -> frozenset[str]:
    """The themes there are; the vocabulary is published first where it never was."""
    current = Theme.objects.filter(retired=False)
    if not current.exists():
        publish(vocabulary())
    return frozenset(current.values_list("slug", flat=True))
