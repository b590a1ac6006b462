"""What to expect when you go, told by people who went."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from livingwell.core.constraints import one_of, together


class VisitStatus(models.TextChoices):
    WAITING = "waiting", _("Waiting to be read")
    SHOWN = "shown", _("Shown")
    NOT_SHOWN = "not shown", _("Not shown")


NEXT: dict[VisitStatus, frozenset[VisitStatus]] = {
    VisitStatus.WAITING: frozenset({VisitStatus.SHOWN, VisitStatus.NOT_SHOWN}),
    VisitStatus.SHOWN: frozenset({VisitStatus.NOT_SHOWN}),
    VisitStatus.NOT_SHOWN: frozenset(),
}


class Visit(models.Model):
    """What one person found who went to a service. Shown after somebody has read it, with the month of the visit.

    Nobody is asked who they are. What is not shown is emptied: only that it was sent remains.
    """

    ASKED: ClassVar = ("entrance", "welcome", "feel", "company", "costs", "anything")

    id = models.UUIDField(primary_key=True, default=uuid4)
    service = models.ForeignKey("directory.Service", on_delete=models.PROTECT, related_name="visits")
    went_on = models.DateField()
    entrance = models.TextField(blank=True)
    welcome = models.TextField(blank=True)
    feel = models.TextField(blank=True)
    company = models.TextField(blank=True)
    costs = models.TextField(blank=True)
    anything = models.TextField(blank=True)
    status = models.CharField(max_length=10, choices=VisitStatus, default=VisitStatus.WAITING)
    written_at = models.DateTimeField()
    written_by = models.TextField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.TextField(null=True)  # noqa: DJ001 - together with decided_at or not at all

    class Meta:
        constraints: ClassVar = [
            one_of("status", VisitStatus.values),
            together("decided_at", "decided_by"),
            models.CheckConstraint(
                condition=Q(status="waiting", decided_at__isnull=True)
                | (~Q(status="waiting") & Q(decided_at__isnull=False)),
                name="directory_visit_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(status="not shown")
                | Q(entrance="", welcome="", feel="", company="", costs="", anything=""),
                name="directory_visit_emptied_when_not_shown",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["service"], condition=Q(status="shown"), name="directory_visit_shown"),
            models.Index(
                fields=["written_at"], condition=Q(status="waiting"), name="directory_visit_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} in {self.went_on:%B %Y}"
