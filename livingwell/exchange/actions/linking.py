"""Linking a system up and ending that."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from livingwell.core.errors import Refusal
from livingwell.exchange.models import Client
from livingwell.exchange.tokens import hash_of
from livingwell.people.models import Membership

if TYPE_CHECKING:
    from datetime import datetime

    from livingwell.directory.models import Organization
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
