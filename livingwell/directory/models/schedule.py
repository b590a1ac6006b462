"""When things happen: local wall-clock times that repeat as iCalendar (RFC 5545) says."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from livingwell.core.constraints import not_after, one_of


class Frequency(models.TextChoices):
    """HSDS schedule.freq; what is daily is weekly with all its days."""

    WEEKLY = "WEEKLY", _("Every week")
    MONTHLY = "MONTHLY", _("Every month")


class BankHolidays(models.TextChoices):
    """What a rule means on a bank holiday. HSDS leaves it to the application."""

    OPEN = "open", _("The same on bank holidays")
    CLOSED = "closed", _("Not on bank holidays")
    ONLY = "only", _("Only on bank holidays")


class Schedule(models.Model):
    """One rule of when a service is open or meets (HSDS schedule). Times are local to `timezone`.

    `byday` holds RFC 5545 days with commas, each with its ordinal where monthly: "MO,WE" or "1TU". A row
    without `freq` says no more than its `description`, or a single day where `dtstart` is given. `closed`: an
    exception, on these days the repeating rules do not hold. `bank_holidays` empty: nobody said.
    `term_time`: only while schools are open.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    source = models.ForeignKey(
        "directory.Source", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    original_id = models.TextField(blank=True)
    service = models.ForeignKey(
        "directory.Service", null=True, on_delete=models.PROTECT, related_name="schedules"
    )
    location = models.ForeignKey(
        "directory.Location", null=True, on_delete=models.PROTECT, related_name="schedules"
    )
    service_at_location = models.ForeignKey(
        "directory.ServiceAtLocation", null=True, on_delete=models.PROTECT, related_name="schedules"
    )
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    dtstart = models.DateField(null=True, blank=True)
    timezone = models.TextField(default="Europe/London")
    until = models.DateField(null=True, blank=True)
    count = models.PositiveSmallIntegerField(null=True, blank=True)
    wkst = models.CharField(max_length=2, blank=True)
    freq = models.CharField(max_length=8, choices=Frequency, blank=True)
    interval = models.PositiveSmallIntegerField(default=1)
    byday = models.TextField(blank=True)
    byweekno = models.TextField(blank=True)
    bymonthday = models.TextField(blank=True)
    byyearday = models.TextField(blank=True)
    description = models.TextField(blank=True)
    opens_at = models.TimeField(null=True, blank=True)
    closes_at = models.TimeField(null=True, blank=True)
    schedule_link = models.TextField(blank=True)
    attending_type = models.TextField(blank=True)
    notes = models.TextField(blank=True)
    closed = models.BooleanField(default=False)
    bank_holidays = models.CharField(max_length=6, choices=BankHolidays, blank=True)
    term_time = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            one_of("bank_holidays", BankHolidays.values, blank=True),
            one_of("freq", Frequency.values, blank=True),
            one_of("wkst", ["MO", "TU", "WE", "TH", "FR", "SA", "SU"], blank=True),
            not_after("valid_from", "valid_to"),
            models.CheckConstraint(
                condition=Q(interval__gte=1), name="directory_schedule_interval_at_least_one"
            ),
            models.CheckConstraint(
                condition=Q(byday__regex=r"^([+-]?[1-5]?(MO|TU|WE|TH|FR|SA|SU)(,|$))*$"),
                name="directory_schedule_byday_as_rfc5545",
            ),
            models.CheckConstraint(
                condition=Q(service__isnull=False)
                | Q(location__isnull=False)
                | Q(service_at_location__isnull=False),
                name="directory_schedule_of_something",
            ),
        ]

    def __str__(self) -> str:
        return self.description or f"{self.freq} {self.byday} {self.opens_at}-{self.closes_at}"
