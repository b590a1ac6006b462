"""What somebody said to a suggestion: yes, not for me, ask me later; and why it had been offered."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from livingwell.consent.models import PARTS, Part, Person, pages_open_to, rows_open_to
from livingwell.core.constraints import one_of, together
from livingwell.steps.models.step import Step

if TYPE_CHECKING:
    from datetime import date, datetime

    from livingwell.people.models import Account


class Verdict(models.TextChoices):
    """What a person says to a suggestion."""

    CHOSEN = "chosen", _("Chosen as a step")
    NOT_FOR_ME = "not for me", _("Not for me")
    LATER = "later", _("Ask me later")


class ChoiceQuerySet(models.QuerySet["Choice"]):
    def visible_to(self, viewer: Account, *, at: datetime, change: bool = False) -> ChoiceQuerySet:
        """Those of pages whose plan this viewer may see (or change)."""
        return self.filter(person__in=pages_open_to(viewer, Part.PLAN, at=at, change=change))

    def live(self) -> ChoiceQuerySet:
        """Those that hold: neither taken back nor followed by another."""
        return self.filter(ended_at=None)

    def to_ask_about(self, day: date) -> ChoiceQuerySet:
        """Those put off until a day, or until one before it."""
        return self.live().filter(verdict=Verdict.LATER, ask_on__lte=day)


class Choice(models.Model):
    """What one person said to one suggestion. It holds until they take it back or say something else.

    `reason`: why not, in their own words, if they like to say.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="choices")
    service = models.ForeignKey("directory.Service", on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=10, choices=Verdict)
    reason = models.TextField(blank=True)
    ask_on = models.DateField(null=True)
    step = models.ForeignKey(Step, null=True, on_delete=models.PROTECT, related_name="choices")
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")

    objects = ChoiceQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            one_of("verdict", Verdict.values),
            together("ended_at", "ended_by"),
            models.CheckConstraint(
                condition=Q(verdict=Verdict.LATER, ask_on__isnull=False)
                | (~Q(verdict=Verdict.LATER) & Q(ask_on=None)),
                name="steps_choice_later_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(verdict=Verdict.CHOSEN, step__isnull=False)
                | (~Q(verdict=Verdict.CHOSEN) & Q(step=None)),
                name="steps_choice_chosen_is_a_step",
            ),
            models.UniqueConstraint(
                fields=["person", "service"],
                condition=Q(ended_at=None),
                name="steps_choice_one_live_for_each_service",
            ),
            models.UniqueConstraint(fields=["id", "person"], name="steps_choice_of_its_person"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "-decided_at"], name="steps_choice_by_person"),
            models.Index(
                fields=["person", "ask_on"],
                condition=Q(ended_at=None, verdict=Verdict.LATER),
                name="steps_choice_to_ask_about",
            ),
        ]

    def __str__(self) -> str:
        return f"choice {self.pk}"


class BecauseQuerySet(models.QuerySet["Because"]):
    def visible_to(self, viewer: Account, *, at: datetime) -> BecauseQuerySet:
        """Those whose words come from parts that this viewer may see."""
        return self.filter(rows_open_to(viewer, PARTS, at=at))


class Because(models.Model):
    """Why something was offered, in a sentence that quotes the person.

    It belongs to the part of the page that it quotes: who sees somebody's steps does not by that see their story.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=12, choices=Part)
    choice = models.OneToOneField(Choice, on_delete=models.PROTECT, related_name="because")
    sentence = models.TextField()
    quoted = models.TextField(blank=True)
    """The person's own words in the sentence."""

    objects = BecauseQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            one_of("part", [part.value for part in PARTS]),
            models.CheckConstraint(condition=~Q(sentence=""), name="steps_because_says_why"),
        ]
        indexes: ClassVar = [models.Index(fields=["person"], name="steps_because_by_person")]

    def __str__(self) -> str:
        return f"because of choice {self.choice_id}"
