"""Which of our tables keeps which table of a feed, and in which columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

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
BATCH: Final = 1_000


def owner(table: str) -> str:
    """The column that says which source a row came from."""
    return "feed_id" if table == "funding" else "source_id"


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


def batches(things: Iterable[Any]) -> Iterator[list[Any]]:
    listed = list(things)
    for start in range(0, len(listed), BATCH):
        yield listed[start : start + BATCH]
