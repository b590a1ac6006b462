"""What people looked for and did not find: how often, and nothing about who or in which words."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class LookedFor(models.Model):
    """How many searches of one day found nothing, or nothing near, for a theme in an area.

    `theme`: a slug; empty where no theme was understood, and then without area. `area`: the first half of the
    postcode that was typed, else empty. There are no words here, no address, no time of day and no session.
    """

    theme = models.TextField(blank=True)
    area = models.CharField(max_length=4, blank=True)
    day = models.DateField()
    count = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["day", "theme", "area"], name="directory_lookedfor_once"),
            models.CheckConstraint(condition=Q(count__gt=0), name="directory_lookedfor_counts"),
            models.CheckConstraint(
                condition=Q(area="") | (Q(area__regex=r"^[A-Z]{1,2}[0-9][A-Z0-9]?$") & ~Q(theme="")),
                name="directory_lookedfor_area_is_half_a_postcode",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.theme or '-'} in {self.area or '-'} on {self.day}: {self.count}"
