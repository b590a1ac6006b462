"""What differs between two sheets of an entry: which field or list of which thing, before and after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Row = Mapping[str, Any]

BOOKKEEPING: Final = frozenset({"id", "source", "original_id"})


@dataclass(frozen=True, slots=True)
class Difference:
    """One field, or one list as a whole, of one thing. `on_sheet`: under which name of the sheet it stands."""

    resource_type: str
    resource_id: str
    field_name: str
    before: Any
    after: Any
    on_sheet: str


def said(value: Any) -> Any:
    """A value without its bookkeeping; lists in an order of their own, so that only what is said counts."""
    if isinstance(value, list):
        return sorted((said(each) for each in value), key=repr)
    if isinstance(value, dict):
        return {name: said(each) for name, each in sorted(value.items()) if name not in BOOKKEEPING}
    return value


def same(before: Any, after: Any) -> bool:
    """Whether both say the same, whatever ids they are kept under."""
    return bool(said(before) == said(after))


def differences(before: Row, after: Row) -> list[Difference]:
    """All that differs between two sheets of the same service."""
    found = list(_of("service", before, after, {"organization", "locations"}))
    found += _of("organization", before["organization"], after["organization"], set(), "organization")
    was = {place["id"]: place for place in before["locations"]}
    now = {place["id"]: place for place in after["locations"]}
    if was.keys() != now.keys():
        found.append(
            Difference(
                "service", before["id"], "locations", list(before["locations"]), list(after["locations"]), "locations"
            )
        )  # fmt: skip
    for pk in was.keys() & now.keys():
        found += _of("location", was[pk], now[pk], {"here"}, "locations")
        found += _of("service_at_location", was[pk]["here"], now[pk]["here"], set(), "locations")
    return found


def of_organization(before: Row, after: Row) -> list[Difference]:
    """All that differs between two sheets of one organization by itself."""
    return list(_of("organization", before, after, set()))


def _of(table: str, before: Row, after: Row, apart: set[str], on_sheet: str = "") -> Iterator[Difference]:
    if before["id"] != after["id"]:  # another organization: its fields cannot be told apart
        yield Difference(table, after["id"], "", dict(before), dict(after), on_sheet)
        return
    for name in dict.fromkeys([*before, *after]):
        if name in BOOKKEEPING or name in apart:
            continue
        was, now = before.get(name), after.get(name)
        if not same(was, now):
            yield Difference(table, after["id"], name, was, now, on_sheet or name)


def names(found: list[Difference]) -> list[str]:
    """The names on the sheet of what differs, each once."""
    return list(dict.fromkeys(each.on_sheet for each in found))
