"""Consents: one person allows one receiver to see named parts of their page, for a purpose, until a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from livingwell.consent.models.part import PARTS, Part
from livingwell.consent.models.person import Person
from livingwell.consent.models.seeing import pages_open_to
from livingwell.core.constraints import one_of, together
from livingwell.people.models import Membership

if TYPE_CHECKING:
    from datetime import datetime

    from livingwell.people.models import Account


class Purpose(models.TextChoices):
    """What the receiver may use it for, and nothing else."""

    KEEP = "keep", _("Keep my page with me")
    HELP = "help", _("Help me with what I want")
    INTRODUCTION = "introduction", _("Get to know me before we meet")
    CARE = "care", _("Look after my health")
    FAMILY = "family", _("Be there as family, friend or carer")


class How(models.TextChoices):
    """How the person said yes."""

    SCREEN = "screen", _("On a screen, by themselves")
    IN_PERSON = "in person", _("Said face to face, read back to them")
    PHONE = "phone", _("Said on the phone, read back to them")
    PAPER = "paper", _("On paper, with their name under it")


class Basis(models.TextChoices):
    """The lawful basis (UK GDPR, article 6), recorded apart from the person's yes, which is about confidentiality."""

    CONSENT = "consent", _("Consent")
    PUBLIC_TASK = "public task", _("Public task")
    LEGITIMATE_INTERESTS = "legitimate interests", _("Legitimate interests")


class ConsentQuerySet(models.QuerySet["Consent"]):
    def live(self, at: datetime) -> ConsentQuerySet:
        """Those that hold at a moment: given, not withdrawn, not at an end."""
        return self.filter(
            Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=at), given_at__lte=at, until__gt=at
        )

    def opening(self, part: Part) -> ConsentQuerySet:
        """Those that open a part of the page. An introduction opens none: its receiver reads what it says."""
        return self.filter(parts__contains=[part.value]).exclude(purpose=Purpose.INTRODUCTION)

    def visible_to(self, viewer: Account, *, at: datetime) -> ConsentQuerySet:
        """Those of one's own page, of pages one keeps, and those that one has received."""
        return self.filter(_seen_by(viewer, at))

    def known_to(self, viewer: Account, *, at: datetime) -> ConsentQuerySet:
        """Those and the ones that were given to an organization where one works with people: that one is let in."""
        places = Membership.objects.with_people(at).filter(account=viewer).values("organization")
        return self.filter(_seen_by(viewer, at) | Q(organization__in=places))


def _seen_by(viewer: Account, at: datetime) -> Q:
    return Q(person__in=pages_open_to(viewer, Part.CONSENTS, at=at)) | Q(account=viewer)


class Consent(models.Model):
    """That a person lets one named organization or one named account see parts of their page. Never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents")
    account = models.ForeignKey(
        "people.Account", null=True, on_delete=models.PROTECT, related_name="received_consents"
    )
    organization = models.ForeignKey(
        "directory.Organization", null=True, on_delete=models.PROTECT, related_name="+"
    )
    parts = ArrayField(models.CharField(max_length=12))
    purpose = models.CharField(max_length=12, choices=Purpose)
    may_change = models.BooleanField(default=False)
    """Whether the receiver may also write in these parts, with the person."""
    given_at = models.DateTimeField()
    given_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    """Who recorded it: the person themself, or who heard them say it."""
    until = models.DateTimeField()
    how = models.CharField(max_length=9, choices=How)
    said = models.TextField(blank=True)
    """What was said, when it was said and not pressed. Personal words: gone with an erasure."""
    lawful_basis = models.CharField(max_length=20, choices=Basis)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")

    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            one_of("purpose", Purpose.values),
            one_of("how", How.values),
            one_of("lawful_basis", Basis.values),
            together("withdrawn_at", "withdrawn_by"),
            models.CheckConstraint(
                condition=Q(account__isnull=False, organization__isnull=True)
                | Q(account__isnull=True, organization__isnull=False),
                name="consent_consent_names_one_receiver",
            ),
            models.CheckConstraint(
                condition=Q(parts__contained_by=[part.value for part in PARTS]) & Q(parts__len__gt=0),
                name="consent_consent_names_parts",
            ),
            models.CheckConstraint(
                condition=Q(until__gt=F("given_at")), name="consent_consent_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("given_at")),
                name="consent_consent_withdrawn_after_given",
            ),
            models.UniqueConstraint(
                fields=["person", "account", "organization", "purpose"],
                condition=Q(withdrawn_at__isnull=True),
                nulls_distinct=False,
                name="consent_consent_once_for_each_purpose",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["organization", "person"],
                include=["parts", "purpose", "may_change", "given_at", "until", "withdrawn_at"],
                name="consent_by_organization",
            ),
            models.Index(fields=["account", "person"], name="consent_by_account"),
        ]

    def __str__(self) -> str:
        return f"consent {self.pk}"
