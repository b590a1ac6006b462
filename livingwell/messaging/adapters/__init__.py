"""The ways a message can leave, one for each provider, and which of them is used for what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.conf import settings

from livingwell.messaging.adapters.console import Console
from livingwell.messaging.adapters.port import Adapter, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from livingwell.messaging.models import Channel

ADAPTERS: Final[Mapping[str, Callable[[], Adapter]]] = {"console": Console}


def chosen(channel: Channel) -> str:
    """The name of the adapter that settings name for a channel; empty where there is none."""
    return str(settings.MESSAGES.get(str(channel), ""))


def named(name: str) -> Adapter:
    """The adapter of this name, ready to use."""
    if name not in ADAPTERS:
        raise Refused("No way to send this is set up.")
    return ADAPTERS[name]()
