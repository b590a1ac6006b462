"""What we do with a text that comes in: help, answers to our questions, searches, and whatever else.

Of who asked for help or looked for something nothing is kept; what nobody understands waits for a person.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from livingwell.contacting import asking, replies, searching
from livingwell.contacting.models import About, Answer, Letter
from livingwell.contacting.words import WORDS
from livingwell.core.errors import Refusal
from livingwell.messaging.actions import forget_sender, send
from livingwell.messaging.addresses import uk_mobile
from livingwell.messaging.hours import LONDON
from livingwell.messaging.models import Channel, Inbound
from livingwell.messaging.queries import can_send
from livingwell.themes import danger

if TYPE_CHECKING:
    from datetime import datetime

BY: Final = "a text"
OPEN: Final = timedelta(days=7)
"""How long after a question YES or NO is taken for its answer."""
KIND: Final = timedelta(hours=1)
"""How long after one that nobody understood the next from the same number gets no answer by itself: no two machines
should talk to each other.
"""


def help_now(inbound: Inbound, at: datetime) -> None:
    """HELP: the numbers that matter."""
    reply(inbound, replies.help_now(), at=at)
    forget_sender(inbound, by=BY, at=at)


def yes(inbound: Inbound, at: datetime) -> None:
    """YES to the last question that was texted to this number."""
    _answer(inbound, Answer.YES, at)


def no(inbound: Inbound, at: datetime) -> None:
    """NO to the last question that was texted to this number."""
    _answer(inbound, Answer.NO, at)


def anything_else(inbound: Inbound, at: datetime) -> str:
    """Words of danger bring the numbers at once; a search is answered; for the rest a kind answer. Under which word it
    is kept: "" where a person reads it.
    """
    if danger.look(inbound.body):
        reply(inbound, replies.help_now(), at=at)
        return ""
    wanted = searching.read(inbound.body, at=at)
    if wanted is None:
        lately = Inbound.objects.filter(sender=inbound.sender, keyword="", received_at__gt=at - KIND)
        if not lately.exclude(pk=inbound.pk).exists():
            reply(inbound, replies.what_works(), at=at)
        return ""
    found = searching.nearest(wanted, replies.MOST)
    for number, card in enumerate(found):
        reply(inbound, replies.found(card.title, card.phone), at=at, number=number)
    if not found:
        reply(inbound, replies.nothing_found(), at=at)
    forget_sender(inbound, by=BY, at=at)
    return "SEARCH"


def _answer(inbound: Inbound, answer: Answer, at: datetime) -> None:
    letter = _last_asked(inbound, at)
    if letter is None:
        reply(inbound, replies.nothing_asked(), at=at)
    elif asking.otherwise(letter.about):
        reply(inbound, replies.answer_so(WORDS[About(letter.about)].reply), at=at)
    else:
        letter.answer, letter.answered_on = answer, at.astimezone(LONDON).date()
        letter.save()
        if then := asking.then(letter.about):
            then(letter, answer, at)
        reply(inbound, replies.thanks(call=WORDS[About(letter.about)].call_on == answer), at=at)
    if danger.look(inbound.body):
        reply(inbound, replies.help_now(), at=at, number=1)
    forget_sender(inbound, by=BY, at=at)


def _last_asked(inbound: Inbound, at: datetime) -> Letter | None:
    """The last question that was texted to this number and still waits for its answer."""
    asked = Letter.objects.asking().filter(
        message__channel=Channel.TEXT, message__to=_number(inbound), queued_at__gt=at - OPEN
    )
    for letter in asked.select_for_update(of=("self",)).order_by("-queued_at"):
        waits = asking.otherwise(letter.about)
        if waits is None or waits(letter):
            return letter
    return None


def _number(inbound: Inbound) -> str:
    """Providers leave the plus out, or do not."""
    return uk_mobile(inbound.sender if inbound.sender.startswith("+") else f"+{inbound.sender}")


def reply(inbound: Inbound, words: str, *, at: datetime, number: int = 0) -> None:
    """Text back at once, once for each `number`, and forget to whom. Who said STOP gets nothing."""
    if not can_send(Channel.TEXT):
        return
    key = f"reply:{inbound.pk}:{number}"
    try:
        send(
            channel=Channel.TEXT,
            to=_number(inbound),
            subject="",
            body=words,
            key=key,
            at=at,
            by=BY,
            forget=True,
        )
    except Refusal:
        return
