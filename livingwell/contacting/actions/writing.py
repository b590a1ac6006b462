"""Writing to a person by the first way that they allow, and noting that somebody was written to about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import transaction

from livingwell.consent.actions import remember
from livingwell.consent.models import Contact, Kind, Part, Way
from livingwell.contacting.models import Letter
from livingwell.contacting.queries import address
from livingwell.contacting.words import WORDS, Words, as_mail, as_text
from livingwell.messaging.actions import send
from livingwell.messaging.models import Channel

if TYPE_CHECKING:
    from datetime import datetime

    from livingwell.consent.models import Person
    from livingwell.contacting.models import About
    from livingwell.messaging.models import Message
    from livingwell.people.models import Account

CLOCK: Final = "the clock"


@dataclass(frozen=True, slots=True)
class Written:
    """What came of writing: the way it goes; PHONE where the person wants to be rung instead; None: no way is open.

    `best_time`: when they like to be rung, in their words.
    """

    way: Way | None
    letter: Letter | None = None
    best_time: str = ""

    @property
    def call_owed(self) -> bool:
        """Whether nothing was sent, and somebody has to ring."""
        return self.way == Way.PHONE


def write(
    person: Person,
    about: About,
    *,
    key: str,
    by: Account | None,
    at: datetime,
    part: Part = Part.CONTACT,
    words: Words | None = None,
    only: Way | None = None,
) -> Written:
    """Write to a person, by the first way they allow that is open; in quiet hours it waits for the morning.

    `only`: by this way or not at all, as where they chose one for the occasion.
    `key` names the occasion and is written for once. `part`: who sees that part of the page sees this message.
    `words` of one's own must be neutral like those in `words.py` (ValueError). `by` None: it goes by itself.
    Whoever may not see how to reach the person writes nothing: no way is open to them.
    """
    words = words or WORDS[about]
    if not words.neutral:
        raise ValueError("These words tell who writes, or why.")
    with transaction.atomic():
        known = Letter.objects.filter(person=person, message__key=key).select_related("message").first()
        if known is not None:
            return Written(Way(known.message.channel), known)
        said = Contact.objects.filter(person=person).first()
        if said is None:
            return Written(None)
        for way in map(Way, said.ways):
            to = address(way, said) if only in {None, way} else ""
            if to and way == Way.PHONE:
                return Written(way, best_time=said.best_time)
            if to:
                message = _send(Channel(way.value), to, words, said, key=key, by=by, at=at)
                letter = _keep(
                    person, message, about, part, asks=words.asks and way == Way.TEXT, by=by, at=at
                )
                return Written(way, letter)
        return Written(None)


def note(
    person: Person,
    message: Message,
    about: About,
    *,
    receiver: str,
    by: Account | None,
    at: datetime,
    part: Part = Part.PLAN,
) -> Letter:
    """Note a message about a person to somebody else, so that they are shown it. `receiver`: the name. `by` None:
    it went by itself.
    """
    known = Letter.objects.filter(person=person, message=message).first()
    return known or _keep(person, message, about, part, receiver=receiver, by=by, at=at)


def _send(
    channel: Channel, to: str, words: Words, said: Contact, *, key: str, by: Account | None, at: datetime
) -> Message:
    opening = said.word_to_leave if said.may_leave_word else ""
    return send(
        channel=channel,
        to=to,
        subject=words.subject,
        body=(as_text if channel == Channel.TEXT else as_mail)(words, opening),
        key=key,
        at=at,
        by=f"account {by.pk}" if by else CLOCK,
        by_day=channel != Channel.LETTER,
    )


def _keep(
    person: Person,
    message: Message,
    about: About,
    part: Part,
    *,
    by: Account | None,
    at: datetime,
    receiver: str = "",
    asks: bool = False,
) -> Letter:
    letter = Letter.objects.create(
        person=person,
        message=message,
        about=about,
        part=part,
        receiver=receiver,
        asks=asks,
        queued_at=at,
        queued_by=by,
    )
    if by is not None and not receiver:
        remember(person, Kind.MESSAGE, part, by=by, at=at, about=letter.pk)
    return letter
