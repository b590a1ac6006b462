"""Short addresses, for paper and for texts."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class ShortAddress(models.Model):
    """A short word that leads to a service: /s/7k3mq. It is derived from the service's id, and stays with it."""

    code = models.CharField(max_length=20, primary_key=True)
    service = models.OneToOneField(
        "directory.Service", on_delete=models.CASCADE, related_name="+"
    )  # derived: a service that is really taken out takes its short address along

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[b-df-hj-km-np-tv-xz2-9]{5,20}$"),
                name="handouts_shortaddress_can_be_read_aloud",
            ),
        ]

    def __str__(self) -> str:
        return self.code
