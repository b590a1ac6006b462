"""Hard days: birthdays of the dead, anniversaries, court dates, before which somebody should be in touch."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Mod
from django.db.models.lookups import Exact

from livingwell.consent.models import Part, Person, pages_open_to
from livingwell.core.constraints import between
from livingwell.plans.days import FEWEST, MOST, Day, months_ahead

if TYPE_CHECKING:
    from datetime import date, datetime

    from livingwell.people.models import Account

LONG_MONTHS = (1, 3, 5, 7, 8, 10, 12)
FEBRUARY = 2


def _every(years: int) -> Exact:
    return Exact(Mod(F("year"), Value(years)), Value(0))


class HardDateQuerySet(models.QuerySet["HardDate"]):
    def visible_to(self, viewer: Account, *, at: datetime, change: bool = False) -> HardDateQuerySet:
        """Those of persons who share with this viewer what helps on a bad day."""
        return self.filter(person__in=pages_open_to(viewer, Part.CRISIS_CARD, at=at, change=change))

    def perhaps_near(self, on: date) -> HardDateQuerySet:
        """Those that may come within the longest time before which anybody wants to hear from us; some come later."""
        return self.filter(
            Q(yearly=True) | Q(year__in=[on.year, on.year + 1]), month__in=months_ahead(on, MOST)
        )


class HardDate(models.Model):
    """A day that is hard for somebody, every year or once, and how many days before it somebody should be in touch."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="hard_dates")
    what = models.TextField()
    """In their own words."""
    day = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField()
    year = models.PositiveSmallIntegerField(null=True)
    yearly = models.BooleanField(default=True)
    days_before = models.PositiveSmallIntegerField(default=7)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")

    objects = HardDateQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            between("day", 1, 31),
            between("month", 1, 12),
            between("year", 1900, 2200),
            between("days_before", FEWEST, MOST),
            models.CheckConstraint(condition=~Q(what=""), name="plans_harddate_says_what"),
            models.CheckConstraint(
                condition=Q(yearly=True) | Q(year__isnull=False), name="plans_harddate_once_has_a_year"
            ),
            models.CheckConstraint(
                condition=Q(day__lte=29) | Q(day=30) & ~Q(month=FEBRUARY) | Q(day=31, month__in=LONG_MONTHS),
                name="plans_harddate_day_is_in_its_month",
            ),
            models.CheckConstraint(
                condition=~Q(day=29, month=FEBRUARY)
                | Q(year__isnull=True)
                | Q(_every(4)) & (~Q(_every(100)) | Q(_every(400))),
                name="plans_harddate_leap_day_in_a_leap_year",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "month", "day"], name="plans_harddate_by_person")]

    def __str__(self) -> str:
        return f"hard date {self.pk}"

    @property
    def falls(self) -> Day:
        """When it is, apart from what it is."""
        return Day(self.day, self.month, self.year, self.yearly)
