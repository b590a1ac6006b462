"""Check-ins: agreeing on one question, asking it, answering or skipping it, and what two silences mean."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils.translation import gettext as _

from livingwell.consent.actions import remember
from livingwell.consent.models import Kind, Part, Way
from livingwell.contacting.queries import is_open
from livingwell.core.dates import day_of
from livingwell.core.errors import Refusal
from livingwell.recall.models import Answer, Ask, AskedBy, CheckIn, Hour, Often, Silence
from livingwell.recall.queries import way_to
from livingwell.recall.wording import fits

if TYPE_CHECKING:
    from datetime import datetime

    from livingwell.circles.models import CircleMember
    from livingwell.consent.models import Person
    from livingwell.people.models import Account

PERMITTED: Final = {AskedBy.TEXT: Way.TEXT, AskedBy.EMAIL: Way.EMAIL, AskedBy.PHONE: Way.PHONE}


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to be asked, how and how often, and what two silences mean."""

    way: AskedBy
    every: Often
    hour: Hour
    question: str
    silence: Silence
    member: CircleMember | None = None
    may_link: bool = False


def agree(person: Person, wish: Wish, *, by: Account, at: datetime) -> CheckIn:
    """Note what somebody wants to be asked. The first time it is asked is the next time that hour comes.

    Raises Refusal where that way is not open, where the question does not fit, or nobody can be told.
    """
    question = " ".join(wish.question.split())
    if not question:
        raise Refusal(_("Say in a few words what we should ask."))
    if wish.way != AskedBy.SITE and not is_open(PERMITTED[wish.way], person):
        raise Refusal(_("Say first under “How to reach me” that we may get in touch this way."))
    if wish.way == AskedBy.TEXT and not fits(question):
        raise Refusal(_("That is too long for a text. Please make the question shorter."))
    member = wish.member if wish.silence == Silence.MEMBER else None
    if wish.silence == Silence.MEMBER and (member is None or not way_to(member)):
        raise Refusal(_("Choose somebody who may be rung, with a mobile number or an e-mail address."))
    here = day_of(at)
    with transaction.atomic():
        check_in, _new = CheckIn.objects.update_or_create(
            person=person,
            defaults={
                "way": wish.way,
                "every": wish.every,
                "hour": wish.hour,
                "question": question,
                "silence": wish.silence,
                "member": member,
                "may_link": wish.may_link,
                "next_on": here + timedelta(days=1),
                "agreed_at": at,
                "agreed_by": by,
                "stopped_at": None,
                "stopped_by": None,
            },
        )
        remember(person, Kind.WROTE, Part.CHECK_INS, by=by, at=at, about=check_in.pk)
        return check_in


def stop(person: Person, *, by: Account, at: datetime) -> None:
    """Ask no more. What was answered stays until the person deletes their page."""
    CheckIn.objects.filter(person=person, stopped_at=None).update(stopped_at=at, stopped_by=by)


def answer(ask: Ask, said: Answer, words: str = "", *, by: Account, at: datetime) -> None:
    """Answer, or skip without a word. A second answer to the same question takes the place of the first."""
    with transaction.atomic():
        Ask.objects.filter(pk=ask.pk).update(
            answer=said,
            words="" if said == Answer.SKIPPED else words.strip(),
            answered_at=at,
            answered_by=by,
        )
        if said != Answer.SKIPPED:
            remember(ask.person, Kind.CHECK_IN, Part.CHECK_INS, by=by, at=at, about=ask.pk)
