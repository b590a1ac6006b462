"""The moment by the database's clock, for imports that are not told one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from datetime import datetime


def database_time() -> datetime:
    """When the present transaction began."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT transaction_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment
