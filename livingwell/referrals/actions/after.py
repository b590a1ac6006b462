"""What happens by itself, and at the end: unanswered ones come back, ended consents stop them, did it help?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from livingwell.consent.actions import remember
from livingwell.consent.models import Kind, Part, Person
from livingwell.core.dates import day_of
from livingwell.linkwork.models import Lead
from livingwell.people.models import Membership
from livingwell.referrals.actions.moving import move
from livingwell.referrals.models import OPEN, Helped, Referral, Status, Through

if TYPE_CHECKING:
    from datetime import datetime

    from livingwell.people.models import Account


def bring_back(*, at: datetime) -> int:
    """Give those unanswered for too long back to their sender, or to the lead link worker where there is one.

    The number brought back. Each comes back once; the receiver may still answer.
    """
    day = day_of(at)
    count = 0
    with transaction.atomic():
        late = Referral.objects.unanswered_on(day).select_for_update(skip_locked=True, of=("self",))
        for referral in late.select_related("person", "owner"):
            owner = _who_sees_to_it(referral, at)
            Referral.objects.filter(pk=referral.pk).update(back_on=day, owner=owner)
            remember(referral.person, Kind.INTRODUCTION, Part.PLAN, by=owner, at=at, about=referral.pk)
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


def helped(referral: Referral, answer: Helped, *, by: Account, at: datetime) -> None:
    """The person says whether it helped, and with that it is done."""
    with transaction.atomic():
        move(referral, Status.CLOSED, by=by, through=Through.SCREEN, at=at, helped=answer)
        remember(referral.person, Kind.INTRODUCTION, Part.PLAN, by=by, at=at, about=referral.pk)
