"""Steps and choices in each state, reached through actions."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from livingwell.consent.tests.make import page_of
from livingwell.directory.tests import make as directory
from livingwell.steps import actions
from livingwell.steps.companions import MYSELF
from livingwell.steps.models import Status, Step

if TYPE_CHECKING:
    from livingwell.consent.models import Person
    from livingwell.directory.models import Service
    from livingwell.people.models import Account

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def owner(person: Person) -> Account:
    """The account whose page it is."""
    assert person.account is not None
    return person.account


def step(
    person: Person | None = None, words: str = "Ring the choir", status: Status = Status.PLANNED
) -> Step:
    """A step of somebody's own, moved to a status where one is named."""
    person = person or page_of()
    made = actions.add(person, words, by=owner(person), at=NOW)
    if status == Status.PLANNED:
        return made
    return actions.move(
        made,
        status,
        was=Status.PLANNED,
        companion=MYSELF if status == Status.ACTIVE else None,
        by=owner(person),
        at=NOW,
    )


def service(name: str = "Brixton Community Choir") -> Service:
    """Something that may be suggested."""
    return directory.service(name)
