"""Deleting what introductions say about a person, for an erasure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from livingwell.referrals.actions.moving import move
from livingwell.referrals.models import OPEN, Link, MessageBack, Referral, Said, Status, Through

if TYPE_CHECKING:
    from datetime import datetime

    from livingwell.consent.models import Person
    from livingwell.people.models import Account


def erase(person: Person, *, by: Account, at: datetime) -> None:
    """Stop what is open and delete all words. That there was an introduction, and each move, stays."""
    for referral in Referral.objects.filter(person=person, status__in=OPEN):
        move(referral, Status.WITHDRAWN, by=by, through=Through.SCREEN, at=at)
    Said.objects.filter(person=person).delete()
    Link.objects.filter(person=person).delete()
    MessageBack.objects.filter(person=person).delete()
    Referral.objects.filter(person=person).update(because_words="", instead="")
