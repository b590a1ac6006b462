"""What providers tell us: what became of a message, and the texts that people send to us."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import transaction
from procrastinate.contrib.django import app

from livingwell.core.errors import Refusal
from livingwell.messaging import addresses, keywords
from livingwell.messaging.actions.moves import move
from livingwell.messaging.actions.sending import enqueue
from livingwell.messaging.actions.stopping import start, stop
from livingwell.messaging.models import NEXT, Channel, Inbound, Message, Status

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

HANDLE: Final = "livingwell.messaging.tasks.handle"


@dataclass(frozen=True, slots=True)
class Receipt:
    """News of one message: by our id or the provider's, what it came to, and why in plain words."""

    message: UUID | None
    reference: str
    status: Status
    words: str = ""


def note_receipt(receipt: Receipt, *, by: str, at: datetime) -> bool:
    """Take the news in. False where it is of no message of ours; news that comes twice or too late changes nothing."""
    with transaction.atomic():
        rows = Message.objects.select_for_update()
        message = (
            rows.filter(pk=receipt.message, provider=by).first()
            if receipt.message
            else rows.filter(reference=receipt.reference, provider=by).exclude(reference="").first()
        )
        if message is None:
            return False
        if receipt.status in NEXT[Status(message.status)]:
            message.reference = message.reference or receipt.reference
            message.in_doubt = False
            move(message, receipt.status, by=by, at=at, note=receipt.words)
        return True


def settle(message: Message, status: Status, *, by: str, at: datetime) -> None:
    """A person says of a message that nobody knew of whether it went (sent), is to go again (queued), or is let be."""
    with transaction.atomic():
        row = Message.objects.select_for_update().get(pk=message.pk)
        if row.status != Status.UNKNOWN or status not in {Status.SENT, Status.QUEUED, Status.CANCELLED}:
            raise Refusal("This message is settled already.")
        if status == Status.QUEUED and row.erased_at is not None:
            raise Refusal("The words of this message are erased, so it cannot be sent again.")
        row.in_doubt = False
        move(row, status, by=by, at=at)
        if status == Status.QUEUED:
            enqueue(row.pk)


def receive(*, provider: str, reference: str, sender: str, body: str, at: datetime) -> Inbound:
    """Take a text in, once. STOP and START are obeyed at once; any other word's handler is called by the worker."""
    with transaction.atomic():
        inbound, new = Inbound.objects.get_or_create(
            provider=provider,
            reference=reference,
            defaults={"sender": sender, "body": body, "received_at": at, "received_by": provider},
        )
        if not new:
            return inbound
        word = keywords.first_word(body)
        try:
            number = addresses.uk_mobile(sender if sender.startswith("+") else f"+{sender}")
        except Refusal:
            return inbound  # A short code or a number from abroad: a person may look at it.
        if word in keywords.STOP:
            stop(Channel.TEXT, number, by="them", at=at)
        elif word in keywords.START:
            start(Channel.TEXT, number, by="them", at=at)
        elif keywords.handler_of(word) or keywords.anything_else():
            app.configure_task(HANDLE).defer(inbound=str(inbound.pk))
            return inbound
        else:
            return inbound
        inbound.keyword = word
        inbound.save()
        return inbound


def read(inbound: Inbound, *, by: str, at: datetime) -> None:
    """Somebody has read this text and done what there was to do."""
    Inbound.objects.filter(pk=inbound.pk, read_at=None).update(read_at=at, read_by=by)


def handle(pk: UUID, *, at: datetime) -> None:
    """Call the handler of a text's first word. Both happen or neither does, so a failure is tried again whole."""
    with transaction.atomic():
        inbound = Inbound.objects.select_for_update().get(pk=pk)
        word = keywords.first_word(inbound.body)
        handler, anything_else = keywords.handler_of(word), keywords.anything_else()
        if inbound.keyword or inbound.erased_at is not None:
            return
        if handler is not None:
            handler(inbound, at)
            inbound.keyword = word[:30]
        elif anything_else is not None:
            inbound.keyword = anything_else(inbound, at)[:30]
        inbound.save()


def forget_sender(inbound: Inbound, *, by: str, at: datetime) -> None:
    """Take out of a text who sent it and what it said. Whoever handles it calls this; it is saved with the handling."""
    inbound.sender = inbound.body = ""
    inbound.erased_at, inbound.erased_by = at, by
