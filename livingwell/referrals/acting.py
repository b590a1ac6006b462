"""Asking the database as whoever holds a link: one introduction exists for them, and nothing else about anybody."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import connection, transaction

from livingwell.core.roles import WEB_ROLE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

SET = """
    SELECT set_config('role', %s, true), set_config('livingwell.link', %s, true), set_config('livingwell.at', %s, true)
"""


@contextmanager
def by_link(secret: str, *, at: datetime) -> Iterator[None]:
    """Ask and write as the receiver who holds the link of this hash. Everything inside is one transaction."""
    with transaction.atomic():
        _set(WEB_ROLE, secret, at.isoformat())
        yield
        _set("none", "", "")


def _set(role: str, secret: str, at: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(SET, [role, secret, at])
