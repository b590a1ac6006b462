"""Putting the changes of introductions in an order that every system that polls sees the same way."""

from __future__ import annotations

from typing import Final

from django.db import connection, transaction

AT_ONCE: Final = 5_000
LOCK: Final = "SELECT pg_advisory_xact_lock(hashtext('exchange.settle'))"
SETTLE: Final = """
    WITH first AS (
        SELECT id FROM exchange_touch ORDER BY id LIMIT %(most)s
    ), taken AS (
        DELETE FROM exchange_touch WHERE id IN (SELECT id FROM first) RETURNING id, referral_id
    ), each AS (
        SELECT referral_id, row_number() OVER (ORDER BY min(id)) AS place FROM taken GROUP BY 1
    ), start AS (
        SELECT greatest(clock_timestamp(), (SELECT max(modified) FROM exchange_change)) AS moment
    ), kept AS (
        INSERT INTO exchange_change (referral_id, modified)
        SELECT each.referral_id, start.moment + each.place * interval '1 microsecond'
        FROM each CROSS JOIN start JOIN referrals_referral referral ON referral.id = each.referral_id
        ON CONFLICT (referral_id) DO UPDATE SET modified = EXCLUDED.modified
    )
    SELECT count(*) FROM taken
"""


def settle(*, at_most: int = AT_ONCE) -> int:
    """Put committed changes in order; how many notes were seen to.

    One process at a time gives out the moments, each later than all before it, after the commit of the change: so
    whoever has seen a moment has seen all before it (docs/adr/0034-linked-up.md).
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM exchange_touch)")
        if not cursor.fetchone()[0]:
            return 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(LOCK)
        cursor.execute(SETTLE, {"most": at_most})
        return int(cursor.fetchone()[0])


def settle_all() -> int:
    """The same until nothing is left."""
    done = 0
    while some := settle():
        done += some
    return done
