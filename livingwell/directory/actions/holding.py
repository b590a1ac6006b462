"""Corrections by hand that stand against their source: held at the next import, until somebody lets them go."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final, Protocol
from uuid import UUID

from livingwell.directory.actions.clock import database_time
from livingwell.directory.differences import same
from livingwell.directory.models import Contact, Hold, How, Phone, Service, ServiceAtLocation
from livingwell.directory.queries.sheet import MODELS, PARTS, plain

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from livingwell.directory.differences import Difference
    from livingwell.directory.feeds.gather import Entry
    from livingwell.directory.queries.sheet import Part

BELONGS: Final[dict[str, list[tuple[str, Part]]]] = defaultdict(list)
for _owner, _parts in PARTS.items():
    for _each in _parts:
        BELONGS[_each.table].append((_owner, _each))
"""For the tables that are lists of something: of what, and which list."""
LIST_OF: Final = {(owner, part.name): part.table for owner, parts in PARTS.items() for part in parts} | {
    ("service", "locations"): "service_at_location"
}
ASSURED: Final = ("assured_date", "assurer_email")


class Incoming(Protocol):
    """A row on its way in: as it is, and as its source would have it."""

    entry: Entry
    pk: UUID
    before: dict[str, Any] | None
    after: dict[str, Any]


def hold(service: Service, found: Sequence[Difference], *, by: str, how: How, at: datetime) -> None:
    """Hold what was changed. What the source says is what stood there before, or what an earlier hold knows."""
    there = {
        (str(each.resource_id), each.resource_type, each.field_name): each
        for each in Hold.objects.live().filter(resource_id__in={each.resource_id for each in found})
    }
    for each in found:
        old = there.get((each.resource_id, each.resource_type, each.field_name))
        if old is None:
            Hold.objects.create(
                service=service, resource_type=each.resource_type, resource_id=each.resource_id,
                field_name=each.field_name, value=each.after, source_says=each.before, how=how, held_at=at,
                held_by=by,
            )  # fmt: skip
        elif old.merge_id is None and same(old.source_says, each.after):
            # back to what the source says: nothing to hold
            Hold.objects.filter(pk=old.pk).update(released_at=at, released_by=by)
        else:
            Hold.objects.filter(pk=old.pk).update(value=each.after, how=how, held_at=at, held_by=by)


class Holding:
    """What is held, in the sight of one import: which rows it may not write, and what it says instead."""

    def __init__(self) -> None:
        self.fields: dict[UUID, dict[str, str]] = defaultdict(dict)
        for pk, table, name in Hold.objects.live().values_list("resource_id", "resource_type", "field_name"):
            self.fields[pk][name] = table
        self.said: dict[tuple[UUID, str], Any] = {}
        self.rows: dict[tuple[UUID, str], dict[str, Any]] = defaultdict(dict)
        self.gone: dict[tuple[UUID, str], set[str]] = defaultdict(set)
        self.whole: dict[UUID, Collection[str]] = {}  # of these the source said all, in these tables
        self.passed: dict[UUID, dict[str, Any]] = {}  # rows whose own lists are held with them
        for name, model in (("contacts", Contact), ("phones", Phone)):
            owners = [pk for pk, fields in self.fields.items() if fields.get(name) == "service"]
            for row in model._default_manager.filter(service__in=owners).values_list("pk", flat=True):
                self.passed[row] = {}

    def stands_against(self, table: str, each: Incoming) -> bool:
        """Whether this row is not written. Of a row that is, held fields are put back as they are."""
        if not self.fields:
            return False
        if held := self.fields.get(each.pk):
            self._keep_fields(table, each, held)
            self.whole[each.pk] = each.entry.whole
        return self._in_a_held_list(table, each)

    def _keep_fields(self, table: str, each: Incoming, held: Mapping[str, str]) -> None:
        was = each.before or {}
        if table == "service" and "assured_date" in held and _newer(each, was):
            return self._let_go(each, ASSURED)
        for name, of in held.items():
            if of == table and name in each.after and name in was:
                if name in each.entry.values:
                    self.said[each.pk, name] = plain(each.after[name])
                each.after[name] = was[name]
        if table == "location" and {"latitude", "longitude"} & held.keys():
            each.after["from_postcode"] = was.get("from_postcode", False)
        return None

    def _let_go(self, each: Incoming, names: Collection[str]) -> None:
        Hold.objects.live().filter(resource_id=each.pk, field_name__in=names).update(
            released_at=database_time(), released_by=each.entry.file or "source"
        )
        for name in names:
            self.fields[each.pk].pop(name, None)

    def _in_a_held_list(self, table: str, each: Incoming) -> bool:
        where = self._list_of(table, each.after)
        above = next((self.passed[pk] for pk in each.after.values() if _is_in(pk, self.passed)), None)
        if where is None and above is None:
            return False
        row = {"id": str(each.pk), "original_id": each.after.get("original_id", "")}
        if table == "service_at_location":
            row = {
                "id": str(each.after["location_id"]),
                "here": row | {"description": each.after["description"]},
            }
        else:
            row |= {name: plain(value) for name, value in each.after.items() if not name.endswith("_id")}
            row["source"] = each.after.get("source_id")
        if table in {"contact", "phone"} or each.before is None:
            self.passed[each.pk] = row
        if where is not None:
            self.rows[where][row["id"]] = row
        elif above and each.after.get("contact_id"):
            above.setdefault("phones", []).append(row)
        return True

    def _list_of(self, table: str, row: Mapping[str, Any]) -> tuple[UUID, str] | None:
        """The held list that a row belongs to, if it does to one."""
        if table == "service_at_location":
            service = row["service_id"]
            return (service, "locations") if "locations" in self.fields.get(service, ()) else None
        for of, part in BELONGS.get(table, ()):
            owner = row.get(part.column)
            held = self.fields.get(owner, {}) if owner else {}
            if owner and held.get(part.name) == of and not any(row.get(name) for name in part.alone):
                return owner, part.name
        return None

    def spare(self, table: str, pks: set[UUID]) -> set[UUID]:
        """Those of some rows that an import may take away."""
        if not self.fields or not pks or table not in {*BELONGS, "service_at_location"}:
            return pks
        model = ServiceAtLocation if table == "service_at_location" else MODELS[table]
        kept = set()
        for row in model._default_manager.filter(pk__in=pks).values():
            if where := self._list_of(table, row):
                self.gone[where].add(str(row["location_id"] if where[1] == "locations" else row["id"]))
                kept.add(row["id"])
            elif row.get("contact_id") in self.passed or row.get("phone_id") in self.passed:
                kept.add(row["id"])
        return pks - kept

    def closing(self, services: set[UUID]) -> set[UUID]:
        """Those of some services that stay as a person said although their source closes them."""
        held = {pk for pk in services if self.fields and self.fields.get(pk, {}).get("status") == "service"}
        self.said |= {(pk, "status"): "defunct" for pk in held}
        return held

    def write_down(self, *, at: datetime | None = None) -> None:
        """At the end of an import: what the source says of each held field and list by now."""
        lists = {*self.rows, *self.gone}
        lists |= {
            (pk, name)
            for pk, tables in self.whole.items()
            for name, of in self.fields[pk].items()
            if LIST_OF.get((of, name)) in tables
        }
        for each in Hold.objects.live().filter(
            resource_id__in={pk for pk, _name in {*lists, *self.said}},
        ):
            where = (each.resource_id, each.field_name)
            if where in lists:
                before = {row["id"]: row for row in each.source_says or ()}
                all_said = LIST_OF[each.resource_type, each.field_name] in self.whole.get(
                    each.resource_id, ()
                )
                now: Any = [
                    before.get(pk, {}) | self.rows[where].get(pk, {})
                    for pk in ({} if all_said else before) | self.rows[where]
                    if pk not in self.gone[where]
                ]
            elif where in self.said:
                now = self.said[where]
            else:
                continue
            if not same(each.source_says, now):
                Hold.objects.filter(pk=each.pk).update(
                    source_says=now, source_differs_since=at or database_time()
                )
        self.whole = {}
        self.said, self.rows, self.gone = {}, defaultdict(dict), defaultdict(set)


def _newer(each: Incoming, was: Mapping[str, Any]) -> bool:
    told, known = each.after.get("assured_date"), was.get("assured_date")
    return bool(told and known and told > known)


def _is_in(pk: Any, known: Mapping[UUID, Any]) -> bool:
    return isinstance(pk, UUID) and pk in known
