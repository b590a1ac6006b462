"""Carrying a message to its provider, so that it leaves once and no more, whatever breaks on the way.

A message is claimed in one transaction and sent in a second that holds its row locked. A worker that dies leaves the
claim behind, but not the lock: so an interrupted message is known by being claimed and not locked. It is then looked up
at the provider before it is sent again; where that cannot be done, a person decides. docs/adr/0015-messages.md.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import transaction

from livingwell.messaging import adapters
from livingwell.messaging.actions.moves import move
from livingwell.messaging.actions.stopping import is_stopped, stop
from livingwell.messaging.adapters.port import Adapter, Passing, Post, Refused, Unclear
from livingwell.messaging.hours import quiet
from livingwell.messaging.models import Channel, Message, Status

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

MOST_ATTEMPTS: Final = 10
"""With the back-off of tasks.BackOff that is about eight hours of trying."""


def deliver(pk: UUID, *, by: str, at: datetime, adapter: Callable[[str], Adapter] = adapters.named) -> None:
    """Carry one message. Raises Passing when it should be tried again later; any other outcome stands in the row."""
    attempt = _claim(pk, by=by, at=at)
    if attempt is None:
        return
    trouble: Passing | None = None
    with transaction.atomic():
        message = Message.objects.select_for_update().filter(pk=pk).first()
        if message is None or message.status != Status.SENDING or message.attempts != attempt:
            return  # Another worker has it now.
        try:
            message.reference = _carry(message, adapter(message.provider))
            message.in_doubt = False
            move(message, Status.SENT, by=by, at=at)
        except Passing as passing:
            trouble = _later(message, passing, by=by, at=at)
        except Refused as refused:
            message.in_doubt = False
            if refused.stopped:
                stop(Channel(message.channel), message.to, by=message.provider, at=at)
            move(message, Status.FAILED, by=by, at=at, note=str(refused))
        except Unclear as unclear:
            move(message, Status.UNKNOWN, by=by, at=at, note=str(unclear))
    if trouble:
        raise trouble


def _later(message: Message, passing: Passing, *, by: str, at: datetime) -> Passing | None:
    """Put it back into the queue, unless it was tried often enough."""
    if message.attempts < MOST_ATTEMPTS:
        move(message, Status.QUEUED, by=by, at=at, note=str(passing))
        return passing
    move(message, Status.UNKNOWN if message.in_doubt else Status.FAILED, by=by, at=at, note=str(passing))
    return None


def _claim(pk: UUID, *, by: str, at: datetime) -> int | None:
    """Take the message for this worker; the number of the attempt, or None where there is nothing to do."""
    with transaction.atomic():
        message = Message.objects.select_for_update(skip_locked=True).filter(pk=pk).first()
        if message is None:
            if Message.objects.waiting().filter(pk=pk).exists():
                raise Passing("Another worker is sending it.", after=settings.MESSAGES_TIMEOUT)
            return None
        if message.status == Status.SENDING:
            wait = message.moved_at + timedelta(seconds=2 * settings.MESSAGES_TIMEOUT) - at
            if wait > timedelta(0):
                raise Passing("Another worker began to send it.", after=int(wait.total_seconds()) + 1)
            message.in_doubt = True
        elif message.status != Status.QUEUED:
            return None
        elif is_stopped(Channel(message.channel), message.to):
            move(message, Status.CANCELLED, by=by, at=at, note="The address asked us to send nothing more.")
            return None
        elif message.by_day and quiet().holds(at):
            wait = quiet().over(at) - at
            raise Passing("It is quiet now. It goes in the morning.", after=int(wait.total_seconds()) + 1)
        else:
            move(message, Status.SENDING, by=by, at=at)
            message.provider = message.provider or adapters.chosen(Channel(message.channel))
        message.attempts += 1
        message.save()
        return message.attempts


def _carry(message: Message, adapter: Adapter) -> str:
    """Send it. Where an earlier attempt broke off, only once the provider says that it does not know it."""
    post = Post(Channel(message.channel), message.to, message.subject, message.body, str(message.pk))
    if message.in_doubt:
        found = adapter.find(post, message.queued_at)
        if found is not None:
            return found
        message.in_doubt = False
    try:
        return adapter.send(post)
    except Unclear as unclear:
        message.in_doubt = True
        raise Passing(str(unclear), after=2 * settings.MESSAGES_TIMEOUT) from unclear
