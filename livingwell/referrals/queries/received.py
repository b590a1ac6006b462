"""One introduction as its receiver sees it: what the person wants them to know, or that it was stopped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F
from django.db.models.expressions import RawSQL

from livingwell.directory.describe import calm
from livingwell.referrals.models import TOLD, Referral, Said, Status, Weight

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from livingwell.people.models import Account


@dataclass(frozen=True, slots=True)
class Received:
    """What stands before a receiver. `said` is empty, and `over` set, once it was stopped or its consent has ended."""

    referral: Referral
    service: str
    sender: str
    weight: Weight
    status: Status
    answer_by: date | None
    said: tuple[tuple[str, str], ...]
    over: bool


def received_by_link() -> Received | None:
    """The one introduction that exists for whoever holds the link in whose name the database is asked."""
    return _received(
        Referral.objects.exclude(status=Status.DRAFT).filter(pk=RawSQL("(SELECT livingwell_by_link())", []))
    )


def received_in(pk: UUID, viewer: Account, *, at: datetime) -> Received | None:
    """An introduction to an organization in which this viewer works with people; None where it is not theirs."""
    return _received(Referral.objects.received_by(viewer, at=at).filter(pk=pk))


def _received(found: QuerySet[Referral]) -> Received | None:
    one = found.annotate(service_name=F("service__name"), sender_name=F("sender__name")).first()
    if one is None:
        return None
    said = Said.objects.filter(referral=one).order_by("place") if one.status in TOLD else ()
    words = tuple((item.heading, item.words) for item in said)
    return Received(
        referral=one,
        service=calm(one.service_name),
        sender=one.sender_name or "",
        weight=Weight(one.weight),
        status=Status(one.status),
        answer_by=one.answer_by,
        said=words,
        over=one.status in {Status.WITHDRAWN, Status.CLOSED, Status.DECLINED} or not words,
    )
