"""Which of our tables keeps which table of a feed, and in which columns."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.db import connection

from livingwell.directory.feeds.tables import TABLES
from livingwell.directory.models import (
    Accessibility,
    Address,
    Attribute,
    Contact,
    CostOption,
    Funding,
    Language,
    Location,
    Metadata,
    Organization,
    OrganizationIdentifier,
    Phone,
    Program,
    RequiredDocument,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
    ServiceCapacity,
    Taxonomy,
    TaxonomyTerm,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db import models

MODELS: Final[dict[str, type[models.Model]]] = {
    "accessibility": Accessibility, "address": Address, "attribute": Attribute, "contact": Contact,
    "cost_option": CostOption, "funding": Funding, "language": Language, "location": Location, "metadata":
    Metadata,
    "organization": Organization, "organization_identifier": OrganizationIdentifier, "phone": Phone,
    "program": Program, "required_document": RequiredDocument, "schedule": Schedule, "service": Service,
    "service_area": ServiceArea, "service_at_location": ServiceAtLocation, "service_capacity":
    ServiceCapacity,
    "taxonomy": Taxonomy, "taxonomy_term": TaxonomyTerm,
}  # fmt: skip
BESIDE: Final = {
    "schedule": ("opens_at", "closes_at"), "attribute": ("link_id",), "metadata": ("resource_id",),
    "location": ("from_postcode",),
}  # fmt: skip
ABOUT: Final = {"attribute": ("link_id", "link_entity"), "metadata": ("resource_id", "resource_type")}
"""Rows that may be about anything: the id of the thing, and its table."""
BATCH: Final = 5_000


def owner(table: str) -> str:
    """The column that says which source a row came from."""
    return "feed_id" if table == "funding" else "source_id"


@cache
def columns_of(table: str) -> list[str]:
    spec = TABLES[table]
    names = [*spec.fields, *spec.references, *BESIDE.get(table, ()), "original_id", owner(table)]
    return list(dict.fromkeys(names))


def blank_of(table: str) -> dict[str, Any]:
    """What a new row says where its feed says nothing."""
    by_column = {field.attname: field for field in MODELS[table]._meta.concrete_fields}
    return {
        name: None if by_column[name].null else by_column[name].get_default() for name in columns_of(table)
    }


@cache
def copying(table: str) -> tuple[str, tuple[Any, ...]]:
    """The COPY of new rows, id first and then `columns_of`; and what each row says after those, always the same."""
    model, named = MODELS[table], columns_of(table)
    fields = {field.attname: field for field in model._meta.concrete_fields}
    rest = [
        field
        for name, field in fields.items()
        if name not in named and name != "id" and not field.null and not field.has_db_default()
    ]
    columns = ["id", *(str(fields[name].column) for name in named), *(str(field.column) for field in rest)]
    quoted = ", ".join(f'"{column}"' for column in columns)
    return f'COPY "{model._meta.db_table}" ({quoted}) FROM STDIN', tuple(
        field.get_default() for field in rest
    )


def copy_in(table: str, rows: Iterable[tuple[UUID, dict[str, Any]]]) -> None:
    """Add new rows, each said in all columns of `columns_of`, much faster than INSERT. Raises as the database does."""
    sql, rest = copying(table)
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.cursor.copy(sql) as copy:
        for pk, row in rows:
            copy.write_row((pk, *row.values(), *rest))


def look_again() -> None:
    """Let the database count what the tables hold by now: a large import fills them faster than it looks by itself."""
    names = ", ".join(f'"{model._meta.db_table}"' for model in MODELS.values())
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {names}")


def batches(things: Iterable[Any]) -> Iterator[list[Any]]:
    listed = list(things)
    for start in range(0, len(listed), BATCH):
        yield listed[start : start + BATCH]


def uuid_of(key: str) -> UUID | None:
    """The id in a key, where it is one in its usual form."""
    if len(key) != 36:
        return None
    try:
        return UUID(key)
    except ValueError:
        return None


def diagnosis(error: Exception) -> str:
    """Why the database refused, in a few words: most often the name of a rule."""
    return str(
        getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or error
    ).splitlines()[0]
