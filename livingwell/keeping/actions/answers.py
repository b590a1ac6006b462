"""Taking in what the people of an entry tell us. Every answer makes the entry fresh and is remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from livingwell.directory.actions.editing import change
from livingwell.directory.actions.private import hidden
from livingwell.directory.actions.standing import assured
from livingwell.directory.models import Assured, How, ServiceCapacity
from livingwell.directory.models import Status as Running
from livingwell.directory.queries.sheet import sheet_of
from livingwell.keeping import room as rooms
from livingwell.keeping.actions import SYSTEM
from livingwell.keeping.actions.proposals import propose
from livingwell.keeping.models import Confirmation, Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from livingwell.directory.models import Service
    from livingwell.keeping.models import Proposal
    from livingwell.keeping.room import Room

HERE: Final = ZoneInfo("Europe/London")
SENSITIVE: Final = frozenset({"name", "email", "status", "is_confidential"})
"""Fields that could send people astray or tell what must not be told: they wait for somebody to look."""


def still_right(
    service: Service, *, how: Assured, by: str, at: datetime, assurer: str = "", note: str = ""
) -> Confirmation:
    """All that the entry says is right."""
    return _answer(service, Outcome.RIGHT, {}, how=how, by=by, at=at, assurer=assurer, note=note)


def say_room(
    service: Service, room: Room, *, how: Assured, by: str, at: datetime, assurer: str = ""
) -> Confirmation:
    """How much room there is; the rest of the entry is right."""
    values = {"capacities": rooms.rows(room, sheet_of(service)["capacities"], at=at)}
    note = rooms.in_words(room)
    return _answer(service, Outcome.ROOM, values, how=how, by=by, at=at, assurer=assurer, note=note)


def look_at_room(*, at: datetime) -> int:
    """Where the day has passed until which an entry was full, say no longer that it is; of how many."""
    passed = ServiceCapacity.objects.filter(
        unit=rooms.UNIT, original_id__startswith=rooms.FULL_UNTIL,
        original_id__lt=f"{rooms.FULL_UNTIL}{_day(at).isoformat()}",
    )  # fmt: skip
    entries = [each.service for each in passed.select_related("service")]
    for service in entries:
        values = {"capacities": rooms.over(sheet_of(service)["capacities"])}
        change(service, values, by=SYSTEM, how=How.SCREEN, at=at)
    return len(entries)


def correct(
    service: Service,
    values: Mapping[str, object],
    *,
    how: Assured,
    by: str,
    at: datetime,
    assurer: str = "",
    note: str = "",
) -> Proposal | None:
    """Change what has changed. What is sensitive, and what only a person can enter (`note`), waits: the proposal."""
    waits = {name: value for name, value in values.items() if name in SENSITIVE}
    at_once = {name: value for name, value in values.items() if name not in SENSITIVE}
    with transaction.atomic():
        _answer(service, Outcome.CHANGED, at_once, how=how, by=by, at=at, assurer=assurer, note=note)
        return propose(service, waits, how=how, by=by, at=at, note=note) if waits or note else None


def has_closed(service: Service, *, how: Assured, by: str, at: datetime, note: str = "") -> Proposal:
    """Somebody says that it has closed. A person looks before the entry goes; until then it says what we heard.

    It is not counted as confirmed, nor as silent.
    """
    with transaction.atomic():
        said = _("We have been told that this has closed. Ring before you go.")
        if not service.alert:
            change(service, {"alert": said}, by=by, how=How(how.value), at=at)
        _kept(service, Outcome.CLOSED, how=how, by=by, at=at, note=note)
        values = {"status": Running.DEFUNCT.value} | ({"alert": ""} if service.alert == said else {})
        return propose(service, values, how=how, by=by, at=at, note=note)


def _answer(
    service: Service,
    outcome: Outcome,
    values: Mapping[str, Any],
    *,
    how: Assured,
    by: str,
    at: datetime,
    assurer: str,
    note: str,
) -> Confirmation:
    with transaction.atomic():
        said = {**values, "assured_date": _day(at), "assurer_email": assurer}
        change(service, said, by=by, how=How(how.value), at=at, note=note)
        assured(service, how)
        return _kept(service, outcome, how=how, by=by, at=at, note=note)


def _kept(
    service: Service, outcome: Outcome, *, how: Assured, by: str, at: datetime, note: str
) -> Confirmation:
    """The answer as it is remembered: its note without the place of a confidential entry."""
    return Confirmation.objects.create(
        service=service, outcome=outcome, how=how, said_at=at, said_by=by, note=hidden(service.pk, note)
    )


def _day(at: datetime) -> date:
    return at.astimezone(HERE).date()
