"""What people found who went: shown on the page of a service, or waiting to be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from livingwell.core import dates
from livingwell.directory.models import Visit, VisitStatus

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

HEADINGS: Final = {
    "entrance": _("Finding the way in"),
    "welcome": _("Who greets you"),
    "feel": _("What it is like"),
    "company": _("Coming with somebody"),
    "costs": _("What you pay"),
    "anything": _("Good to know"),
}
SHOWN: Final = 5
READ_AT_ONCE: Final = 50


@dataclass(frozen=True, slots=True)
class Found:
    """What one person found. `month`: when they went, in words; `answers`: a heading and what they wrote."""

    pk: UUID
    service: str
    address: str
    month: str
    answers: tuple[tuple[str, str], ...]


def shown(service: UUID) -> tuple[Found, ...]:
    """The latest that anybody may read."""
    rows = Visit.objects.filter(service=service, status=VisitStatus.SHOWN).select_related("service")
    return tuple(_found(rows.order_by("-went_on", "-written_at")[:SHOWN]))


def waiting() -> tuple[Found, ...]:
    """Those that nobody has read, the oldest first."""
    rows = Visit.objects.filter(status=VisitStatus.WAITING).select_related("service")
    return tuple(_found(rows.order_by("written_at")[:READ_AT_ONCE]))


def how_many_wait() -> int:
    return Visit.objects.filter(status=VisitStatus.WAITING).count()


def _found(rows: Iterable[Visit]) -> Iterable[Found]:
    for row in rows:
        yield Found(
            row.pk,
            row.service.name,
            row.service.get_absolute_url(),
            dates.month(row.went_on),
            tuple((str(heading), text) for name, heading in HEADINGS.items() if (text := getattr(row, name))),
        )
