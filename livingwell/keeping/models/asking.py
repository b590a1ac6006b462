"""What we asked the people of entries: one message to one address, about a few entries."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q

from livingwell.core.constraints import between


class Asking(models.Model):
    """One message that asked one address about its entries, and how long its link opens.

    `not_theirs_at`: when somebody there said that they are not the right person to ask.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    to = models.TextField()
    message = models.ForeignKey("messaging.Message", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    asked_by = models.TextField()
    until = models.DateTimeField()
    not_theirs_at = models.DateTimeField(null=True)
    not_theirs_by = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(until__gt=models.F("asked_at")), name="keeping_asking_opens"),
            models.CheckConstraint(
                condition=Q(not_theirs_at=None, not_theirs_by="")
                | Q(not_theirs_at__isnull=False) & ~Q(not_theirs_by=""),
                name="keeping_asking_not_theirs_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Ask(models.Model):
    """That an asking was about this entry: the first question, or which reminder; `told` what silence does."""

    asking = models.ForeignKey(Asking, on_delete=models.PROTECT, related_name="asks")
    service = models.ForeignKey("directory.Service", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    told = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["asking", "service"], name="keeping_ask_once_an_asking"),
            between("number", 1, 3),
        ]

    def __str__(self) -> str:
        return f"{self.service_id}: question {self.number}"
