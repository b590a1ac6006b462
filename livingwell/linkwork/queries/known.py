"""Whom persons let in, as far as somebody who works with people may know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models.expressions import RawSQL

from livingwell.consent.models import Consent, Purpose

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

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
    rows = (
        Consent.objects.known_to(viewer, at=at)
        .live(at)
        .filter(person__in=among(persons), organization__isnull=False)
        .order_by("until", "pk")
        .values_list("pk", "person", "purpose", "organization", "organization__name", "until")
    )
    return tuple(
        LetIn(pk, person, Purpose(purpose), organization, name, until)
        for pk, person, purpose, organization, name, until in rows
    )


def among(persons: Iterable[UUID]) -> RawSQL:
    """For `filter(person__in=...)` with many: they are sent as one value, not each as one of its own."""
    return RawSQL("(SELECT unnest(%s::uuid[]))", [list(persons)])
