"""Asking the database as a linked-up system: the introductions to its organization exist for it, and nothing else."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import connection, transaction

from livingwell.core.roles import WEB_ROLE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from livingwell.exchange.models import Client

SET = """
    SELECT set_config('role', %s, true), set_config('livingwell.exchange', %s, true),
           set_config('livingwell.at', %s, true)
"""


@contextmanager
def asking(client: Client, *, at: datetime) -> Iterator[None]:
    """Ask and write as this client at this moment. Everything inside is one transaction."""
    with transaction.atomic():
        _set(WEB_ROLE, str(client.pk), at.isoformat())
        yield
        _set("none", "", "")


def _set(role: str, client: str, at: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(SET, [role, client, at])
