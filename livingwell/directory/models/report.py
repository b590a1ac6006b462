"""What people tell us is wrong with an entry."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from livingwell.core.constraints import one_of

if TYPE_CHECKING:
    from collections.abc import Mapping


class About(models.TextChoices):
    """What is wrong, in the order of the page on which one chooses."""

    PHONE = "phone", _("Phone")
    WHEN = "when", _("When")
    WHERE = "where", _("Where")
    COST = "cost", _("Cost")
    GETTING_IN = "getting-in", _("How to get in")
    WEBSITE = "website", _("Website")
    DESCRIPTION = "description", _("What it is")
    CLOSED = "closed", _("It has closed")
    UNREACHED = "unreached", _("I can’t get through by phone")
    OTHER = "other", _("Something else")


class ReportStatus(models.TextChoices):
    WAITING = "waiting", _("Waits for a look")
    ASKED = "asked", _("Its people were asked")
    PUT_RIGHT = "put right", _("Put right")
    WAS_RIGHT = "was right", _("It was right")
    NOT_FOUND = "not found", _("Could not find out")


OVER: Final = frozenset({ReportStatus.PUT_RIGHT, ReportStatus.WAS_RIGHT, ReportStatus.NOT_FOUND})
NEXT: Mapping[ReportStatus, frozenset[ReportStatus]] = {
    ReportStatus.WAITING: OVER | {ReportStatus.ASKED},
    ReportStatus.ASKED: OVER,
    ReportStatus.PUT_RIGHT: frozenset(),
    ReportStatus.WAS_RIGHT: frozenset(),
    ReportStatus.NOT_FOUND: frozenset(),
}


class ReportQuerySet(models.QuerySet["Report"]):
    def open(self) -> ReportQuerySet:
        """Those of which nobody knows yet what is true."""
        return self.filter(status__in=(ReportStatus.WAITING, ReportStatus.ASKED))


class Report(models.Model):
    """That one person says something of an entry is wrong. Nobody is asked who they are.

    `sender`: a keyed hash of this entry, what is wrong and an internet address, so that one address counts once;
    emptied once it is decided, else after a few days. `contact`: where to tell them what came of it, emptied as soon
    as they were told.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    service = models.ForeignKey("directory.Service", on_delete=models.PROTECT, related_name="reports")
    about = models.CharField(max_length=12, choices=About)
    words = models.TextField(blank=True)
    contact = models.TextField(blank=True)
    day = models.DateField()
    sender = models.CharField(max_length=64, blank=True)
    said_at = models.DateTimeField()
    said_by = models.TextField()
    status = models.CharField(max_length=10, choices=ReportStatus, default=ReportStatus.WAITING)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.TextField(blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            one_of("about", About.values),
            one_of("status", ReportStatus.values),
            models.UniqueConstraint(
                fields=["service", "about", "day", "sender"],
                condition=~Q(sender=""),
                name="directory_report_once_a_day",
            ),
            models.CheckConstraint(
                condition=Q(status="waiting", decided_at=None, decided_by="")
                | (~Q(status="waiting") & Q(decided_at__isnull=False) & ~Q(decided_by="")),
                name="directory_report_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(contact="") | Q(status__in=["waiting", "asked"]),
                name="directory_report_contact_only_while_open",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["service", "about"],
                condition=Q(status__in=["waiting", "asked"]),
                name="directory_report_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_id}: {self.about}"
