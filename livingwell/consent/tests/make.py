"""Persons and those whom they let in, in each state, reached through actions."""

from datetime import UTC, datetime, timedelta

from livingwell.consent import actions
from livingwell.consent.models import Consent, How, Part, Person, Purpose
from livingwell.directory.models import Organization
from livingwell.directory.tests import make as directory
from livingwell.people.actions import account_for, appoint
from livingwell.people.models import Account, Role

LONG_AGO = datetime(2026, 1, 5, 9, tzinfo=UTC)
LATER = datetime(2036, 1, 5, 9, tzinfo=UTC)
YEAR = timedelta(days=365)


def somebody(name: str = "pat") -> Account:
    """An account without any role."""
    return account_for("email", f"{name}@example.org")


def page_of(name: str = "pat", *, called: str = "Pat") -> Person:
    """A page that its person began themself."""
    return actions.start(by=somebody(name), at=LONG_AGO, called=called)


def organization(name: str = "Riverside Surgery") -> Organization:
    """An organization of the directory."""
    return Organization.objects.filter(name=name).first() or directory.organization(name)


def worker(name: str = "lena", role: Role = Role.LINK_WORKER, at_place: str = "Riverside Surgery") -> Account:
    """Somebody who works with people for an organization."""
    return appoint(
        f"{name}@example.org",
        role,
        name=name.title(),
        by="setting up",
        at=LONG_AGO,
        organization=organization(at_place),
    ).account


def shared(
    person: Person,
    *parts: Part,
    organization: Organization | None = None,
    account: Account | None = None,
    purpose: Purpose = Purpose.HELP,
    may_change: bool = False,
    until: datetime = LATER,
    at: datetime = LONG_AGO,
) -> Consent:
    """That the owner of a page shares parts of it."""
    assert person.account is not None
    return actions.give(
        person,
        parts=parts,
        purpose=purpose,
        how=How.SCREEN,
        until=until,
        by=person.account,
        at=at,
        organization=organization,
        account=account,
        may_change=may_change,
    )


def kept_with(worker: Account, *, called: str = "Mo", at_place: str = "Riverside Surgery") -> Person:
    """A page without sign-in, kept with its person by a worker of an organization."""
    return actions.start_for(
        organization=organization(at_place),
        how=How.IN_PERSON,
        said="Yes, keep it for me.",
        until=LATER,
        by=worker,
        at=LONG_AGO,
        called=called,
    )
