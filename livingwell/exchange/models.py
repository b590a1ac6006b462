"""The other systems that are linked up: each acts for one organization, with a secret of which only a hash is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

if TYPE_CHECKING:
    from datetime import datetime


class ClientQuerySet(models.QuerySet["Client"]):
    def live(self, at: datetime) -> ClientQuerySet:
        """Those that may ask now."""
        return self.filter(Q(ended_at__isnull=True) | Q(ended_at__gt=at), made_at__lte=at)


class Client(models.Model):
    """A system of one organization that may ask here in its name, from when until when, by whose word."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    name = models.TextField()
    secret = models.CharField(max_length=64)
    """SHA-256 of the secret, in hexadecimal. The secret is shown once, when the client is made."""
    sends_as = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    """Who answers for what it sends, and works with people there. Nobody: it only receives."""
    made_at = models.DateTimeField()
    made_by = models.TextField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.TextField(blank=True)

    objects = ClientQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by="")
                | (Q(ended_at__gte=F("made_at")) & ~Q(ended_by="")),
                name="exchange_client_ended_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(secret__regex=r"^[0-9a-f]{64}$"),  # noqa: S106
                name="exchange_client_secret_hashed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.pk})"


class Touch(models.Model):
    """That a transaction changed what the Task of an introduction says; not in order yet.

    Triggers (`touching`) write these rows, whoever makes the change. `actions.settle` takes them and puts them in
    order.
    """

    referral_id = models.UUIDField()

    def __str__(self) -> str:
        return f"introduction {self.referral_id}"


class Change(models.Model):
    """When an introduction last changed for those who poll: a moment never given twice, never before an earlier one.

    It is given after the commit, so that nothing is skipped when transactions commit out of order.
    """

    referral_id = models.UUIDField(primary_key=True)
    modified = models.DateTimeField(unique=True)

    def __str__(self) -> str:
        return f"introduction {self.referral_id}"
