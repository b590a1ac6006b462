"""An appointment to which somebody did not come: the one thing that is read of a system's diary."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from livingwell.core.dates import day_of
from livingwell.exchange.outcomes import Issue, Problem

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from livingwell.exchange.reading import Element

STATUSES = [
    "proposed",
    "pending",
    "booked",
    "arrived",
    "fulfilled",
    "cancelled",
    "noshow",
    "entered-in-error",
    "checked-in",
    "waitlist",
]


@dataclass(frozen=True, slots=True)
class NoShow:
    """Who did not come, by the introduction under which the system knows them, and on which day."""

    introduction: UUID
    on: date


def no_show(appointment: Element) -> NoShow:
    """What an Appointment says. Raises Problem: for any status but `noshow`, too."""
    status = appointment.text("status", needed=True)
    if status not in STATUSES:
        words = f"An Appointment has no status “{status[:40]}”."
        raise Problem(422, Issue("code-invalid", words, "Appointment.status"))
    if status != "noshow":
        words = f"We keep no diary: of an Appointment only “noshow” is read, not “{status}”."
        raise Problem(422, Issue("not-supported", words, "Appointment.status"))
    participants = appointment.many("participant")
    if not participants:
        raise appointment.wrong("participant", "is missing", needed=True)
    for participant in participants:
        actor = participant.one("actor")
        pk = actor.ours("Patient") if actor is not None else None
        if pk is not None:
            return NoShow(pk, day_of(appointment.moment("start")))
    words = "A participant must be Patient/ and the id under which you read them here."
    raise Problem(422, Issue("required", words, "Appointment.participant"))


def written(pk: UUID, introduction: UUID, on: date) -> dict[str, Any]:
    """The same as FHIR: the day is kept, not the hour, so it lasts from midnight to midnight."""
    begins = timezone.make_aware(datetime.combine(on, time()))
    ends = timezone.make_aware(datetime.combine(on + timedelta(days=1), time()))
    return {
        "resourceType": "Appointment",
        "id": str(pk),
        "status": "noshow",
        "start": begins.isoformat(),
        "end": ends.isoformat(),
        "participant": [
            {"actor": {"reference": f"Patient/{introduction}"}, "status": "accepted"},
        ],
    }
