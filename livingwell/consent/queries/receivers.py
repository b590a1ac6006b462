"""Organizations by name, to choose one to share with; and names that are no names but categories."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import Case, IntegerField, Q, Value, When

from livingwell.directory.models import Organization
from livingwell.people.models import Membership, Role

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

MOST: Final = 10
MOST_NAMES: Final = 6
CATEGORY: Final = re.compile(
    r"\b(all|any|every|everyone|everybody|anyone|anybody|partners?|agenc(y|ies)|stakeholders|professionals"
    r"|others?|relevant|third part(y|ies)|statutory|multi-?agency|the nhs|health services?|social services"
    r"|care teams?|providers|organi[sz]ations|charities|surgeries|hospitals|doctors|gps)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Place:
    """An organization that could be let in. `works_there`: who would see, and what they do."""

    id: UUID
    name: str
    about: str
    works_there: tuple[str, ...] = ()


def is_a_category(typed: str) -> bool:
    """Whether this names a kind of organization rather than one: "partner agencies", "all professionals"."""
    return bool(CATEGORY.search(typed))


def places_named(typed: str) -> list[Place]:
    """Up to ten organizations in whose name each typed word begins a word, those that begin with it first."""
    words = re.findall(r"[\w’']+", typed)[:8]
    if not words:
        return []
    each = Q()
    for word in words:
        each &= Q(name__iregex=rf"\m{re.escape(word)}") | Q(alternate_name__iregex=rf"\m{re.escape(word)}")
    first = Case(
        When(name__istartswith=typed.strip(), then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    found = Organization.objects.filter(each, merged_into=None).order_by(first, "name", "pk")[:MOST]
    return [Place(one.pk, one.name, _short(one.description)) for one in found]


def place(pk: UUID, *, at: datetime) -> Place | None:
    """One organization, with the people who work with people there now."""
    found = Organization.objects.filter(pk=pk, merged_into=None).first()
    if found is None:
        return None
    held = Membership.objects.with_people(at).filter(organization=found).select_related("account")
    who = [
        f"{one.account.name}, {Role(one.role).label}"
        for one in held.order_by("account__name")[:6]
        if one.account.name
    ]
    return Place(found.pk, found.name, _short(found.description), tuple(who))


def _short(text: str) -> str:
    first = re.split(r"(?<=[.!?])\s", text.strip(), maxsplit=1)[0]
    return first if len(first) <= 120 else f"{first[:117].rsplit(' ', 1)[0]} …"
