"""The list of today: whom somebody walks with who needs a human today, and nobody else."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from livingwell.consent.acting import only
from livingwell.core.kept import among, kept
from livingwell.linkwork.models import Need, SeenTo
from livingwell.linkwork.queries.covers import covered_by
from livingwell.linkwork.queries.needs import needs, people_of
from livingwell.linkwork.queries.walking import walked_with

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from livingwell.linkwork.queries.covers import Away
    from livingwell.linkwork.queries.needs import Needed, Somebody
    from livingwell.people.models import Account
    from livingwell.people.work import Work

A_SCREEN: Final = 25
ORDER: Final = tuple(Need)


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody who needs a human today, for what, and for which colleague one stands in with them (or for nobody)."""

    person: UUID
    label: str
    stands_in_for: str
    needs: tuple[Needed, ...]


@dataclass(frozen=True, slots=True)
class Today:
    """One screen of the list, the most pressing first. `number` of people on it in all, of so many walked with."""

    rows: tuple[Row, ...]
    covers: tuple[Away, ...]
    """For whom they stand in."""
    number: int
    walked_with: int
    page: int
    pages: int


def today(viewer: Account, work: Work, *, at: datetime, page: int = 1) -> Today:
    """Whom somebody should be in touch with today. As many queries for a thousand people as for one."""
    covers = covered_by(viewer, at=at)
    whose = walked_with(viewer, work, covers, at=at)
    with only(whose):
        people = people_of(whose, viewer, at=at)
        by_person = _unseen(people, viewer, at)
        order = sorted(
            by_person, key=lambda pk: (ORDER.index(by_person[pk][0].need), -len(by_person[pk]), str(pk))
        )
        pages = max(1, -(-len(order) // A_SCREEN))
        shown = min(max(page, 1), pages)
        here = order[(shown - 1) * A_SCREEN : shown * A_SCREEN]
    rows = tuple(Row(pk, people[pk].label, whose[pk], tuple(by_person[pk])) for pk in here)
    return Today(rows, covers, len(order), len(whose), shown, pages)


def needs_of(person: UUID, viewer: Account, work: Work, *, at: datetime) -> tuple[Needed, ...]:
    """What of one page stands on somebody's list; nothing where it is not on it."""
    if person not in walked_with(viewer, work, covered_by(viewer, at=at), at=at):
        return ()
    with only([person]):
        return tuple(_unseen(people_of([person], viewer, at=at), viewer, at).get(person, ()))


def _unseen(persons: Mapping[UUID, Somebody], viewer: Account, at: datetime) -> dict[UUID, list[Needed]]:
    """The needs of each that nobody has seen to, the most pressing first."""
    seen = set(_seen_to(viewer, at, list(persons)))
    found: dict[UUID, list[Needed]] = defaultdict(list)
    for one in needs(persons, viewer, at=at):
        if (one.person, one.need, one.about) not in seen:
            found[one.person].append(one)
    return {pk: sorted(ones, key=lambda one: ORDER.index(one.need)) for pk, ones in found.items()}


@kept
def _seen_to(viewer: Account, at: datetime, persons: list[UUID]) -> QuerySet[SeenTo, tuple[UUID, str, UUID]]:
    seen = SeenTo.objects.visible_to(viewer, at=at).filter(person__in=among(persons))
    return seen.values_list("person", "need", "about")
