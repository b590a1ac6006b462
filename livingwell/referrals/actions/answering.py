"""What a receiver answers, signed in or by a link: yes; not now and why; we have been in touch; we have met."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from livingwell.core.dates import day_of
from livingwell.core.errors import Refusal
from livingwell.referrals.actions.moving import move
from livingwell.referrals.models import Because, Referral, Status, Through

if TYPE_CHECKING:
    from datetime import datetime

    from livingwell.people.models import Account


def read(referral: Referral, *, at: datetime) -> None:
    """A receiver has opened it: the person is told that it was seen, once."""
    Referral.objects.filter(pk=referral.pk, read_on=None).update(read_on=day_of(at))


def accept(referral: Referral, *, by: Account | None, through: Through, at: datetime) -> bool:
    """Yes, we take this on. Saying it twice changes nothing (False). Raises Refusal where it is no longer asked."""
    return move(referral, Status.ACCEPTED, by=by, through=through, at=at)


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
            contacted_on=day_of(at)
        )


def met(referral: Referral, *, by: Account | None, through: Through, at: datetime) -> bool:
    """They came, or we came to them, for the first time."""
    day = day_of(at)
    with transaction.atomic():
        if referral.status == Status.SENT:
            accept(referral, by=by, through=through, at=at)
        return move(referral, Status.MET, by=by, through=through, at=at, met_on=day)
