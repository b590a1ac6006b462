"""Asking for a message to be sent, and taking that back. Nothing leaves here: a worker carries it out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from livingwell.core.errors import Refusal
from livingwell.messaging import addresses
from livingwell.messaging.actions.moves import move
from livingwell.messaging.actions.stopping import is_stopped
from livingwell.messaging.hours import quiet
from livingwell.messaging.models import Channel, Message, Move, Status

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

DELIVER: Final = "livingwell.messaging.tasks.deliver"


def send(
    *,
    channel: Channel,
    to: str,
    subject: str,
    body: str,
    key: str,
    at: datetime,
    by: str,
    forget: bool = False,
    by_day: bool = False,
) -> Message:
    """Put a message in the outbox. It leaves once this transaction is committed, and once only.

    `key` names the occasion ("ask:<id>:2026-03-01"), holds no personal words, and is never sent twice: a second call
    with it answers the message of the first. `subject` is for e-mail and letters. With `forget` the address and the
    words are erased the moment the message is sent. With `by_day` it waits for the morning where it is quiet. An
    address that cannot be right, or that asked us to stop, is a Refusal.
    """
    address = addresses.whole(channel, to)
    if not body.strip() or not key.strip() or (channel != Channel.TEXT and not subject.strip()):
        raise Refusal(_("A message needs words, and an e-mail or a letter a subject."))
    with transaction.atomic():
        known = Message.objects.filter(key=key).first()
        if known is not None:
            return known
        if is_stopped(channel, address):
            raise Refusal(_("This address asked us to send nothing more. Send START to us to change that."))
        message, new = Message.objects.get_or_create(
            key=key,
            defaults={
                "channel": channel,
                "to": address,
                "subject": "" if channel == Channel.TEXT else " ".join(subject.split()),
                "body": body,
                "forget": forget,
                "by_day": by_day,
                "queued_at": at,
                "queued_by": by,
                "moved_at": at,
                "moved_by": by,
            },
        )
        if new:
            Move.objects.create(message=message, status=Status.QUEUED, moved_at=at, moved_by=by)
            enqueue(message.pk, not_before=quiet().over(at) if by_day else None)
        return message


def enqueue(message: UUID, *, not_before: datetime | None = None) -> None:
    """Have a worker carry this message, in the transaction of whoever calls."""
    app.configure_task(DELIVER, schedule_at=not_before).defer(message=str(message))


def cancel(key: str, *, by: str, at: datetime, note: str = "") -> bool:
    """Take a message back that has not left yet; whether there was one to take back."""
    with transaction.atomic():
        message = Message.objects.select_for_update().filter(key=key, status=Status.QUEUED).first()
        if message is None:
            return False
        move(message, Status.CANCELLED, by=by, at=at, note=note)
        return True
