"""What organizations sent, and what came of it: for whoever referred, beyond the page of one person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.core.paginator import Paginator

from livingwell.consent.models import Part, pages_open_to
from livingwell.core.dates import day_of
from livingwell.directory.describe import calm
from livingwell.linkwork.queries import label_of
from livingwell.referrals.models import OPEN, Referral, Status
from livingwell.referrals.queries.shown import because_of, state_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from uuid import UUID

    from livingwell.people.models import Account

A_PAGE: Final = 25


@dataclass(frozen=True, slots=True)
class Sent:
    """One introduction that was sent from where somebody works: of whom, to what, where it stands."""

    id: UUID
    person: UUID
    label: str
    """The name the person likes to hear, or since when they have a page."""
    service: str
    by: str
    sent_on: date
    state: str
    because: str
    instead: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class AllSent:
    """One screen of them, the latest first."""

    rows: tuple[Sent, ...]
    page: int
    pages: int


def sent_from(places: Iterable[UUID], viewer: Account, *, at: datetime, page: str = "") -> AllSent:
    """What was sent in the name of these organizations, of those persons whose plan this viewer may see now.

    `page`: the number of a screen, as it was typed.
    """
    found = (
        Referral.objects.filter(
            sender__in=places, sent_at__isnull=False, person__in=pages_open_to(viewer, Part.PLAN, at=at)
        )
        .select_related("person", "service", "owner", "sent_by")
        .order_by("-sent_at", "pk")
    )
    paginator = Paginator(found, A_PAGE)
    this = paginator.get_page(page)
    return AllSent(tuple(_sent(one) for one in this), this.number, paginator.num_pages)


def _sent(one: Referral) -> Sent:
    return Sent(
        id=one.pk,
        person=one.person_id,
        label=label_of(one.person.called, one.person.started_at),
        service=calm(one.service.name),
        by=str(one.sent_by) if one.sent_by else "",
        sent_on=day_of(one.sent_at or one.started_at),
        state=state_of(one, own=False),
        because=because_of(one),
        instead=one.instead,
        is_open=Status(one.status) in OPEN,
    )
