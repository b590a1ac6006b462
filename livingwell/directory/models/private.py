"""Where a confidential service really is: kept apart from everything that is shown, searched, sent or given out."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class PrivateSite(models.Model):
    """The site of a confidential service, such as a refuge, in one text. No page, feed or search reads this table.

    Whatever a source or an editor says about the place of such a service is moved here in the same transaction,
    see `livingwell.directory.actions.private`.
    """

    service = models.OneToOneField("directory.Service", on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    noted_at = models.DateTimeField()
    noted_by = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(words=""), name="directory_privatesite_said")
        ]

    def __str__(self) -> str:
        return f"the private site of {self.service_id}"


class SiteLook(models.Model):
    """That somebody looked at a private site: who, when, why. Never changed."""

    site = models.ForeignKey(PrivateSite, on_delete=models.PROTECT, related_name="looks")
    looked_at = models.DateTimeField()
    looked_by = models.TextField()
    why = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(why=""), name="directory_sitelook_with_a_reason")
        ]

    def __str__(self) -> str:
        return f"{self.looked_by} {self.looked_at:%Y-%m-%d}"
