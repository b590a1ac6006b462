"""Asking the database as whoever holds a link: one introduction exists for them, and nothing else about anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from livingwell.consent.acting import as_the_web_role

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from datetime import datetime


def by_link(secret: str, *, at: datetime) -> AbstractContextManager[None]:
    """Ask and write as the receiver who holds the link of this hash. Everything inside is one transaction."""
    return as_the_web_role(link=secret, at=at)
