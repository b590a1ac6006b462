"""Writing down what happened on a page, and who looked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from livingwell.consent.models import Access, Consent, Emergency, Event, Person

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from livingwell.consent.models import Did, Kind, Part
    from livingwell.people.models import Account


def remember(
    person: Person | UUID, kind: Kind, part: Part, *, by: Account, at: datetime, about: UUID | None = None
) -> None:
    """Note for the timeline that something happened. Nobody's words are kept here.

    A privacy lead, who may not see the person, names them by the id.
    """
    pk = person.pk if isinstance(person, Person) else person
    Event.objects.create(person_id=pk, kind=kind, part=part, happened_at=at, happened_by=by, about=about)


def look(
    person: Person, did: Did, parts: Mapping[Part, Consent | Emergency], *, by: Account, at: datetime
) -> None:
    """Note that somebody else looked at parts of a page, or wrote in them, or took them along; each with its ground."""
    Access.objects.bulk_create(
        Access(
            person=person,
            did=did,
            part=part,
            done_at=at,
            done_by=by,
            consent=ground if isinstance(ground, Consent) else None,
            emergency=ground if isinstance(ground, Emergency) else None,
        )
        for part, ground in parts.items()
    )
