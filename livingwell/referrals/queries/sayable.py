"""What of a page could be said to a receiver, item by item. Nothing is said that the person did not choose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from livingwell.consent.models import Part
from livingwell.consent.queries import contact_of
from livingwell.plans.queries import words_of

if TYPE_CHECKING:
    from datetime import datetime

    from livingwell.consent.models import Person
    from livingwell.people.models import Account


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that could be said: its key in the form, its heading, the words, and the part they are of."""

    key: str
    heading: str
    words: str
    part: Part


def items_of(person: Person, viewer: Account, *, at: datetime) -> tuple[Item, ...]:
    """What stands on the page: the name they like, how to reach them, then their words, as far as the viewer sees."""
    items = [Item("called", _("Call me"), person.called, Part.CONTACT)] if person.called else []
    contact = contact_of(person, viewer, at=at)
    items += [
        Item(key, heading, words, Part.CONTACT)
        for key, heading, words in (
            ("phone", _("My phone"), contact.phone),
            ("email", _("My e-mail"), contact.email),
            ("address", _("Where I live"), contact.address),
            ("best", _("Best time to reach me"), contact.best_time),
        )
        if words
    ]
    words = words_of(person, viewer, at=at)
    return (*items, *(Item(one.section, one.label, one.text, one.part) for one in words if one.text))
