"""Changes that wait for a look by somebody who keeps the directory, before they show."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from livingwell.core.constraints import one_of
from livingwell.directory.models import Assured

if TYPE_CHECKING:
    from collections.abc import Mapping


class Status(models.TextChoices):
    """What has become of it."""

    WAITING = "waiting", _("Waits for a look")
    ACCEPTED = "accepted", _("Taken over")
    DECLINED = "declined", _("Not taken over")


NEXT: Final[Mapping[Status, frozenset[Status]]] = {
    Status.WAITING: frozenset({Status.ACCEPTED, Status.DECLINED}),
    Status.ACCEPTED: frozenset(),
    Status.DECLINED: frozenset(),
}


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def waiting(self) -> ProposalQuerySet:
        """Those that nobody has looked at, the oldest first."""
        return self.filter(status=Status.WAITING).order_by("proposed_at", "id")


class Proposal(models.Model):
    """What somebody says that an entry should say. `values`: as for `directory.actions.editing.change`.

    `note`: in their own words; where there are no values, an editor makes the change by hand.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    service = models.ForeignKey("directory.Service", on_delete=models.PROTECT, related_name="+")
    values = models.JSONField(default=dict)
    note = models.TextField(blank=True)
    how = models.CharField(max_length=10, choices=Assured)
    proposed_at = models.DateTimeField()
    proposed_by = models.TextField()
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.TextField(blank=True)
    reason = models.TextField(blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            one_of("how", Assured.values),
            one_of("status", Status.values),
            models.CheckConstraint(
                condition=~Q(values={}) | ~Q(note=""), name="keeping_proposal_says_something"
            ),
            models.CheckConstraint(
                condition=Q(status=Status.WAITING, decided_at=None, decided_by="")
                | ~Q(status=Status.WAITING) & Q(decided_at__isnull=False) & ~Q(decided_by=""),
                name="keeping_proposal_decided_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(proposed_by=""), name="keeping_proposal_by_somebody"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["service"], condition=Q(status=Status.WAITING), name="keeping_proposal_waiting"
            )
        ]

    def __str__(self) -> str:
        return f"{self.service_id}: {self.status}"
