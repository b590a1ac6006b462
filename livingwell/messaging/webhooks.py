"""What providers post to us: whether it is really them, and what it says."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from twilio.request_validator import RequestValidator

from livingwell.messaging.actions.news import Receipt
from livingwell.messaging.models import Status

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import QueryDict

NOTIFY_SAYS: Final[Mapping[str, tuple[Status, str]]] = {
    "delivered": (Status.DELIVERED, ""),
    "received": (Status.DELIVERED, ""),
    "permanent-failure": (Status.FAILED, "The address or number does not exist, or takes no messages."),
    "temporary-failure": (
        Status.FAILED,
        "It could not be delivered in time: the phone was off or the inbox full.",
    ),
    "technical-failure": (Status.FAILED, "Something went wrong between GOV.UK Notify and the network."),
}
TWILIO_SAYS: Final[Mapping[str, tuple[Status, str]]] = {
    "accepted": (Status.SENT, ""),
    "queued": (Status.SENT, ""),
    "sending": (Status.SENT, ""),
    "sent": (Status.SENT, ""),
    "delivered": (Status.DELIVERED, ""),
    "read": (Status.DELIVERED, ""),
    "undelivered": (Status.FAILED, "The phone or its network did not take it."),
    "failed": (Status.FAILED, "Twilio could not send it."),
    "canceled": (Status.FAILED, "It was taken back at Twilio."),
}


def is_notify(header: str, token: str) -> bool:
    """Notify shows the token that was typed on its callbacks page."""
    return bool(token) and hmac.compare_digest(header.encode(), f"Bearer {token}".encode())


def is_twilio(address: str, posted: QueryDict, signature: str, token: str) -> bool:
    """Twilio signs the address it was told together with all that it posts."""
    return bool(token and signature) and bool(RequestValidator(token).validate(address, posted, signature))


def notify_receipt(said: Mapping[str, Any]) -> Receipt | None:
    """What a delivery receipt of Notify says; None where it is news of nothing we know."""
    status = NOTIFY_SAYS.get(str(said.get("status")))
    return (
        Receipt(_uuid(str(said.get("reference") or "")), str(said.get("id") or ""), *status)
        if status
        else None
    )


def twilio_receipt(message: str, posted: Mapping[str, str]) -> Receipt | None:
    """What a status callback of Twilio says."""
    status = TWILIO_SAYS.get(posted.get("MessageStatus", ""))
    return Receipt(_uuid(message), posted.get("MessageSid", ""), *status) if status else None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
