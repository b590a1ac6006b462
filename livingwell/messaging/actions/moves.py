"""The one function that moves a message from one status to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from livingwell.core.errors import Refusal
from livingwell.messaging.models import NEXT, OVER, Message, Move, Status

if TYPE_CHECKING:
    from datetime import datetime


def move(message: Message, to: Status, *, by: str, at: datetime, note: str = "") -> None:
    """Take one step and remember it. The row is locked by whoever calls; a step that NEXT does not know is refused."""
    if to not in NEXT[Status(message.status)]:
        raise Refusal(f"A message that is “{message.get_status_display()}” cannot become “{to.label}”.")
    message.status = to
    message.moved_at = max(at, message.queued_at)
    message.moved_by = by
    message.problem = note if to in {Status.QUEUED, Status.UNKNOWN, Status.FAILED, Status.CANCELLED} else ""
    if message.forget and (to in OVER or to == Status.SENT):
        erase(message, by=by, at=message.moved_at)
    message.save()
    Move.objects.create(message=message, status=to, moved_at=message.moved_at, moved_by=by, note=note)


def erase(message: Message, *, by: str, at: datetime) -> None:
    """Take the address and the words out of a message. Whoever calls saves it."""
    if message.erased_at is None:
        message.to = message.subject = message.body = ""
        message.erased_at, message.erased_by = at, by
