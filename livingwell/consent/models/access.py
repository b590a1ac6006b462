"""Who looked: the record of every look and change by anybody but the person, and of emergencies."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from livingwell.consent.models.consent import Consent
from livingwell.consent.models.part import Part
from livingwell.consent.models.person import Person
from livingwell.consent.models.seeing import pages_open_to
from livingwell.core.constraints import one_of, together

if TYPE_CHECKING:
    from datetime import datetime

    from livingwell.people.models import Account


class Grounds(models.TextChoices):
    """Why a page has to be opened without the person's word. One has to be chosen, and said in words besides."""

    LIFE = "life", _("Somebody’s life is in danger")
    CANNOT_SAY = "cannot say", _("They cannot speak for themselves now, and need help now")
    CHILD = "child", _("A child or an adult at risk has to be protected")
    LAW = "law", _("A court or the law requires it")


class Verdict(models.TextChoices):
    """What the privacy lead found."""

    IN_ORDER = "in order", _("It was right to look")
    NOT_IN_ORDER = "not in order", _("It was not right to look")


class EmergencyQuerySet(models.QuerySet["Emergency"]):
    def open(self, at: datetime) -> EmergencyQuerySet:
        """Those that let somebody in now."""
        return self.filter(opened_at__lte=at, until__gt=at)

    def visible_to(self, viewer: Account, *, at: datetime) -> EmergencyQuerySet:
        """Those into one's own page or a page one keeps, and one's own openings."""
        return self.filter(Q(person__in=pages_open_to(viewer, Part.CONSENTS, at=at)) | Q(opened_by=viewer))


class Emergency(models.Model):
    """That somebody opened a page without consent, for four hours at most, and what the privacy lead found."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="emergencies")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    """For whom they acted."""
    until = models.DateTimeField()
    grounds = models.CharField(max_length=10, choices=Grounds)
    words = models.TextField()
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=12, choices=Verdict, blank=True)
    verdict_words = models.TextField(blank=True)

    objects = EmergencyQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            one_of("grounds", Grounds.values),
            one_of("verdict", Verdict.values, blank=True),
            together("reviewed_at", "reviewed_by"),
            models.CheckConstraint(condition=~Q(words=""), name="consent_emergency_says_why"),
            models.CheckConstraint(
                condition=Q(reviewed_at__isnull=True, verdict="")
                | (Q(reviewed_at__isnull=False) & ~Q(verdict="")),
                name="consent_emergency_review_has_a_verdict",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("opened_by")),
                name="consent_emergency_not_reviewed_by_oneself",
            ),
            models.CheckConstraint(
                condition=Q(until__gt=F("opened_at"))
                & Q(until__lte=F("opened_at") + models.Value("4 hours", models.DurationField())),
                name="consent_emergency_four_hours_at_most",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["opened_by", "person"], name="consent_emergency_by_viewer"),
            models.Index(
                fields=["opened_at"], condition=Q(reviewed_at=None), name="consent_emergency_to_review"
            ),
        ]

    def __str__(self) -> str:
        return f"emergency {self.pk}"


class Did(models.TextChoices):
    """What somebody did with a part of a page."""

    LOOKED = "looked", _("Looked")
    CHANGED = "changed", _("Wrote")
    PRINTED = "printed", _("Printed")
    TOOK = "took", _("Took a copy")


class AccessQuerySet(models.QuerySet["Access"]):
    def visible_to(self, viewer: Account, *, at: datetime) -> AccessQuerySet:
        """Those of one's own page, of pages one keeps, and one's own looks."""
        return self.filter(Q(person__in=pages_open_to(viewer, Part.CONSENTS, at=at)) | Q(done_by=viewer))


class Access(models.Model):
    """That somebody else looked at a part of a page or wrote in it, and on what ground. Never changed or deleted."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="accesses")
    done_at = models.DateTimeField()
    done_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    did = models.CharField(max_length=7, choices=Did)
    part = models.CharField(max_length=12, choices=Part)
    consent = models.ForeignKey(Consent, null=True, on_delete=models.PROTECT, related_name="+")
    emergency = models.ForeignKey(Emergency, null=True, on_delete=models.PROTECT, related_name="accesses")

    objects = AccessQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            one_of("did", Did.values),
            one_of("part", Part.values),
            models.CheckConstraint(
                condition=Q(consent__isnull=False, emergency__isnull=True)
                | Q(consent__isnull=True, emergency__isnull=False),
                name="consent_access_rests_on_one_ground",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "-done_at"], name="consent_access_by_person"),
            models.Index(fields=["done_by", "-done_at"], name="consent_access_by_viewer"),
        ]

    def __str__(self) -> str:
        return f"access {self.pk}"


class QuestionQuerySet(models.QuerySet["Question"]):
    def visible_to(self, viewer: Account, *, at: datetime) -> QuestionQuerySet:
        """Those of one's own page and of pages one keeps. Privacy leads come by their role."""
        return self.filter(person__in=pages_open_to(viewer, Part.CONSENTS, at=at))


class Question(models.Model):
    """That a person asks why somebody looked. A privacy lead answers, by a day."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="questions")
    access = models.ForeignKey(Access, on_delete=models.PROTECT, related_name="questions")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    words = models.TextField(blank=True)
    due_on = models.DateField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    answer = models.TextField(blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            together("answered_at", "answered_by"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="") | Q(answered_at__isnull=False),
                name="consent_question_answered_by_somebody",
            ),
            models.UniqueConstraint(fields=["access"], name="consent_question_once_for_each_look"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_on"], condition=Q(answered_at=None), name="consent_question_to_answer"),
        ]

    def __str__(self) -> str:
        return f"question {self.pk}"
