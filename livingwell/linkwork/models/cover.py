"""Cover: a colleague who stands in for a link worker while they are away."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import uuid4

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import BigIntegerField, DateField, F, Func, Q, TextField, Value
from django.db.models.functions import Cast, Concat

from livingwell.core.constraints import together

if TYPE_CHECKING:
    from datetime import date


class CoverQuerySet(models.QuerySet["Cover"]):
    def on(self, day: date) -> CoverQuerySet:
        """Those that hold on a day."""
        return self.filter(from_on__lte=day, until_on__gte=day, ended_at=None)

    def to_come(self, day: date) -> CoverQuerySet:
        """Those that hold on a day or later."""
        return self.filter(until_on__gte=day, ended_at=None)


def _days() -> Func:
    return Func(F("from_on"), F("until_on"), Value("[]"), function="daterange", output_field=DateField())


def _whose() -> Func:
    """One number for an account in an organization, as a range of that number alone: an exclusion by equality then
    needs no extension. Two that share a number by chance (1 in 2^64) would exclude one another: no harm is done.
    """
    named = Concat(Cast("away_id", TextField()), Cast("organization_id", TextField()))
    number = Func(named, Value(0), function="hashtextextended", output_field=BigIntegerField())
    return Func(number, number, Value("[]"), function="int8range", output_field=BigIntegerField())


class Cover(models.Model):
    """That a colleague of the same organization stands in for somebody, from one day to another, both included.

    Whoever works for two organizations may be covered in each by somebody else.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    away = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    covering = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField()
    arranged_at = models.DateTimeField()
    arranged_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")

    objects = CoverQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            together("ended_at", "ended_by"),
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")), name="linkwork_cover_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=~Q(covering=F("away")), name="linkwork_cover_by_somebody_else"),
            ExclusionConstraint(
                name="linkwork_cover_one_at_a_time",
                expressions=[(_whose(), RangeOperators.OVERLAPS), (_days(), RangeOperators.OVERLAPS)],
                condition=Q(ended_at=None),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["covering", "until_on"], name="linkwork_cover_by_covering"),
            models.Index(fields=["away", "until_on"], name="linkwork_cover_by_away"),
        ]

    def __str__(self) -> str:
        return f"cover {self.pk}"
