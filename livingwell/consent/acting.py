"""On whose behalf the database is asked: one transaction, one account, and one page where only one is meant."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import connection, transaction

from livingwell.core.roles import WEB_ROLE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from uuid import UUID

    from livingwell.people.models import Account

SET = """
    SELECT set_config('role', %s, true), set_config('livingwell.actor', %s, true),
           set_config('livingwell.at', %s, true), set_config('livingwell.page', %s, true)
"""


@contextmanager
def acting(account: Account, *, at: datetime, page: UUID | None = None) -> Iterator[None]:
    """Ask and write as this account at this moment: rows about persons whom it may not see do not exist meanwhile.

    With `page` nothing of any other page exists either. Everything inside is one transaction: all of it or nothing.
    """
    with transaction.atomic():
        _set(WEB_ROLE, str(account.pk), at.isoformat(), str(page or ""))
        yield
        _set("none", "", "", "")


def _set(role: str, actor: str, at: str, page: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(SET, [role, actor, at, page])
