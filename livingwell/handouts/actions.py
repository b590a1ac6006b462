"""Giving a service its short address, and sending somebody what they chose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from livingwell.core.actions import count
from livingwell.core.errors import Refusal
from livingwell.handouts import codes
from livingwell.handouts.models import ShortAddress
from livingwell.messaging import actions as messaging

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime, timedelta
    from uuid import UUID

    from livingwell.messaging.models import Channel


def short_addresses(services: Iterable[UUID]) -> dict[UUID, str]:
    """The short address of each service. One that has none yet gets the shortest that nobody else has."""
    wanted = list(dict.fromkeys(services))
    found = dict(ShortAddress.objects.filter(service__in=wanted).values_list("service_id", "code"))
    for service in wanted:
        if service not in found:
            found[service] = _new(service)
    return found


def _new(service: UUID) -> str:
    for code in codes.candidates(service):
        ShortAddress.objects.bulk_create([ShortAddress(code=code, service_id=service)], ignore_conflicts=True)
        kept = ShortAddress.objects.filter(service=service).first()
        if kept is not None:
            return kept.code
    raise RuntimeError("No short address is left")  # 27 to the power of 20 of them: it cannot happen.


def send(
    channel: Channel,
    to: str,
    subject: str,
    bodies: Sequence[str],
    *,
    occasion: str,
    most: int,
    within: timedelta,
    at: datetime,
) -> None:
    """Send somebody what they asked for, and forget where to. An address gets this only so often: else a Refusal."""
    with transaction.atomic():
        asked = count(f"handout {channel}", to, within=within, at=at)
        if asked > most:
            raise Refusal(
                _(
                    "We have sent there %(number)s times today and stop at that. Try again tomorrow, or print it."
                )
                % {"number": most}
            )
        for number, body in enumerate(bodies, start=1):
            messaging.send(
                channel=channel,
                to=to,
                subject=subject,
                body=body,
                key=f"handout:{occasion}:{number}",
                at=at,
                by="visitor",
                forget=True,
            )
