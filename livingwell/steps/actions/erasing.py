"""Taking all that somebody said here off the network for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from livingwell.steps.models import Because, Choice, Step, StepMove

if TYPE_CHECKING:
    from livingwell.consent.models import Person


def erase(person: Person) -> None:
    """Delete every step, move, choice and reason of a page: nothing of them stays. Called in its owner's name."""
    with transaction.atomic():
        Because.objects.filter(person=person).delete()
        Choice.objects.filter(person=person).delete()
        StepMove.objects.filter(person=person).delete()
        Step.objects.filter(person=person, parent__isnull=False).delete()
        Step.objects.filter(person=person).delete()
