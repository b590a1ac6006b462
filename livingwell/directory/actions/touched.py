"""Which rows an import touched, and whose search entries they have a part in."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from livingwell.core.kept import among
from livingwell.directory.actions.tables import columns_of
from livingwell.directory.models import Contact, Service, ServiceAtLocation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from django.db.models import Model

POINTERS: Final = ("service_id", "location_id", "organization_id", "contact_id", "service_at_location_id")

ASKED: Final[list[tuple[str, type[Model], str, str]]] = [
    ("service", Service, "pk", "pk"),
    ("service_at_location", ServiceAtLocation, "pk", "service_id"),
    ("location", ServiceAtLocation, "location", "service_id"),
    ("organization", Service, "organization", "pk"),
    ("contact", Contact, "pk", "service_id"),
]
"""Of a touched table: where its services are found, by which column, and in which."""


@cache
def _pointers(table: str) -> list[tuple[str, str]]:
    """The columns of a table that point at something with search entries, and at what."""
    return [(name, name.removesuffix("_id")) for name in POINTERS if name in columns_of(table)]


def touch(touched: dict[str, set[UUID]], table: str, rows: Sequence[tuple[UUID, Mapping[str, Any]]]) -> None:
    """Add some rows of a table, and what they belong to."""
    touched[table].update([pk for pk, _ in rows])
    for name, target in _pointers(table):
        touched[target].update([pk for _, row in rows if (pk := row.get(name))])
    if table == "attribute":
        touched["service"].update([row["link_id"] for _, row in rows if row.get("link_entity") == "service"])


def services_of(touched: Mapping[str, set[UUID]]) -> set[UUID]:
    """The services whose search entries these rows have a part in."""
    found: set[UUID | None] = set()
    for table, model, column, name in ASKED:
        if pks := touched.get(table):
            rows = model._default_manager.filter(**{f"{column}__in": among(pks)})
            found.update(rows.values_list(name, flat=True))
    return {pk for pk in found if pk}
