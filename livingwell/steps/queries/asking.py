"""What a person wanted to be asked again by a day: steps, and suggestions they put off."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from livingwell.core.kept import among, kept
from livingwell.steps.models import Choice, Step
from livingwell.steps.queries.choices import Chosen, told
from livingwell.steps.queries.steps import LONG_AGO_FIRST, Piece, piece, voice_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date, datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from livingwell.consent.doors import Page
    from livingwell.people.models import Account


@dataclass(frozen=True, slots=True)
class Asks:
    """What to ask the person of one page about, the earliest day first."""

    steps: tuple[Piece, ...]
    suggestions: tuple[Chosen, ...]

    def __bool__(self) -> bool:
        return bool(self.steps or self.suggestions)


def to_ask(page: Page, *, on: date) -> Asks:
    """What the person of an open page wanted to be asked by this day. Four queries at most."""
    steps = (
        Step.objects.visible_to(page.viewer, at=page.at)
        .to_ask_about(on)
        .filter(person=page.person)
        .select_related("service__merged_into", "walks_account")
        .order_by("ask_on", *LONG_AGO_FIRST)
    )
    later = (
        Choice.objects.visible_to(page.viewer, at=page.at)
        .to_ask_about(on)
        .filter(person=page.person)
        .select_related("service__merged_into")
        .order_by("ask_on", "id")
    )
    voice = voice_of(page)
    return Asks(tuple(piece(row, voice, on) for row in steps), told(later, page))


def put_off_each(viewer: Account, *, at: datetime, on: date, persons: Collection[UUID]) -> Mapping[UUID, int]:
    """Of how many suggestions each person wanted to be asked by this day, where the viewer may see their plan."""
    return Counter(person for (person,) in _put_off(viewer, at, on, list(persons)))


@kept
def _put_off(viewer: Account, at: datetime, on: date, persons: list[UUID]) -> QuerySet[Choice, tuple[UUID]]:
    later = Choice.objects.visible_to(viewer, at=at).to_ask_about(on).filter(person__in=among(persons))
    return later.values_list("person")
