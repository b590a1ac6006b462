"""What a receiver answers, signed in or by a link: yes; yes, with a wait; not now and why; in touch; met."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from livingwell.core.dates import day_of
from livingwell.core.errors import Refusal
from livingwell.referrals.actions.moving import move
from livingwell.referrals.actions.telling import News, tell_later
from livingwell.referrals.models import MOST_WEEKS, Because, Referral, Status, Through

if TYPE_CHECKING:
    from datetime import datetime

    from livingwell.people.models import Account


def read(referral: Referral, *, at: datetime) -> None:
    """A receiver has opened it: the person is told that it was seen, once."""
    Referral.objects.filter(pk=referral.pk, read_on=None).update(read_on=day_of(at))


def accept(referral: Referral, *, by: Account | None, through: Through, at: datetime) -> bool:
    """Yes, we take this on. Saying it twice changes nothing (False). Raises Refusal where it is no longer asked."""
    return move(referral, Status.ACCEPTED, by=by, through=through, at=at)


def wait(referral: Referral, weeks: int, *, by: Account | None, through: Through, at: datetime) -> None:
    """Yes, but it takes about so many weeks. Said again before anybody was in touch, the new number holds.

    It does not come back as unanswered; when the weeks are over it comes back to be asked after. Raises Refusal.
    """
    if not 1 <= weeks <= MOST_WEEKS:
        raise Refusal(_("Give the wait in weeks, from 1 to %(most)s.") % {"most": MOST_WEEKS})
    with transaction.atomic():
        if referral.status != Status.ACCEPTED:
            accept(referral, by=by, through=through, at=at)
        waits = Referral.objects.filter(pk=referral.pk, status=Status.ACCEPTED, contacted_on=None)
        if not waits.update(wait_weeks=weeks, ask_on=day_of(at) + timedelta(weeks=weeks)):
            raise Refusal(_("You have been in touch already, so nobody waits."))
        tell_later(referral, News.WAITS, by=by)


def decline(
    referral: Referral,
    because: Because,
    *,
    words: str = "",
    instead: str = "",
    by: Account | None,
    through: Through,
    at: datetime,
) -> bool:
    """Not now, and why; and what is offered instead, if anything. Raises Refusal without a reason."""
    if because == Because.OTHER and not words.strip():
        raise Refusal(_("Say in a few words why. They will read it."))
    return move(
        referral,
        Status.DECLINED,
        by=by,
        through=through,
        at=at,
        because=because,
        because_words=words.strip(),
        instead=instead.strip(),
    )


def contacted(referral: Referral, *, by: Account | None, through: Through, at: datetime) -> None:
    """We have rung them, or written. It counts as a yes where none was said yet."""
    with transaction.atomic():
        if referral.status == Status.SENT:
            accept(referral, by=by, through=through, at=at)
        Referral.objects.filter(pk=referral.pk, status=Status.ACCEPTED, contacted_on=None).update(
            contacted_on=day_of(at), wait_weeks=None, ask_on=None
        )


def met(referral: Referral, *, by: Account | None, through: Through, at: datetime) -> bool:
    """They came, or we came to them, for the first time."""
    day = day_of(at)
    with transaction.atomic():
        if referral.status == Status.SENT:
            accept(referral, by=by, through=through, at=at)
        return move(referral, Status.MET, by=by, through=through, at=at, met_on=day)
