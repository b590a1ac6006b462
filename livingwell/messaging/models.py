"""Messages that leave, messages that come in, and addresses that asked to be left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from livingwell.core.constraints import one_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


class Channel(models.TextChoices):
    """How a message travels."""

    EMAIL = "email", _("E-mail")
    TEXT = "text", _("Text")
    LETTER = "letter", _("Letter")


class Status(models.TextChoices):
    """How far a message has come."""

    QUEUED = "queued", _("Waiting to be sent")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    DELIVERED = "delivered", _("Arrived")
    UNKNOWN = "unknown", _("Not known whether it went")
    FAILED = "failed", _("Did not arrive")
    CANCELLED = "cancelled", _("Not sent after all")


NEXT: Final[Mapping[Status, frozenset[Status]]] = {
    Status.QUEUED: frozenset({Status.SENDING, Status.CANCELLED}),
    Status.SENDING: frozenset({Status.SENT, Status.QUEUED, Status.UNKNOWN, Status.FAILED, Status.DELIVERED}),
    Status.SENT: frozenset({Status.DELIVERED, Status.FAILED}),
    Status.DELIVERED: frozenset(),
    Status.UNKNOWN: frozenset(
        {Status.SENT, Status.DELIVERED, Status.QUEUED, Status.FAILED, Status.CANCELLED}
    ),
    Status.FAILED: frozenset(),
    Status.CANCELLED: frozenset(),
}
"""Which status may follow which. From "unknown" only a person, or news from the provider, moves a message on."""

WAITING: Final = (Status.QUEUED, Status.SENDING)
OVER: Final = tuple(status for status, following in NEXT.items() if not following)


class MessageQuerySet(models.QuerySet["Message"]):
    def waiting(self) -> MessageQuerySet:
        """Those that a worker still has to deal with."""
        return self.filter(status__in=WAITING)

    def for_a_person(self) -> MessageQuerySet:
        """Those where nobody but a person can say what to do."""
        return self.filter(status=Status.UNKNOWN)

    def promised(self, before: datetime) -> MessageQuerySet:
        """Those that were to be forgotten once they are sent, and hang in between since then."""
        return self.filter(forget=True, status=Status.UNKNOWN, erased_at=None, moved_at__lt=before)

    def to_be_erased(self, before: datetime) -> MessageQuerySet:
        """Those whose words are no longer needed: nothing has moved since then, and nothing waits to be sent."""
        return self.filter(erased_at=None, moved_at__lt=before).exclude(status__in=WAITING)


class Message(models.Model):
    """One message to one address, from the wish to send it to the news that it arrived. Its words are erased later."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    channel = models.CharField(max_length=10, choices=Channel)
    key = models.CharField(max_length=200, unique=True)
    to = models.TextField(blank=True)
    subject = models.TextField(blank=True)
    body = models.TextField(blank=True)
    forget = models.BooleanField(default=False)
    status = models.CharField(max_length=10, choices=Status, default=Status.QUEUED)
    by_day = models.BooleanField(default=False)
    """Not in the quiet hours: it waits for the morning, however often it is tried."""
    attempts = models.PositiveSmallIntegerField(default=0)
    in_doubt = models.BooleanField(default=False)
    provider = models.CharField(max_length=20, blank=True)
    reference = models.TextField(blank=True)
    problem = models.TextField(blank=True)
    queued_at = models.DateTimeField()
    queued_by = models.TextField()
    moved_at = models.DateTimeField()
    moved_by = models.TextField()
    erased_at = models.DateTimeField(null=True)
    erased_by = models.TextField(blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            one_of("channel", Channel.values),
            one_of("status", Status.values),
            models.CheckConstraint(condition=~Q(key=""), name="messaging_message_has_a_key"),
            models.CheckConstraint(
                condition=Q(erased_at=None, erased_by="") & ~Q(to="") & ~Q(body="")
                | Q(erased_at__isnull=False, to="", subject="", body="") & ~Q(erased_by=""),
                name="messaging_message_whole_or_erased",
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None) | ~Q(status__in=WAITING),
                name="messaging_message_not_erased_before_sent",
            ),
            models.CheckConstraint(
                condition=Q(moved_at__gte=F("queued_at")), name="messaging_message_moves_after_queued"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["moved_at"], condition=Q(status__in=WAITING), name="messaging_waiting"),
            models.Index(fields=["status", "moved_at"], name="messaging_by_status"),
            models.Index(fields=["reference"], condition=~Q(reference=""), name="messaging_by_reference"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.id}: {self.status}"


class Move(models.Model):
    """A message's step from one status to the next: when, by whose doing, and why in plain words."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="moves")
    status = models.CharField(max_length=10, choices=Status)
    moved_at = models.DateTimeField()
    moved_by = models.TextField()
    note = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [one_of("status", Status.values)]

    def __str__(self) -> str:
        return f"{self.message_id}: {self.status}"


class Stopped(models.Model):
    """An address that asked us to send nothing more. Only a keyed hash of it is kept, enough to know it again."""

    channel = models.CharField(max_length=10, choices=Channel)
    address = models.CharField(max_length=64)
    stopped_at = models.DateTimeField()
    stopped_by = models.TextField()

    class Meta:
        constraints: ClassVar = [
            one_of("channel", Channel.values),
            models.UniqueConstraint(fields=["channel", "address"], name="messaging_stopped_once"),
        ]

    def __str__(self) -> str:
        return f"{self.channel}: {self.address[:8]}"


class InboundQuerySet(models.QuerySet["Inbound"]):
    def for_a_person(self) -> InboundQuerySet:
        """Those that begin with no word we know, and that nobody has read yet."""
        return self.filter(keyword="", read_at=None, erased_at=None)


class Inbound(models.Model):
    """One text that somebody sent to us, and what became of it. The words and the number are erased later."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    provider = models.CharField(max_length=20)
    reference = models.CharField(max_length=100)
    sender = models.TextField(blank=True)
    body = models.TextField(blank=True)
    keyword = models.CharField(max_length=30, blank=True)
    received_at = models.DateTimeField()
    received_by = models.TextField()
    read_at = models.DateTimeField(null=True)
    read_by = models.TextField(blank=True)
    erased_at = models.DateTimeField(null=True)
    erased_by = models.TextField(blank=True)

    objects = InboundQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(read_at=None, read_by="") | Q(read_at__isnull=False) & ~Q(read_by=""),
                name="messaging_inbound_read_by_somebody",
            ),
            models.UniqueConstraint(fields=["provider", "reference"], name="messaging_inbound_once"),
            models.CheckConstraint(
                condition=Q(erased_at=None, erased_by="")
                | Q(erased_at__isnull=False, sender="", body="") & ~Q(erased_by=""),
                name="messaging_inbound_whole_or_erased",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider}: {self.keyword or 'for a person'}"
