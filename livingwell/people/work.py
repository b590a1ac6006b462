"""For which organizations somebody works with people now, and as what: asked once, then handed on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from livingwell.people.models import Membership, Role

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from livingwell.directory.models import Organization
    from livingwell.people.models import Account


@dataclass(frozen=True, slots=True)
class Work:
    """What somebody is where they work with people, the organizations by name. False where they do so nowhere."""

    roles: Mapping[Organization, frozenset[Role]]

    def __bool__(self) -> bool:
        return bool(self.roles)

    def places(self, *roles: Role) -> list[Organization]:
        """The organizations, by name; with `roles` those for which somebody is one of these."""
        return [place for place, held in self.roles.items() if not roles or not held.isdisjoint(roles)]


def work_of(account: Account, *, at: datetime) -> Work:
    """Where somebody works with people at a moment. One query."""
    held = Membership.objects.with_people(at).filter(account=account).select_related("organization")
    roles: dict[Organization, frozenset[Role]] = {}
    for one in held.order_by("organization__name", "organization_id"):
        if one.organization is not None:
            roles[one.organization] = roles.get(one.organization, frozenset()) | {Role(one.role)}
    return Work(roles)
