"""What happened on a page, without anybody's words: the rows from which the timeline is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from livingwell.consent.models.part import Part
from livingwell.consent.models.person import Person
from livingwell.consent.models.seeing import rows_open_to
from livingwell.core.constraints import one_of

if TYPE_CHECKING:
    from datetime import datetime

    from livingwell.people.models import Account


class Kind(models.TextChoices):
    """Each thing that can happen on a page, as it is told to its owner."""

    STARTED = "started", _("Your page began")
    TAKEN_OVER = "taken over", _("You took your page into your own hands")
    READ_BACK = "read back", _("Your page was read back to you")
    PRINTED = "printed", _("Your page was printed")
    TAKEN_AWAY = "taken away", _("You took a copy of your page")
    ERASED = "erased", _("Your page was deleted")
    WROTE = "wrote", _("You wrote something")
    DATE_ADDED = "date added", _("You named a hard day")
    CIRCLE_CHANGED = "circle changed", _("The people around you changed")
    CARER_INVITED = "carer invited", _("You invited somebody to be there for you")
    CARER_JOINED = "carer joined", _("Somebody you invited came in")
    SUGGESTION_KEPT = "suggestion kept", _("You chose a suggestion")
    SUGGESTION_REFUSED = "suggestion refused", _("You said: not for me")
    SUGGESTION_LATER = "suggestion later", _("You said: ask me later")
    STEP_CHOSEN = "step chosen", _("You chose a step")
    STEP_STARTED = "step started", _("You began a step")
    STEP_MOVED = "step moved", _("You moved a step")
    STEP_DONE = "step done", _("You did a step")
    STEP_CHANGED_MIND = "step changed mind", _("You changed your mind about a step")
    STEP_NOT_NOW = "step not now", _("You said of a step: not now")
    CONSENT_GIVEN = "consent given", _("You let somebody see parts of your page")
    CONSENT_WITHDRAWN = "consent withdrawn", _("You stopped somebody seeing your page")
    LEAD_CHOSEN = "lead chosen", _("You chose your link worker")
    LEAD_ENDED = "lead ended", _("Your link worker changed")
    EMERGENCY = "emergency", _("Your page was opened in an emergency")
    EMERGENCY_REVIEWED = "emergency reviewed", _("Opening your page in an emergency was looked into")
    QUESTION_ASKED = "question asked", _("You asked why somebody looked")
    QUESTION_ANSWERED = "question answered", _("Your question was answered")
    INTRODUCTION = "introduction", _("An introduction moved on")
    CHECK_IN = "check-in", _("You told how you are")
    WOBBLE = "wobble", _("You said: today is a bad day")
    CALL = "call", _("Somebody rang you")
    MESSAGE = "message", _("You were sent a message")


class EventQuerySet(models.QuerySet["Event"]):
    def visible_to(self, viewer: Account, *, at: datetime) -> EventQuerySet:
        """Those about parts that this viewer may see."""
        return self.filter(rows_open_to(viewer, Part, at=at))


class Event(models.Model):
    """That something happened on a page: what kind, when, by whom. No words of anybody's, so it may stay for good."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=20, choices=Kind)
    part = models.CharField(max_length=12, choices=Part)
    happened_at = models.DateTimeField()
    happened_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    about = models.UUIDField(null=True)
    """The id of the step, consent, ... it is about. Its words are read from there while they are there."""

    objects = EventQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [one_of("kind", Kind.values), one_of("part", Part.values)]
        indexes: ClassVar = [
            models.Index(fields=["person", "-happened_at"], name="consent_event_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
