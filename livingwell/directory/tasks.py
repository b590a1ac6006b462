"""The worker's part in keeping the directory fresh: reading each source, bringing the search index in step."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from livingwell.core.errors import Refusal
from livingwell.directory.actions import doubling, looked_for, pull_queue, pulling
from livingwell.directory.index import step
from livingwell.directory.models import Outcome
from livingwell.directory.queries.sources import due

WORKER: Final = "timetable"
STRETCH: Final = 120.0  # seconds after which a long reading lets other work go first


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="pull_due_sources")
def pull_due_sources(timestamp: int) -> None:
    """Each source that is due as its own job; one that a dead worker left lying is due at once."""
    for slug in due(at=timezone.now()):
        pull_queue.ask_for(slug, by=WORKER)


@app.task
def pull_source(slug: str, by: str, whole: bool = False) -> None:
    """Read a source for a while; goes on in another job. Safe to do twice."""
    try:
        made = pulling.pull(
            slug, manners=pull_queue.manners(), by=by, at=timezone.now(), whole=whole, within=STRETCH
        )
    except Refusal:
        return  # being read already, or paused since
    if made.outcome == Outcome.PART:
        pull_queue.ask_for(slug, by=by)


@app.task
def keep_search_in_step() -> None:
    """Hosts that no worker serves see by the edition that they are behind, and catch up when next asked."""
    step.bring_in_step()


@app.task
def find_doubles_of(services: list[str]) -> None:
    """Look whether services that an import touched are here twice. Safe to do twice."""
    doubling.find_of([UUID(pk) for pk in services])


@app.periodic(cron="20 4 * * *")
@app.task(queueing_lock="forget_what_was_looked_for")
def forget_what_was_looked_for(timestamp: int) -> None:
    looked_for.forget(on=timezone.localdate())
