"""Two organizations doing the same thing for one person: shown to the person and to their link worker.

What counts, in words. Each service has a main theme: the first of its themes, by rule or by hand. Two organizations do
the same thing for a person where either
- the person has two steps, chosen or begun, with services of two organizations that have the same main theme; or
- the person lets two organizations in for the same purpose, and each has a service with that same main theme.
Whoever asks is shown what they may see: of steps those of plans open to them, of consents those that they may know of.
It is a question to talk about, not a mistake: two choirs may be just right.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID, uuid5

from django.db import models

from livingwell.consent.models import Purpose
from livingwell.core.kept import among, kept
from livingwell.directory.models import Service, ServiceTheme
from livingwell.directory.models import Status as Running
from livingwell.linkwork.queries.known import let_in
from livingwell.steps.queries import standing_of
from livingwell.themes.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime

    from django.db.models import QuerySet

    from livingwell.consent.models import Person
    from livingwell.linkwork.queries.known import LetIn
    from livingwell.people.models import Account
    from livingwell.steps.queries import Standing

FAMILY = UUID("8f2f3b8e-59d5-4f0c-8a4e-0f7a8c0f4f3b")


class By(models.TextChoices):
    """Where it shows that two do the same."""

    STEPS = "steps", "steps"
    CONSENTS = "consents", "consents"


@dataclass(frozen=True, slots=True)
class Overlap:
    """That organizations (by name) do the same thing: by which steps or consents it shows, and which main themes."""

    person: UUID
    by: By
    purpose: Purpose | None
    themes: tuple[str, ...]
    """Labels of the main themes that they share."""
    organizations: tuple[str, ...]
    about: UUID
    """The same as long as it is the same organizations by the same way."""


def overlaps_of(person: Person, viewer: Account, *, at: datetime) -> tuple[Overlap, ...]:
    """What two do alike for one person, as far as the viewer may see both."""
    only = [person.pk]
    return overlaps_each(standing_of(only, viewer, at=at), let_in(only, viewer, at=at))


def overlaps_each(steps: Iterable[Standing], consents: Collection[LetIn]) -> tuple[Overlap, ...]:
    """The same of many persons, by their steps and by whom they let in. Two queries."""
    doing = [
        _Doing(one.person, one.service, one.organization, one.organization_name)
        for one in steps
        if one.live and one.service and one.organization
    ]
    names = {one.organization: one.name for one in consents} | {one.organization: one.name for one in doing}
    by_steps = _by_steps(doing)
    by_consents = _by_consents(consents)
    return tuple(
        _overlap(pair, found[pair], names)
        for found in (by_steps, by_consents)
        for pair in sorted(found, key=lambda pair: (str(pair[0]), pair[1], str(pair[2])))
    )


Pair = tuple[UUID, By, Purpose | None, tuple[UUID, ...]]
"""For whom, how it shows, for what purpose, which organizations."""


def _overlap(pair: Pair, themes: set[str], names: Mapping[UUID, str]) -> Overlap:
    person, by, purpose, organizations = pair
    known = vocabulary().themes
    said = "|".join([str(person), by, str(purpose), *map(str, organizations)])
    return Overlap(
        person=person,
        by=by,
        purpose=purpose,
        themes=tuple(sorted(known[slug].label for slug in themes if slug in known)),
        organizations=tuple(sorted(names[one] for one in organizations)),
        about=uuid5(FAMILY, said),
    )


class _Doing(NamedTuple):
    """That somebody has a step with a service of an organization."""

    person: UUID
    service: UUID
    organization: UUID
    name: str


def _by_steps(steps: Collection[_Doing]) -> dict[Pair, set[str]]:
    main = main_themes({one.service for one in steps})
    doing: dict[tuple[UUID, str], set[UUID]] = defaultdict(set)
    for person, service, organization, _name in steps:
        if service in main:
            doing[person, main[service]].add(organization)
    found: dict[Pair, set[str]] = defaultdict(set)
    for (person, theme), organizations in doing.items():
        if len(organizations) > 1:
            found[person, By.STEPS, None, _in_order(organizations)].add(theme)
    return found


def _by_consents(consents: Iterable[LetIn]) -> dict[Pair, set[str]]:
    receivers: dict[tuple[UUID, Purpose], set[UUID]] = defaultdict(set)
    for one in consents:
        receivers[one.person, one.purpose].add(one.organization)
    several = {key: held for key, held in receivers.items() if len(held) > 1}
    main = main_themes_of_organizations({one for held in several.values() for one in held})
    found: dict[Pair, set[str]] = defaultdict(set)
    for (person, purpose), held in several.items():
        for theme in {theme for one in held for theme in main[one]}:
            alike = {one for one in held if theme in main[one]}
            if len(alike) > 1:
                found[person, By.CONSENTS, purpose, _in_order(alike)].add(theme)
    return found


def _in_order(organizations: Iterable[UUID]) -> tuple[UUID, ...]:
    return tuple(sorted(organizations))


def main_themes(services: Collection[UUID]) -> dict[UUID, str]:
    """The main theme of each service that has one."""
    return dict(_main_themes(list(services)))


@kept
def _main_themes(services: list[UUID]) -> QuerySet[ServiceTheme, tuple[UUID, str]]:
    rows = ServiceTheme.objects.filter(service__in=among(services), applies=True, theme__retired=False)
    return rows.order_by("service_id", "pk").distinct("service_id").values_list("service", "theme")


def main_themes_of_organizations(organizations: Collection[UUID]) -> dict[UUID, set[str]]:
    """The main themes of all that each organization runs."""
    running = Service.objects.filter(organization__in=organizations, merged_into=None).exclude(
        status=Running.DEFUNCT
    )
    rows = (
        ServiceTheme.objects.filter(service__in=running, applies=True, theme__retired=False)
        .order_by("service_id", "pk")
        .distinct("service_id")
    )
    found: dict[UUID, set[str]] = defaultdict(set)
    for organization, theme in rows.values_list("service__organization", "theme"):
        if organization is not None:
            found[organization].add(theme)
    return found
