"""What somebody sees of their own account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from allauth.usersessions.models import UserSession
from django.utils.translation import gettext as _

from livingwell.people.models import Account, Membership, Role

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


@dataclass(frozen=True, slots=True)
class Held:
    """A role that somebody holds: what it is called, for whom, since when."""

    id: int
    role: str
    organization: str
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
