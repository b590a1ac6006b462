"""The links by which the people of entries come in to keep them right."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from livingwell.core.constraints import together

if TYPE_CHECKING:
    from datetime import datetime


class DoorQuerySet(models.QuerySet["Door"]):
    def unopened(self, at: datetime) -> DoorQuerySet:
        """Those whose link still works."""
        return self.filter(opened_at=None, ended_at=None, until__gt=at)

    def inside(self, at: datetime) -> DoorQuerySet:
        """Those through which somebody is in now."""
        return self.filter(opened_at__isnull=False, ended_at=None, until__gt=at)


class Door(models.Model):
    """One link to one address that an entry already has: it opens once, and lets in until `until`.

    Before it is opened, `until` ends the link; afterwards it ends the visit.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    to = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.TextField()
    until = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    opened_by = models.TextField(null=True)  # noqa: DJ001 - together with opened_at or not at all
    ended_at = models.DateTimeField(null=True)
    ended_by = models.TextField(null=True)  # noqa: DJ001 - together with ended_at or not at all

    objects = DoorQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            together("opened_at", "opened_by"),
            together("ended_at", "ended_by"),
            models.CheckConstraint(
                condition=Q(until__gt=F("made_at")) & ~Q(to=""), name="keeping_door_opens_for_somebody"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
