"""Asking the database as whoever holds a link: one introduction exists for them, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from livingwell.consent.acting import as_the_web_role

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from datetime import datetime


def by_link(secret: str, *, at: datetime) -> AbstractContextManager[None]:
    """Ask and write as whoever holds the link of this hash: its receiver, or who is told what came of it.

    Everything inside is one transaction.
    """
    return as_the_web_role(link=secret, at=at)
