"""An entry as one sheet: all that is written about a service, nested as people see it, fit for JSON.

A sheet has the service's fields by their HSDS names, its lists (`phones`, `contacts`, `schedules`, ...), its
`locations` (each with `addresses`, `accessibility`, ... and, under `here`, what is only true of this service
there) and its `organization`. Each row of a list has its `id`, and `source` and `original_id` for bookkeeping.
Days and times stand as ISO 8601, money as text.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, TypeAlias
from uuid import UUID

from livingwell.directory import models
from livingwell.directory.feeds.tables import TABLES
from livingwell.directory.models import Location, Organization, Service, ServiceAtLocation

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from django.db.models import Model

Sheet: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """One list of a sheet: its table, the column that points at what it belongs to, and lists of its rows.

    `alone`: columns that are empty in its rows; what they fill belongs to something nearer.
    """

    name: str
    table: str
    column: str
    alone: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    fields: tuple[str, ...] = field(default=())

    @property
    def model(self) -> type[Model]:
        return MODELS[self.table]


MODELS: Final[Mapping[str, type[Model]]] = {
    "accessibility": models.Accessibility,
    "address": models.Address,
    "contact": models.Contact,
    "cost_option": models.CostOption,
    "language": models.Language,
    "location": models.Location,
    "organization": models.Organization,
    "organization_identifier": models.OrganizationIdentifier,
    "phone": models.Phone,
    "required_document": models.RequiredDocument,
    "schedule": models.Schedule,
    "service": models.Service,
    "service_area": models.ServiceArea,
    "service_at_location": models.ServiceAtLocation,
    "service_capacity": models.ServiceCapacity,
}
LEFT_OUT: Final = {"id", "original_id", "stand_in", "last_modified"}


def fields_of(table: str) -> tuple[str, ...]:
    """The plain fields of a table that a sheet holds: of a service those that HSDS knows, else all."""
    plain_ones = [
        column.name
        for column in MODELS[table]._meta.concrete_fields
        if not column.is_relation and column.name not in LEFT_OUT
    ]
    if table == "service":  # which has columns of our own, such as when it is due
        return tuple(name for name in plain_ones if name in TABLES["service"].fields)
    return tuple(plain_ones)


def _part(name: str, table: str, column: str, *parts: Part, alone: str = "") -> Part:
    return Part(name, table, column, tuple(alone.split()), parts, fields_of(table))


SPOKEN: Final = _part("languages", "language", "phone_id")
THEIR_PHONES: Final = _part("phones", "phone", "contact_id", SPOKEN)
SERVICE_PARTS: Final = (
    _part("phones", "phone", "service_id", SPOKEN, alone="contact_id service_at_location_id"),
    _part("contacts", "contact", "service_id", THEIR_PHONES, alone="service_at_location_id"),
    _part("schedules", "schedule", "service_id", alone="service_at_location_id"),
    _part("cost_options", "cost_option", "service_id"),
    _part("languages", "language", "service_id", alone="phone_id"),
    _part("capacities", "service_capacity", "service_id"),
    _part("required_documents", "required_document", "service_id"),
    _part("service_areas", "service_area", "service_id"),
)
LOCATION_PARTS: Final = (
    _part("addresses", "address", "location_id"),
    _part("accessibility", "accessibility", "location_id"),
    _part("phones", "phone", "location_id", SPOKEN, alone="contact_id service_at_location_id service_id"),
    _part("schedules", "schedule", "location_id", alone="service_at_location_id service_id"),
    _part("languages", "language", "location_id", alone="phone_id service_id"),
)
HERE_PARTS: Final = (
    _part("schedules", "schedule", "service_at_location_id"),
    _part("phones", "phone", "service_at_location_id", SPOKEN, alone="contact_id"),
    _part("contacts", "contact", "service_at_location_id", THEIR_PHONES),
)
ORGANIZATION_PARTS: Final = (
    _part(
        "phones", "phone", "organization_id", SPOKEN,
        alone="contact_id service_at_location_id service_id location_id",
    ),
    _part(
        "contacts", "contact", "organization_id", THEIR_PHONES,
        alone="service_at_location_id service_id location_id",
    ),
    _part("identifiers", "organization_identifier", "organization_id"),
)  # fmt: skip
PARTS: Final[Mapping[str, tuple[Part, ...]]] = {
    "service": SERVICE_PARTS,
    "location": LOCATION_PARTS,
    "service_at_location": HERE_PARTS,
    "organization": ORGANIZATION_PARTS,
}
"""The lists of each thing that has lists of its own."""


def sheet_of(service: Service | UUID) -> Sheet:
    """The sheet of one service. Raises Service.DoesNotExist."""
    pk = service if isinstance(service, UUID) else service.pk
    found = sheets_of([pk])
    if pk not in found:
        raise Service.DoesNotExist
    return found[pk]


def sheets_of(ids: Collection[UUID]) -> dict[UUID, Sheet]:
    """The sheets of services that exist, in a fixed number of queries."""
    rows = _rows(Service, ids, fields_of("service"), "organization_id")
    owners = _rows(Organization, {row["organization_id"] for row in rows.values()}, fields_of("organization"))
    lists = lists_of(SERVICE_PARTS, rows)
    places = _places(rows)
    found: dict[UUID, Sheet] = {}
    for pk, row in rows.items():
        owner = row.pop("organization_id")
        found[pk] = {
            "id": str(pk),
            **row,
            "organization": {"id": str(owner), **owners[owner]},
            **lists[pk],
            "locations": places[pk],
        }
    return found


def organization_sheets(ids: Collection[UUID]) -> dict[UUID, Sheet]:
    """Organizations by themselves, each with its phones, contacts and identifiers."""
    rows = _rows(Organization, ids, fields_of("organization"))
    lists = lists_of(ORGANIZATION_PARTS, rows)
    return {pk: {"id": str(pk), **row, **lists[pk]} for pk, row in rows.items()}


def lists_of(parts: Iterable[Part], parents: Collection[UUID]) -> dict[UUID, Sheet]:
    """The lists of some things, each row with its own lists."""
    found: dict[UUID, Sheet] = {parent: {} for parent in parents}
    for part in parts:
        for parent in found.values():
            parent[part.name] = []
        chosen = part.model._default_manager.filter(
            **{f"{part.column}__in": list(parents)}, **{f"{name}__isnull": True for name in part.alone}
        )
        rows = list(chosen.order_by("pk").values("pk", part.column, "source_id", "original_id", *part.fields))
        below = lists_of(part.parts, [row["pk"] for row in rows]) if part.parts else {}
        for row in rows:
            found[row[part.column]][part.name].append(
                {
                    "id": str(row["pk"]),
                    **{name: plain(row[name]) for name in part.fields},
                    "source": row["source_id"],
                    "original_id": row["original_id"],
                    **below.get(row["pk"], {}),
                }
            )
    return found


def plain(value: Any) -> Any:
    """A value of a field as JSON has it."""
    if isinstance(value, time):
        return value.isoformat("minutes") if not value.second else value.isoformat()
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, (Decimal, UUID)):
        return str(value)
    return value


def _rows(
    model: type[Model], ids: Collection[UUID], fields: Iterable[str], *more: str
) -> dict[UUID, dict[str, Any]]:
    rows = model._default_manager.filter(pk__in=list(ids)).values("pk", *fields, *more)
    return {
        row["pk"]: {
            name: value if name in more else plain(value) for name, value in row.items() if name != "pk"
        }
        for row in rows
    }


def _places(services: Collection[UUID]) -> dict[UUID, list[Sheet]]:
    links = list(
        ServiceAtLocation.objects.filter(service__in=list(services))
        .order_by("location_id")
        .values("pk", "service_id", "location_id", "description", "is_intake", "source_id", "original_id")
    )
    places = _rows(
        Location,
        {link["location_id"] for link in links},
        (*fields_of("location"), "source_id", "original_id"),
    )
    lists = lists_of(LOCATION_PARTS, places)
    here = lists_of(HERE_PARTS, [link["pk"] for link in links])
    found: dict[UUID, list[Sheet]] = defaultdict(list)
    for link in links:
        row = dict(places[link["location_id"]])
        source = row.pop("source_id")
        found[link["service_id"]].append(
            {
                "id": str(link["location_id"]),
                **row,
                "source": source,
                **lists[link["location_id"]],
                "here": {
                    "id": str(link["pk"]),
                    "description": link["description"],
                    "is_intake": link["is_intake"],
                    "source": link["source_id"],
                    "original_id": link["original_id"],
                    **here[link["pk"]],
                },
            }
        )
    return found
