"""Reading a source from its address, step by step, each kept with the place where to go on.

So a reading that was cut short goes on exactly there, and a step that is read twice changes nothing.
"""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext as _

from livingwell.core.errors import Refusal
from livingwell.directory.actions import sighting
from livingwell.directory.actions.ending import CLOSED
from livingwell.directory.actions.importing import Named, take
from livingwell.directory.actions.listing import refresh
from livingwell.directory.feeds import walk
from livingwell.directory.feeds.detect import detect
from livingwell.directory.feeds.fetch import MISSING, NOT_A_FEED, Fetcher, Trouble
from livingwell.directory.feeds.model import NotAFeed
from livingwell.directory.models import Outcome, Pull, Source, Way

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from livingwell.directory.feeds.fetch import Manners
    from livingwell.directory.feeds.report import Report
    from livingwell.directory.feeds.walk import Step

WHOLE_EVERY: Final = timedelta(days=7)
OVERLAP: Final = timedelta(days=1)  # clocks differ, and some servers know only days
REFUSED_KEPT: Final = 200
TOLD_KEPT: Final = 50
OURS: Final = "ours"
SHRUNK: Final = "shrunk"
WALKS: Final = {Way.API: walk.api, Way.ORUK: walk.api, Way.RPDE: walk.rpde, Way.FILE: walk.file}
LOCK: Final = "SELECT pg_try_advisory_lock(hashtext('directory.pull'), hashtext(%s))"
UNLOCK: Final = "SELECT pg_advisory_unlock(hashtext('directory.pull'), hashtext(%s))"


def pull(
    slug: str,
    *,
    manners: Manners,
    by: str,
    at: datetime,
    whole: bool = False,
    within: float | None = None,
    sleep: Callable[[float], object] = time.sleep,
) -> Pull:
    """Read a source now, from where its cursor stands; all of it where `whole`, or where that is due.

    `within`: seconds after which to leave off between two steps; the pull's outcome is then PART. What goes
    wrong with the source is in the pull, not raised. Raises Refusal where it cannot be read at all.
    """
    with _alone(slug):
        source = Source.objects.get(slug=slug)
        if source.way == Way.HAND:
            raise Refusal(_("This source has no address to read from. Change it first."))
        if source.paused_at:
            raise Refusal(_("Reading this source is paused. Let it go on first."))
        source.pulls.filter(outcome=Outcome.RUNNING).update(outcome=Outcome.STOPPED)
        cursor = _begin(source, whole=whole, at=at)
        made = Pull.objects.create(source=source, started_at=at, started_by=by, whole="began" in cursor)
        run = _Reading(source, made, cursor)
        began = time.monotonic()
        fetcher = Fetcher(manners, sleep=sleep)
        try:
            run.go(fetcher, at=at, until=None if within is None else began + within)
        except Trouble as trouble:
            run.trouble(trouble.kind, str(trouble), wait=trouble.after)
        except DatabaseError as error:
            run.trouble(
                OURS, _("Our database did not take it: %(why)s") % {"why": str(error).splitlines()[0]}
            )
        finally:
            fetcher.close()
        made.seconds = round(time.monotonic() - began, 2)
        run.tell(fetcher.told)
        made.save()
        return made


