"""Telling what happened to an introduction: who sent it, who sees to it, the person, whom they chose to be told."""

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
from livingwell.referrals.actions.back import tell_back
from livingwell.referrals.models import Referral, Status

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

TELL: Final = "livingwell.referrals.tasks.tell"


class News(Enum):
    """What happened to an introduction that somebody should hear of."""

    DECLINED = Status.DECLINED.value
    MET = Status.MET.value
    CLOSED = Status.CLOSED.value
    WITHDRAWN = Status.WITHDRAWN.value
    UNANSWERED = "unanswered"
    WAITS = "waits"
    WAITED = "waited"
    CHOSEN = "chosen"
    """Somebody was chosen to be told what came of it, after it had come."""


TO_THE_PERSON: Final = frozenset({News.DECLINED, News.UNANSWERED, News.WAITS})
TO_THOSE_WHO_SEE_TO_IT: Final = frozenset({News.DECLINED, News.WITHDRAWN, News.UNANSWERED, News.WAITED})
TO_THE_SENDER: Final = frozenset({News.MET, News.CLOSED})
TO_WHOM_THEY_CHOSE: Final = frozenset({News.DECLINED, News.MET, News.CLOSED, News.CHOSEN})


def tell_later(referral: Referral, news: News, *, by: Account | None) -> None:
    """Have it told once this transaction is committed. Whoever did it (`by`) need not hear of it."""
    app.configure_task(TELL).defer(referral=str(referral.pk), news=news.value, by=str(by.pk) if by else "")


def tell(pk: UUID, news: News, *, by: UUID | None, at: datetime) -> None:
    """Tell each of those it concerns, once for each thing that happened. For a worker: it looks past the walls."""
    referral = Referral.objects.select_related("person").get(pk=pk)
    key = f"introduction:{pk}:{news.value}:{referral.ask_on or ''}"
    if news in TO_THOSE_WHO_SEE_TO_IT:
        _tell_accounts(_those_who_see_to_it(referral), referral, letters.came_back, key, by=by, at=at)
    if news in TO_THE_SENDER:
        _tell_accounts({referral.sent_by_id}, referral, letters.there_is_news, key, by=by, at=at)
    if news in TO_WHOM_THEY_CHOSE:
        tell_back(referral, at=at)
    if news in TO_THE_PERSON:
        contacting.write(referral.person, About.INTRODUCTION, key=key, by=None, at=at, part=Part.PLAN)


def _those_who_see_to_it(referral: Referral) -> set[UUID | None]:
    """Who sent it, who owns it, and the lead link worker."""
    leads = Lead.objects.live().filter(person=referral.person_id).values_list("account", flat=True)
    return {referral.sent_by_id, referral.owner_id, *leads}


def _tell_accounts(
    accounts: set[UUID | None],
    referral: Referral,
    letter: Callable[[str], tuple[str, str]],
    key: str,
    *,
    by: UUID | None,
    at: datetime,
) -> None:
    """Each of these once, as far as they may see it; never who did it, or the person as such."""
    site = settings.SITE_URL
    subject, words = letter(site and f"{site}/walking-with/")
    concerned = [one for one in accounts - {by, referral.person.account_id} if one is not None]
    for account in Account.objects.filter(pk__in=concerned, is_active=True).order_by("pk"):
        if Referral.objects.visible_to(account, at=at).filter(pk=referral.pk).exists():
            _tell_account(account, referral, subject, words, f"{key}:{account.pk}", at)


def _tell_account(
    account: Account, referral: Referral, subject: str, words: str, key: str, at: datetime
) -> None:
    channel, to = (Channel.EMAIL, account.email) if account.email else (Channel.TEXT, account.phone)
    try:
        message = send(
            channel=channel, to=to, subject=subject, body=words, key=key, at=at, by="referrals", by_day=True
        )
    except Refusal:
        return  # This address wants to hear nothing from us. It stands on the page all the same.
    contacting.note(referral.person, message, About.INTRODUCTION, receiver=str(account), by=None, at=at)
