"""That somebody does not want to be rung, and by whom; they take it back in one press."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q

from livingwell.consent.models import Part, Person, pages_open_to
from livingwell.core.constraints import together
from livingwell.people.models import Membership

if TYPE_CHECKING:
    from datetime import datetime

    from livingwell.people.models import Account


class NotRungQuerySet(models.QuerySet["NotRung"]):
    def visible_to(self, viewer: Account, *, at: datetime, change: bool = False) -> NotRungQuerySet:
        """Those of one's own page or a page one keeps; to look at, those of organizations where one works too."""
        own = Q(person__in=pages_open_to(viewer, Part.CONSENTS, at=at, change=change))
        if change:
            return self.filter(own)
        works = Membership.objects.with_people(at).filter(account=viewer).values("organization")
        return self.filter(
            own | Q(person__in=pages_open_to(viewer, Part.CONTACT, at=at), organization__in=works)
        )

    def live(self) -> NotRungQuerySet:
        """Those that were not taken back."""
        return self.filter(ended_at=None)


class NotRung(models.Model):
    """That somebody asked one organization not to ring them, and whether they took that back."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="not_rung")
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")

    objects = NotRungQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            together("ended_at", "ended_by"),
            models.UniqueConstraint(
                fields=["person", "organization"], condition=Q(ended_at=None), name="recall_notrung_once"
            ),
        ]

    def __str__(self) -> str:
        return f"not rung {self.pk}"
