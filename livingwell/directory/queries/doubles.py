"""Pairs that may be the same thing: the list of those to look at, two side by side, and what was made one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import Q

from livingwell.directory.comparing import label, words
from livingwell.directory.differences import same
from livingwell.directory.models import (
    Double,
    Merge,
    Organization,
    Service,
    Status,
    Thing,
    Verdict,
)
from livingwell.directory.queries.sheet import organization_sheets, sheets_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

SHOWN: Final = 50
NEVER_CHOSEN: Final = frozenset({"id", "organization", "invented", "kind_by_hand"})
"""What is not chosen in a merge: an organization is merged by itself."""


@dataclass(frozen=True, slots=True)
class Record:
    """One of the two: what it is called, where it is from, its page."""

    id: UUID
    name: str
    source: str
    address: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two that may be the same, and why."""

    id: UUID
    thing: str
    one: Record
    other: Record
    reasons: tuple[str, ...]
    verdict: str


@dataclass(frozen=True, slots=True)
class Field:
    """One field in which the two differ. `suggested`: the other's value, where ours says nothing."""

    name: str
    label: str
    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    suggested: bool


@dataclass(frozen=True, slots=True)
class Merged:
    """Two that were made one, and when and by whom."""

    id: UUID
    kept: Record
    other: Record
    at: datetime
    by: str


def to_look_at() -> tuple[Pair, ...]:
    """The likeliest pairs that nobody looked at."""
    return tuple(_pairs(_open()[:SHOWN]))


def waiting() -> int:
    """How many pairs wait."""
    return _open().count()


def _open() -> QuerySet[Double]:
    """Pairs nobody looked at, both of which are still entries of their own."""
    services = Service.objects.filter(Q(status=Status.DEFUNCT) | Q(merged_into__isnull=False)).values("pk")
    bodies = Organization.objects.filter(merged_into__isnull=False).values("pk")
    gone = Q(one__in=services) | Q(other__in=services) | Q(one__in=bodies) | Q(other__in=bodies)
    return Double.objects.filter(verdict=Verdict.OPEN).exclude(gone)


def pair(pk: UUID) -> Pair | None:
    return next(iter(_pairs(Double.objects.filter(pk=pk))), None)


def fields(thing: str, kept: UUID, other: UUID) -> tuple[Field, ...]:
    """The fields in which two differ, as they may be chosen."""
    sheets = sheets_of([kept, other]) if thing == Thing.SERVICE else organization_sheets([kept, other])
    ours, theirs = sheets[kept], sheets[other]
    return tuple(
        Field(name, label(name), words(ours[name]), words(theirs[name]), not ours[name] and bool(theirs[name]))
        for name in ours
        if name not in NEVER_CHOSEN and not same(ours[name], theirs[name])
        and (words(ours[name]) or words(theirs[name]))
    )  # fmt: skip


def merged() -> tuple[Merged, ...]:
    """The latest that were made one, and can be undone."""
    rows = list(Merge.objects.filter(undone_at=None)[:SHOWN])
    known = _records({(row.thing, pk) for row in rows for pk in (row.kept, row.other)})
    return tuple(
        Merged(row.pk, known[row.kept], known[row.other], row.merged_at, row.merged_by) for row in rows
    )  # fmt: skip


def _pairs(rows: Iterable[Double]) -> Iterable[Pair]:
    listed = list(rows)
    known = _records({(row.thing, pk) for row in listed for pk in (row.one, row.other)})
    return (
        Pair(row.pk, row.thing, known[row.one], known[row.other], tuple(row.reasons), row.verdict)
        for row in listed
        if row.one in known and row.other in known
    )


def _records(wanted: Iterable[tuple[str, UUID]]) -> dict[UUID, Record]:
    found: dict[UUID, Record] = {}
    listed = list(wanted)
    for thing, model in ((Thing.SERVICE, Service), (Thing.ORGANIZATION, Organization)):
        ids = [pk for of, pk in listed if of == thing]
        for row in model._default_manager.filter(pk__in=ids).select_related("source"):
            found[row.pk] = Record(row.pk, row.name, row.source.name, row.get_absolute_url())
    return found
