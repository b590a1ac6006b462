"""What somebody sees of their own account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.utils.translation import gettext as _

from livingwell.people.models import WITH_PEOPLE, Account, Invitation, Membership, Role

BROWSERS: Final = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS: Final = (
    ("Android", "Android"),
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "a Mac"),
    ("CrOS", "a Chromebook"),
    ("Linux", "Linux"),
)

if TYPE_CHECKING:
    from datetime import datetime

    from livingwell.directory.models import Organization


@dataclass(frozen=True, slots=True)
class Held:
    """A role that somebody holds: what it is called, for whom, since when."""

    id: int
    role: str
    organization: str
    invites_to: str
    with_people: bool
    """Whether they see, by this role, what people share with the organization."""
    since: datetime


@dataclass(frozen=True, slots=True)
class AccountPage:
    """An account as its owner sees it."""

    name: str
    email: str
    phone: str
    has_password: bool
    roles: list[Held]


def account_page(account: Account, at: datetime) -> AccountPage:
    """The page of one's own account."""
    return AccountPage(
        name=account.name,
        email=account.email,
        phone=account.phone,
        has_password=account.has_usable_password(),
        roles=roles_of(account, at),
    )


def roles_of(account: Account, at: datetime) -> list[Held]:
    """What somebody does here now."""
    held = Membership.objects.live(at).filter(account=account).select_related("organization")
    return [
        Held(
            one.pk,
            str(Role(one.role).label),
            one.organization.name if one.organization else "",
            str(one.organization_id) if one.role == Role.PROVIDER else "",
            one.organization_id is not None and one.role in WITH_PEOPLE,
            one.started_at,
        )
        for one in held.order_by("started_at")
    ]


def membership(pk: int) -> Membership:
    """One role of one account, with both."""
    return Membership.objects.select_related("account", "organization").get(pk=pk)


@dataclass(frozen=True, slots=True)
class Session:
    """A place where somebody is signed in."""

    id: int
    device: str
    since: datetime
    here: bool


def sessions_of(account: Account, here: str) -> list[Session]:
    """Where somebody is signed in now, this place first."""
    found = [
        Session(one.pk, device(one.user_agent), one.created_at, one.session_key == here)
        for one in UserSession.objects.purge_and_list(account)
    ]
    return sorted(found, key=lambda one: (not one.here, one.since))


def device(agent: str) -> str:
    """What a browser calls itself, as people would say it: "Firefox on Windows"."""
    browser = next((name for mark, name in BROWSERS if mark in agent), _("A browser"))
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    return _("%(browser)s on %(system)s") % {"browser": browser, "system": system} if system else browser


@dataclass(frozen=True, slots=True)
class Belongs:
    """Somebody who holds a role, as those see it who may give and end it."""

    id: int
    who: str
    reached: str
    role: str
    label: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody who was asked and has not answered."""

    id: str
    email: str
    role: str
    label: str
    until: datetime


@dataclass(frozen=True, slots=True)
class BelongingPage:
    """Who belongs, and who was asked to."""

    people: list[Belongs]
    invited: list[Invited]


def belonging(organization: Organization | None, at: datetime) -> BelongingPage:
    """Who holds a role for the network, or for one organization, and the invitations that are open."""
    held = Membership.objects.live(at).filter(organization=organization).select_related("account")
    open_ones = Invitation.objects.open(at).filter(organization=organization)
    return BelongingPage(
        people=[
            Belongs(
                one.pk,
                str(one.account),
                one.account.email or one.account.phone,
                one.role,
                str(Role(one.role).label),
                one.started_at,
            )
            for one in held.order_by("role", "account__name", "account__email")
        ],
        invited=[
            Invited(str(one.pk), one.email, one.role, str(Role(one.role).label), one.until)
            for one in open_ones.order_by("email")
        ],
    )


def held_for(
    organization: Organization | None, roles: list[Role], pk: int, at: datetime
) -> Membership | None:
    """One live role among those, for this organization or the network."""
    live = Membership.objects.live(at).filter(organization=organization, role__in=roles)
    return live.select_related("account").filter(pk=pk).first()


def invitation(pk: str) -> Invitation | None:
    """The invitation of this id, if there is one."""
    try:
        return Invitation.objects.select_related("organization").filter(pk=UUID(pk)).first()
    except ValueError:
        return None
