"""Who matters to somebody, how close they are, and whether they may be rung."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from livingwell.consent.models import Part, pages_open_to
from livingwell.core.constraints import one_of, together

if TYPE_CHECKING:
    from datetime import datetime

    from livingwell.people.models import Account


class Who(models.TextChoices):
    """Who somebody is to the person. None of it has to be said, and own words may be said instead."""

    PARTNER = "partner", _("My partner")
    FRIEND = "friend", _("A friend")
    PARENT = "parent", _("My mum, dad or who brought me up")
    CHILD = "child", _("My child")
    SIBLING = "sibling", _("My brother or sister")
    FAMILY = "family", _("Other family")
    NEIGHBOUR = "neighbour", _("A neighbour")
    CARER = "carer", _("My carer")
    COLLEAGUE = "colleague", _("Somebody from work or class")
    PROFESSIONAL = "professional", _("Somebody whose job it is to help me")
    PET = "pet", _("My pet")
    LOST_TOUCH = "lost touch", _("Somebody I have lost touch with")


class Close(models.TextChoices):
    """How close somebody is: which ring of the picture they stand in."""

    INNER = "inner", _("Closest to me")
    MIDDLE = "middle", _("Near to me")
    OUTER = "outer", _("Further away")


class Ring(models.TextChoices):
    """Whether others may ring them on the person's behalf."""

    MAY = "may", _("Yes, they may be rung")
    ASK = "ask", _("Only if I say so")
    NEVER = "never", _("They must not be rung")


class CircleMemberQuerySet(models.QuerySet["CircleMember"]):
    def visible_to(self, viewer: Account, *, at: datetime, change: bool = False) -> CircleMemberQuerySet:
        """Those around persons who share that part with this viewer."""
        return self.filter(person__in=pages_open_to(viewer, Part.CIRCLE, at=at, change=change))

    def around(self) -> CircleMemberQuerySet:
        """Those who are there now, the closest first, and in the order in which they were named."""
        nearness = models.Case(
            *(models.When(close=close, then=place) for place, close in enumerate(Close)),
            output_field=models.IntegerField(),
        )
        return self.filter(left_at=None).order_by(nearness, "added_at", "pk")


class CircleMember(models.Model):
    """Somebody who matters to a person, by the name the person gives them. That name is all that has to be said.

    Where they must not be rung, no number is kept, so that nobody can ring by mistake.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    person = models.ForeignKey("consent.Person", on_delete=models.PROTECT, related_name="circle")
    called = models.TextField()
    who = models.CharField(max_length=12, choices=Who, blank=True)
    who_words = models.TextField(blank=True)
    """Who they are in the person's own words, instead or besides."""
    close = models.CharField(max_length=6, choices=Close, default=Close.MIDDLE)
    ring = models.CharField(max_length=5, choices=Ring, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    together = models.TextField(blank=True)
    """What they do together, or what this one helps with."""
    supports = models.BooleanField(default=False)
    """Whether they look after the person: a carer, whatever else they are."""
    again = models.BooleanField(default=False)
    """Whether the person would like to be in touch with them again."""
    added_at = models.DateTimeField()
    added_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    left_at = models.DateTimeField(null=True)
    """Taken away, but still named by something else on the page. Only what they are called is left."""
    left_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")

    objects = CircleMemberQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            one_of("who", Who.values, blank=True),
            one_of("close", Close.values),
            one_of("ring", Ring.values, blank=True),
            together("left_at", "left_by"),
            models.CheckConstraint(
                condition=Q(called__regex=r"\S"), name="circles_circlemember_is_called_something"
            ),
            models.CheckConstraint(
                condition=~Q(ring=Ring.NEVER) | Q(phone=""),
                name="circles_circlemember_no_number_of_never_rung",
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(who_words="", phone="", email="", together=""),
                name="circles_circlemember_nothing_left_but_the_name",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "added_at"], name="circles_member_by_person")]

    def __str__(self) -> str:
        return f"member {self.pk}"


class ReasonQuerySet(models.QuerySet["Reason"]):
    def visible_to(self, viewer: Account, *, at: datetime, change: bool = False) -> ReasonQuerySet:
        """Those of one's own page, or of a page that one keeps with its person. Nobody else is ever shown one."""
        return self.filter(person__in=pages_open_to(viewer, Part.CONSENTS, at=at, change=change))


class Reason(models.Model):
    """Why somebody must not be rung, or only when the person says so. A table of its own, as it is never shared."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    person = models.ForeignKey("consent.Person", on_delete=models.PROTECT, related_name="+")
    member = models.OneToOneField(CircleMember, on_delete=models.PROTECT, related_name="reason")
    words = models.TextField()

    objects = ReasonQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(words=""), name="circles_reason_has_words"),
        ]
        indexes: ClassVar = [models.Index(fields=["person"], name="circles_reason_by_person")]

    def __str__(self) -> str:
        return f"reason {self.pk}"
