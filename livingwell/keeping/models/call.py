"""The verification round: who rang which place, when, for how long, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from livingwell.core.constraints import one_of

if TYPE_CHECKING:
    from datetime import timedelta


class Heard(models.TextChoices):
    """What came of a call."""

    CONFIRMED = "confirmed", _("It is all still right")
    CHANGED = "changed", _("Something has changed")
    NO_ANSWER = "no answer", _("Could not get through")
    CLOSED = "closed", _("It has closed")
    LET_GO = "let go", _("Not rung after all")


class Part(models.TextChoices):
    """A part of the day to try in."""

    MORNING = "morning", _("in the morning")
    AFTERNOON = "afternoon", _("in the afternoon")
    EVENING = "evening", _("in the early evening")


class Call(models.Model):
    """One volunteer's turn with one entry: theirs alone until `held_until`, and then what came of it.

    While `outcome` is empty the turn is open. After "no answer": on which day and in which part of it to try
    again; no day means that it was tried often enough, and an editor looks at it.
    """

    service = models.ForeignKey("directory.Service", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    opened_by = models.TextField()
    held_until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.TextField(blank=True)
    outcome = models.CharField(max_length=10, choices=Heard, blank=True)
    note = models.TextField(blank=True)
    try_on = models.DateField(null=True)
    try_in = models.CharField(max_length=10, choices=Part, blank=True)

    class Meta:
        constraints: ClassVar = [
            one_of("outcome", Heard.values, blank=True),
            one_of("try_in", Part.values, blank=True),
            models.UniqueConstraint(
                fields=["service"], condition=Q(outcome=""), name="keeping_call_one_turn_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", ended_at=None, ended_by="")
                | ~Q(outcome="") & Q(ended_at__gte=F("opened_at")) & ~Q(ended_by=""),
                name="keeping_call_ended_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(try_on=None, try_in="")
                | Q(try_on__isnull=False, outcome=Heard.NO_ANSWER) & ~Q(try_in=""),
                name="keeping_call_tried_again_after_no_answer",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["service", "-ended_at"], name="keeping_call_latest")]

    def __str__(self) -> str:
        return f"{self.service_id}: {self.outcome or 'open'}"

    @property
    def lasted(self) -> timedelta | None:
        """How long it took; None while it is open."""
        return None if self.ended_at is None else self.ended_at - self.opened_at
