"""Answers to a check-in that come by text: 1, 2, 3, or SKIP, from the number to which it was sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import F, Func, TextField

from livingwell.consent.models import Contact
from livingwell.contacting import replies
from livingwell.contacting.actions import reply
from livingwell.messaging.keywords import first_word
from livingwell.recall import wording
from livingwell.recall.actions.checking_in import answer
from livingwell.recall.models import Answer, Ask, AskedBy

if TYPE_CHECKING:
    from datetime import datetime

    from livingwell.messaging.models import Inbound

WORDS: Final = {"1": Answer.GOOD, "2": Answer.SO_SO, "3": Answer.NOT_GOOD, "SKIP": Answer.SKIPPED}


def answer_by_text(inbound: Inbound, at: datetime) -> None:
    """Take the answer of whoever has this number to their last question, if that is one person's and is open."""
    digits = inbound.sender.removeprefix("+").removeprefix("44").removeprefix("0")
    plain = Func(F("phone"), function="livingwell_digits", output_field=TextField())
    of = Contact.objects.annotate(digits=plain).filter(digits=digits).exclude(phone="")
    asked = Ask.objects.filter(
        person__in=of.values("person"),
        check_in__way=AskedBy.TEXT,
        check_in__stopped_at=None,
        answered_at=None,
    ).select_related("person__account", "asked_by")
    last = asked.order_by("-due_on", "-again").first()
    if last is None or asked.exclude(person=last.person_id).exists():
        reply(inbound, replies.nothing_asked(), at=at)
        return
    said = WORDS[first_word(inbound.body)]
    answer(last, said, by=last.person.account or last.asked_by, at=at)
    if said == Answer.NOT_GOOD:
        reply(inbound, wording.not_good(), at=at)
