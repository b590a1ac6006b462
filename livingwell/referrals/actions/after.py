"""What happens by itself, and at the end: they come back, ended consents stop them, did it help?"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import Q

from livingwell.consent.actions import remember
from livingwell.consent.models import Kind, Part, Person
from livingwell.contacting import actions as contacting
from livingwell.contacting.models import About, Answer
from livingwell.core.dates import day_of
from livingwell.linkwork.models import Lead
from livingwell.people.models import Membership
from livingwell.referrals.actions.moving import move
from livingwell.referrals.actions.telling import News, tell_later
from livingwell.referrals.models import OPEN, Helped, Referral, Status, Through

if TYPE_CHECKING:
    from datetime import datetime

    from livingwell.contacting.models import Letter
    from livingwell.people.models import Account


KEY: Final = "introduction:{}:helped"
"""Which message asked whether it helped."""
ASK_AFTER: Final = timedelta(days=14)
"""So long after they met the person is asked whether it helped."""


def bring_back(*, at: datetime) -> int:
    """Give those unanswered for too long back to their sender, or to the lead link worker where there is one.

    So come back those on a waiting list once the weeks that were named are over. The number brought back. Each comes
    back once for each reason; the receiver may still answer.
    """
    day = day_of(at)
    count = 0
    for news, rows in (
        (News.UNANSWERED, Referral.objects.unanswered_on(day)),
        (News.WAITED, Referral.objects.waited_until(day)),
    ):
        with transaction.atomic():
            late = rows.select_for_update(skip_locked=True, of=("self",))
            for referral in late.select_related("person", "owner"):
                owner = _who_sees_to_it(referral, at)
                Referral.objects.filter(pk=referral.pk).update(back_on=day, owner=owner)
                remember(referral.person, Kind.INTRODUCTION, Part.PLAN, by=owner, at=at, about=referral.pk)
                tell_later(referral, news, by=None)
                count += 1
    return count


def _who_sees_to_it(referral: Referral, at: datetime) -> Account:
    """The link worker whom the person chose, while they work there and see the plan; else who had it before."""
    lead = Lead.objects.live().filter(person=referral.person).select_related("account").first()
    if lead is None:
        return referral.owner
    works_there = Membership.objects.with_people(at).filter(
        account=lead.account, organization=lead.organization_id
    )
    sees = Person.objects.visible_to(lead.account, Part.PLAN, at=at).filter(pk=referral.person_id)
    return lead.account if works_there.exists() and sees.exists() else referral.owner


def withdraw_without_consent(*, at: datetime) -> int:
    """Stop those open ones whose consent has ended: what was said cannot be read since that moment anyway.

    The number stopped.
    """
    ended = Q(consent__withdrawn_at__lte=at) | Q(consent__until__lte=at)
    stopped = 0
    for referral in Referral.objects.filter(ended, status__in=OPEN).select_related("person", "consent"):
        with transaction.atomic():
            stopped += move(referral, Status.WITHDRAWN, by=None, through=Through.CLOCK, at=at)
    return stopped


def ask_whether_it_helped(*, at: datetime) -> int:
    """Ask those who met somebody a fortnight ago, in the way they allow. The number asked; each is asked once."""
    day, asked = day_of(at), 0
    since = Referral.objects.filter(
        status=Status.MET, met_on__range=(day - ASK_AFTER - timedelta(days=7), day - ASK_AFTER)
    )
    for referral in since.select_related("person").order_by("met_on", "pk"):
        key = KEY.format(referral.pk)
        written = contacting.write(referral.person, About.HELPED, key=key, by=None, at=at, part=Part.PLAN)
        asked += written.letter is not None and written.letter.queued_at == at
    return asked


def helped_by_text(letter: Letter, answer: Answer, at: datetime) -> None:
    """YES or NO texted to the question whether it helped. Where it was said already, that stays."""
    _word, pk, _question = letter.message.key.split(":")
    referral = Referral.objects.select_related("person__account", "owner").get(pk=pk)
    if referral.status == Status.MET:
        said = Helped.YES if answer == Answer.YES else Helped.NO
        helped(referral, said, by=referral.person.account, through=Through.TEXT, at=at)


def helped(
    referral: Referral, answer: Helped, *, by: Account | None, at: datetime, through: Through = Through.SCREEN
) -> None:
    """The person says whether it helped, and with that it is done. `by` None: by text, without an account."""
    with transaction.atomic():
        move(referral, Status.CLOSED, by=by, through=through, at=at, helped=answer)
        remember(
            referral.person, Kind.INTRODUCTION, Part.PLAN, by=by or referral.owner, at=at, about=referral.pk
        )
