"""Which hour it is where the network is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

if TYPE_CHECKING:
    from datetime import datetime


def hour_here(at: datetime) -> int:
    """The hour of the day here, from 0 to 23."""
    return at.astimezone(timezone.get_current_timezone()).hour
