"""Putting the changes of the directory in an order that everybody sees the same way."""

from __future__ import annotations

from typing import Final

from django.db import connection, transaction

AT_ONCE: Final = 5_000
LOCK: Final = "SELECT pg_advisory_xact_lock(hashtext('opendata.settle'))"

# A session: a group of people that meets at times that are known, at a place that is known.
IS_SESSION: Final = """
    service.status IN ('active', 'temporarily closed') AND service.merged_into_id IS NULL
    AND service.kind = 'group'
    AND (EXISTS (SELECT 1 FROM directory_schedule times
            WHERE times.service_id = service.id AND (times.freq <> '' OR times.dtstart IS NOT NULL))
        OR EXISTS (SELECT 1 FROM directory_serviceatlocation at
            JOIN directory_schedule times ON times.service_at_location_id = at.id
            WHERE at.service_id = service.id AND (times.freq <> '' OR times.dtstart IS NOT NULL)))
    AND EXISTS (SELECT 1 FROM directory_serviceatlocation at JOIN directory_location place
        ON place.id = at.location_id WHERE at.service_id = service.id AND place.location_type = 'physical'
        AND (place.latitude IS NOT NULL
            OR EXISTS (SELECT 1 FROM directory_address written WHERE written.location_id = place.id)))
"""
SETTLE: Final = """
    WITH first AS (
        SELECT id FROM opendata_touch ORDER BY id LIMIT %(most)s
    ), taken AS (
        DELETE FROM opendata_touch WHERE id IN (SELECT id FROM first) RETURNING id, subject, subject_id
    ), each AS (
        SELECT subject, subject_id, row_number() OVER (ORDER BY min(id)) AS place FROM taken GROUP BY 1, 2
    ), start AS (
        SELECT greatest(clock_timestamp(), (SELECT max(modified) FROM opendata_change)) AS moment
    ), said AS (
        SELECT each.subject, each.subject_id, start.moment + each.place * interval '1 microsecond' AS modified,
            each.subject <> 'terms' AND coalesce(service.id, organization.id) IS NULL AS gone,
            CASE WHEN service.status = 'defunct' OR service.merged_into_id IS NOT NULL THEN start.moment END AS closed,
            coalesce(IS_SESSION, FALSE) AS is_session,
            coalesce(service.name, organization.name, '') AS name, service.organization_id
        FROM each CROSS JOIN start
        LEFT JOIN directory_service service ON each.subject = 'service' AND service.id = each.subject_id
        LEFT JOIN directory_organization organization
            ON each.subject = 'organization' AND organization.id = each.subject_id
    ), kept AS (
        INSERT INTO opendata_change AS old
            (subject, subject_id, modified, gone, closed, was_session, is_session, name, organization_id)
        SELECT subject, subject_id, modified, gone, closed, is_session, is_session, name, organization_id FROM said
        ON CONFLICT (subject, subject_id) DO UPDATE SET
            modified = EXCLUDED.modified, gone = EXCLUDED.gone,
            closed = CASE WHEN EXCLUDED.gone OR EXCLUDED.closed IS NOT NULL
                THEN coalesce(old.closed, EXCLUDED.closed, EXCLUDED.modified) END,
            is_session = EXCLUDED.is_session, was_session = old.was_session OR EXCLUDED.is_session,
            name = CASE WHEN EXCLUDED.gone THEN old.name ELSE EXCLUDED.name END,
            organization_id = coalesce(EXCLUDED.organization_id, old.organization_id)
    )
    SELECT count(*) FROM taken
""".replace("IS_SESSION", IS_SESSION)


def settle(*, at_most: int = AT_ONCE) -> int:
    """Put committed changes in order; how many notes were seen to.

    One process at a time gives out the moments, in a transaction of its own, so that a moment seen is never
    followed by an earlier one: docs/adr/0011-open-data-and-its-changes.md says why that is safe.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM opendata_touch)")
        if not cursor.fetchone()[0]:
            return 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(LOCK)
        cursor.execute(SETTLE, {"most": at_most})
        return int(cursor.fetchone()[0])


def settle_all() -> int:
    """The same until nothing is left."""
    done = 0
    while some := settle(at_most=20_000):
        done += some
    return done
