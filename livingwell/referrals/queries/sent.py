"""What organizations sent, and what came of it: for whoever referred, beyond the page of one person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from livingwell.consent.acting import only
from livingwell.core.dates import day_of
from livingwell.core.paging import latest_first
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
    earlier: UUID | None
    """Where there are more: the one after which they go on."""


def sent_from(
    places: Iterable[UUID], viewer: Account, *, at: datetime, before: UUID | None = None
) -> AllSent:
    """What was sent in the name of these organizations, of those persons whose plan this viewer may see now.

    `before` goes on from the last one seen.
    """
    found = Referral.objects.visible_to(viewer, at=at).filter(sender__in=places, sent_at__isnull=False)
    some = latest_first(found, "sent_at", before=before).values_list("pk", "person")
    first = list(some[: A_PAGE + 1])
    with only([person for _pk, person in first]):
        # Looked up among these few pages only. Whose page is closed is left out: one may still see to it.
        rows = Referral.objects.visible_to(viewer, at=at).filter(
            pk__in=[pk for pk, _person in first[:A_PAGE]]
        )
        shown = rows.select_related("person", "service", "owner", "sent_by").order_by("-sent_at", "-pk")
        told = tuple(map(_sent, shown))
    return AllSent(told, first[A_PAGE - 1][0] if len(first) > A_PAGE else None)


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
