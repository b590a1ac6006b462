"""What somebody sees of their own account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from livingwell.people.models import Account, Membership, Role

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Held:
    """A role that somebody holds: what it is called, for whom, since when."""

    id: int
    role: str
    organization: str
    since: datetime


@dataclass(frozen=True, slots=True)
class AccountPage:
    """An account as its owner sees it."""

    name: str
    email: str
    phone: str
    has_password: bool
    roles: list[Held]


def account_page(account: Account, at: datetime) -> AccountPage:
    """The page of one's own account."""
    return AccountPage(
        name=account.name,
        email=account.email,
        phone=account.phone,
        has_password=account.has_usable_password(),
        roles=roles_of(account, at),
    )


def roles_of(account: Account, at: datetime) -> list[Held]:
    """What somebody does here now."""
    held = Membership.objects.live(at).filter(account=account).select_related("organization")
    return [
        Held(
            one.pk,
            str(Role(one.role).label),
            one.organization.name if one.organization else "",
            one.started_at,
        )
        for one in held.order_by("started_at")
    ]
