"""Changes that wait for an editor, each beside what the entry says now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from livingwell.directory.describe import calm
from livingwell.directory.queries.history import differences_between
from livingwell.keeping.models import Proposal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Line:
    """One change in the queue."""

    proposal: Proposal
    name: str


def waiting() -> list[Line]:
    """The oldest first."""
    rows = Proposal.objects.waiting().select_related("service")[:100]
    return [Line(row, calm(row.service.name)) for row in rows]


def how_many_wait() -> int:
    return Proposal.objects.waiting().count()


def differences_of(proposal: Proposal, sheet: Mapping[str, Any]) -> tuple[Any, ...]:
    """What would change."""
    after = dict(sheet)
    for name, value in proposal.values.items():
        if name not in sheet:
            continue
        if name == "organization":
            after[name] = {**sheet[name], **value}
        elif name == "locations":
            after[name] = _places(sheet["locations"], value)
        else:
            after[name] = value
    return differences_between(sheet, after)


def _places(now: Iterable[Mapping[str, Any]], wanted: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    known = {place["id"]: place for place in now}
    found = []
    for place in wanted:
        was = known.get(place.get("id", ""), {})
        found.append({**was, **place, "here": {**was.get("here", {}), **place.get("here", {})}})
    return found
