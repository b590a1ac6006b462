"""Making accounts, and ending the sessions of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from livingwell.core.errors import Refusal, refuse_on
from livingwell.messaging.models import Channel
from livingwell.people.models import Account

if TYPE_CHECKING:
    from uuid import UUID


def account_for(channel: str, address: str) -> Account:
    """The account of an e-mail address or a mobile number, made where there is none yet."""
    known = {"phone": address} if channel == Channel.TEXT else {"email": address.lower()}
    with transaction.atomic():
        account, _made = Account.objects.get_or_create(
            **known, defaults={"password": "!", **known}
        )  # a password that opens nothing
    return account


def invent(pk: UUID, email: str, name: str) -> Account:
    """An account of somebody who does not exist, for the demonstration."""
    account, _made = Account.objects.get_or_create(
        pk=pk, defaults={"email": email, "name": name, "password": "!", "invented": True}
    )
    return account


def named(account: Account, name: str) -> None:
    """Note what somebody wants to be called."""
    account.name = name.strip()
    account.save(update_fields=["name"])


def end_sessions(account: Account) -> None:
    """Sign somebody out everywhere, at once, on whatever machine."""
    with transaction.atomic():
        Account.objects.filter(pk=account.pk).update(epoch=F("epoch") + 1)
        for session in UserSession.objects.filter(user=account):
            session.end()


def end_session(account: Account, pk: int) -> None:
    """Sign somebody out in one place of theirs."""
    with transaction.atomic():
        for session in UserSession.objects.filter(user=account, pk=pk):
            session.end()


def add_address(account: Account, channel: str, address: str) -> None:
    """Note an address that a code has proven, in place of the one of its kind."""
    what = "phone" if channel == Channel.TEXT else "email"
    taken = Refusal(
        _(
            "Another account has that already. Sign out, and sign in with it; or ask us to put the two together."
        )
    )
    with refuse_on(f"people_account_{what}_once", taken):
        setattr(account, what, address)
        account.save(update_fields=[what])
