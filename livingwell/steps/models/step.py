"""Steps: what somebody chose to do, how far it is, who walks with them, and each move it made."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from livingwell.consent.models import Part, Person, pages_open_to
from livingwell.core.constraints import one_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from livingwell.people.models import Account


class Stage(models.TextChoices):
    """When its turn is, as the person sees it."""

    NOW = "now", _("Now")
    NEXT = "next", _("Next")
    LATER = "later", _("Later")


class Status(models.TextChoices):
    """How far it is: the words of a FHIR Goal's lifecycleStatus, told as a person would."""

    PLANNED = "planned", _("Chosen")
    ACTIVE = "active", _("Begun")
    COMPLETED = "completed", _("Done")
    CANCELLED = "cancelled", _("Changed my mind")
    ON_HOLD = "on-hold", _("Not now")


OUTCOMES: Final = (Status.COMPLETED, Status.CANCELLED, Status.ON_HOLD)
"""Each as easy as the other. None is an end: every one leads back."""

LIVE: Final = (Status.PLANNED, Status.ACTIVE)

NEXT: Final[Mapping[Status, frozenset[Status]]] = {
    Status.PLANNED: frozenset({Status.ACTIVE, *OUTCOMES}),
    Status.ACTIVE: frozenset(OUTCOMES),
    Status.COMPLETED: frozenset(LIVE),
    Status.CANCELLED: frozenset(LIVE),
    Status.ON_HOLD: frozenset({*LIVE, Status.COMPLETED, Status.CANCELLED}),
}


class Walks(models.TextChoices):
    """Who walks with the person on a step."""

    SELF = "self", _("I will do this myself")
    MEMBER = "member", _("Somebody from my circle")
    ACCOUNT = "account", _("Somebody who works with me")
    NAME = "name", _("Somebody else")


class StepQuerySet(models.QuerySet["Step"]):
    def visible_to(self, viewer: Account, *, at: datetime, change: bool = False) -> StepQuerySet:
        """Those of pages whose plan this viewer may see (or change)."""
        return self.filter(person__in=pages_open_to(viewer, Part.PLAN, at=at, change=change))

    def to_ask_about(self, day: date) -> StepQuerySet:
        """Those of which the person wants to be asked on a day, or wanted to before it."""
        return self.filter(ask_on__lte=day, status__in=(*LIVE, Status.ON_HOLD))

    def whole(self) -> StepQuerySet:
        """Those that are not a piece of another."""
        return self.filter(parent=None)


class Step(models.Model):
    """One thing that somebody chose to do. It may be broken into pieces, which are steps too but have no pieces.

    `service`: what it was chosen from, if from a suggestion. `version` grows with each change, so that two people who
    write at once are told.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="steps")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="pieces")
    service = models.ForeignKey("directory.Service", null=True, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    why = models.TextField(blank=True)
    """Why it matters to me."""
    first = models.TextField(blank=True)
    """The first small thing to do."""
    stage = models.CharField(max_length=5, choices=Stage, default=Stage.NOW)
    status = models.CharField(max_length=9, choices=Status, default=Status.PLANNED)
    walks = models.CharField(max_length=7, choices=Walks, blank=True)
    walks_member = models.ForeignKey(
        "circles.CircleMember", null=True, on_delete=models.PROTECT, related_name="+"
    )
    walks_account = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    walks_name = models.TextField(blank=True)
    ask_on = models.DateField(null=True)
    """When to ask again how it goes."""
    version = models.PositiveIntegerField(default=1)
    chosen_at = models.DateTimeField()
    chosen_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    moved_at = models.DateTimeField()
    moved_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")

    objects = StepQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            one_of("stage", Stage.values),
            one_of("status", Status.values),
            one_of("walks", Walks.values, blank=True),
            models.CheckConstraint(condition=~Q(words=""), name="steps_step_says_what"),
            models.CheckConstraint(
                condition=~Q(status=Status.ACTIVE) | ~Q(walks=""),
                name="steps_step_in_progress_has_a_companion",
            ),
            models.CheckConstraint(
                condition=Q(walks__in=["", Walks.SELF], walks_member=None, walks_account=None, walks_name="")
                | Q(walks=Walks.MEMBER, walks_member__isnull=False, walks_account=None, walks_name="")
                | Q(walks=Walks.ACCOUNT, walks_member=None, walks_account__isnull=False, walks_name="")
                | (Q(walks=Walks.NAME, walks_member=None, walks_account=None) & ~Q(walks_name="")),
                name="steps_step_names_its_companion",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.ON_HOLD) | Q(ask_on__isnull=False),
                name="steps_step_not_now_has_a_day_to_ask",
            ),
            models.UniqueConstraint(fields=["id", "person"], name="steps_step_of_its_person"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "status", "chosen_at"], name="steps_step_by_person"),
            models.Index(
                fields=["person", "ask_on"],
                condition=Q(ask_on__isnull=False, status__in=(*LIVE, Status.ON_HOLD)),
                name="steps_step_to_ask_about",
            ),
        ]

    def __str__(self) -> str:
        return f"step {self.pk}"

    def get_absolute_url(self) -> str:
        """Where it stands on its page."""
        return reverse("steps:step", kwargs={"pk": self.person_id, "step": self.pk})


class StepMoveQuerySet(models.QuerySet["StepMove"]):
    def visible_to(self, viewer: Account, *, at: datetime) -> StepMoveQuerySet:
        """Those of pages whose plan this viewer may see."""
        return self.filter(person__in=pages_open_to(viewer, Part.PLAN, at=at))


class StepMove(models.Model):
    """That a step moved from one status to another, without a word of anybody's. Never changed.

    `before` is empty for the move by which it was chosen.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="moves")
    number = models.PositiveIntegerField()
    """1 for the first move of a step, and so on."""
    before = models.CharField(max_length=9, choices=Status, blank=True)
    status = models.CharField(max_length=9, choices=Status)
    moved_at = models.DateTimeField()
    moved_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")

    objects = StepMoveQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            one_of("before", Status.values, blank=True),
            one_of("status", Status.values),
            models.CheckConstraint(
                condition=Q(number=1, before="") | (Q(number__gt=1) & ~Q(before="")),
                name="steps_stepmove_first_comes_from_nowhere",
            ),
            models.UniqueConstraint(fields=["step", "number"], name="steps_stepmove_one_after_the_other"),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "-moved_at"], name="steps_stepmove_by_person")]

    def __str__(self) -> str:
        return f"move {self.number} of step {self.step_id}"
