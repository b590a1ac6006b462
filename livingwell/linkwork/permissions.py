"""Who walks with people, and who may begin a page with somebody; refused by default."""

from __future__ import annotations

from typing import TYPE_CHECKING

from livingwell.directory.models import Organization
from livingwell.linkwork.roles import BEGIN
from livingwell.people.models import Membership, Role

if TYPE_CHECKING:
    from datetime import datetime

    from livingwell.people.models import Account


def begins_for(account: Account, *, at: datetime) -> list[Organization]:
    """The organizations for which somebody may begin a page, by name."""
    held = Membership.objects.live(at).filter(account=account, role__in=BEGIN, organization__isnull=False)
    return list(Organization.objects.filter(pk__in=held.values("organization")).order_by("name", "pk"))


def leads_for(account: Account, *, at: datetime) -> list[Organization]:
    """The organizations for which somebody is a link worker, by name."""
    held = Membership.objects.live(at).filter(account=account, role=Role.LINK_WORKER)
    return list(Organization.objects.filter(pk__in=held.values("organization")).order_by("name", "pk"))


def roles_of(account: Account, *, at: datetime) -> frozenset[Role]:
    """What somebody is in any organization."""
    held = Membership.objects.live(at).filter(account=account, organization__isnull=False)
    return frozenset(Role(role) for role in held.values_list("role", flat=True))


def walks_with_people(account: Account, *, at: datetime) -> bool:
    """Whether somebody works with people for any organization."""
    return Membership.objects.with_people(at).filter(account=account).exists()
