"""What this app lets go of when a person deletes their page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from livingwell.recall.models import (
    Ally,
    Ask,
    Attempt,
    CheckIn,
    Entry,
    Missed,
    NotRung,
    Peers,
    Rung,
    Telling,
    Wobble,
)

if TYPE_CHECKING:
    from livingwell.consent.models import Person


def erase(person: Person) -> None:
    """Delete everything. It names people around the person, so it goes before they do."""
    with transaction.atomic():
        for model in (Telling, Wobble, Ally, Ask, CheckIn, Attempt, Entry, Rung, NotRung, Peers, Missed):
            model._default_manager.filter(person=person).delete()
