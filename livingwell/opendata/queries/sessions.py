"""The feed of sessions: a page of changes in their order, each with what is to be said of it now."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.db.models import Q

from livingwell.directory import opening
from livingwell.directory.models import Schedule, ServiceAtLocation
from livingwell.directory.queries.facts import times_of
from livingwell.opendata import openactive
from livingwell.opendata.models import Change, Subject
from livingwell.opendata.queries import nested

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from livingwell.opendata.shapes import Thing

PAGE: Final = 200
START: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND: Final = timedelta(microseconds=1)
AHEAD: Final = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class SessionsPage:
    """Items of the feed, and after which moment and id the next page goes on."""

    items: list[Thing]
    after: tuple[int, str] | None


def number(moment: datetime) -> int:
    """A moment as the whole number of microseconds since 1970 that the feed counts in."""
    return (moment - START) // MICROSECOND


def page(after: tuple[int, UUID] | None, site: str, *, at: datetime) -> SessionsPage:
    """The changes of sessions after a moment and id, oldest first. What is a session no more is a deletion."""
    wanted = Change.objects.filter(subject=Subject.SERVICE, was_session=True).order_by(
        "modified", "subject_id"
    )
    if after:
        moment = START + after[0] * MICROSECOND
        wanted = wanted.filter(Q(modified__gt=moment) | Q(modified=moment, subject_id__gt=after[1]))
    changes = list(wanted[:PAGE])
    live = [change.subject_id for change in changes if change.is_session and not change.gone]
    whole = {each["id"]: each for each in nested.services(live, site, full=True) if "page" in each}
    off = _off(live, at)
    items = [_item(change, whole.get(str(change.subject_id)), site, off) for change in changes]
    last = changes[-1] if changes else None
    return SessionsPage(items, (number(last.modified), str(last.subject_id)) if last else None)


def _item(change: Change, service: Thing | None, site: str, off: dict[str, list[str]]) -> Thing:
    made: Thing = {
        "id": str(change.subject_id),
        "kind": "SessionSeries",
        "modified": number(change.modified),
        "state": "updated" if service else "deleted",
    }
    return made | ({"data": openactive.series(service, site, off)} if service else {})


def _off(ids: Sequence[UUID], at: datetime) -> dict[str, list[str]]:
    """By schedule, the days to come on which it does not hold: closed days, bank holidays, out of term."""
    links = dict(ServiceAtLocation.objects.filter(service__in=ids).values_list("pk", "service_id"))
    rules: dict[UUID, list[Schedule]] = defaultdict(list)
    rows = Schedule.objects.filter(Q(service__in=ids) | Q(service_at_location__in=links))
    for row in rows:
        at_link = links.get(row.service_at_location_id) if row.service_at_location_id else None
        if owner := row.service_id or at_link:
            rules[owner].append(row)
    found: dict[str, list[str]] = {}
    for some in rules.values():
        closures = [row for row in some if row.closed]
        for row in some:
            if not row.closed and row.freq:
                days = opening.exceptions(times_of([row, *closures]), at.date(), at.date() + AHEAD)
                found[str(row.pk)] = [day.isoformat() for day in days]
    return found
