"""Who told us that an entry is right, or what has become of it; when and how."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from livingwell.core.constraints import one_of
from livingwell.directory.models import Assured


class Outcome(models.TextChoices):
    """What somebody said of an entry."""

    RIGHT = "right", _("Still right")
    CHANGED = "changed", _("Something has changed")
    ROOM = "room", _("How much room there is")
    CLOSED = "closed", _("It has closed")


class Confirmation(models.Model):
    """One answer about one entry: what was said, by whom, how and when. Rows are added and never changed,
    but for words by which a confidential place could be found."""

    service = models.ForeignKey("directory.Service", on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome)
    how = models.CharField(max_length=10, choices=Assured)
    said_at = models.DateTimeField()
    said_by = models.TextField()
    note = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-said_at", "-id"]
        constraints: ClassVar = [
            one_of("outcome", Outcome.values),
            one_of("how", Assured.values),
            models.CheckConstraint(condition=~Q(said_by=""), name="keeping_confirmation_said_by_somebody"),
        ]
        indexes: ClassVar = [models.Index(fields=["service", "-said_at"], name="keeping_confirmation_latest")]

    def __str__(self) -> str:
        return f"{self.service_id}: {self.outcome}"
