"""What a source took away: a service closes, a time goes; what was never here is never made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from livingwell.directory.actions.tables import MODELS, batches, columns_of
from livingwell.directory.feeds.gather import LEAVES
from livingwell.directory.feeds.model import Mended
from livingwell.directory.models import Service
from livingwell.directory.models.service import Status

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from livingwell.directory.actions.entries import Writer
    from livingwell.directory.feeds.model import Row

CLOSED: Final = "services that their source took away: closed here"
GONE: Final = "times and other facts that their source took away: gone here"
UNKNOWN: Final = "things that their source took away and that we never had: nothing to do"


def end(writer: Writer, rows: Sequence[Row]) -> None:
    """Close the services and take away the facts that these rows name, and count each row as taken."""
    writer.find((row.table, row.original_id) for row in rows)
    services: set[UUID] = set()
    facts: dict[str, set[UUID]] = {}
    for row in rows:
        pk = writer.ids.get((row.table, row.original_id))
        if pk is None:
            kind = UNKNOWN
        elif row.table == "service":
            kind = CLOSED
            services.add(pk)
        else:
            kind = GONE
            facts.setdefault(row.table, set()).add(pk)
        writer.report.mend(Mended(kind, row.table, row.file, row.line, row.original_id, "", ""))
        writer.report.take(row.table, row.records)
    _close(writer, services)
    for table, pks in facts.items():
        if table in LEAVES:
            _take_away(writer, table, pks)


def _close(writer: Writer, services: set[UUID]) -> None:
    counts = writer.report.entries["service"]
    writer.remember("service", [(pk, {}) for pk in services])
    for some in batches(services - writer.holding.closing(services)):
        ours = Service.objects.filter(pk__in=some, source=writer.source)
        changed = ours.exclude(status=Status.DEFUNCT).update(status=Status.DEFUNCT, closed_by_source=True)
        counts.changed += changed
        counts.unchanged += len(some) - changed
    writer.seen["service"] |= services
    writer.ended |= services
    writer.touched["service"] |= services


def _take_away(writer: Writer, table: str, pks: set[UUID]) -> None:
    for some in batches(writer.holding.spare(table, pks)):
        rows = MODELS[table]._default_manager.filter(pk__in=some)
        said = [(row.pop("pk"), row) for row in rows.values("pk", *columns_of(table))]
        writer.remember(table, said)
        writer.touch(table, said)
        writer.report.entries[table].removed += rows.delete()[0]
