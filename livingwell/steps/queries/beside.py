"""Who can be chosen to walk along: those around the person, and those who work with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from livingwell.circles.models import CircleMember
from livingwell.consent.models import Consent, Part
from livingwell.people.models import Membership
from livingwell.steps.companions import Companion
from livingwell.steps.models import Walks

if TYPE_CHECKING:
    from livingwell.consent.doors import Page


@dataclass(frozen=True, slots=True)
class Beside:
    """Somebody who may be chosen: what a form calls them, what a person reads, and the companion they would be."""

    key: str
    label: str
    companion: Companion


def beside(page: Page) -> tuple[Beside, ...]:
    """Those who can be chosen on this page, as far as its viewer may know of them. Four queries at most."""
    shared = (
        Consent.objects.visible_to(page.viewer, at=page.at)
        .live(page.at)
        .filter(person=page.person, parts__contains=[Part.PLAN.value])
        .select_related("account", "organization")
    )
    found = {one.key: one for one in _circle(page)}
    organizations = {}
    for consent in shared:
        if consent.account is not None:
            key = f"account:{consent.account_id}"
            label = consent.account.name or consent.account.email or _("Somebody without a name")
            found[key] = Beside(key, label, Companion(Walks.ACCOUNT, account=consent.account))
        elif consent.organization is not None:
            organizations[consent.organization.pk] = consent.organization.name
    held = Membership.objects.with_people(page.at).filter(organization__in=organizations)
    for membership in held.select_related("account").order_by("account__name", "pk"):
        key = f"account:{membership.account_id}"
        where = organizations[membership.organization_id] if membership.organization_id else ""
        label = f"{membership.account.name or _('Somebody')}, {where}"
        found.setdefault(key, Beside(key, label, Companion(Walks.ACCOUNT, account=membership.account)))
    return tuple(found.values())


def _circle(page: Page) -> list[Beside]:
    seen = CircleMember.objects.visible_to(page.viewer, at=page.at).filter(person=page.person)
    return [
        Beside(f"member:{member.pk}", member.called, Companion(Walks.MEMBER, member=member))
        for member in seen.around()
    ]
