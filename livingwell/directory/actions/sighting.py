"""Which services their source still names: those it names are seen, those it no longer names are never deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

SEE: Final = """
    WITH seen AS (SELECT unnest(%(ids)s::uuid[]) AS id),
    back AS (
        SELECT service.id FROM directory_service service JOIN seen USING (id)
        WHERE service.not_seen_since IS NOT NULL OR service.closed_by_source
    ),
    done AS (
        UPDATE directory_service service
        SET last_seen = %(at)s, not_seen_since = NULL, closed_by_source = false,
            status = CASE WHEN service.closed_by_source AND service.status = 'defunct' THEN 'active'
                ELSE service.status END
        FROM seen WHERE service.id = seen.id
    )
    SELECT id FROM back
"""
MISS: Final = """
    UPDATE directory_service
    SET not_seen_since = coalesce((last_seen AT TIME ZONE 'Europe/London')::date, %(day)s)
    WHERE source_id = %(source)s AND not_seen_since IS NULL AND status <> 'defunct'
        AND (last_seen IS NULL OR last_seen < %(since)s)
    RETURNING id
"""
LOST: Final = """
    SELECT count(*) FILTER (WHERE last_seen IS NULL OR last_seen < %(since)s), count(*)
    FROM directory_service
    WHERE source_id = %(source)s AND not_seen_since IS NULL AND status <> 'defunct'
"""


def see(services: Iterable[UUID], *, at: datetime) -> set[UUID]:
    """Note that a source names these; one that it had taken away is open again. Those that came back."""
    ids = list(services)
    if not ids:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(SEE, {"ids": ids, "at": at})
        return {row[0] for row in cursor.fetchall()}


def lost(source: str, *, since: datetime) -> tuple[int, int]:
    """Of the services of a source that it named until now: how many it did not name since, and how many there are."""
    with connection.cursor() as cursor:
        cursor.execute(LOST, {"source": source, "since": since})
        row = cursor.fetchone()
        return row[0], row[1]


def miss(source: str, *, since: datetime) -> set[UUID]:
    """Note which services a source did not name in a reading of all of it that began at `since`."""
    with connection.cursor() as cursor:
        cursor.execute(MISS, {"source": source, "since": since, "day": since.date()})
        return {row[0] for row in cursor.fetchall()}
