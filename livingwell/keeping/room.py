"""How much room there is, as its people say it, and as HSDS 3.1 keeps it (service_capacity, unit "places").

HSDS: `available` is left out where an unknown number of places is free; 0 is full.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

UNIT: Final = "places"


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
    return _("Full until %(day)s") % {"day": formats.date_format(room.until, "j F Y")}


def rows(room: Room, now: Sequence[Mapping[str, Any]], *, at: datetime) -> list[dict[str, Any]]:
    """The capacities of an entry with this said of its places; capacities of other units stay."""
    others = [dict(row) for row in now if row.get("unit") != UNIT]
    said = {
        "id": str(uuid4()),  # a new row: what was said before stays in the version before
        "original_id": room.says.value,
        "unit": UNIT,
        "available": None if room.says in (Says.ROOM, Says.ASK) else 0,
        "description": in_words(room),
        "updated": at.isoformat(),
    }
    return [*others, said]
