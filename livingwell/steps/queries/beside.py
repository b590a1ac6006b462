"""Who can be chosen to walk along: those around the person, and those who work with them. And who no longer can."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from livingwell.circles.models import CircleMember
from livingwell.consent.models import Consent, Part, Person
from livingwell.people.models import Membership
from livingwell.steps.companions import Companion
from livingwell.steps.models import Walks

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime
    from uuid import UUID

    from livingwell.consent.doors import Page
    from livingwell.people.models import Account
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
    shared = (
        Consent.objects.visible_to(page.viewer, at=page.at)
        .live(page.at)
        .opening(Part.PLAN)
        .filter(person=page.person)
        .select_related("account", "organization")
    )
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


def let_in_no_more(page: Page, steps: Iterable[Piece]) -> frozenset[UUID]:
    """The accounts that walk along on these steps, as long as they are live, but may not see them any more."""
    walking = {
        (page.person.pk, one.walks_account) for one in steps if one.live and one.walks_account is not None
    }
    return frozenset(account for _person, account in shut_out(walking, page.viewer, at=page.at))


def shut_out(
    walking: Collection[tuple[UUID, UUID]], viewer: Account, *, at: datetime
) -> frozenset[tuple[UUID, UUID]]:
    """Of persons and the accounts that walk along with them: those who may not see the steps they walk on.

    Told only of pages of which it is open to the viewer who is let in. Three queries, none where nobody walks along.
    """
    if not walking:
        return frozenset()
    persons, accounts = {person for person, _account in walking}, {account for _person, account in walking}
    known = Person.objects.visible_to(viewer, Part.CONSENTS, at=at).filter(pk__in=persons)
    seen_by = {pk: {own} for pk, own in known.values_list("pk", "account")}
    consents = Consent.objects.live(at).opening(Part.PLAN).filter(person__in=seen_by)
    for person, account, organization in consents.values_list("person", "account", "organization"):
        seen_by[person] |= {account, organization}
    for account, organization in (
        Membership.objects.with_people(at).filter(account__in=accounts).values_list("account", "organization")
    ):
        for seeing in seen_by.values():
            if organization in seeing:
                seeing.add(account)
    return frozenset(
        (person, account) for person, account in walking if account not in seen_by.get(person, {account})
    )


def _circle(page: Page) -> list[Beside]:
    seen = CircleMember.objects.visible_to(page.viewer, at=page.at).filter(person=page.person)
    return [
        Beside(f"member:{member.pk}", member.called, Companion(Walks.MEMBER, member=member))
        for member in seen.around()
    ]
