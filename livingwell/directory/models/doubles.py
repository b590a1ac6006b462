"""The same thing twice: what may be, what was said of it, and what was made one."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from livingwell.core.constraints import one_of


class Thing(models.TextChoices):
    """What may be there twice."""

    SERVICE = "service", _("Service")
    ORGANIZATION = "organization", _("Organization")


class Verdict(models.TextChoices):
    """What a person said of two entries that look alike. "Not the same" is remembered for good."""

    OPEN = "open", _("Nobody looked yet")
    SAME = "same", _("The same")
    DIFFERENT = "different", _("Not the same")


class Double(models.Model):
    """Two services, or two organizations, that may be the same, with the reasons in words."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    thing = models.CharField(max_length=12, choices=Thing)
    one = models.UUIDField()
    other = models.UUIDField(db_index=True)
    reasons = models.JSONField(default=list)
    likeness = models.PositiveSmallIntegerField()
    verdict = models.CharField(max_length=9, choices=Verdict, default=Verdict.OPEN)
    said_at = models.DateTimeField(null=True)
    said_by = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-likeness", "id"]
        constraints: ClassVar = [
            one_of("thing", Thing.values),
            one_of("verdict", Verdict.values),
            models.UniqueConstraint(fields=["one", "other"], name="directory_double_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="directory_double_in_order"),
            models.CheckConstraint(
                condition=Q(verdict="open") | (Q(said_at__isnull=False) & ~Q(said_by="")),
                name="directory_double_said_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one} = {self.other}?"


class Alike(models.Model):
    """One key under which a thing is looked for again (derived): things that share a key are compared."""

    thing = models.CharField(max_length=12, choices=Thing)
    thing_id = models.UUIDField(db_index=True)
    key = models.BigIntegerField(db_index=True)

    class Meta:
        constraints: ClassVar = [one_of("thing", Thing.values)]

    def __str__(self) -> str:
        return f"{self.thing_id}: {self.key}"


class Merge(models.Model):
    """That one entry was made part of another: whose value stands for each field, and what stood before.

    `choices`: for each field of the sheet that is the other's. `before`: holds of ours that it took the place of.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    thing = models.CharField(max_length=12, choices=Thing)
    kept = models.UUIDField(db_index=True)
    other = models.UUIDField()
    choices = models.JSONField(default=list)
    before = models.JSONField(default=list)
    merged_at = models.DateTimeField()
    merged_by = models.TextField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-merged_at"]
        constraints: ClassVar = [
            one_of("thing", Thing.values),
            models.UniqueConstraint(
                fields=["other"], condition=Q(undone_at__isnull=True), name="directory_merge_into_one"
            ),
            models.CheckConstraint(condition=~Q(kept=F("other")), name="directory_merge_of_two"),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by="")
                | (Q(undone_at__isnull=False) & ~Q(undone_by="")),
                name="directory_merge_undone_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.other} in {self.kept}"
