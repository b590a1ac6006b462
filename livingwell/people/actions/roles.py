"""Giving somebody a role, and taking it back with everything it opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from livingwell.directory.models import Organization
from livingwell.messaging.models import Channel
from livingwell.people.actions.accounts import account_for, end_sessions, invent, named
from livingwell.people.invented import INVENTED
from livingwell.people.models import Membership

if TYPE_CHECKING:
    from datetime import datetime

    from livingwell.people.invented import Invented
    from livingwell.people.models import Account, Role


def appoint(
    email: str, role: Role, *, by: str, at: datetime, organization: Organization | None = None, name: str = ""
) -> Membership:
    """Let the owner of an e-mail address act in a role; the account is made where there is none."""
    with transaction.atomic():
        account = account_for(Channel.EMAIL, email)
        if name and not account.name:
            named(account, name)
        held, _made = Membership.objects.get_or_create(
            account=account,
            organization=organization,
            role=role,
            ended_at=None,
            defaults={"started_at": at, "started_by": by},
        )
        return held


def dismiss(membership: Membership, *, by: str, at: datetime) -> None:
    """End a role, and every session of whoever held it: nothing that was open stays open."""
    with transaction.atomic():
        ended = Membership.objects.filter(pk=membership.pk, ended_at=None).update(ended_at=at, ended_by=by)
        if ended:
            end_sessions(membership.account)


def let_in_the_invented(*, at: datetime) -> None:
    """Give the people of the demonstration their accounts and roles, as they would have them in life."""
    for one in INVENTED:
        let_in(one, at=at)


def let_in(one: Invented, *, at: datetime) -> Account:
    """Give one of them their account and role, whatever an earlier visitor took from them.

    A role for an organization waits until the content of the demonstration has brought that organization in.
    """
    account = invent(one.pk, one.email, one.name)
    works_at = Organization.objects.filter(name=one.works_at, invented=True).order_by("pk").first()
    if one.role is not None and (works_at or not one.works_at):
        appoint(one.email, one.role, organization=works_at, by="the demonstration", at=at)
    return account
