"""What this app lets go of when a person deletes their page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from livingwell.linkwork.models import Lead, PaperCode, SeenTo

if TYPE_CHECKING:
    from datetime import datetime

    from livingwell.consent.models import Person
    from livingwell.people.models import Account


def erase(person: Person, *, by: Account, at: datetime) -> None:
    """Delete codes and what was seen to, and end the walk. That somebody walked along stays, without a word."""
    with transaction.atomic():
        PaperCode.objects.filter(person=person).delete()
        SeenTo.objects.filter(person=person).delete()
        Lead.objects.live().filter(person=person).update(ended_at=at, ended_by=by)
