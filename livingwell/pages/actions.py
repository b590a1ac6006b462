"""Deleting a page: each app deletes what it keeps, and the last act lets the page go. All of it or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from livingwell.circles import actions as circles
from livingwell.consent import actions as consent
from livingwell.contacting import actions as contacting
from livingwell.linkwork import actions as linkwork
from livingwell.plans import actions as plans
from livingwell.recall import actions as recall
from livingwell.referrals import actions as referrals
from livingwell.steps import actions as steps

if TYPE_CHECKING:
    from datetime import datetime

    from livingwell.consent.models import Person
    from livingwell.people.models import Account


def erase(person: Person, *, by: Account, at: datetime) -> None:
    """Delete every word of a page. What stays, without words: that there was one, who looked when, what was allowed.

    Raises Refusal for anybody who may not.
    """
    with transaction.atomic():
        recall.erase(person)
        referrals.erase(person, by=by, at=at)
        linkwork.erase(person, by=by, at=at)
        steps.erase(person)
        circles.erase(person)
        plans.erase(person)
        contacting.erase(person, by=by, at=at)
        consent.forget(person, by=by, at=at)
