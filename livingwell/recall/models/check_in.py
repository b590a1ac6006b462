"""Check-ins: what somebody asked us to ask them, and what they answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from livingwell.consent.models import Part, Person, pages_open_to
from livingwell.core.constraints import between, one_of, together

if TYPE_CHECKING:
    from datetime import date, datetime

    from livingwell.people.models import Account


class AskedBy(models.TextChoices):
    """How the question comes."""

    SITE = "site", _("It waits for me here")
    TEXT = "text", _("By text")
    EMAIL = "email", _("By e-mail")
    PHONE = "phone", _("Somebody rings me")


class Often(models.IntegerChoices):
    """How often it is asked, in days."""

    DAILY = 1, _("Every day")
    WEEKLY = 7, _("Every week")
    FORTNIGHTLY = 14, _("Every two weeks")
    MONTHLY = 28, _("Every four weeks")


class Hour(models.IntegerChoices):
    """From which hour of the day on it is asked."""

    MORNING = 9, _("In the morning, from nine")
    NOON = 13, _("In the afternoon, from one")
    EVENING = 18, _("In the evening, from six")


class Silence(models.TextChoices):
    """What it should mean when two questions in a row get no answer."""

    NOTHING = "nothing", _("Nothing. Ask again next time")
    AGAIN = "again", _("Ask me once more")
    LINK_WORKER = "link worker", _("Tell my link worker")
    MEMBER = "member", _("Tell somebody of my circle")


class Answer(models.TextChoices):
    """How somebody is."""

    GOOD = "good", _("Good")
    SO_SO = "so-so", _("So-so")
    NOT_GOOD = "not good", _("Not good")
    SKIPPED = "skipped", _("Skip this one")


class CheckInQuerySet(models.QuerySet["CheckIn"]):
    def visible_to(self, viewer: Account, *, at: datetime, change: bool = False) -> CheckInQuerySet:
        """Those of persons who share with this viewer how they have been."""
        return self.filter(person__in=pages_open_to(viewer, Part.CHECK_INS, at=at, change=change))

    def due(self, day: date, hour: int) -> CheckInQuerySet:
        """Those whose question is to be asked by now."""
        return self.filter(stopped_at=None).filter(Q(next_on__lt=day) | Q(next_on=day, hour__lte=hour))


class CheckIn(models.Model):
    """What somebody asked us to ask them: how, how often, one question, and what silence should mean."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="check_in")
    way = models.CharField(max_length=5, choices=AskedBy)
    every = models.PositiveSmallIntegerField(choices=Often)
    hour = models.PositiveSmallIntegerField(choices=Hour)
    question = models.TextField()
    """In their own words. A message says these words, and neither the network nor health."""
    silence = models.CharField(max_length=11, choices=Silence)
    member = models.ForeignKey("circles.CircleMember", null=True, on_delete=models.PROTECT, related_name="+")
    may_link = models.BooleanField(default=False)
    """Whether an e-mail may hold a link here, which names the network."""
    next_on = models.DateField()
    agreed_at = models.DateTimeField()
    agreed_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    stopped_at = models.DateTimeField(null=True)
    stopped_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")

    objects = CheckInQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            one_of("way", AskedBy.values),
            one_of("silence", Silence.values),
            between("hour", 9, 18),
            between("every", 1, 28),
            together("stopped_at", "stopped_by"),
            models.CheckConstraint(condition=~Q(question=""), name="recall_checkin_asks_something"),
            models.CheckConstraint(
                condition=Q(silence=Silence.MEMBER, member__isnull=False)
                | ~Q(silence=Silence.MEMBER) & Q(member__isnull=True),
                name="recall_checkin_names_whom_to_tell",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["next_on", "hour"], condition=Q(stopped_at=None), name="recall_checkin_due"),
        ]

    def __str__(self) -> str:
        return f"check-in {self.pk}"


class AskQuerySet(models.QuerySet["Ask"]):
    def visible_to(self, viewer: Account, *, at: datetime, change: bool = False) -> AskQuerySet:
        """Those of persons who share with this viewer how they have been."""
        return self.filter(person__in=pages_open_to(viewer, Part.CHECK_INS, at=at, change=change))


class Ask(models.Model):
    """That the question was asked on a day, and what was answered, or that it was let pass."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="asks")
    check_in = models.ForeignKey(CheckIn, on_delete=models.PROTECT, related_name="asks")
    due_on = models.DateField()
    again = models.BooleanField(default=False)
    """Asked once more after two silences, as the person chose."""
    question = models.TextField()
    answer_by = models.DateField()
    """The last day on which no answer is no silence yet."""
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=8, choices=Answer, blank=True)
    words = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    followed_at = models.DateTimeField(null=True)
    followed_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    """When its silence was looked at, and done what the person chose if it was the second."""

    objects = AskQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            one_of("answer", Answer.values, blank=True),
            together("answered_at", "answered_by"),
            together("followed_at", "followed_by"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="", words="")
                | Q(answered_at__isnull=False) & ~Q(answer=""),
                name="recall_ask_answered_or_not",
            ),
            models.UniqueConstraint(fields=["check_in", "due_on", "again"], name="recall_ask_once_a_day"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "-due_on"], name="recall_ask_by_person"),
            models.Index(
                fields=["answer_by"],
                condition=Q(answered_at=None, followed_at=None),
                name="recall_ask_silent",
            ),
        ]

    def __str__(self) -> str:
        return f"ask {self.pk}"
