"""For which organizations somebody works with people, and of which consents they may know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models.expressions import RawSQL

from livingwell.consent.models import Consent, Purpose
from livingwell.people.models import Membership

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from livingwell.people.models import Account


def places(viewer: Account, *, at: datetime) -> QuerySet[Membership, UUID | None]:
    """The organizations for which somebody works with people, for `filter(organization__in=...)`."""
    return Membership.objects.with_people(at).filter(account=viewer).values_list("organization", flat=True)


def known_consents(viewer: Account, *, at: datetime) -> QuerySet[Consent]:
    """The live ones of pages that somebody keeps or owns, and those that they or their organizations received."""
    live = Consent.objects.live(at)
    received = live.filter(organization__in=places(viewer, at=at))
    return received | live & Consent.objects.visible_to(viewer, at=at)


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
        known_consents(viewer, at=at)
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
