"""What of the kind is happening already, shown before an introduction is sent. It warns and never forbids.

Of the kind is what has the same main theme as the service (see `linkwork.queries.overlaps`). Whoever asks is shown what
they may see anyway: steps and introductions where the plan is open to them, organizations whose consents they may know.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from livingwell.consent.models import Consent, Purpose
from livingwell.directory.describe import calm
from livingwell.linkwork.queries import main_themes, main_themes_of_organizations
from livingwell.referrals.models import TOLD, Referral
from livingwell.steps.models import LIVE, Step
from livingwell.steps.models import Status as Stands

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from uuid import UUID

    from livingwell.people.models import Account


class As(Enum):
    """As what something is happening already."""

    STEP = "step"
    INTRODUCTION = "introduction"
    ORGANIZATION = "organization"


@dataclass(frozen=True, slots=True)
class Already:
    """One thing of the kind: what it is called, and whose it is where another name says more."""

    shows_as: As
    name: str
    organization: str = ""


def already(referral: Referral, viewer: Account, *, at: datetime) -> tuple[Already, ...]:
    """What this viewer may know of that is like what the introduction is for. Each place once."""
    theme = main_themes([referral.service_id]).get(referral.service_id)
    found = {
        (one.organization or one.name).casefold(): one
        for each in (_organizations, _introductions, _steps)
        for one in each(referral, theme, viewer, at)
    }
    return tuple(reversed(found.values()))


def _steps(referral: Referral, theme: str | None, viewer: Account, at: datetime) -> Iterator[Already]:
    """Steps with services of the kind. The service itself counts once it has begun: before, it is why this is sent."""
    rows = list(
        Step.objects.visible_to(viewer, at=at)
        .filter(person=referral.person_id, status__in=LIVE, service__isnull=False)
        .order_by("pk")
        .values_list("service", "service__name", "service__organization__name", "status")
    )
    main = main_themes({service for service, *_rest in rows})
    for service, name, organization, status in rows:
        here = service == referral.service_id
        if (here and status == Stands.ACTIVE) or (not here and theme and main.get(service) == theme):
            yield Already(As.STEP, calm(name), organization or "")


def _introductions(referral: Referral, theme: str | None, viewer: Account, at: datetime) -> Iterator[Already]:
    rows = list(
        Referral.objects.visible_to(viewer, at=at)
        .filter(person=referral.person_id, status__in=TOLD)
        .exclude(pk=referral.pk)
        .order_by("pk")
        .values_list("service", "service__name", "organization__name")
    )
    main = main_themes({service for service, *_rest in rows})
    for service, name, organization in rows:
        if theme and main.get(service) == theme:
            yield Already(As.INTRODUCTION, calm(name), organization)


def _organizations(referral: Referral, theme: str | None, viewer: Account, at: datetime) -> Iterator[Already]:
    """Those let in to the page, for more than an introduction, that offer something of the kind themselves."""
    rows = (
        Consent.objects.known_to(viewer, at=at)
        .live(at)
        .filter(person=referral.person_id, organization__isnull=False)
    )
    names: dict[UUID | None, str] = dict(
        rows.exclude(purpose=Purpose.INTRODUCTION)
        .exclude(organization__in=[one for one in (referral.organization_id, referral.sender_id) if one])
        .values_list("organization", "organization__name")
    )
    main = main_themes_of_organizations({one for one in names if one is not None})
    for one, name in sorted(names.items(), key=lambda pair: pair[1]):
        if one is not None and theme in main[one]:
            yield Already(As.ORGANIZATION, name)
