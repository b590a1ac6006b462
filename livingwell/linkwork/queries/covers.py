"""Who stands in for whom, for those who do and those who are away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from livingwell.core.dates import day_of
from livingwell.linkwork.models import Cover
from livingwell.people.models import Membership, Role

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from livingwell.people.models import Account


@dataclass(frozen=True, slots=True)
class Away:
    """That somebody stands in for somebody, today or later. `mine`: whoever asks is one of the two."""

    id: UUID
    account: UUID
    """Who is away."""
    away: str
    covering: str
    organization: UUID
    organization_name: str
    from_on: date
    until_on: date
    now: bool
    mine: bool


def covers_of(viewer: Account, *, at: datetime) -> tuple[Away, ...]:
    """Those of the organizations for which somebody is a link worker, today and later."""
    day = day_of(at)
    rows = (
        Cover.objects.to_come(day)
        .filter(organization__in=_leads_for(viewer, at))
        .select_related("away", "covering", "organization")
        .order_by("from_on", "away__name", "pk")
    )
    return tuple(_away(row, viewer, day) for row in rows)


def covered_by(viewer: Account, *, at: datetime) -> tuple[Away, ...]:
    """Those for whom somebody stands in today."""
    day = day_of(at)
    rows = Cover.objects.on(day).filter(covering=viewer).select_related("away", "covering", "organization")
    return tuple(_away(row, viewer, day) for row in rows.order_by("until_on", "pk"))


def _away(row: Cover, viewer: Account, day: date) -> Away:
    return Away(
        id=row.pk,
        account=row.away_id,
        away=str(row.away),
        covering=str(row.covering),
        organization=row.organization_id,
        organization_name=row.organization.name,
        from_on=row.from_on,
        until_on=row.until_on,
        now=row.from_on <= day,
        mine=viewer.pk in {row.away_id, row.covering_id},
    )


@dataclass(frozen=True, slots=True)
class Colleague:
    """A link worker of an organization of one's own: oneself too."""

    account: UUID
    name: str
    organization: UUID
    organization_name: str


def colleagues_of(viewer: Account, *, at: datetime) -> tuple[Colleague, ...]:
    """The link workers of the organizations for which somebody is one, by name."""
    held = (
        Membership.objects.live(at)
        .filter(Q(role=Role.LINK_WORKER), organization__in=_leads_for(viewer, at))
        .select_related("account", "organization")
        .order_by("organization__name", "account__name", "account__email", "pk")
    )
    return tuple(
        Colleague(one.account_id, str(one.account), one.organization.pk, one.organization.name)
        for one in held
        if one.organization is not None
    )


def may_end(viewer: Account, pk: UUID, *, at: datetime) -> Cover | None:
    """The cover of this id, where somebody is a link worker of its organization."""
    return Cover.objects.filter(pk=pk, ended_at=None, organization__in=_leads_for(viewer, at)).first()


def _leads_for(viewer: Account, at: datetime) -> list[UUID]:
    held = Membership.objects.live(at).filter(
        account=viewer, role=Role.LINK_WORKER, organization__isnull=False
    )
    return list(held.values_list("organization", flat=True))
