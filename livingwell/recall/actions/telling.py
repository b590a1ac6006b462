"""Telling others about a person, as the person chose: each message stands on the person's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from livingwell.consent.models import Part
from livingwell.contacting import actions as contacting
from livingwell.core.errors import Refusal
from livingwell.messaging.actions import send
from livingwell.messaging.models import Channel
from livingwell.messaging.texts import plain

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from livingwell.consent.models import Person
    from livingwell.contacting.models import About
    from livingwell.people.models import Account


def tell(
    way: tuple[Channel, str],
    person: Person,
    about: About,
    *,
    receiver: str,
    subject: str,
    words: Callable[[str], str],
    key: str,
    by: Account | None,
    at: datetime,
    by_day: bool = False,
) -> bool:
    """Send it and note it on the page, for the person and whoever keeps it; False where `receiver` said STOP.

    `words` are given what the person is called: in a text in signs that every phone knows, which may leave nothing.
    """
    channel, to = way
    called = plain(person.called) if channel == Channel.TEXT else person.called
    try:
        with transaction.atomic():
            message = send(
                channel=channel,
                to=to,
                subject=subject,
                body=words(called),
                key=key,
                at=at,
                by=f"account {by.pk}" if by else "the clock",
                by_day=by_day,
            )
    except Refusal:
        return False
    contacting.note(person, message, about, receiver=receiver, by=by, at=at, part=Part.CONSENTS)
    return True
