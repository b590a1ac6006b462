"""Telling the privacy leads of the network that something waits for them. Of whom, and in what words, is never sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from livingwell.core.errors import Refusal
from livingwell.messaging.actions import send
from livingwell.messaging.models import Channel
from livingwell.people.models import Membership, Role

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID


def tell_privacy_leads(occasion: str, about: UUID, *, subject: str, body: str, by: str, at: datetime) -> None:
    """Send each privacy lead of the network this message, once for this occasion.

    Whoever asked us to stop gets none: it stands on their page all the same.
    """
    held = Membership.objects.live(at).filter(organization=None, role=Role.PRIVACY_LEAD)
    for one in held.select_related("account"):
        lead = one.account
        channel, to = (Channel.EMAIL, lead.email) if lead.email else (Channel.TEXT, lead.phone)
        key = f"{occasion}:{about}:{lead.pk}"
        try:
            send(channel=channel, to=to, subject=subject, body=body, key=key, by=by, at=at)
        except Refusal:
            continue
