"""The list of those whom somebody means to ring: nobody drops off it until it is closed with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from livingwell.consent.models import Part, Person, pages_open_to
from livingwell.core.constraints import one_of, together
from livingwell.people.models import Membership, Role

if TYPE_CHECKING:
    from datetime import date, datetime

    from livingwell.people.models import Account


class Why(models.TextChoices):
    """Why somebody is on the list, as it is told to them too."""

    CHECK_IN = "check-in", _("They asked to be rung")
    SILENCE = "silence", _("They asked us to ring if they were silent twice")
    HARD_DAY = "hard day", _("A day that is hard for them is near")
    MISSED = "missed", _("An appointment passed them by")
    WORRY = "worry", _("Somebody is worried")
    PROMISE = "promise", _("We said that we would ring")


class Because(models.TextChoices):
    """Why an entry is closed."""

    WELL = "well", _("They are in touch, and well for now")
    THEY_SAID = "they said", _("They do not want to be rung")
    OTHERS = "others", _("Somebody else is in touch with them")
    MOVED = "moved", _("They moved away")
    DIED = "died", _("They have died")
    MISTAKE = "mistake", _("It was a mistake")


class Outcome(models.TextChoices):
    """What came of a call."""

    SPOKE = "spoke", _("We spoke")
    LEFT_WORD = "left word", _("I left word")
    NO_ANSWER = "no answer", _("No answer")
    WRONG_NUMBER = "wrong number", _("Wrong number")
    NOT_TO_BE_RUNG = "not to be rung", _("They asked not to be rung")


class Next(models.TextChoices):
    """What happens next. It is said together with the outcome, or neither is kept."""

    RING = "ring", _("Ring again on a day")
    LADDER = "ladder", _("The next step that they agreed to")
    CLOSE = "close", _("Close it")


class EntryQuerySet(models.QuerySet["Entry"]):
    def visible_to(self, viewer: Account, *, at: datetime) -> EntryQuerySet:
        """Those of organizations where one works with people, about persons who say how they may be reached; of those
        for peer supporters, where one is one; and those of one's own page or of a page one keeps.
        """
        works = Membership.objects.with_people(at).filter(account=viewer)
        peers = Q(organization__in=works.filter(role=Role.PEER_SUPPORTER).values("organization"))
        for_me = Q(organization__in=works.values("organization")) & (Q(for_peers=False) | peers)
        return self.filter(
            Q(for_me, person__in=pages_open_to(viewer, Part.CONTACT, at=at))
            | Q(person__in=pages_open_to(viewer, Part.CONSENTS, at=at))
        )

    def open(self) -> EntryQuerySet:
        """Those that nobody has closed."""
        return self.filter(closed_at=None)

    def due(self, day: date) -> EntryQuerySet:
        """Those to be rung by now."""
        return self.open().filter(due_on__lte=day)


class Entry(models.Model):
    """That an organization means to ring somebody: why, who is worried, when, and who sees to it."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="recall")
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=8, choices=Why)
    words = models.TextField(blank=True)
    """More of why. The person reads it too."""
    worried = models.TextField()
    """Who is worried, or who asked for it."""
    due_on = models.DateField()
    by_on = models.DateField(null=True)
    """The day by which somebody should have rung, where one was promised."""
    for_peers = models.BooleanField(default=False, db_default=False)
    """Only the peer supporters of the organization ring, as the person chose; nobody else there is asked."""
    occasion = models.TextField(blank=True)
    """What a job made it for: it is never made twice."""
    owner = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    calling_at = models.DateTimeField(null=True)
    calling_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    because = models.CharField(max_length=9, choices=Because, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            one_of("why", Why.values),
            one_of("because", Because.values, blank=True),
            together("calling_at", "calling_by"),
            together("closed_at", "closed_by"),
            models.CheckConstraint(condition=~Q(worried=""), name="recall_entry_says_who_is_worried"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, because="") | Q(closed_at__isnull=False) & ~Q(because=""),
                name="recall_entry_closed_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(calling_at__isnull=True),
                name="recall_entry_not_rung_when_closed",
            ),
            models.UniqueConstraint(
                fields=["person", "organization", "why"],
                condition=Q(closed_at=None),
                name="recall_entry_once_for_each_reason",
            ),
            models.UniqueConstraint(
                fields=["person", "organization", "occasion"],
                condition=~Q(occasion=""),
                name="recall_entry_once_for_each_occasion",
            ),
            models.UniqueConstraint(
                fields=["calling_by"],
                condition=Q(calling_at__isnull=False),
                name="recall_entry_one_at_a_time",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["organization", "due_on", "id"], condition=Q(closed_at=None), name="recall_entry_due"
            ),
            models.Index(
                fields=["organization", "by_on", "due_on", "id"],
                condition=Q(closed_at=None),
                name="recall_entry_promised_first",
            ),
            models.Index(fields=["person", "-added_at"], name="recall_entry_by_person"),
        ]

    def __str__(self) -> str:
        return f"entry {self.pk}"


class RungQuerySet(models.QuerySet["Rung"]):
    def visible_to(self, viewer: Account, *, at: datetime, change: bool = False) -> RungQuerySet:
        """Those of persons who share with this viewer how to reach them."""
        return self.filter(person__in=pages_open_to(viewer, Part.CONTACT, at=at, change=change))


class Rung(models.Model):
    """One step that somebody agreed to beforehand, for when they cannot be reached; in their words, in their order."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="ladder")
    place = models.PositiveSmallIntegerField()
    words = models.TextField()
    agreed_at = models.DateTimeField()
    agreed_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")

    objects = RungQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            together("ended_at", "ended_by"),
            models.CheckConstraint(condition=~Q(words=""), name="recall_rung_says_what"),
            models.UniqueConstraint(
                fields=["person", "place"], condition=Q(ended_at=None), name="recall_rung_one_in_each_place"
            ),
        ]

    def __str__(self) -> str:
        return f"rung {self.pk}"


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def visible_to(self, viewer: Account, *, at: datetime) -> AttemptQuerySet:
        """Those of entries that this viewer may see."""
        return self.filter(entry__in=Entry.objects.visible_to(viewer, at=at))


class Attempt(models.Model):
    """That somebody rang: what came of it and what happens next, both at once. Never changed."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="attempts")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="attempts")
    outcome = models.CharField(max_length=14, choices=Outcome)
    next = models.CharField(max_length=6, choices=Next)
    next_on = models.DateField(null=True)
    because = models.CharField(max_length=9, choices=Because, blank=True)
    rung = models.ForeignKey(Rung, null=True, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField()
    done_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")

    objects = AttemptQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            one_of("outcome", Outcome.values),
            one_of("next", Next.values),
            one_of("because", Because.values, blank=True),
            models.CheckConstraint(
                condition=Q(next=Next.CLOSE, next_on__isnull=True, rung__isnull=True) & ~Q(because="")
                | Q(next=Next.RING, next_on__isnull=False, rung__isnull=True, because="")
                | Q(next=Next.LADDER, next_on__isnull=False, rung__isnull=False, because=""),
                name="recall_attempt_says_what_is_next",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.NOT_TO_BE_RUNG) | Q(next=Next.CLOSE, because=Because.THEY_SAID),
                name="recall_attempt_obeys_no",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["entry", "-done_at"], name="recall_attempt_by_entry")]

    def __str__(self) -> str:
        return f"attempt {self.pk}"
