"""Codes on paper, with which somebody takes the page that was kept with them into their own hands."""

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


class PaperCodeQuerySet(models.QuerySet["PaperCode"]):
    def visible_to(self, viewer: Account, *, at: datetime) -> PaperCodeQuerySet:
        """Those of one's own page and of pages one keeps."""
        return self.filter(person__in=pages_open_to(viewer, Part.CONSENTS, at=at))

    def open(self, at: datetime) -> PaperCodeQuerySet:
        """Those that can still be used."""
        return self.filter(used_at=None, withdrawn_at=None, until__gt=at)


class PaperCode(models.Model):
    """A code that was printed for a person. Only its keyed hash is here; it works once, until a day."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="paper_codes")
    hashed = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    until = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    used_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")

    objects = PaperCodeQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            together("used_at", "used_by"),
            together("withdrawn_at", "withdrawn_by"),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="linkwork_papercode_one_end",
            ),
            models.CheckConstraint(
                condition=Q(until__gt=F("made_at")), name="linkwork_papercode_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(used_at=None, withdrawn_at=None),
                name="linkwork_papercode_one_at_a_time",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "-made_at"], name="linkwork_papercode_by_person")]

    def __str__(self) -> str:
        return f"code {self.pk}"
