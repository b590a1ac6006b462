"""What others may ask of messages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from livingwell.messaging import adapters
from livingwell.messaging.addresses import masked
from livingwell.messaging.models import Inbound, Message, Status

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from livingwell.messaging.models import Channel

SHOWN: Final = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One message as those who run this copy see it: how far it came, not what it says or to whom."""

    id: UUID
    channel: str
    to: str
    status: str
    moved_at: datetime
    attempts: int
    problem: str


@dataclass(frozen=True, slots=True)
class Outbox:
    """What a person has to look at, and the messages that moved last."""

    unknown: tuple[Line, ...]
    came_in: tuple[Inbound, ...]
    last: tuple[Line, ...]


def can_send(channel: Channel) -> bool:
    """Whether a way to send this kind of message is set up."""
    return bool(adapters.chosen(channel))


def only_pretends(channel: Channel) -> bool:
    """Whether such messages are only shown to whoever runs this copy, and never leave."""
    return adapters.chosen(channel) == "console"


def waiting_for_a_person() -> int:
    """How many messages and texts only a person can deal with."""
    return Message.objects.for_a_person().count() + Inbound.objects.for_a_person().count()


def outbox() -> Outbox:
    """What to look at first, then the last that moved."""
    unknown = Message.objects.for_a_person().order_by("moved_at")[:SHOWN]
    last = Message.objects.exclude(status=Status.UNKNOWN).order_by("-moved_at")[:SHOWN]
    return Outbox(
        tuple(map(_line, unknown)),
        tuple(Inbound.objects.for_a_person().order_by("received_at")[:SHOWN]),
        tuple(map(_line, last)),
    )


def _line(message: Message) -> Line:
    return Line(
        message.pk,
        message.get_channel_display(),
        masked(message.channel, message.to) if message.to else "",
        message.get_status_display(),
        message.moved_at,
        message.attempts,
        message.problem,
    )
