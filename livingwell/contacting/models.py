"""Letters: that a message went to a person, or to somebody else about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from livingwell.consent.models import Part, Person, rows_open_to
from livingwell.core.constraints import one_of
from livingwell.messaging.models import Status

if TYPE_CHECKING:
    from datetime import datetime

    from livingwell.people.models import Account


class About(models.TextChoices):
    """What a message is about, as its person is told. The message itself says less."""

    CHECK_IN = "check-in", _("How you are")
    REMINDER = "reminder", _("A reminder that you wanted")
    RING = "ring", _("Somebody tried to ring you")
    MISSED = "missed", _("You were missed")
    INTRODUCTION = "introduction", _("An introduction")
    HELPED = "helped", _("Whether it helped")
    PAGE = "page", _("Something new on your page")
    BAD_DAY = "bad day", _("A bad day")


class Answer(models.TextChoices):
    """What somebody texted back to a question."""

    YES = "yes", _("YES")
    NO = "no", _("NO")


class LetterQuerySet(models.QuerySet["Letter"]):
    def visible_to(self, viewer: Account, *, at: datetime) -> LetterQuerySet:
        """Those that belong to parts of a page that this viewer may see."""
        return self.filter(rows_open_to(viewer, Part, at=at))

    def to_the_person(self) -> LetterQuerySet:
        """Those to the person themself, not to others about them."""
        return self.filter(receiver="")

    def waiting(self) -> LetterQuerySet:
        """Those that no worker has begun to send."""
        return self.filter(message__status=Status.QUEUED)

    def asking(self) -> LetterQuerySet:
        """Those that ask something, went out, and got no answer yet."""
        went = (Status.SENT, Status.DELIVERED, Status.UNKNOWN)
        return self.filter(asks=True, answer="", message__status__in=went)


class Letter(models.Model):
    """One message to a person, or to `receiver` about them. Words, way and how far it came stand in the message."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="letters")
    message = models.OneToOneField("messaging.Message", on_delete=models.PROTECT, related_name="letter")
    about = models.CharField(max_length=12, choices=About)
    part = models.CharField(max_length=12, choices=Part)
    receiver = models.TextField(blank=True)
    """The name of who got it, where it is not the person themself."""
    queued_at = models.DateTimeField()
    queued_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    """Nobody: it went by itself, as the person had wanted."""
    asks = models.BooleanField(default=False)
    answer = models.CharField(max_length=3, choices=Answer, blank=True)
    answered_on = models.DateField(null=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            one_of("about", About.values),
            one_of("part", Part.values),
            one_of("answer", Answer.values, blank=True),
            models.CheckConstraint(
                condition=Q(answer="", answered_on=None)
                | (~Q(answer="") & Q(answered_on__isnull=False, asks=True)),
                name="contacting_letter_answered_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(asks=False) | Q(receiver=""), name="contacting_letter_asks_its_person"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "-queued_at"], name="contacting_letter_by_person"),
        ]

    def __str__(self) -> str:
        return f"letter {self.pk}"
