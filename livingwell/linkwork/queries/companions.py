"""Whose companion on a step in progress is gone: who worked with people and left, or may not see the step any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from livingwell.people.models import Membership
from livingwell.steps.queries import shut_out

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from livingwell.people.models import Account
    from livingwell.steps.queries import Standing


def without_companion(
    steps: Iterable[Standing], viewer: Account, *, at: datetime
) -> list[tuple[Standing, UUID]]:
    """The steps whose companion is gone, and which account that was. Four queries; none where none walks along."""
    walking = [(step, step.companion) for step in steps if step.companion is not None]
    if not walking:
        return []
    held = Membership.objects.filter(account__in={account for _step, account in walking})
    working = Membership.objects.with_people(at).values("account")
    left = set(held.exclude(account__in=working).values_list("account", flat=True))
    out = shut_out({(step.person, account) for step, account in walking}, viewer, at=at)
    return [(step, account) for step, account in walking if account in left or (step.person, account) in out]
