"""How each source fares: when it was last read, what came, what went wrong and what to do about it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from livingwell.directory.due import next_reading
from livingwell.directory.models import Outcome, Pull, Service, Source, Way

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from uuid import UUID

    from django.utils.functional import Promise

LATEST: Final = 12
MISSING_SHOWN: Final = 50
ADVICE: Final = {
    "unreachable": _(
        "We try again by ourselves. If it stays so for a day, ask them whether their server is down."
    ),
    "private": _(
        "Look at the address. It must start with https:// and lead to a server that anyone can reach."
    ),
    "locked": _("Ask them whether reading is still open to all, or give another address."),
    "missing": _("Look at the address: it may have moved. Ask them where the list is now."),
    "broken": _("The fault is on their side. We try again by ourselves. If it lasts, tell them."),
    "busy": _(
        "They asked us to come less often. We do. If it stays so, choose more hours between two readings."
    ),
    "too large": _("Ask them for a smaller file, or import it by hand."),
    "not a feed": _(
        "Open the address and look at what is there. Perhaps the way of reading is not the right one."
    ),
    "ours": _("Nothing was lost. Show this page to whoever looks after this network."),
    "shrunk": _("Ask them whether so many have really ended."),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a source, as staff see it."""

    id: int
    started: datetime
    by: str
    whole: bool
    outcome: str
    outcome_label: str
    seen: int
    added: int
    changed: int
    closed: int
    not_seen: int
    mended: int
    refused: int
    seconds: float
    trouble: str
    advice: str | Promise
    refused_rows: list[dict[str, Any]] = field(default_factory=list)
    mended_rows: list[tuple[str, int, dict[str, str]]] = field(default_factory=list)
    on_the_way: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Health:
    """One source. `state`: by hand, paused, new, well, waiting, trouble. `trend`: services named by the last full
    readings, oldest first."""

    slug: str
    name: str
    url: str
    licence: str
    way: str
    way_label: str
    every_hours: int
    paused: bool
    state: str
    services: int
    not_seen: int
    last: Reading | None
    last_good: datetime | None
    next_due: datetime | None
    trend: list[int] = field(default_factory=list)

    @property
    def change(self) -> int:
        """How many more services the last full reading named than the one before."""
        return self.trend[-1] - self.trend[-2] if len(self.trend) > 1 else 0


@dataclass(frozen=True, slots=True)
class NotSeen:
    """A service that its source no longer names."""

    id: UUID
    name: str
    since: date


def health(*, at: datetime) -> list[Health]:
    """All sources, those in trouble first."""
    order = {"trouble": 0, "waiting": 1, "new": 2, "paused": 3, "well": 4, "by hand": 5}
    return sorted(_health(Source.objects.all(), at=at), key=lambda one: (order[one.state], one.name.lower()))


def health_of(slug: str, *, at: datetime) -> Health | None:
    return next(iter(_health(Source.objects.filter(slug=slug), at=at)), None)


def readings_of(slug: str) -> list[Reading]:
    """The last readings of a source, the newest first, with what was refused and mended."""
    return [_reading(pull) for pull in Pull.objects.filter(source=slug)[:LATEST]]


def reading(slug: str, number: int) -> Reading | None:
    found = Pull.objects.filter(source=slug, pk=number).first()
    return _reading(found) if found else None


def not_seen_of(slug: str) -> list[NotSeen]:
    """The services that a source no longer names, the longest gone first."""
    found = Service.objects.filter(source=slug, not_seen_since__isnull=False).order_by(
        "not_seen_since", "name"
    )
    rows = found.values_list("pk", "name", "not_seen_since")[:MISSING_SHOWN]
    return [NotSeen(pk, name, since) for pk, name, since in rows if since]


def due(*, at: datetime) -> list[str]:
    """The sources to read now."""
    sources = list(Source.objects.filter(paused_at=None).exclude(way=Way.HAND))
    pulls = _pulls(sources)
    return [
        source.slug
        for source in sources
        if next_reading(source.every_hours, _told(pulls[source.slug]), at=at) <= at
    ]


def _pulls(sources: Iterable[Source]) -> dict[str, list[Pull]]:
    """The latest readings of each source, without their reports."""
    found: dict[str, list[Pull]] = defaultdict(list)
    for source in sources:
        found[source.slug] = list(Pull.objects.filter(source=source).defer("report")[: LATEST * 2])
    return found


def _told(pulls: list[Pull]) -> list[tuple[datetime, str, int]]:
    return [(pull.started_at, pull.outcome, pull.wait) for pull in pulls]


def _health(sources: Iterable[Source], *, at: datetime) -> list[Health]:
    listed = list(sources)
    pulls = _pulls([source for source in listed if source.way != Way.HAND])
    counted: dict[str, dict[str, Any]] = {
        row["source"]: dict(row)
        for row in Service.objects.filter(source__in=listed)
        .exclude(status="defunct")
        .order_by()
        .values("source")
        .annotate(all=Count("pk"), gone=Count("pk", filter=Q(not_seen_since__isnull=False)))
    }
    return [_one(source, pulls[source.slug], counted.get(source.slug, {}), at=at) for source in listed]


def _one(source: Source, pulls: list[Pull], counts: dict[str, Any], *, at: datetime) -> Health:
    last = pulls[0] if pulls else None
    whole = [pull for pull in pulls if pull.whole and pull.outcome == Outcome.DONE]
    reads = source.way != Way.HAND and source.paused_at is None
    return Health(
        source.slug,
        source.name,
        source.url,
        source.licence,
        source.way,
        str(Way(source.way).label),
        source.every_hours,
        source.paused_at is not None,
        _state(source, last),
        counts.get("all", 0),
        counts.get("gone", 0),
        _reading(last, brief=True) if last else None,
        next((pull.started_at for pull in pulls if pull.outcome == Outcome.DONE), None),
        next_reading(source.every_hours, _told(pulls), at=at) if reads else None,
        [pull.seen for pull in reversed(whole)],
    )


def _state(source: Source, last: Pull | None) -> str:
    if source.way == Way.HAND:
        return "by hand"
    if source.paused_at:
        return "paused"
    if last is None:
        return "new"
    if last.outcome == Outcome.TROUBLE or last.trouble:
        return "waiting" if last.trouble_kind == "busy" else "trouble"
    return "well"


def _reading(pull: Pull, *, brief: bool = False) -> Reading:
    report: dict[str, Any] = {} if brief else pull.report
    return Reading(
        pull.pk,
        pull.started_at,
        pull.started_by,
        pull.whole,
        pull.outcome,
        str(Outcome(pull.outcome).label),
        pull.seen,
        pull.added,
        pull.changed,
        pull.closed,
        pull.not_seen,
        pull.mended,
        pull.refused,
        pull.seconds,
        pull.trouble,
        ADVICE.get(pull.trouble_kind, ""),
        report.get("refused", []),
        [(kind, of["count"], of["example"]) for kind, of in report.get("mended", {}).items()],
        report.get("on the way", []),
    )
