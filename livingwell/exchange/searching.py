"""What a search for Tasks asks, read from its parameters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING, Final
from uuid import UUID

from livingwell.exchange.outcomes import Issue, Problem
from livingwell.exchange.reading import instant

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import QueryDict

KNOWN: Final = frozenset(
    {"owner", "requester", "_lastUpdated", "_id", "_count", "_include", "_sort", "_format", "_after"}
)
USUAL, MOST = 50, 200
MOMENT: Final = re.compile(
    r"(gt|ge|lt|le)(\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?)"
)


@dataclass(frozen=True, slots=True)
class Search:
    """Which Tasks, how many at once, and whether with everything they lead to. `sent`: those the client sent."""

    sent: bool
    changed: tuple[tuple[str, datetime], ...]
    pk: UUID | None
    count: int
    include: bool
    after: tuple[datetime, UUID] | None


def search_of(asked: QueryDict, own: UUID) -> Search:
    """The search in these parameters, by a client of the organization `own`. Raises Problem."""
    if unknown := sorted(set(asked) - KNOWN):
        raise _bad("not-supported", f"We do not know the parameter “{unknown[0][:40]}”.", unknown[0][:40])
    for name in ("owner", "requester"):
        named = asked.get(name, "")
        if named and named.rpartition("/")[2] != str(own):
            words = f"You may ask for Tasks of Organization/{own} only."
            raise Problem(403, Issue("forbidden", words, f"http.{name}"))
    if "owner" in asked and "requester" in asked:
        raise _bad("not-supported", "Ask for what you received (owner) or sent (requester).", "requester")
    if asked.get("_sort", "_lastUpdated") != "_lastUpdated":
        raise _bad("not-supported", "Tasks come in the order of _lastUpdated.", "_sort")
    return Search(
        sent="requester" in asked,
        changed=tuple(_moment(value) for value in asked.getlist("_lastUpdated")),
        pk=_uuid("_id", asked.get("_id", "")) if "_id" in asked else None,
        count=_count(asked.get("_count", str(USUAL))),
        include=_include(asked.getlist("_include")),
        after=_after(asked.get("_after", "")) if "_after" in asked else None,
    )


def cursor(changed_at: datetime, pk: UUID) -> str:
    """What stands in the address of the next page."""
    return f"{changed_at.astimezone(UTC).isoformat()}|{pk}"


def _moment(value: str) -> tuple[str, datetime]:
    found = MOMENT.fullmatch(value.replace(" ", "+"))
    if not found:
        raise _bad(
            "value",
            "_lastUpdated is gt, ge, lt or le and an instant: gt2026-11-25T09:30:00Z.",
            "_lastUpdated",
        )
    return found[1], _instant(found[2], "_lastUpdated")


def _instant(value: str, name: str) -> datetime:
    try:
        return instant(value)
    except (ValueError, OverflowError):
        raise _bad("value", f"There is no such moment in {name}.", name) from None


def _after(value: str) -> tuple[datetime, UUID]:
    moment, _bar, pk = value.replace(" ", "+").partition("|")
    return _instant(moment, "_after"), _uuid("_after", pk)


def _uuid(name: str, value: str) -> UUID:
    try:
        return UUID(value)
    except ValueError:
        raise _bad("value", f"{name} is an id of ours, as in Task.id.", name) from None


def _count(value: str) -> int:
    if not (value.isascii() and value.isdecimal() and len(value) < 7):
        raise _bad("value", "_count is a number.", "_count")
    return min(max(int(value), 1), MOST)


def _include(values: list[str]) -> bool:
    if any(value != "*" for value in values):
        raise _bad("not-supported", "_include is * here: everything that a Task leads to.", "_include")
    return bool(values)


def _bad(code: str, words: str, name: str) -> Problem:
    return Problem(400, Issue(code, words, f"http.{name}"))
