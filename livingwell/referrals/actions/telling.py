"""Telling that an introduction came back: who sent it, the lead link worker, the person in the way they chose."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

from django.conf import settings
from procrastinate.contrib.django import app

from livingwell.consent.models import Part
from livingwell.contacting import actions as contacting
from livingwell.contacting.models import About
from livingwell.core.errors import Refusal
from livingwell.linkwork.models import Lead
from livingwell.messaging.actions import send
from livingwell.messaging.models import Channel
from livingwell.people.models import Account
from livingwell.referrals import letters
from livingwell.referrals.models import Referral, Status

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from uuid import UUID

TELL: Final = "livingwell.referrals.tasks.tell"


class News(Enum):
    """What happened to an introduction that somebody should hear of."""

    DECLINED = Status.DECLINED.value
    WITHDRAWN = Status.WITHDRAWN.value
    UNANSWERED = "unanswered"
    WAITS = "waits"
    WAITED = "waited"


TO_THE_PERSON: Final = frozenset({News.DECLINED, News.UNANSWERED, News.WAITS})
TO_THOSE_WHO_SEE_TO_IT: Final = frozenset({News.DECLINED, News.WITHDRAWN, News.UNANSWERED, News.WAITED})


def tell_later(referral: Referral, news: News, *, by: Account | None) -> None:
    """Have it told once this transaction is committed. Whoever did it (`by`) need not hear of it."""
    app.configure_task(TELL).defer(referral=str(referral.pk), news=news.value, by=str(by.pk) if by else "")


def tell(pk: UUID, news: News, *, by: UUID | None, at: datetime) -> None:
    """Tell each of those it concerns, once for each thing that happened. For a worker: it looks past the walls."""
    referral = Referral.objects.select_related("person").get(pk=pk)
    key = f"introduction:{pk}:{news.value}:{referral.ask_on or ''}"
    if news in TO_THOSE_WHO_SEE_TO_IT:
        for account in _those_who_see_to_it(referral, by, at):
            _tell_account(account, referral, f"{key}:{account.pk}", at)
    if news in TO_THE_PERSON:
        contacting.write(referral.person, About.INTRODUCTION, key=key, by=None, at=at, part=Part.PLAN)


def _those_who_see_to_it(referral: Referral, by: UUID | None, at: datetime) -> Iterator[Account]:
    """Who sent it, who owns it, and the lead link worker, as far as they may see it; never the person as such."""
    leads = Lead.objects.live().filter(person=referral.person_id).values_list("account", flat=True)
    concerned = {referral.sent_by_id, referral.owner_id, *leads} - {by, referral.person.account_id}
    keys = [one for one in concerned if one is not None]
    for account in Account.objects.filter(pk__in=keys, is_active=True).order_by("pk"):
        if Referral.objects.visible_to(account, at=at).filter(pk=referral.pk).exists():
            yield account


def _tell_account(account: Account, referral: Referral, key: str, at: datetime) -> None:
    subject, words = letters.came_back(settings.SITE_URL and f"{settings.SITE_URL}/walking-with/")
    channel, to = (Channel.EMAIL, account.email) if account.email else (Channel.TEXT, account.phone)
    try:
        message = send(
            channel=channel, to=to, subject=subject, body=words, key=key, at=at, by="referrals", by_day=True
        )
    except Refusal:
        return  # This address wants to hear nothing from us. It stands on the page all the same.
    contacting.note(referral.person, message, About.INTRODUCTION, receiver=str(account), by=None, at=at)
