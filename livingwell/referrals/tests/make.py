"""Introductions in each state, reached through actions."""

from datetime import UTC, datetime

from livingwell.consent.models import How, Part, Person
from livingwell.consent.tests import make as persons
from livingwell.directory.models import Service
from livingwell.directory.tests import make as directory
from livingwell.referrals import actions
from livingwell.referrals.models import Referral, Through, Weight

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
SITE = "https://here.example"


def choir(
    name: str = "Choir for everyone", email: str = "choir@example.org", at_place: str = "Singing Neighbours"
) -> Service:
    """A service whose organization can receive an introduction."""
    return directory.service(name, email=email, organization=persons.organization(at_place))


def draft(person: Person | None = None, service: Service | None = None) -> Referral:
    """Written by the person, not sent."""
    person = person or persons.page_of()
    assert person.account
    return actions.draft(
        person,
        service or choir(),
        weight=Weight.REFERRAL,
        said=[("Call me", "Pat"), ("My phone", "07700 900123")],
        by=person.account,
        at=NOW,
    )


def sent(person: Person | None = None, service: Service | None = None, at: datetime = NOW) -> Referral:
    """Approved by the person and on its way."""
    referral = draft(person, service)
    account = referral.person.account
    assert account
    actions.approve_and_send(referral, parts=[Part.CONTACT], how=How.SCREEN, by=account, at=at, site=SITE)
    referral.refresh_from_db()
    return referral


def accepted(person: Person | None = None) -> Referral:
    """The receiver said yes by the link."""
    referral = sent(person)
    actions.accept(referral, by=None, through=Through.LINK, at=NOW)
    return referral
