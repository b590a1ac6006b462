"""Linking a system up and ending that; and what a linked-up system answers to an introduction."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from livingwell.core.errors import Refusal
from livingwell.exchange.models import Client
from livingwell.exchange.tokens import hash_of
from livingwell.people.models import Membership
from livingwell.referrals import actions as referrals
from livingwell.referrals.models import Because, Referral, Through

if TYPE_CHECKING:
    from datetime import datetime

    from livingwell.consent.models import Person
    from livingwell.directory.models import Organization, Service
    from livingwell.exchange.answers import Answer
    from livingwell.exchange.incoming import Incoming
    from livingwell.people.models import Account


def link_up(
    organization: Organization, *, name: str, by: str, at: datetime, sends_as: Account | None = None
) -> tuple[Client, str]:
    """Let a system ask in the name of an organization. Its secret is given back this once.

    Raises Refusal where whoever it `sends_as` does not work with people there.
    """
    if sends_as is not None and not Membership.objects.with_people(at).filter(
        account=sends_as, organization=organization
    ):
        raise Refusal("Whoever answers for what it sends must work with people at this organization.")
    secret = secrets.token_urlsafe(32)
    client = Client.objects.create(
        organization=organization,
        name=name,
        secret=hash_of(secret),
        made_at=at,
        made_by=by,
        sends_as=sends_as,
    )
    return client, secret


def end(client: Client, *, by: str, at: datetime) -> None:
    """From now on it asks in vain, with tokens it already has too."""
    Client.objects.filter(pk=client.pk, ended_at=None).update(ended_at=at, ended_by=by)


def answer(referral: Referral, said: Answer, *, at: datetime) -> None:
    """Do with an introduction what a Task's new status says. Raises Refusal where it has moved on meanwhile."""
    match said.status:
        case "received":
            referrals.read(referral, at=at)
        case "accepted":
            referrals.accept(referral, by=None, through=Through.EXCHANGE, at=at)
        case "in-progress":
            referrals.contacted(referral, by=None, through=Through.EXCHANGE, at=at)
        case "completed":
            referrals.met(referral, by=None, through=Through.EXCHANGE, at=at)
        case "rejected" | "failed":
            referrals.decline(
                referral,
                said.because or Because.OTHER,
                words=said.words,
                instead=said.instead,
                by=None,
                through=Through.EXCHANGE,
                at=at,
            )
        case _:
            raise ValueError(said.status)


def take_in(
    came: Incoming, *, person: Person, service: Service, sender: Organization, by: Account, at: datetime
) -> Referral:
    """Begin the introduction that was sent: a draft, until the person's yes is noted here too.

    Its id follows from the sender's own, so the same twice is one. Raises Refusal.
    """
    known = Referral.objects.visible_to(by, at=at).filter(pk=came.pk(sender.pk)).first()
    if known is not None:
        return known
    return referrals.draft(
        person,
        service,
        weight=came.weight,
        said=came.said,
        by=by,
        at=at,
        sender=sender,
        pk=came.pk(sender.pk),
    )
