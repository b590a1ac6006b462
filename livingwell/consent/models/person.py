"""Persons: somebody with a page, and how they like to be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from livingwell.consent.models.part import Part
from livingwell.consent.models.seeing import pages_open_to
from livingwell.core.constraints import together

if TYPE_CHECKING:
    from datetime import datetime

    from livingwell.people.models import Account


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(
        self, viewer: Account, part: Part | None = None, *, at: datetime, change: bool = False
    ) -> PersonQuerySet:
        """Those of whose page this viewer may see (or change) a part, or anything at all."""
        return self.filter(pk__in=pages_open_to(viewer, part, at=at, change=change))


class Person(models.Model):
    """Somebody with a page. Without an account it is kept with them by a link worker, on paper or by phone."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    account = models.OneToOneField(
        "people.Account", null=True, on_delete=models.PROTECT, related_name="person"
    )
    called = models.TextField(blank=True)
    """The name they like to hear. May be empty."""
    started_at = models.DateTimeField()
    started_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    invented = models.BooleanField(default=False)
    erased_at = models.DateTimeField(null=True)
    erased_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")

    objects = PersonQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            together("erased_at", "erased_by"),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(called="", account=None),
                name="consent_person_nothing_left_when_erased",
            ),
        ]

    def __str__(self) -> str:
        return f"page {self.pk}"


class Way(models.TextChoices):
    """A way of reaching somebody. Permission for it is apart from consent to share."""

    PHONE = "phone", _("Ring me")
    TEXT = "text", _("Text me")
    EMAIL = "email", _("E-mail me")
    LETTER = "letter", _("Write to me")


class ContactQuerySet(models.QuerySet["Contact"]):
    def visible_to(self, viewer: Account, *, at: datetime, change: bool = False) -> ContactQuerySet:
        """Those of persons who share with this viewer how to reach them."""
        return self.filter(person__in=pages_open_to(viewer, Part.CONTACT, at=at, change=change))


class Contact(models.Model):
    """Who somebody is for the post and the surgery, and how they may be reached. Each line may stay empty."""

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.PROTECT, related_name="contact")
    full_name = models.TextField(blank=True)
    born_on = models.DateField(null=True)
    nhs_number = models.CharField(max_length=10, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    address = models.TextField(blank=True)
    ways = ArrayField(models.CharField(max_length=6), default=list)
    """How we may get in touch (values of `Way`). Empty: not at all."""
    best_time = models.TextField(blank=True)
    may_leave_word = models.BooleanField(default=False)
    word_to_leave = models.TextField(blank=True)
    """What a message may say, in their words. Empty: neither the network nor health is named."""

    objects = ContactQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(nhs_number="") | Q(nhs_number__regex=r"^[0-9]{10}$"),
                name="consent_contact_nhs_number_whole",
            ),
            models.CheckConstraint(
                condition=Q(ways__contained_by=Way.values), name="consent_contact_ways_known"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["born_on"], name="consent_contact_by_birth"),
            models.Index(
                fields=["nhs_number"], condition=~Q(nhs_number=""), name="consent_contact_by_nhs_number"
            ),
        ]

    def __str__(self) -> str:
        return f"contact of page {self.person_id}"
