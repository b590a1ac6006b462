"""An address that says STOP is left alone from then on, until it says START."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from livingwell.messaging.addresses import hashed
from livingwell.messaging.models import Channel, Stopped

if TYPE_CHECKING:
    from datetime import datetime


def stop(channel: Channel, address: str, *, by: str, at: datetime) -> None:
    """Send nothing more to this address."""
    Stopped.objects.get_or_create(
        channel=channel, address=_hash(channel, address), defaults={"stopped_at": at, "stopped_by": by}
    )


def start(channel: Channel, address: str, *, by: str, at: datetime) -> None:
    """This address wants to hear from us again."""
    Stopped.objects.filter(channel=channel, address=_hash(channel, address)).delete()


def is_stopped(channel: Channel, address: str) -> bool:
    """Whether this address asked us to send nothing more."""
    return Stopped.objects.filter(channel=channel, address=_hash(channel, address)).exists()


def _hash(channel: Channel, address: str) -> str:
    return hashed(channel, address, settings.SECRET_KEY)
