"""What the page behind a link shows: the entries that were asked about, and what was answered since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from livingwell.directory.describe import calm
from livingwell.keeping.links import asking_of
from livingwell.keeping.models import Ask, Asking, Confirmation, Outcome

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from livingwell.directory.models import Service


@dataclass(frozen=True, slots=True)
class Asked:
    """One entry that a link is about. `answer`: what was said since, in words; empty where nothing was."""

    service: Service
    name: str
    answer: str


def open_asking(token: str, *, at: datetime) -> Asking | None:
    """The asking that a link opens; None where it is not ours, over, or was sent to the wrong person."""
    pk = asking_of(token)
    return Asking.objects.filter(pk=pk, until__gt=at, not_theirs_at=None).first() if pk else None


def asked(asking: Asking) -> list[Asked]:
    """Its entries by name."""
    asks = Ask.objects.filter(asking=asking).select_related("service__organization").order_by("service__name")
    services = [each.service for each in asks]
    said: dict[UUID, str] = {}
    since = Confirmation.objects.filter(service__in=services, said_at__gte=asking.asked_at)
    for each in since.order_by("said_at", "id"):
        what = each.note if each.outcome == Outcome.ROOM else ""
        said[each.service_id] = what or each.get_outcome_display()
    return [Asked(service, calm(service.name), said.get(service.pk, "")) for service in services]
