"""How much room there is, as its people say it, and as HSDS 3.1 keeps it (service_capacity, unit "places").

HSDS: `available` is left out where an unknown number of places is free; 0 is full.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

UNIT: Final = "places"
FULL_UNTIL: Final = "full until "
"""Before the day, in the `original_id` of what says until when it is full."""


class Says(StrEnum):
    """The four things that people say of room."""

    ROOM = "room"
    ASK = "ask"
    WAITING = "waiting"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Room:
    """How much room there is. `weeks`: of a waiting list. `until`: full until that day, if that is known."""

    says: Says
    weeks: int | None = None
    until: date | None = None


def in_words(room: Room) -> str:
    """As it stands on pages."""
    if room.says is Says.ROOM:
        return _("Room for more")
    if room.says is Says.ASK:
        return _("Ask first whether there is room")
    if room.says is Says.WAITING:
        if not room.weeks:
            return _("Full, with a waiting list")
        return ngettext(
            "Waiting list of about %(weeks)s week", "Waiting list of about %(weeks)s weeks", room.weeks
        ) % {"weeks": room.weeks}
    if room.until is None:
        return _("Full at the moment")
    return _("Full until %(day)s") % {"day": _long(room.until)}


def rows(room: Room, now: Sequence[Mapping[str, Any]], *, at: datetime) -> list[dict[str, Any]]:
    """The capacities of an entry with this said of its places; capacities of other units stay."""
    until = f"{FULL_UNTIL}{room.until.isoformat()}" if room.says is Says.FULL and room.until else ""
    said = {
        "id": str(uuid4()),  # a new row: what was said before stays in the version before
        "original_id": until or room.says.value,
        "unit": UNIT,
        "available": None if room.says in (Says.ROOM, Says.ASK) else 0,
        "description": in_words(room),
        "updated": at.isoformat(),
    }
    return [*_others(now), said]


def over(now: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The capacities of an entry when the day has passed until which it was full: nobody knows, so ask."""
    said = next(row for row in now if row.get("unit") == UNIT)
    day = date.fromisoformat(str(said["original_id"]).removeprefix(FULL_UNTIL))
    words = _("It was full until %(day)s. Ask whether there is room now.") % {"day": _long(day)}
    ask = {**said, "id": str(uuid4()), "original_id": Says.ASK.value, "available": None, "description": words}
    return [*_others(now), ask]


def _others(now: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [dict(row) for row in now if row.get("unit") != UNIT]


def _long(day: date) -> str:
    return str(formats.date_format(day, "j F Y"))
