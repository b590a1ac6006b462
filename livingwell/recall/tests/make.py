"""Persons and those who keep in touch with them, in each state, reached through actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from livingwell.circles.models import Ring
from livingwell.circles.tests.make import member
from livingwell.consent.tests import make as consent
from livingwell.linkwork.tests import make as linkwork
from livingwell.recall import actions

if TYPE_CHECKING:
    from livingwell.circles.models import CircleMember
    from livingwell.consent.models import Person
    from livingwell.people.models import Account

LONG_AGO, LATER = consent.LONG_AGO, consent.LATER
worker, page_of, shared, somebody, organization = (
    consent.worker,
    consent.page_of,
    consent.shared,
    consent.somebody,
    consent.organization,
)
walked_with, own_page_with = linkwork.walked_with, linkwork.own_page_with


def owner(person: Person) -> Account:
    """Whose page it is."""
    assert person.account
    return person.account


def friend(person: Person, called: str = "Dee", phone: str = "07700 900321") -> CircleMember:
    """Somebody of the circle who may be rung."""
    return member(person, called, ring=Ring.MAY, phone=phone)


def with_friend(name: str = "pat", called: str = "Pat") -> tuple[Person, CircleMember]:
    """Somebody who has chosen a friend to be told on a bad day."""
    person = page_of(name, called=called)
    dee = friend(person)
    actions.choose_allies(person, [dee.pk], by=owner(person), at=LONG_AGO)
    return person, dee
