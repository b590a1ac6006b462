"""Naming a hard day, changing it, taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from livingwell.consent.actions import remember
from livingwell.consent.models import Kind, Part
from livingwell.core.dates import day_of
from livingwell.core.errors import Refusal
from livingwell.plans.days import FEWEST, MOST
from livingwell.plans.models import HardDate

if TYPE_CHECKING:
    from datetime import datetime

    from livingwell.consent.models import Person
    from livingwell.people.models import Account
    from livingwell.plans.days import Day


def name_date(
    person: Person, *, what: str, falls: Day, days_before: int, by: Account, at: datetime
) -> HardDate:
    """Take down a hard day. Raises Refusal where nothing is said of it, it does not exist, or it is over for good."""
    _see_that_it_can_be(what, falls, days_before, at)
    with transaction.atomic():
        named = HardDate.objects.create(person=person, **_values(what, falls, days_before, by, at))
        remember(person, Kind.DATE_ADDED, Part.CRISIS_CARD, by=by, at=at, about=named.pk)
        return named


def change_date(
    hard_date: HardDate, *, what: str, falls: Day, days_before: int, by: Account, at: datetime
) -> None:
    """Say it differently. Raises Refusal as for a new one."""
    _see_that_it_can_be(what, falls, days_before, at)
    with transaction.atomic():
        HardDate.objects.filter(pk=hard_date.pk).update(**_values(what, falls, days_before, by, at))
        remember(hard_date.person, Kind.WROTE, Part.CRISIS_CARD, by=by, at=at, about=hard_date.pk)


def _values(what: str, falls: Day, days_before: int, by: Account, at: datetime) -> dict[str, Any]:
    return {
        "what": what.strip(),
        "day": falls.day,
        "month": falls.month,
        "year": falls.year,
        "yearly": falls.yearly,
        "days_before": days_before,
        "changed_at": at,
        "changed_by": by,
    }


def drop_date(hard_date: HardDate, *, by: Account, at: datetime) -> None:
    """Take a hard day back: it is deleted."""
    with transaction.atomic():
        HardDate.objects.filter(pk=hard_date.pk).delete()
        remember(hard_date.person, Kind.WROTE, Part.CRISIS_CARD, by=by, at=at, about=hard_date.pk)


def _see_that_it_can_be(what: str, falls: Day, days_before: int, at: datetime) -> None:
    if not what.strip():
        raise Refusal(_("Say in a few words what day it is."))
    if not falls.exists:
        raise Refusal(_("There is no such day. Check the day and the month."))
    if not falls.yearly and falls.year is None:
        raise Refusal(_("For a day that comes once, say the year too."))
    if falls.next(day_of(at)) is None:
        raise Refusal(
            _("That day is over. Choose one that is still to come, or say that it comes every year.")
        )
    if not FEWEST <= days_before <= MOST:
        raise Refusal(_("Choose between 0 and %(most)s days before.") % {"most": MOST})
