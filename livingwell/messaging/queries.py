"""What others may ask of messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from livingwell.messaging import adapters

if TYPE_CHECKING:
    from livingwell.messaging.models import Channel


def can_send(channel: Channel) -> bool:
    """Whether a way to send this kind of message is set up."""
    return bool(adapters.chosen(channel))


def only_pretends(channel: Channel) -> bool:
    """Whether such messages are only shown to whoever runs this copy, and never leave."""
    return adapters.chosen(channel) == "console"
