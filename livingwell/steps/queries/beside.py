"""Who can be chosen to walk along: those around the person, and those who work with them. And who no longer can."""

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
    from collections.abc import Iterable
    from uuid import UUID

    from django.db.models import QuerySet

    from livingwell.consent.doors import Page
    from livingwell.steps.queries.steps import Piece


@dataclass(frozen=True, slots=True)
class Beside:
    """Somebody who may be chosen: what a form calls them, what a person reads, and the companion they would be."""

    key: str
    label: str
    companion: Companion


def beside(page: Page) -> tuple[Beside, ...]:
    """Those who can be chosen on this page, as far as its viewer may know of them. Four queries at most."""
    found = {one.key: one for one in _circle(page)}
    organizations = {}
    for consent in _let_in(page).select_related("account", "organization"):
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


def let_in_no_more(page: Page, steps: Iterable[Piece]) -> frozenset[UUID]:
    """The accounts that walk along on these steps, as long as they are live, but may not see them any more.

    None for a viewer to whom it is not open who is let in. Two queries at most.
    """
    walking = {one.walks_account for one in steps if one.live and one.walks_account is not None}
    walking.discard(page.person.account_id)
    if not walking or Part.CONSENTS not in page.sees:
        return frozenset()
    held = Membership.objects.with_people(page.at).filter(account__in=walking)
    by_work = held.filter(organization__in=_let_in(page).values("organization"))
    still = _let_in(page).filter(account__in=walking).values_list("account")
    return frozenset(
        walking.difference(account for (account,) in still.union(by_work.values_list("account")))
    )


def _let_in(page: Page) -> QuerySet[Consent]:
    """What lets others see the steps of a page, as far as its viewer may know of it."""
    known = Consent.objects.visible_to(page.viewer, at=page.at).live(page.at)
    return known.opening(Part.PLAN).filter(person=page.person)


def _circle(page: Page) -> list[Beside]:
    seen = CircleMember.objects.visible_to(page.viewer, at=page.at).filter(person=page.person)
    return [
        Beside(f"member:{member.pk}", member.called, Companion(Walks.MEMBER, member=member))
        for member in seen.around()
    ]
