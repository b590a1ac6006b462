"""What is shown right after a page was begun: a link to it, and what is around that answers what was said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from livingwell.consent.models import Person
from livingwell.core.dates import day_of
from livingwell.linkwork.queries.walking import label_of
from livingwell.plans.queries import wishes_of
from livingwell.suggestions.queries import Asked, answer

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from livingwell.directory.queries.cards import Card
    from livingwell.people.models import Account

AROUND: Final = 4
JUST_NOW: Final = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Begun:
    """A page begun just now: how its person is called, what is around, and whether their words speak of danger."""

    pk: UUID
    label: str
    around: tuple[Card, ...]
    danger: bool


def begun(pk: UUID, viewer: Account, *, at: datetime) -> Begun | None:
    """The page that somebody has begun within the last half hour; None for any other."""
    mine = Person.objects.visible_to(viewer, at=at).filter(
        pk=pk, started_by=viewer, started_at__gt=at - JUST_NOW, account=None
    )
    person = mine.first()
    if person is None:
        return None
    label = label_of(person.called, person.started_at)
    wishes = wishes_of(person, viewer, at=at)
    if not wishes.story:
        return Begun(pk, label, (), danger=False)
    found = answer(
        Asked(story=wishes.story, themes=wishes.themes, without=wishes.without, limit=AROUND), on=day_of(at)
    )
    return Begun(pk, label, tuple(one.card for one in found.suggestions), bool(found.dangers))
