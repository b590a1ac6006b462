"""Reminding somebody on the day on which they wanted to be asked about a step or a suggestion; of which is not said."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from livingwell.consent.models import Part, Person
from livingwell.contacting import actions as contacting
from livingwell.contacting.models import About
from livingwell.core.dates import day_of
from livingwell.steps.models import Choice, Step

if TYPE_CHECKING:
    from datetime import datetime

LATE: Final = timedelta(days=2)
"""A reminder that no worker saw to on its day still goes so long; after it waits on the page alone."""


def remind_of_steps(*, at: datetime) -> int:
    """Remind those who wanted to be asked again today, in the way they allow, once for the day; how many were."""
    day, reminded = day_of(at), 0
    asked = (Step.objects.to_ask_about(day), Choice.objects.to_ask_about(day))
    rows = [rows.filter(ask_on__gte=day - LATE).values_list("person", "ask_on") for rows in asked]
    days = sorted(set().union(*rows), key=lambda one: (one[1], one[0]))
    people = Person.objects.in_bulk([person for person, _on in days])
    for person, on in days:
        key = f"ask-again:{person}:{on}"
        written = contacting.write(people[person], About.REMINDER, key=key, by=None, at=at, part=Part.PLAN)
        reminded += written.letter is not None and written.letter.queued_at == at
    return reminded
