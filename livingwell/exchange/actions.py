"""Linking a system up and ending that; and what a linked-up system answers to an introduction."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from livingwell.exchange.models import Client
from livingwell.exchange.tokens import hash_of
from livingwell.referrals import actions as referrals
from livingwell.referrals.models import Because, Through

if TYPE_CHECKING:
    from datetime import datetime

    from livingwell.directory.models import Organization
    from livingwell.exchange.answers import Answer
    from livingwell.referrals.models import Referral


def link_up(organization: Organization, *, name: str, by: str, at: datetime) -> tuple[Client, str]:
    """Let a system ask in the name of an organization. Its secret is given back this once."""
    secret = secrets.token_urlsafe(32)
    client = Client.objects.create(
        organization=organization, name=name, secret=hash_of(secret), made_at=at, made_by=by
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
