"""A missed appointment: a signal, not an offence; and whom somebody wants to ring them then."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q

from livingwell.consent.models import Part, Person, pages_open_to
from livingwell.people.models import Membership

if TYPE_CHECKING:
    from datetime import datetime

    from livingwell.people.models import Account


class PeersQuerySet(models.QuerySet["Peers"]):
    def visible_to(self, viewer: Account, *, at: datetime, change: bool = False) -> PeersQuerySet:
        """Those of one's own page, or of a page that one keeps with its person."""
        return self.filter(person__in=pages_open_to(viewer, Part.CONSENTS, at=at, change=change))


class Peers(models.Model):
    """That after a missed appointment somebody wants a peer supporter of this organization to ring, not the clinic."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="peers")
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField()
    chosen_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")

    objects = PeersQuerySet.as_manager()

    def __str__(self) -> str:
        return f"peers of page {self.person_id}"


class MissedQuerySet(models.QuerySet["Missed"]):
    def visible_to(self, viewer: Account, *, at: datetime) -> MissedQuerySet:
        """Those of one's own page or a page one keeps, and those of organizations where one works with people."""
        works = Membership.objects.with_people(at).filter(account=viewer).values("organization")
        return self.filter(
            Q(person__in=pages_open_to(viewer, Part.CONTACT, at=at), organization__in=works)
            | Q(person__in=pages_open_to(viewer, Part.CONSENTS, at=at))
        )


class Missed(models.Model):
    """That somebody did not come to an appointment on a day, as a member of the organization noted."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="missed")
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")

    objects = MissedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "organization", "on"], name="recall_missed_once"),
        ]

    def __str__(self) -> str:
        return f"missed {self.pk}"