@contextmanager
def _alone(slug: str) -> Iterator[None]:
    """One reading of a source at a time; the lock goes with the connection, so a killed reader leaves none behind."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [slug])
        if not cursor.fetchone()[0]:
            raise Refusal(_("This source is being read already."))
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(UNLOCK, [slug])


def _begin(source: Source, *, whole: bool, at: datetime) -> dict[str, Any]:
    """The cursor to read from: `began` stands in it while all of the source is being read."""
    cursor = dict(source.cursor)
    if "began" in cursor or ("page" in cursor and not whole):
        return cursor  # cut short: it goes on
    due = source.whole_on is None or at.date() - source.whole_on >= WHOLE_EVERY
    marks = {name: cursor[name] for name in ("etag", "modified") if name in cursor and not whole}
    if source.way == Way.FILE:
        return {**marks, "began": at.isoformat()}
    if whole or due:
        return {"began": at.isoformat()}
    if source.way == Way.RPDE:
        return cursor
    return {"since": cursor.get("after", ""), "page": 1, "from": at.isoformat()}


@dataclass(slots=True)
class _Reading:
    """One stretch of reading one source."""

    source: Source
    made: Pull
    cursor: dict[str, Any]
    refused: list[dict[str, Any]] = field(default_factory=list)
    mended: Counter[str] = field(default_factory=Counter)
    examples: dict[str, dict[str, str]] = field(default_factory=dict)

    def go(self, fetcher: Fetcher, *, at: datetime, until: float | None) -> None:
        source, made = self.source, self.made
        source.cursor = self.cursor
        source.save(update_fields=["cursor"])
        with tempfile.TemporaryDirectory(prefix="livingwell-pull-") as folder:
            steps = WALKS[Way(source.way)](fetcher, source.url, self.cursor, Path(folder))
            for step in steps:
                with transaction.atomic():
                    self.step(step, at=at)
                    if step.last:
                        self.finish(at=at)
                if step.path:
                    step.path.unlink(missing_ok=True)
                if step.last:
                    return
                if until is not None and time.monotonic() > until:
                    made.outcome = Outcome.PART
                    return
        raise Trouble(NOT_A_FEED, "It ended before its end.")

    def step(self, step: Step, *, at: datetime) -> None:
        """Keep what came and where to go on, both or neither."""
        source, made = self.source, self.made
        if step.path:
            try:
                feed = detect(step.path)
                report = take(feed, Named(source.slug), path=step.name, at=at, refresh=refresh)
            except NotAFeed as error:
                raise Trouble(NOT_A_FEED, str(error).replace(str(step.path), step.name)) from error
            self.count(report)
        elif step.last and source.way == Way.FILE:
            self.same(at=at)
        for key, reason in step.refused:
            made.refused += 1
            self.note_refused({"table": "service", "file": step.name, "row": 0, "id": key, "reason": reason})
        made.steps += 1
        self.cursor = source.cursor = step.cursor
        source.save(update_fields=["cursor"])
        self.tell([])
        made.save()

    def same(self, *, at: datetime) -> None:
        """The file is the one that we read before: all that it named then, it names still."""
        ours = self.source.services.filter(not_seen_since=None)
        self.made.seen = ours.count()
        ours.update(last_seen=at)

    def count(self, report: Report) -> None:
        made, services = self.made, report.entries["service"]
        made.seen += services.added + services.changed + services.unchanged
        made.added += services.added
        made.changed += services.changed
        made.closed += report.mended.get(CLOSED, 0)
        made.mended += sum(report.mended.values())
        made.refused += sum(of.refused for of in report.records.values())
        told = report.as_json()
        for one in told["refused"]:
            self.note_refused(one)
        for kind, of in told["mended"].items():
            self.mended[kind] += of["count"]
            self.examples.setdefault(kind, of["examples"][0])

    def note_refused(self, one: dict[str, Any]) -> None:
        if len(self.refused) < REFUSED_KEPT:
            self.refused.append(one)

    def finish(self, *, at: datetime) -> None:
        """All is read: what it no longer names is known as not seen, and the cursor says where changes begin."""
        source, made, cursor = self.source, self.made, self.cursor
        made.outcome = Outcome.DONE
        if "began" in cursor:
            began = datetime.fromisoformat(cursor["began"])
            self.look_for_missing(began)
            source.whole_on = began.date()
        started = datetime.fromisoformat(cursor.get("began") or cursor.get("from") or at.isoformat())
        kept = {name: cursor[name] for name in ("etag", "modified", "next") if cursor.get(name)}
        after = (started - OVERLAP).strftime("%Y-%m-%dT%H:%M:%SZ")
        source.cursor = kept | ({"after": after} if source.way in {Way.API, Way.ORUK} else {})
        source.save(update_fields=["cursor", "whole_on"])

    def look_for_missing(self, began: datetime) -> None:
        """Where more than half of a source is gone at once, it is more likely broken than empty: ask once more."""
        source, made = self.source, self.made
        gone, known = sighting.lost(source.slug, since=began)
        before = source.pulls.filter(whole=True, outcome=Outcome.DONE).exclude(pk=made.pk).first()
        if gone > 10 and gone * 2 > known and not (before and before.trouble_kind == SHRUNK):
            made.trouble_kind = SHRUNK
            made.trouble = _(
                "It no longer names %(gone)s of its %(known)s services. That may be a mistake of theirs, so we changed "
                "nothing. If the next reading of all of it says the same, they count as not seen."
            ) % {"gone": gone, "known": known}
            return
        missing = sighting.miss(source.slug, since=began)
        made.not_seen = len(missing)
        if missing:
            refresh(missing)

    def trouble(self, kind: str, words: str, *, wait: float = 0.0) -> None:
        made = self.made
        made.outcome, made.trouble_kind, made.trouble, made.wait = Outcome.TROUBLE, kind, words, int(wait)
        if kind == MISSING and self.cursor.keys() & {
            "next",
            "page",
        }:  # where we stood is no more: begin again
            self.source.cursor = {"after": self.cursor["since"]} if self.cursor.get("since") else {}
            self.source.save(update_fields=["cursor"])

    def tell(self, told: list[str]) -> None:
        self.made.report = {
            "refused": self.refused,
            "mended": {
                kind: {"count": count, "example": self.examples[kind]}
                for kind, count in self.mended.most_common()
            },
            "on the way": told[-TOLD_KEPT:],
        }


def keep_source(slug: str, values: Mapping[str, Any]) -> Source:
    """Add a source, or change how one is read. A new address or way is read from its beginning."""
    with transaction.atomic():
        source = Source.objects.select_for_update().filter(slug=slug).first() or Source(slug=slug)
        moved = any(
            getattr(source, name) != values.get(name, getattr(source, name)) for name in ("url", "way")
        )
        for name, value in values.items():
            setattr(source, name, value)
        if moved:
            source.cursor, source.whole_on = {}, None
        source.save()
    return source


def pause(source: Source, *, by: str, at: datetime) -> None:
    """Stop reading a source until somebody lets it go on."""
    Source.objects.filter(pk=source.pk, paused_at=None).update(paused_at=at, paused_by=by)


def go_on(source: Source) -> None:
    """Read a source on its timetable again, from where it stood."""
    Source.objects.filter(pk=source.pk).update(paused_at=None, paused_by="")
