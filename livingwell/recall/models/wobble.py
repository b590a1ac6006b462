"""A bad day: whom somebody chose beforehand to be told, that they pressed, and who was told."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import uuid4

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import BigIntegerField, F, Func, Q, TextField, Value
from django.db.models.functions import Cast

from livingwell.consent.models import Part, Person, pages_open_to

if TYPE_CHECKING:
    from datetime import datetime

    from livingwell.people.models import Account


class AllyQuerySet(models.QuerySet["Ally"]):
    def visible_to(self, viewer: Account, *, at: datetime, change: bool = False) -> AllyQuerySet:
        """Those of one's own page, or of a page that one keeps with its person."""
        return self.filter(person__in=pages_open_to(viewer, Part.CONSENTS, at=at, change=change))


class Ally(models.Model):
    """Somebody who is to be told on a bad day: one of the circle, or (without a member) the link worker."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="allies")
    member = models.ForeignKey("circles.CircleMember", null=True, on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField()
    chosen_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")

    objects = AllyQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "member"], nulls_distinct=False, name="recall_ally_chosen_once"
            ),
        ]

    def __str__(self) -> str:
        return f"ally {self.pk}"


class WobbleQuerySet(models.QuerySet["Wobble"]):
    def visible_to(self, viewer: Account, *, at: datetime) -> WobbleQuerySet:
        """Those of one's own page, or of a page that one keeps with its person."""
        return self.filter(person__in=pages_open_to(viewer, Part.CONSENTS, at=at))


class Wobble(models.Model):
    """That somebody said: today is a bad day. Nothing of why."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="wobbles")
    said_at = models.DateTimeField()
    said_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")

    objects = WobbleQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "-said_at"], name="recall_wobble_by_person")]

    def __str__(self) -> str:
        return f"wobble {self.pk}"


class TellingQuerySet(models.QuerySet["Telling"]):
    def visible_to(self, viewer: Account, *, at: datetime) -> TellingQuerySet:
        """Those of one's own page, or of a page that one keeps with its person."""
        return self.filter(person__in=pages_open_to(viewer, Part.CONSENTS, at=at))


def _whom() -> Func:
    """One number for whom, as a range of that number alone: an exclusion by equality then needs no extension."""
    named = Func(
        Cast("whom", TextField()), Value(0), function="hashtextextended", output_field=BigIntegerField()
    )
    return Func(named, named, Value("[]"), function="int8range", output_field=BigIntegerField())


def _rest() -> Func:
    return Func(
        F("told_at"), F("rests_until"), Value("[)"), function="tstzrange", output_field=DateTimeRangeField()
    )


class Telling(models.Model):
    """That one of those chosen was told of a bad day. The database lets nobody be told twice within 24 hours."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="tellings")
    wobble = models.ForeignKey(Wobble, on_delete=models.PROTECT, related_name="tellings")
    whom = models.UUIDField()
    """The id of the one of the circle, or of the page for its link worker: it stays when they are chosen anew."""
    called = models.TextField()
    told_at = models.DateTimeField()
    told_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    rests_until = models.DateTimeField()

    objects = TellingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            ExclusionConstraint(
                name="recall_telling_once_a_day",
                expressions=[(_whom(), RangeOperators.OVERLAPS), (_rest(), RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(
                condition=Q(
                    rests_until=F("told_at") + models.Value("24 hours", models.DurationField()),
                ),
                name="recall_telling_rests_a_day",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "-told_at"], name="recall_telling_by_person")]

    def __str__(self) -> str:
        return f"telling {self.pk}"
