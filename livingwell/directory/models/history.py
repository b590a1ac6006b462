"""What an entry said before, who said what, and which of our corrections stand against their source."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from livingwell.core.constraints import one_of


class How(models.TextChoices):
    """By which way a change came."""

    IMPORT = "import", _("From the list it comes from")
    LINK = "link", _("By a link sent to them")
    PHONE = "phone", _("By phone")
    SCREEN = "screen", _("Here, by hand")
    REPORT = "report", _("After somebody said it was wrong")
    MERGE = "merge", _("From another entry of the same thing")
    RESTORE = "restore", _("Put back as it was")


class Version(models.Model):
    """What one entry said from a moment on: the whole of it, who changed it, how, and which fields.

    Rows are never changed or removed, with one exception that the database allows: the places of an entry
    can be taken out for good, for when it becomes confidential.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    service = models.ForeignKey("directory.Service", on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_by = models.TextField()
    how = models.CharField(max_length=10, choices=How)
    note = models.TextField(blank=True)
    fields = models.JSONField(default=list)
    content = models.JSONField()

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            one_of("how", How.values),
            models.UniqueConstraint(fields=["service", "number"], name="directory_version_numbered_once"),
            models.CheckConstraint(
                condition=Q(number__gte=1) & ~Q(made_by=""), name="directory_version_made_by_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_id}, version {self.number}"


class HoldQuerySet(models.QuerySet["Hold"]):
    def live(self) -> HoldQuerySet:
        """Those that still stand."""
        return self.filter(released_at=None)


class Hold(models.Model):
    """That a field stays as a person corrected it, whatever its source says; and what the source says.

    `resource_type`, `resource_id`: the thing of HSDS, `field_name` its field or its list (as in a sheet).
    `service`: the entry on whose page this shows. `merge`: it came with a merge and
    ends with it. `source_differs_since`: when the source last said something new.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    service = models.ForeignKey(
        "directory.Service", null=True, on_delete=models.PROTECT, related_name="holds"
    )
    merge = models.ForeignKey("directory.Merge", null=True, on_delete=models.PROTECT, related_name="holds")
    resource_type = models.CharField(max_length=30)
    resource_id = models.UUIDField()
    field_name = models.TextField()
    value = models.JSONField(null=True)
    source_says = models.JSONField(null=True)
    source_differs_since = models.DateTimeField(null=True)
    how = models.CharField(max_length=10, choices=How)
    held_at = models.DateTimeField()
    held_by = models.TextField()
    released_at = models.DateTimeField(null=True)
    released_by = models.TextField(blank=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            one_of("how", How.values),
            models.UniqueConstraint(
                fields=["resource_id", "resource_type", "field_name"],
                condition=Q(released_at__isnull=True),
                name="directory_hold_once_a_field",
            ),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True, released_by="")
                | (Q(released_at__isnull=False) & ~Q(released_by="")),
                name="directory_hold_released_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resource_type} {self.resource_id}: {self.field_name}"
