"""Putting the changes of introductions in an order that every system that polls sees the same way."""

from __future__ import annotations

from typing import Final

from django.db import connection, transaction

AT_ONCE: Final = 5_000


def settle(*, at_most: int = AT_ONCE) -> int:
    """Put committed changes in order; how many notes were seen to.

    One process at a time gives out the moments, each later than all before it, after the commit of the change: so
    whoever has seen a moment has seen all before it (docs/adr/0034-linked-up.md, `touching`).
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT livingwell_exchange_settle(%s)", [at_most])
        return int(cursor.fetchone()[0])


def settle_all() -> int:
    """The same until nothing is left."""
    done = 0
    while some := settle():
        done += some
    return done
