"""Persons and those who keep in touch with them, in each state, reached through actions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from livingwell.circles.models import Ring
from livingwell.circles.tests.make import member
from livingwell.consent.actions import reach
from livingwell.consent.models import Part
from livingwell.consent.tests import make as consent
from livingwell.linkwork.tests import make as linkwork
from livingwell.recall import actions
from livingwell.recall.models import AskedBy, Hour, Often, Silence, Why

if TYPE_CHECKING:
    from datetime import datetime

    from livingwell.circles.models import CircleMember
    from livingwell.consent.models import Person
    from livingwell.people.models import Account
    from livingwell.recall.models import CheckIn, Entry

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


def rung(name: str = "pat", called: str = "Pat", at_place: str = "Riverside Surgery", *parts: Part) -> Person:
    """Somebody who lets an organization know how to reach them, and may be rung."""
    person = page_of(name, called=called)
    reach(person, {"ways": ["phone", "text"], "phone": "07700 900100", "best_time": "After ten"})
    shared(person, Part.CONTACT, *parts, organization=organization(at_place))
    return person


def on_list(person: Person, by: Account, at: datetime, **named: Any) -> Entry:
    """That the surgery means to ring them today."""
    said = {"why": Why.WORRY, "worried": "Dr Shah", "due_on": at.date(), **named}
    return actions.put_on_list(person, organization(), by=by, at=at, **said)


def asked_by_text(person: Person, **named: Any) -> CheckIn:
    """That they want to be asked every day by text."""
    said = {
        "way": AskedBy.TEXT,
        "every": Often.DAILY,
        "hour": Hour.MORNING,
        "question": "Did you sleep?",
        "silence": Silence.NOTHING,
        **named,
    }
    return actions.agree(person, actions.Wish(**said), by=owner(person), at=LONG_AGO)
