"""Finding what may be here twice: after an import for what it touched, or all of it; saying "not the same"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import connection, transaction
from procrastinate.contrib.django import app

from livingwell.core.kept import among
from livingwell.directory.actions.tables import batches
from livingwell.directory.likeness import judge, keys
from livingwell.directory.models import Alike, Double, Organization, Service, Thing, Verdict
from livingwell.directory.queries.told import told

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import datetime
    from uuid import UUID

    from livingwell.directory.likeness import Judged, Told

TASK: Final = "livingwell.directory.tasks.find_doubles_of"
MANY: Final = 40  # things under one key; more say that the key tells nothing
JOB: Final = 5_000  # services in one job
AT_ONCE: Final = 20_000  # pairs that are judged together: what is known of them is held in memory
PAIRS: Final = """
    WITH mine AS MATERIALIZED (
        SELECT thing_id, key FROM directory_alike WHERE thing = %(thing)s AND thing_id = ANY(%(ids)s::uuid[])
    ), telling AS MATERIALIZED (
        SELECT each.key FROM (SELECT DISTINCT key FROM mine) each, LATERAL (
            SELECT count(*) AS things FROM (
                SELECT FROM directory_alike also WHERE also.key = each.key LIMIT %(many)s + 1) few) counted
        WHERE counted.things BETWEEN 2 AND %(many)s
    )
    SELECT DISTINCT least(mine.thing_id, theirs.thing_id), greatest(mine.thing_id, theirs.thing_id)
    FROM telling JOIN mine ON mine.key = telling.key
    JOIN directory_alike theirs ON theirs.key = telling.key AND theirs.thing = %(thing)s
        AND theirs.thing_id <> mine.thing_id
    ORDER BY 1, 2
"""
"""Keys that tell too little are left out before anything is joined: a switchboard makes pairs of all it serves."""


def later(services: Collection[UUID]) -> None:
    """Have a worker look whether these services, and whose they are, are here twice."""
    listed = sorted(services)
    for start in range(0, len(listed), JOB):
        app.configure_task(TASK).defer(services=[str(pk) for pk in listed[start : start + JOB]])


def find_of(services: Collection[UUID]) -> int:
    """Look for doubles of some services and of their organizations. How many new pairs were found."""
    owners = set(Service.objects.filter(pk__in=services).values_list("organization_id", flat=True))
    return find(Thing.SERVICE, services) + find(Thing.ORGANIZATION, owners)


def find_all(progress: Callable[[int], object] | None = None) -> int:
    """Look at each service and organization there is. How many new pairs were found."""
    found = 0
    for thing, model in ((Thing.ORGANIZATION, Organization), (Thing.SERVICE, Service)):
        ids = list(model._default_manager.order_by("pk").values_list("pk", flat=True))
        for some in batches(ids):
            _index(thing, some)
        _look_again()
        for some in batches(ids):
            found += _compare(thing, some)
            if progress is not None:
                progress(len(some))
    return found


def find(thing: str, ids: Collection[UUID]) -> int:
    """Look for doubles of some services or organizations among all of them."""
    found = 0
    for some in batches(ids):
        with transaction.atomic():
            _index(thing, some)
            found += _compare(thing, some)
    return found


def _index(thing: str, ids: Collection[UUID]) -> None:
    """Put some things under their keys."""
    with transaction.atomic():
        Alike.objects.filter(thing=thing, thing_id__in=among(ids)).delete()
        Alike.objects.bulk_create(
            [
                Alike(thing=thing, thing_id=pk, key=key)
                for pk, known in told(thing, ids).items()
                for key in keys(known)
            ],
            batch_size=10_000,
        )


def _look_again() -> None:
    """Let the database count the keys: it was filled faster than it looks by itself."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE directory_alike")


def _compare(thing: str, ids: Collection[UUID]) -> int:
    """Judge each pair that shares a key, and keep what may be the same. What is not any more goes."""
    with connection.cursor() as cursor:
        cursor.execute(PAIRS, {"thing": thing, "ids": list(ids), "many": MANY})
        pairs: list[tuple[UUID, UUID]] = cursor.fetchall()
    judged: list[tuple[tuple[UUID, UUID], Judged]] = []
    known: dict[UUID, Told] = {}
    for start in range(0, len(pairs), AT_ONCE):
        some = pairs[start : start + AT_ONCE]
        if len(known) > AT_ONCE:
            known.clear()
        known |= told(thing, {pk for pair in some for pk in pair} - known.keys())
        judged += [
            (pair, verdict)
            for pair in some
            if pair[0] in known and pair[1] in known and (verdict := judge(known[pair[0]], known[pair[1]]))
        ]
    return _keep(thing, ids, judged)


def _keep(
    thing: str, ids: Collection[UUID], listed: list[tuple[tuple[UUID, UUID], Judged]]
) -> int:  # fmt: skip
    with transaction.atomic():
        before = Double.objects.filter(thing=thing, one__in=among(ids)) | Double.objects.filter(
            thing=thing, other__in=among(ids)
        )
        there = set(before.values_list("one", "other"))
        now = {pair for pair, _verdict in listed}
        gone = [pair for pair in there if pair not in now]
        for one, other in gone:
            Double.objects.filter(one=one, other=other, verdict=Verdict.OPEN).delete()
        Double.objects.bulk_create(
            [
                Double(
                    thing=thing, one=one, other=other, reasons=list(verdict.reasons), likeness=verdict.likeness
                )
                for (one, other), verdict in listed
            ],
            update_conflicts=True, unique_fields=["one", "other"], update_fields=["reasons", "likeness"],
            batch_size=2_000,
        )  # fmt: skip
    return len(now - there)


def say_different(double: Double, *, by: str, at: datetime) -> None:
    """They are not the same: remembered for good, so that nobody is asked again."""
    Double.objects.filter(pk=double.pk, verdict=Verdict.OPEN).update(
        verdict=Verdict.DIFFERENT, said_by=by, said_at=at
    )
