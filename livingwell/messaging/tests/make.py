"""Messages and adapters for tests."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from livingwell.messaging import actions
from livingwell.messaging.models import Channel, Message

if TYPE_CHECKING:
    from livingwell.messaging.adapters.port import Post

NOW = datetime(2026, 3, 3, 10, 0, tzinfo=UTC)
MOBILE = "07700 900123"


def queued(key: str = "occasion:1", *, to: str = MOBILE, at: datetime = NOW, forget: bool = False) -> Message:
    return actions.send(
        channel=Channel.TEXT,
        to=to,
        subject="",
        body="Choir, Tue 7pm",
        key=key,
        at=at,
        by="test",
        forget=forget,
    )


@dataclass
class Provider:
    """A provider in memory that keeps what it took, and answers what it is told to."""

    name: str = "console"
    taken: list[Post] = field(default_factory=list)
    answers: list[Exception | str] = field(default_factory=list)
    finds: Exception | str | None = None

    def send(self, post: Post) -> str:
        answer = self.answers.pop(0) if self.answers else f"its-{len(self.taken) + 1}"
        if isinstance(answer, Exception):
            raise answer
        self.taken.append(post)
        return answer

    def find(self, post: Post, since: datetime) -> str | None:
        if isinstance(self.finds, Exception):
            raise self.finds
        return self.finds
