"""Asking why somebody looked, and the privacy lead's answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils.translation import gettext as _

from livingwell.consent.actions.alerting import tell_privacy_leads
from livingwell.consent.actions.remembering import remember
from livingwell.consent.models import Access, Kind, Part, Question
from livingwell.core import dates
from livingwell.core.errors import Refusal
from livingwell.directory import days

if TYPE_CHECKING:
    from datetime import datetime

    from livingwell.people.models import Account

ANSWER_WITHIN: Final = 5
"""Working days in which a privacy lead answers somebody who asks why."""


def ask_why(access: Access, *, site: str, by: Account, at: datetime, words: str = "") -> Question:
    """Ask why somebody looked. A privacy lead owes an answer within five working days. Asked twice, it is one question.

    `site`: the address of this network, for the message.
    """
    due_on = days.usual().working_days_after(dates.day_of(at), ANSWER_WITHIN)
    with transaction.atomic():
        question = Question(
            person=access.person, access=access, asked_at=at, asked_by=by, words=words.strip(), due_on=due_on
        )
        Question.objects.bulk_create([question], ignore_conflicts=True)
        asked = Question.objects.get(access=access)
        if asked.pk != question.pk:
            return asked
        remember(access.person, Kind.QUESTION_ASKED, Part.CONSENTS, by=by, at=at, about=asked.pk)
        tell_privacy_leads(
            "question",
            asked.pk,
            subject=_("Somebody asks why their page was looked at"),
            body=_(
                "Somebody asks why their page was looked at. They were told that you answer by %(day)s.\n\n"
                "Sign in to read it and answer: %(address)s"
            )
            % {"day": dates.weekday(due_on), "address": f"{site}/privacy-lead/"},
            by="consent",
            at=at,
        )
        return asked


def answer(question: Question, words: str, *, by: Account, at: datetime) -> None:
    """Answer somebody who asked why. Raises Refusal without words, to who looked themself, and a second time."""
    if not words.strip():
        raise Refusal(_("Write the answer. The person reads it on their page."))
    if question.access.done_by_id == by.pk:
        raise Refusal(_("This is about a look of yours. Ask another privacy lead to answer."))
    with transaction.atomic():
        open_one = Question.objects.filter(pk=question.pk, answered_at=None)
        if not open_one.update(answer=words.strip(), answered_at=at, answered_by=by):
            raise Refusal(_("This has been answered already."))
        remember(question.person_id, Kind.QUESTION_ANSWERED, Part.CONSENTS, by=by, at=at, about=question.pk)
