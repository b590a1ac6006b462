"""The one place where an introduction changes its state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from livingwell.core.dates import day_of
from livingwell.core.errors import Refusal
from livingwell.referrals.actions.telling import News, tell_later
from livingwell.referrals.models import ANSWERS, NEXT, OUTCOMES, Move, Referral, Status, Through

if TYPE_CHECKING:
    from datetime import datetime

    from livingwell.people.models import Account


def move(
    referral: Referral,
    after: Status,
    *,
    by: Account | None,
    through: Through,
    at: datetime,
    **values: Any,
) -> bool:
    """Take an introduction to its next state, with what belongs to it, and remember the move.

    It is moved from the state that was read: of two who do it at once one wins. Where it is there already, nothing
    changes and the answer is False. Raises Refusal where the state does not follow.
    """
    if after is not Status.ACCEPTED:
        values |= {"wait_weeks": None, "ask_on": None}
    if referral.status == Status.SENT and after in ANSWERS:
        values["answered_on"] = day_of(at)
    with transaction.atomic():
        follows = after in NEXT[Status(referral.status)]
        seen = Referral.objects.filter(pk=referral.pk, status=referral.status)
        if not (follows and seen.update(status=after, **values)):
            now = Status(Referral.objects.values_list("status", flat=True).get(pk=referral.pk))
            if now is after:
                return False
            raise Refusal(_("This introduction has moved on: %(now)s. Look again.") % {"now": now.label})
        Move.objects.create(
            person_id=referral.person_id,
            referral_id=referral.pk,
            before=referral.status,
            after=after,
            moved_at=at,
            moved_by=by,
            through=through,
        )
        if after in OUTCOMES or (after is Status.WITHDRAWN and referral.status != Status.DRAFT):
            tell_later(referral, News(after), by=by)
        referral.status = after
        return True
