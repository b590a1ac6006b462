"""Short-lived tokens for linked-up systems (OAuth 2, client credentials): signed, not stored."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from hmac import compare_digest
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.core.signing import BadSignature, Signer

from livingwell.exchange.models import Client

if TYPE_CHECKING:
    from datetime import datetime

LASTS: Final = timedelta(minutes=10)
_signer = Signer(salt="livingwell.exchange.token")


def hash_of(secret: str) -> str:
    """What is kept of a client's secret, which has 256 bits of chance in it."""
    return sha256(secret.encode()).hexdigest()


def client_of(client_id: str, secret: str, *, at: datetime) -> Client | None:
    """The client who knows this secret, while it may ask."""
    try:
        client = Client.objects.live(at).filter(pk=UUID(client_id)).first()
    except ValueError:
        return None
    known = compare_digest(client.secret if client else "", hash_of(secret))
    return client if known else None


def token_for(client: Client, *, at: datetime) -> str:
    """A token with which this client may ask for a while."""
    return _signer.sign_object({"client": str(client.pk), "until": int((at + LASTS).timestamp())})


def bearer(token: str, *, at: datetime) -> Client | None:
    """Who brings this token; nobody where it is not ours, is over, or its client has been ended since."""
    try:
        said = _signer.unsign_object(token)
        if int(said["until"]) <= at.timestamp():
            return None
        return (
            Client.objects.live(at)
            .select_related("organization", "sends_as")
            .filter(pk=UUID(said["client"]))
            .first()
        )
    except (BadSignature, ValueError, KeyError, TypeError, AttributeError):
        return None
