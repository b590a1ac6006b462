"""Taking messages back: those that are no longer allowed, and all of them when a page is deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction

from livingwell.consent.models import Contact
from livingwell.contacting.models import Letter
from livingwell.core.errors import Refusal
from livingwell.messaging import actions as messages
from livingwell.messaging.addresses import whole
from livingwell.messaging.models import Channel

if TYPE_CHECKING:
    from datetime import datetime

    from livingwell.consent.models import Person
    from livingwell.people.models import Account

NOT_ALLOWED: Final = "They no longer want to be written to in this way."


def erase(person: Person, *, by: Account, at: datetime) -> None:
    """Delete that a page's person was written to or about, and the words of it. What waits is not sent."""
    with transaction.atomic():
        for letter in Letter.objects.filter(person=person).select_related("message"):
            letter.delete()
            messages.wipe(letter.message, by=f"account {by.pk}", at=at)


def take_back(*, at: datetime) -> int:
    """Cancel what still waits although its person has since closed that way, or changed the address; how many.

    What was written is read before what its persons allow: a letter that comes in between is none of these.
    """
    taken = 0
    with transaction.atomic():
        rows = list(Letter.objects.to_the_person().waiting().select_related("message"))
        said = Contact.objects.in_bulk({letter.person_id for letter in rows})
        for letter in rows:
            if not _allowed(letter, said.get(letter.person_id)):
                taken += messages.cancel(letter.message.key, by="the clock", at=at, note=NOT_ALLOWED)
    return taken


def _allowed(letter: Letter, said: Contact | None) -> bool:
    if said is None or letter.message.channel not in said.ways:
        return False
    if letter.message.channel == Channel.LETTER:
        return True
    channel = Channel(letter.message.channel)
    try:
        return whole(channel, said.phone if channel == Channel.TEXT else said.email) == letter.message.to
    except Refusal:
        return False
