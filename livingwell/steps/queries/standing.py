"""Of the steps of many people, what whoever walks with them has to know: all of it in one look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from livingwell.core.dates import day_of
from livingwell.core.kept import among, kept
from livingwell.steps.models import LIVE, Status, Step, Walks

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from livingwell.people.models import Account


@dataclass(frozen=True, slots=True)
class Standing:
    """A step that is live or put off, without a word of it."""

    pk: UUID
    person: UUID
    status: Status
    companion: UUID | None
    """The account that walks along on a step in progress."""
    asks: bool
    """Whether the person wanted to be asked about it by now."""
    service: UUID | None
    organization: UUID | None
    """Who runs the service that it was chosen from, and their name."""
    organization_name: str

    @property
    def live(self) -> bool:
        return self.status in LIVE


def standing_of(persons: Collection[UUID], viewer: Account, *, at: datetime) -> tuple[Standing, ...]:
    """Their steps that are chosen from a service, walked with an account, or to be asked about by now. One query.

    Of plans that are not open to the viewer there are none.
    """
    on = day_of(at)
    return tuple(
        Standing(
            pk=pk,
            person=person,
            status=Status(status),
            companion=account if status == Status.ACTIVE else None,
            asks=ask_on is not None and ask_on <= on,
            service=service,
            organization=organization,
            organization_name=name or "",
        )
        for pk, person, status, account, ask_on, service, organization, name in _standing(
            viewer, at, on, list(persons)
        )
    )


@kept
def _standing(
    viewer: Account, at: datetime, on: date, persons: list[UUID]
) -> QuerySet[Step, tuple[Any, ...]]:
    from_a_service = Q(status__in=LIVE, service__organization__isnull=False)
    with_an_account = Q(status=Status.ACTIVE, walks=Walks.ACCOUNT)
    asking = Q(status__in=(*LIVE, Status.ON_HOLD), ask_on__lte=on)
    return (
        Step.objects.visible_to(viewer, at=at)
        .filter(from_a_service | with_an_account | asking, person__in=among(persons))
        .order_by("pk")
        .values_list(
            "pk",
            "person",
            "status",
            "walks_account",
            "ask_on",
            "service",
            "service__organization",
            "service__organization__name",
        )
    )
