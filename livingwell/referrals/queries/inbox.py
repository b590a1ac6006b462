"""What an organization has been sent: what waits for an answer, what was taken on, and how long people wait."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import connection
from django.db.models import Count, Q

from livingwell.core.dates import day_of
from livingwell.directory.describe import calm
from livingwell.referrals.models import Referral, Status, Weight

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from livingwell.people.models import Account

A_PAGE: Final = 25
TAKEN: Final = (Status.ACCEPTED, Status.MET)
READ: Final = ("weight", "status", "sent_at", "wait_weeks", "service__name", "sender__name")
WAITS: Final = """
    SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY days),
           percentile_disc(0.9) WITHIN GROUP (ORDER BY days), count(*)
    FROM (
        SELECT coalesce(answered_on, %(day)s) - (sent_at AT TIME ZONE 'Europe/London')::date AS days
        FROM referrals_referral
        WHERE organization_id = %(organization)s AND status IN ('sent', 'accepted', 'declined', 'met', 'closed')
          AND sent_at > %(at)s - interval '90 days'
    ) waits
"""


@dataclass(frozen=True, slots=True)
class Arrived:
    """One introduction in the list: to which service, how, since when; no word of the person."""

    id: UUID
    service: str
    sender: str
    weight: Weight
    status: Status
    sent_at: datetime
    days: int
    wait_weeks: int | None
    """Where they are on the waiting list: about how long it takes."""


@dataclass(frozen=True, slots=True)
class Inbox:
    """What an organization was sent, and the days people waited in the last 90 days, those still waiting too."""

    waiting: tuple[Arrived, ...]
    taken_on: tuple[Arrived, ...]
    waiting_number: int
    median: int | None
    ninetieth: int | None
    sent: int
    page: int
    pages: int


def inbox_of(organization: UUID, viewer: Account, *, at: datetime, page: int = 1) -> Inbox:
    """What this organization was sent, for somebody who works with people there. Longest waiting first.

    `page`: the number of a screen; each shows some of those who wait and some of those taken on.
    """
    rows = Referral.objects.received_by(viewer, at=at).filter(organization_id=organization)
    waiting, taken = rows.filter(status=Status.SENT), rows.filter(status__in=TAKEN)
    numbers = rows.filter(status__in=(Status.SENT, *TAKEN)).aggregate(
        waiting=Count("pk", filter=Q(status=Status.SENT)), taken=Count("pk", filter=Q(status__in=TAKEN))
    )
    pages = max(1, -(-max(numbers.values()) // A_PAGE))
    number = min(max(1, page), pages)
    with connection.cursor() as cursor:
        cursor.execute(WAITS, {"organization": organization, "at": at, "day": day_of(at)})
        median, ninetieth, sent = cursor.fetchone()
    return Inbox(
        waiting=_arrived(waiting, number, at),
        taken_on=_arrived(taken, number, at),
        waiting_number=numbers["waiting"],
        median=median,
        ninetieth=ninetieth,
        sent=sent,
        page=number,
        pages=pages,
    )


def _arrived(rows: QuerySet[Referral], number: int, at: datetime) -> tuple[Arrived, ...]:
    start = (number - 1) * A_PAGE
    here = rows.select_related("service", "sender").only(*READ).order_by("sent_at", "pk")
    return tuple(
        Arrived(
            id=one.pk,
            service=calm(one.service.name),
            sender=one.sender.name if one.sender else "",
            weight=Weight(one.weight),
            status=Status(one.status),
            sent_at=one.sent_at or at,
            days=(at - (one.sent_at or at)).days,
            wait_weeks=one.wait_weeks,
        )
        for one in here[start : start + A_PAGE]
    )
