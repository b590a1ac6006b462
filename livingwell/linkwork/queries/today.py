"""The list of today: whom somebody walks with who needs a human today, and nobody else."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from livingwell.consent.acting import only
from livingwell.consent.models import Person
from livingwell.linkwork.models import Need, SeenTo
from livingwell.linkwork.queries.known import among
from livingwell.linkwork.queries.needs import needs
from livingwell.linkwork.queries.walking import label_of, walked_with

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from livingwell.linkwork.queries.needs import Needed
    from livingwell.people.models import Account

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
    number: int
    walked_with: int
    page: int
    pages: int


def today(viewer: Account, *, at: datetime, page: int = 1) -> Today:
    """Whom somebody should be in touch with today. As many queries for a thousand people as for one."""
    whose = walked_with(viewer, at=at)
    with only(whose):
        by_person = _unseen(whose.keys(), viewer, at)
        order = sorted(
            by_person, key=lambda pk: (ORDER.index(by_person[pk][0].need), -len(by_person[pk]), str(pk))
        )
        pages = max(1, -(-len(order) // A_SCREEN))
        shown = min(max(page, 1), pages)
        here = order[(shown - 1) * A_SCREEN : shown * A_SCREEN]
        people = {row.pk: row for row in Person.objects.visible_to(viewer, at=at).filter(pk__in=here)}
    rows = tuple(
        Row(pk, label_of(people[pk]), whose[pk], tuple(by_person[pk])) for pk in here if pk in people
    )
    return Today(rows, len(order), len(whose), shown, pages)


def needs_of(person: UUID, viewer: Account, *, at: datetime) -> tuple[Needed, ...]:
    """What of one page stands on somebody's list; nothing where it is not on it."""
    if person not in walked_with(viewer, at=at):
        return ()
    return tuple(_unseen({person}, viewer, at).get(person, ()))


def _unseen(persons: Collection[UUID], viewer: Account, at: datetime) -> dict[UUID, list[Needed]]:
    """The needs of each that nobody has seen to, the most pressing first."""
    seen = set(
        SeenTo.objects.visible_to(viewer, at=at)
        .filter(person__in=among(persons))
        .values_list("person", "need", "about")
    )
    found: dict[UUID, list[Needed]] = defaultdict(list)
    for one in needs(persons, viewer, at=at):
        if (one.person, one.need, one.about) not in seen:
            found[one.person].append(one)
    return {pk: sorted(ones, key=lambda one: ORDER.index(one.need)) for pk, ones in found.items()}
