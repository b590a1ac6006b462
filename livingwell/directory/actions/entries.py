"""Entries as a feed has them: each known again by its source and id, compared, and written in batches."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import DataError, IntegrityError, transaction
from django.db.models import Q

from livingwell.core.kept import among
from livingwell.directory.actions.holding import Holding
from livingwell.directory.actions.tables import (
    ABOUT,
    MODELS,
    batches,
    blank_of,
    columns_of,
    copy_in,
    diagnosis,
    owner,
    uuid_of,
)
from livingwell.directory.actions.touched import services_of, touch
from livingwell.directory.actions.versions import remember_first
from livingwell.directory.feeds.model import Mended, Refused
from livingwell.directory.feeds.tables import TABLES
from livingwell.directory.models import Organization, OrganizationIdentifier, Service, ServiceAtLocation
from livingwell.directory.models.taxonomy import ENTITIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from livingwell.directory.feeds.gather import Entry
    from livingwell.directory.feeds.report import Entries, Report
    from livingwell.directory.models import Source

MISSING: Final = "pointers to something that is not in the feed: left out"
STAND_IN: Final = "services whose organization is not in the feed: one of the service's name stands in"
TAKEN_ID: Final = "ids that another source uses already: given another"
ENTITY: Final = "things said of something without saying what it is: found by its id"


@dataclass(slots=True)
class Kept:
    """An entry on its way into its table."""

    entry: Entry
    pk: UUID
    before: dict[str, Any] | None
    after: dict[str, Any] = field(default_factory=dict)
    alias: bool = False  # kept already, under another id of its source


class Writer:
    """One import's hand: under which id each thing is kept, what it has seen, and what it changed."""

    def __init__(self, source: Source, report: Report) -> None:
        self.source, self.report = source, report
        self.namespace = uuid5(NAMESPACE_URL, f"livingwell:{source.pk}")
        self.ids: dict[tuple[str, str], UUID] = {}
        self.seen: dict[str, set[UUID]] = defaultdict(set)
        self.touched: dict[str, set[UUID]] = defaultdict(set)
        self.pairs: dict[tuple[UUID, UUID], UUID] = {}
        self.added: set[UUID] = set()
        self.ended: set[UUID] = set()
        self.new: dict[
            str, bool
        ] = {}  # of each table: whether nothing of this source has an id of our making
        self.holding = Holding()
        self.first = not Service.objects.filter(source=source).exists()
        self.later: list[tuple[str, UUID, str, tuple[str, str]]] = []

    def note(self, entry: Entry, kind: str, before: str = "", after: str = "") -> None:
        self.report.mend(Mended(kind, entry.table, entry.file, entry.line, entry.original_id, before, after))

    def refuse(self, entry: Entry, reason: str) -> None:
        self.report.refuse(
            Refused(entry.table, entry.file, entry.line, entry.original_id, reason, entry.records)
        )

    # Which id

    def derived(self, table: str, key: str) -> UUID:
        return uuid5(self.namespace, f"{table}/{key}")

    def identify(self, table: str, entries: Sequence[Entry]) -> list[Kept]:
        """Each entry with the id under which it is, or will be, kept, and the row that is there now.

        Our own id comes first where it was given before; most often their own id serves, and none is worked out.
        """
        if table not in self.new:
            self.new[table] = (
                not MODELS[table]._default_manager.filter(**{owner(table): self.source.pk}).exists()
            )
        given = {entry.key: uuid_of(entry.key) for entry in entries}
        there = self.load(table, [pk for pk in given.values() if pk])
        if self.new[table] and not there and all(given.values()):
            return [Kept(entry, pk, None) for entry in entries if (pk := given[entry.key])]
        column, ours = owner(table), self.source.pk
        mine = {
            key: self.derived(table, key)
            for key, pk in given.items()
            if pk is None or (there[pk][column] != ours if pk in there else not self.new[table])
        }
        there |= self.load(table, list(mine.values()))
        kept: list[Kept] = []
        for entry in entries:
            own, theirs = mine.get(entry.key), given[entry.key]
            if own is None and theirs is not None:
                pk = theirs
            elif own is not None and (theirs is None or own in there):
                pk = own
            elif own is not None and theirs in there and there[theirs][column] != ours:
                self.note(entry, TAKEN_ID, str(theirs), str(own))
                pk, self.new[table] = own, False
            else:
                pk = theirs or self.derived(table, entry.key)
            kept.append(Kept(entry, pk, there.get(pk)))
        return kept

    def load(self, table: str, pks: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
        columns = columns_of(table)
        found: dict[UUID, dict[str, Any]] = {}
        for some in batches(pks):
            rows = MODELS[table]._default_manager.filter(pk__in=among(some)).values("pk", *columns)
            found |= {row.pop("pk"): row for row in rows}
        return found

    def find(self, wanted: Iterable[tuple[str, str]]) -> None:
        """Learn the ids of things that are not in this feed but came from this source before."""
        missing: dict[str, set[str]] = defaultdict(set)
        for table, key in wanted:
            if key and table in MODELS and (table, key) not in self.ids:
                missing[table].add(key)
        for table, keys in missing.items():
            candidates = {self.derived(table, key): key for key in keys}
            candidates |= {given: key for key in keys if (given := uuid_of(key))}
            theirs = Q(**{owner(table): self.source.pk})
            if table == "organization":
                theirs &= Q(stand_in=False)
            for some in batches(list(candidates)):
                rows = MODELS[table]._default_manager.filter(theirs, pk__in=among(some))
                self.ids |= {(table, candidates[pk]): pk for pk in rows.values_list("pk", flat=True)}

    # What it is about

    def refer(self, table: str, kept: list[Kept]) -> list[Kept]:
        """Only those whose references make sense, with the ids that we keep in the place of theirs."""
        spec = TABLES[table]
        self.find(
            (target, each.entry.values.get(name) or "")
            for each in kept
            for name, target in spec.references.items()
        )
        if table in ABOUT:
            self.find(
                (entity, each.entry.values.get(ABOUT[table][0]) or "")
                for each in kept
                for entity in _entities(table, each)
            )
        return [each for each in kept if self.point(table, each)]

    def point(self, table: str, each: Kept) -> bool:
        spec, values = TABLES[table], each.entry.values
        each.after = dict(values)
        for name, target in spec.references.items():
            if name in values:
                key = values[name]
                each.after[name] = self.ids.get((target, key)) if key else None
                if key and (each.after[name] is None or each.after[name] == each.pk):
                    if each.after[name] is None:
                        self.later.append((table, each.pk, name, (target, key)))
                    each.after[name] = None
                    if each.entry.records and name not in spec.owners[: len(spec.owners) == 1]:
                        self.note(each.entry, MISSING, f"{target.replace('_', ' ')} {key}")
        owners = [
            name
            for name in spec.owners
            if each.after.get(name) or (name not in values and (each.before or {}).get(name))
        ]
        if table == "service_at_location" and len(owners) < 2:
            return self.lost(each, [name for name in spec.owners if name not in owners])
        if spec.owners and not owners:
            return self.lost(each, [name for name in spec.owners if values.get(name)] or list(spec.owners))
        return table not in ABOUT or self.point_at_any(table, each)

    def lost(self, each: Kept, names: list[str]) -> bool:
        things = [name.removesuffix("_id").replace("_", " ") for name in names]
        if any(each.entry.values.get(name) for name in names):
            self.refuse(each.entry, f"Its {' and its '.join(things)} is not in the feed, or was not taken.")
        else:
            self.refuse(each.entry, f"It does not say which {' or '.join(things)} it belongs to.")
        return False

    def point_at_any(self, table: str, each: Kept) -> bool:
        id_name, entity_name = ABOUT[table]
        key = each.entry.values.get(id_name) or ""
        for entity in _entities(table, each):
            if found := self.ids.get((entity, key)):
                if each.entry.values.get(entity_name) != entity:
                    self.note(each.entry, ENTITY, str(each.entry.values.get(entity_name) or ""), entity)
                each.after[id_name], each.after[entity_name] = found, entity
                return True
        self.refuse(each.entry, "It is said of something that is not in the feed.")
        return False

    def stand_in(self, kept: list[Kept]) -> None:
        """An organization in the place of a missing one, so that no service is lost for want of a name."""
        self.find(("organization", each.entry.values.get("organization_id") or "") for each in kept)
        made: list[Entry] = []
        for each in kept:
            values = each.entry.values
            known = ("organization", values.get("organization_id") or "") in self.ids
            if known or ("organization_id" not in values and each.before):
                continue
            self.note(
                each.entry,
                STAND_IN,
                f"organization {values.get('organization_id') or ''}".strip(),
                values["name"],
            )
            if missing := values.get("organization_id"):
                self.later.append(("service", each.pk, "organization_id", ("organization", missing)))
            key = f"service {each.entry.key}"
            made.append(
                replace(
                    each.entry, table="organization", key=key, whole=frozenset(), records=0,
                    values={"name": values["name"], "stand_in": True}, confidential=False,
                )
            )  # fmt: skip
            values["organization_id"] = key
        if made:
            self.write("organization", made)

    # Writing

    def write(self, table: str, entries: list[Entry]) -> None:
        kept = self.identify(table, entries)
        if table == "service":
            self.stand_in(kept)
        if table in {"organization", "taxonomy_term"}:  # they may refer to one another in any order
            self.ids |= {(table, each.entry.key): each.pk for each in kept}
        kept = self.refer(table, kept)
        if table == "service_at_location":
            kept = self.once_each(kept)
        columns, blank = columns_of(table), blank_of(table)
        fresh: list[Kept] = []
        same: list[Kept] = []
        counts = self.report.entries[table]
        for each in kept:
            each.after = self.settle(table, each, columns, blank)
            stays = self.holding.stands_against(table, each) or each.before == each.after
            (same if stays else fresh).append(each)
        counts.unchanged += len(same)
        if same:
            self.keep(table, same)
        for some in batches(fresh):
            self.save(table, some, columns, counts)

    def settle(self, table: str, each: Kept, columns: list[str], blank: dict[str, Any]) -> dict[str, Any]:
        """All columns as they will be: said now, else as they were, else as a new row has them."""
        if each.before is None:
            return self.settle_new(table, each, blank)
        said = {name: value for name, value in each.after.items() if name in blank}
        if said.get("kind") == "":
            del said["kind"]
        for name, value in said.items():
            if value is None and blank[name] is not None:
                said[name] = blank[name]
        was = each.before
        if (
            table == "location"
            and was.get("from_postcode")
            and (said.get("latitude") is None or said.get("approximate"))
        ):
            for name in ("latitude", "longitude", "approximate"):
                said.pop(name, None)
        elif "latitude" in said:
            said["from_postcode"] = False
        said["original_id"] = was["original_id"] if each.alias else _original_id(each.entry)
        said[owner(table)] = self.source.pk
        return {name: said.get(name, was[name]) for name in columns}

    def settle_new(self, table: str, each: Kept, blank: dict[str, Any]) -> dict[str, Any]:
        """All columns of a new row, in their order."""
        said = {name: value for name, value in each.after.items() if value is not None and name in blank}
        if said.get("kind") == "":
            del said["kind"]
        return {**blank, **said, "original_id": _original_id(each.entry), owner(table): self.source.pk}

    def save(self, table: str, some: Sequence[Kept], columns: list[str], counts: Entries) -> None:
        model = MODELS[table]
        rows = [(each.pk, row) for each in some for row in (each.after, each.before) if row]
        self.remember(table, rows)
        try:
            with transaction.atomic():
                copy_in(table, [(each.pk, each.after) for each in some if each.before is None])
                model._default_manager.bulk_create(
                    [model(pk=each.pk, **each.after) for each in some if each.before is not None],
                    batch_size=1_000, update_conflicts=True, unique_fields=["id"], update_fields=columns,
                )  # fmt: skip
        except (IntegrityError, DataError) as error:
            if len(some) == 1:
                self.ids.pop((table, some[0].entry.key), None)
                self.refuse(some[0].entry, f"The database did not take it: {diagnosis(error)}.")
                return
            for each in some:
                self.save(table, [each], columns, counts)
            return
        added = [each.pk for each in some if each.before is None]
        self.added.update(added)
        counts.added += len(added)
        counts.changed += len(some) - len(added)
        self.keep(table, some)
        self.touch(table, rows)

    def keep(self, table: str, some: Sequence[Kept]) -> None:
        self.ids.update({(table, each.entry.key): each.pk for each in some})
        self.seen[table].update([each.pk for each in some])
        self.report.take(table, sum(each.entry.records for each in some))

    def once_each(self, kept: list[Kept]) -> list[Kept]:
        """A service is at a location once, whatever ids its feed gives that fact."""
        services = [each.after["service_id"] for each in kept if "service_id" in each.after]
        for some in batches(services):
            rows = ServiceAtLocation.objects.filter(service__in=among(some)).values_list(
                "service_id", "location_id", "pk"
            )
            for service, location, pk in rows:
                self.pairs.setdefault((service, location), pk)
        once: list[Kept] = []
        now: set[tuple[UUID, UUID]] = set()
        pairs: list[tuple[UUID, UUID]] = []
        for each in kept:
            was = each.before or {}
            pairs.append(
                (
                    each.after.get("service_id") or was["service_id"],
                    each.after.get("location_id") or was["location_id"],
                )
            )
            known_as = self.pairs.setdefault(pairs[-1], each.pk)
            each.alias, each.pk = known_as != each.pk, known_as
        there = self.load("service_at_location", [each.pk for each in kept if each.alias])
        for each, pair in zip(kept, pairs, strict=True):
            if each.alias:
                each.before = there.get(each.pk)
            if pair in now:
                self.ids["service_at_location", each.entry.key] = each.pk
                self.report.repeat("service_at_location", each.entry.records)
            else:
                now.add(pair)
                once.append(each)
        return once

    def settle_later(self) -> None:
        """Point at what came in a later part than what points at it; stand-ins not needed any more go."""
        self.find(where for _, _, _, where in self.later)
        for table, pk, name, where in self.later:
            if (found := self.ids.get(where)) and found != pk:
                MODELS[table]._default_manager.filter(pk=pk, source=self.source).update(**{name: found})
                self.touched[table].add(pk)
        self.later.clear()
        unneeded = Organization.objects.filter(source=self.source, stand_in=True, services__isnull=True)
        OrganizationIdentifier.objects.filter(organization__in=unneeded).delete()
        self.report.entries["organization"].removed += unneeded.delete()[1].get("directory.Organization", 0)

    def touch(self, table: str, rows: Sequence[tuple[UUID, dict[str, Any]]]) -> None:
        """Remember whose search entries these rows have a part in."""
        touch(self.touched, table, rows)

    def remember(self, table: str, rows: Sequence[tuple[UUID, dict[str, Any]]]) -> None:
        """Before these rows change: keep what the entries say that they have a part in."""
        if self.first:
            return
        about: dict[str, set[UUID]] = defaultdict(set)
        touch(about, table, rows)
        remember_first(services_of(about) - self.added)

    def touched_services(self) -> set[UUID]:
        return services_of(self.touched)


def _original_id(entry: Entry) -> str:
    return (entry.original_id if not entry.key.startswith("~") else "") or entry.key


def _entities(table: str, each: Kept) -> list[str]:
    """The tables that a row about anything may mean: the one it says, else the likely ones."""
    said = str(each.entry.values.get(ABOUT[table][1]) or "").lower()
    return [said] if said in ENTITIES else ["service", "organization", "location"]
