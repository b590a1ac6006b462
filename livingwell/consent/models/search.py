"""That somebody looked for one person in an emergency, found or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import uuid4

from django.db import models

if TYPE_CHECKING:
    from datetime import datetime

    from livingwell.people.models import Account


class SearchQuerySet(models.QuerySet["Search"]):
    def visible_to(self, viewer: Account, *, at: datetime) -> SearchQuerySet:
        """One's own. Privacy leads come by their role."""
        return self.filter(searched_by=viewer, searched_at__lte=at)


class Search(models.Model):
    """That somebody looked for one person's page in an emergency. Whom they named is not kept. Never changed."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    searched_at = models.DateTimeField()
    searched_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    found = models.BooleanField()

    objects = SearchQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["searched_by", "searched_at"], name="consent_search_by_account"),
            models.Index(fields=["searched_at"], name="consent_search_by_time"),
        ]

    def __str__(self) -> str:
        return f"search {self.pk}"
