"""Whom persons let in, as far as somebody who works with people may know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from livingwell.consent.models import Consent, Purpose
from livingwell.core.kept import among, kept

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from livingwell.people.models import Account


@dataclass(frozen=True, slots=True)
class LetIn:
    """That a person lets an organization in, for what and until when."""

    consent: UUID
    person: UUID
    purpose: Purpose
    organization: UUID
    name: str
    until: datetime


def let_in(persons: Iterable[UUID], viewer: Account, *, at: datetime) -> tuple[LetIn, ...]:
    """The organizations that these persons let in, as far as somebody may know, those that end first before others."""
    return tuple(
        LetIn(pk, person, Purpose(purpose), organization, name, until)
        for pk, person, purpose, organization, name, until in _let_in(viewer, at, list(persons))
    )


@kept
def _let_in(viewer: Account, at: datetime, persons: list[UUID]) -> QuerySet[Consent, tuple[Any, ...]]:
    return (
        Consent.objects.known_to(viewer, at=at)
        .live(at)
        .filter(person__in=among(persons), organization__isnull=False)
        .order_by("until", "pk")
        .values_list("pk", "person", "purpose", "organization", "organization__name", "until")
    )
