"""The ways a message can leave, one for each provider, and which of them is used for what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.utils.module_loading import import_string

from livingwell.messaging.adapters.port import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from livingwell.messaging.adapters.port import Adapter
    from livingwell.messaging.models import Channel

ADAPTERS: Final[Mapping[str, str]] = {
    name: f"livingwell.messaging.adapters.{name}.{name.capitalize()}"
    for name in ("console", "smtp", "notify", "twilio")
}
"""Each is imported when it is first used: the providers' libraries are large, and the web server needs none of them."""


def chosen(channel: Channel) -> str:
    """The name of the adapter that settings name for a channel; empty where there is none."""
    return str(settings.MESSAGES.get(str(channel), ""))


def named(name: str) -> Adapter:
    """The adapter of this name, ready to use."""
    if name not in ADAPTERS:
        raise Refused("No way to send this is set up.")
    adapter: Adapter = import_string(ADAPTERS[name])()
    return adapter
