"""The lead link worker: the one whom a person chose to keep the whole in view."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from livingwell.consent.models import Part, Person, pages_open_to
from livingwell.core.constraints import together

if TYPE_CHECKING:
    from datetime import datetime

    from livingwell.people.models import Account


class LeadQuerySet(models.QuerySet["Lead"]):
    def visible_to(self, viewer: Account, *, at: datetime) -> LeadQuerySet:
        """Those of one's own page, of pages whose plan one may see or that one keeps, and one's own while open."""
        return self.filter(
            Q(account=viewer, person__in=pages_open_to(viewer, None, at=at))  # first: most ask for their own
            | Q(person__in=pages_open_to(viewer, Part.PLAN, at=at))
            | Q(person__in=pages_open_to(viewer, Part.CONSENTS, at=at))
        )

    def live(self) -> LeadQuerySet:
        """Those that nobody has ended. Whether the link worker still works there is asked of their membership."""
        return self.filter(ended_at=None)


class Lead(models.Model):
    """That somebody walks with a person as their link worker, for which organization, from when until when."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="leads")
    account = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField()
    chosen_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")

    objects = LeadQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            together("ended_at", "ended_by"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("chosen_at")),
                name="linkwork_lead_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_at=None), name="linkwork_lead_one_at_a_time"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "-chosen_at"], name="linkwork_lead_by_person"),
            models.Index(
                fields=["account", "person"], condition=Q(ended_at=None), name="linkwork_lead_by_account"
            ),
        ]

    def __str__(self) -> str:
        return f"lead {self.pk}"
