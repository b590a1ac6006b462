"""Who walks with somebody as their link worker, who stands in, and whom they may choose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import OuterRef

from livingwell.consent.models import Consent
from livingwell.core.dates import day_of
from livingwell.directory.models import Organization
from livingwell.linkwork.models import Cover, Lead, PaperCode
from livingwell.people.models import Membership, Role

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from livingwell.consent.models import Person
    from livingwell.people.models import Account


@dataclass(frozen=True, slots=True)
class LeadShown:
    """Somebody's link worker: whether they work there still, and who stands in until when while they are away."""

    account: UUID
    name: str
    organization: UUID
    organization_name: str
    since: datetime
    works_there: bool
    covered_by: str
    covered_until: date | None


def lead_of(person: Person, viewer: Account, *, at: datetime) -> LeadShown | None:
    """The link worker of a page, as far as this viewer may see who it is. Three queries."""
    lead = (
        Lead.objects.visible_to(viewer, at=at)
        .live()
        .filter(person=person)
        .select_related("account", "organization")
        .first()
    )
    if lead is None:
        return None
    works_there = (
        Membership.objects.live(at)
        .filter(account=lead.account_id, organization=lead.organization_id, role=Role.LINK_WORKER)
        .exists()
    )
    cover = (
        Cover.objects.on(day_of(at))
        .filter(away=lead.account_id, organization=lead.organization_id)
        .select_related("covering")
        .first()
    )
    return LeadShown(
        account=lead.account_id,
        name=str(lead.account),
        organization=lead.organization_id,
        organization_name=lead.organization.name,
        since=lead.chosen_at,
        works_there=works_there,
        covered_by=str(cover.covering) if cover else "",
        covered_until=cover.until_on if cover else None,
    )


def working(at: datetime) -> QuerySet[Membership]:
    """For a subquery on leads: that the link worker is one still, in that organization."""
    return Membership.objects.live(at).filter(
        account=OuterRef("account"), organization=OuterRef("organization"), role=Role.LINK_WORKER
    )


@dataclass(frozen=True, slots=True)
class Candidate:
    """A link worker whom a person may choose, and the organization for which they work."""

    account: UUID
    name: str
    organization: UUID
    organization_name: str

    @property
    def key(self) -> str:
        """What a form sends to say: this one."""
        return f"{self.account}:{self.organization}"


def candidates(person: Person, viewer: Account, *, at: datetime) -> tuple[Candidate, ...]:
    """The link workers of the organizations that somebody lets in now, by name."""
    let_in = (
        Consent.objects.visible_to(viewer, at=at).live(at).filter(person=person, organization__isnull=False)
    )
    held = (
        Membership.objects.live(at)
        .filter(role=Role.LINK_WORKER, organization__in=let_in.values("organization"))
        .select_related("account", "organization")
        .order_by("account__name", "account__email", "organization__name", "pk")
    )
    return tuple(
        Candidate(one.account_id, str(one.account), one.organization.pk, one.organization.name)
        for one in held
        if one.organization is not None
    )


def organization(pk: UUID) -> Organization:
    """The organization of a candidate or a colleague."""
    return Organization.objects.get(pk=pk)


def code_out(person: Person, viewer: Account, *, at: datetime) -> datetime | None:
    """Until when a sheet that was printed for this page can be used; None where none is out."""
    held = PaperCode.objects.visible_to(viewer, at=at).open(at).filter(person=person)
    return held.values_list("until", flat=True).first()
