"""Whose entries somebody may keep right.

Editors keep all of them, providers their organization's, and whoever came by a link those with that address.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from livingwell.directory.describe import calm
from livingwell.directory.freshness import CRISIS_THEMES, due_on, risk_of
from livingwell.directory.models import Assured, Organization, Service, ServiceAtLocation, ServiceTheme
from livingwell.directory.queries.due import paces
from livingwell.keeping.models import Door, Proposal
from livingwell.keeping.queries.due import addresses
from livingwell.people.models import Account, Membership, Role
from livingwell.people.permissions import may_edit_the_directory

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime

    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser


@dataclass(frozen=True, slots=True)
class Keeper:
    """Who keeps entries right. `entries`: which; None for an editor, who keeps all."""

    by: str
    how: Assured
    entries: frozenset[UUID] | None
    door: Door | None = None

    @property
    def is_editor(self) -> bool:
        return self.entries is None

    def may(self, service: UUID) -> bool:
        return self.entries is None or service in self.entries


@dataclass(frozen=True, slots=True)
class Entry:
    """One of somebody's entries, and how it stands."""

    service: Service
    name: str
    confirmed_on: date | None
    due_on: date | None
    waiting: int


def keeper_of(user: AbstractBaseUser | AnonymousUser, door: str, *, at: datetime) -> Keeper | None:
    """Who this is. `door`: the id of the door in their session, or nothing."""
    if may_edit_the_directory(user, at=at):
        return Keeper(str(getattr(user, "email", "")), Assured.SCREEN, None)
    found = Door.objects.inside(at).filter(pk=door).first() if door else None
    if found is not None:
        return Keeper(found.to, Assured.LINK, _behind(found), found)
    if not isinstance(user, Account):
        return None
    roles = Membership.objects.live(at).filter(account=user, role=Role.PROVIDER)
    organizations = list(roles.values_list("organization_id", flat=True))
    if not organizations:
        return None
    own = Service.objects.public().filter(organization__in=organizations).values_list("pk", flat=True)
    return Keeper(user.email, Assured.LINK, frozenset(own))


def entries_of(keeper: Keeper) -> list[Entry]:
    """The entries of a provider by name."""
    services = Service.objects.filter(pk__in=keeper.entries or ()).order_by("name", "pk")
    waiting: dict[UUID, int] = {}
    for pk in Proposal.objects.waiting().filter(service__in=services).values_list("service_id", flat=True):
        waiting[pk] = waiting.get(pk, 0) + 1
    rules = paces()
    grave: dict[UUID, set[str]] = {}
    tags = ServiceTheme.objects.filter(service__in=services, theme__in=CRISIS_THEMES, applies=True)
    for pk, theme in tags.values_list("service_id", "theme_id"):
        grave.setdefault(pk, set()).add(theme)
    return [
        Entry(
            each,
            calm(each.name),
            each.assured_date,
            due_on(each.assured_date, rules[risk_of(each.kind, grave.get(each.pk, ()))]),
            waiting.get(each.pk, 0),
        )
        for each in services
    ]


def shared_places(places: Collection[str], entries: Collection[UUID]) -> set[str]:
    """Those of some places where others than these entries happen too."""
    others = ServiceAtLocation.objects.filter(location__in=[UUID(place) for place in places]).exclude(
        service__in=entries
    )
    return {str(pk) for pk in others.values_list("location_id", flat=True)}


def _behind(door: Door) -> frozenset[UUID]:
    """Entries of its organization that write to its address; all of them, if it is the organization's own address."""
    services = Service.objects.public().filter(organization=door.organization)
    ids = list(services.values_list("pk", flat=True))
    own = Organization.objects.values_list("email", flat=True).get(pk=door.organization_id)
    if own.strip().lower() == door.to:
        return frozenset(ids)
    return frozenset(pk for pk, email in addresses(ids).items() if email == door.to)
