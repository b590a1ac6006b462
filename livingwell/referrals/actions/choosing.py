"""Choosing who is told what came of an introduction, and stopping it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from livingwell.core.errors import Refusal, refuse_on
from livingwell.messaging.actions import cancel
from livingwell.referrals.actions.back import KEY, address_of_whom
from livingwell.referrals.actions.telling import News, tell_later
from livingwell.referrals.models import OUTCOMES, MessageBack

if TYPE_CHECKING:
    from datetime import datetime

    from livingwell.directory.models import Organization
    from livingwell.people.models import Account
    from livingwell.referrals.models import Referral


def tell_them(
    referral: Referral, organization: Organization, *, helped: bool, by: Account, at: datetime
) -> MessageBack:
    """This organization, and no other, is to be told what comes of it; `helped`: whether it helped, too.

    Raises Refusal where it may not see the plan or has no e-mail address. Chosen again, only `helped` changes.
    """
    if not address_of_whom(referral, organization.pk, at=at):
        raise Refusal(
            _("They can be told only while you let them see your plan, and if we have their e-mail address.")
        )
    again = Refusal(_("Somebody was choosing at the same moment. Look again."))
    with refuse_on("referrals_messageback_one_for_an_introduction", again):
        live = MessageBack.objects.live().filter(referral=referral)
        same = live.filter(organization=organization).first()
        if same is not None:
            live.update(helped=helped)
            return same
        tell_nobody(referral, by=by, at=at)
        back = MessageBack.objects.create(
            person_id=referral.person_id,
            referral=referral,
            organization=organization,
            helped=helped,
            chosen_at=at,
            chosen_by=by,
        )
        if referral.status in OUTCOMES:
            tell_later(referral, News.CHOSEN, by=by)
        return back


def tell_nobody(referral: Referral, *, by: Account, at: datetime) -> None:
    """Nobody is to be told any more: a message that waits does not go, a link that went opens nothing."""
    for back in MessageBack.objects.live().filter(referral=referral):
        MessageBack.objects.filter(pk=back.pk).update(stopped_at=at, stopped_by=by)
        cancel(KEY.format(back.pk), by=f"account {by.pk}", at=at)
