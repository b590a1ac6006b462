"""What the port asks of an adapter, and how an adapter says that something went wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from livingwell.messaging.models import Channel


@dataclass(frozen=True, slots=True)
class Post:
    """What is to be sent. `reference` is ours, the same at each attempt, so that a provider can know it again."""

    channel: Channel
    to: str
    subject: str
    body: str
    reference: str


class Passing(Exception):
    """It was surely not sent, and may be tried again, not before `after` seconds. The message is in plain words."""

    def __init__(self, words: str, after: int = 0) -> None:
        super().__init__(words)
        self.after = after


class Refused(Exception):
    """It was surely not sent, and will never be. `stopped`: because the address asked the provider to stop."""

    def __init__(self, words: str, *, stopped: bool = False) -> None:
        super().__init__(words)
        self.stopped = stopped


class Unclear(Exception):
    """It may have been sent: no answer came. Whether it went has to be looked up, or asked of a person."""


class Adapter(Protocol):
    """One provider. Made anew for each message, so nothing is shared between threads."""

    name: str

    def send(self, post: Post) -> str:
        """Send it, and answer the provider's own reference. Raises Passing, Refused or Unclear."""

    def find(self, post: Post, since: datetime) -> str | None:
        """The provider's reference if it has sent this since then; None if it surely has not. Raises Unclear."""
