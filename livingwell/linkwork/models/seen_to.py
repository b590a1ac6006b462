"""What needs a human today, and that somebody has seen to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from livingwell.consent.models import Person, pages_open_to
from livingwell.core.constraints import one_of

if TYPE_CHECKING:
    from datetime import datetime

    from livingwell.people.models import Account


class Need(models.TextChoices):
    """Each reason why somebody stands on a link worker's list today, the most pressing first."""

    EMERGENCY = "emergency", _("Their page was opened in an emergency")
    CALL_OWED = "call owed", _("They answered that they would like a call")
    HARD_DAY = "hard day", _("A hard day is near")
    COMPANION_LEFT = "companion left", _("Who walked with them on a step has left")
    UNREACHED = "unreached", _("A message did not arrive")
    ASK_AGAIN = "ask again", _("They wanted to be asked again")
    READ_BACK = "read back", _("Their page was never read back to them")
    ENDING = "ending", _("Their yes to us ends soon")
    TWICE = "twice", _("Two organisations may be doing the same thing")


class SeenToQuerySet(models.QuerySet["SeenTo"]):
    def visible_to(self, viewer: Account, *, at: datetime) -> SeenToQuerySet:
        """Those of pages of which anything is open to this viewer."""
        return self.filter(person__in=pages_open_to(viewer, None, at=at))


class SeenTo(models.Model):
    """That somebody has seen to one thing on the list: it is not shown again.

    `about` says which: the id of the emergency or consent, or one made of an id and the day that it concerned.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="seen_to")
    need = models.CharField(max_length=14, choices=Need)
    about = models.UUIDField()
    seen_at = models.DateTimeField()
    seen_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")

    objects = SeenToQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            one_of("need", Need.values),
            models.UniqueConstraint(fields=["person", "need", "about"], name="linkwork_seento_once"),
        ]

    def __str__(self) -> str:
        return f"{self.need} of page {self.person_id}"
