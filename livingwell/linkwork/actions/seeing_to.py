"""Noting that somebody has seen to a thing on the list of today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from livingwell.linkwork.models import SeenTo

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from livingwell.consent.models import Person
    from livingwell.linkwork.models import Need
    from livingwell.people.models import Account


def see_to(person: Person, need: Need, about: UUID, *, by: Account, at: datetime) -> None:
    """It is not shown again. Pressed twice, by one or by two, it is noted once."""
    SeenTo.objects.bulk_create(
        [SeenTo(person=person, need=need, about=about, seen_at=at, seen_by=by)], ignore_conflicts=True
    )
