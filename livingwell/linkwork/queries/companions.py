"""Whose companion on a step in progress is gone: who worked with people and left, or may not see the step any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from livingwell.consent.models import Consent, Part, Person
from livingwell.people.models import Membership

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from livingwell.people.models import Account
    from livingwell.steps.queries import Standing


def without_companion(
    steps: Collection[Standing], viewer: Account, *, at: datetime
) -> list[tuple[Standing, UUID]]:
    """The steps whose companion is gone, and which account that was. Four queries, none where no account walks along.

    That one may not see the step any more is told only where it is open to the viewer who is let in.
    """
    walking = [(step, step.companion) for step in steps if step.companion is not None]
    if not walking:
        return []
    accounts = {account for _step, account in walking}
    once = set(Membership.objects.filter(account__in=accounts).values_list("account", flat=True))
    now = set(
        Membership.objects.with_people(at).filter(account__in=accounts).values_list("account", "organization")
    )
    left = once - {account for account, _organization in now}
    told = _let_in({step.person for step, _account in walking}, viewer, at)

    def shut_out(person: UUID, account: UUID) -> bool:
        if person not in told:
            return False
        works_for = {organization for one, organization in now if one == account}
        return told[person].isdisjoint({account, *works_for})

    return [(step, account) for step, account in walking if account in left or shut_out(step.person, account)]


def _let_in(persons: Collection[UUID], viewer: Account, at: datetime) -> dict[UUID, set[UUID | None]]:
    """Of the persons of whom the viewer may know it: the accounts and organizations that may see their steps."""
    known = Person.objects.visible_to(viewer, Part.CONSENTS, at=at).filter(pk__in=persons)
    found: dict[UUID, set[UUID | None]] = {pk: set() for pk in known.values_list("pk", flat=True)}
    rows = Consent.objects.live(at).opening(Part.PLAN).filter(person__in=found)
    for person, account, organization in rows.values_list("person", "account", "organization"):
        found[person] |= {account, organization}
    return found
