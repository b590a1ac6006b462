"""Asking the database as a linked-up system: the introductions to its organization exist for it, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from livingwell.consent.acting import as_the_web_role

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from datetime import datetime

    from livingwell.exchange.models import Client


def asking(client: Client, *, at: datetime) -> AbstractContextManager[None]:
    """Ask and write as this client at this moment. Everything inside is one transaction."""
    return as_the_web_role(exchange=str(client.pk), at=at)
