"""Persons who may be written to, and letters in each state."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from livingwell.consent.actions import reach
from livingwell.consent.tests import make as persons
from livingwell.contacting import actions
from livingwell.contacting.models import About
from livingwell.messaging.actions.delivering import deliver
from livingwell.messaging.adapters.port import Refused
from livingwell.messaging.tests.make import Provider

if TYPE_CHECKING:
    from livingwell.consent.models import Person
    from livingwell.contacting.actions import Written
    from livingwell.contacting.models import Letter

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
NIGHT = datetime(2026, 11, 25, 23, tzinfo=UTC)
MOBILE = "07700 900123"


def reachable(*ways: str, name: str = "pat", **said: object) -> Person:
    """Somebody who may be reached in these ways, in this order."""
    person = persons.page_of(name, called=name.title())
    known = {"phone": MOBILE, "email": f"{name}@example.org", "full_name": "Pat Lee"}
    address = {"address": "1 Example Street\nLondon\nSW2 1AA"}
    reach(person, {**known, **address, "ways": list(ways), **said})
    return person


def written(
    person: Person, about: About = About.CHECK_IN, *, key: str = "hello:1", at: datetime = NOON
) -> Written:
    """What the clock wrote to them."""
    return actions.write(person, about, key=key, by=None, at=at)


def letter(person: Person, about: About = About.CHECK_IN, *, key: str = "hello:1") -> Letter:
    """A letter to them that waits to be sent."""
    made = written(person, about, key=key).letter
    assert made
    return made


def sent(person: Person, about: About = About.CHECK_IN, *, key: str = "hello:1") -> Letter:
    """A letter that went out."""
    made = letter(person, about, key=key)
    deliver(made.message_id, by="worker", at=NOON, adapter=lambda _name: Provider())
    made.message.refresh_from_db()
    return made


def failed(person: Person, *, key: str = "hello:1") -> Letter:
    """A letter that its provider would not carry."""
    made = letter(person, key=key)
    no = Provider(answers=[Refused("No such number.")])
    deliver(made.message_id, by="worker", at=NOON, adapter=lambda _name: no)
    made.message.refresh_from_db()
    return made
