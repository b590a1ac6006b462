"""The whole directory as tables, one CSV a table of HSDS 3.0, row by row so that memory stays flat."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid5

from django.db import connection, transaction
from django.db.models import OuterRef, Q, Subquery

from livingwell.directory.actions.tables import MODELS
from livingwell.directory.models import ServiceTheme
from livingwell.opendata.models import Change, Subject
from livingwell.opendata.queries import finding
from livingwell.opendata.queries.terms import own_taxonomy, own_term, term_id
from livingwell.opendata.shapes import FIELDS, OURS, columns, moment
from livingwell.themes.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import timedelta

    from django.db.models import QuerySet

FILES: Final = {
    "taxonomy": "taxonomies", "taxonomy_term": "taxonomy_terms", "organization": "organizations",
    "organization_identifier": "organization_identifiers", "program": "programs", "location": "locations",
    "address": "addresses", "accessibility": "accessibility", "service": "services",
    "service_at_location": "service_at_location", "contact": "contacts", "phone": "phones", "language": "languages",
    "schedule": "schedules", "cost_option": "cost_options", "required_document": "required_documents",
    "service_area": "service_areas", "service_capacity": "service_capacities", "funding": "funding",
    "attribute": "attributes", "metadata": "metadata",
}  # fmt: skip
"""The tables in an order in which nothing points at what comes after it, with the names of their files."""
VIA: Final = {
    "service_at_location": ("service",), "cost_option": ("service",), "required_document": ("service",),
    "service_area": ("service",), "service_capacity": ("service",), "funding": ("service",),
    "contact": ("service", "service_at_location__service"),
    "schedule": ("service", "service_at_location__service"),
    "phone": ("service", "service_at_location__service", "contact__service", "contact__service_at_location__service"),
    "language": ("service", "phone__service", "phone__contact__service"),
}  # fmt: skip
"""By which ways a row belongs to a service: where that is not public, the row is not."""
CHUNK: Final = 2_000
PIECE: Final = 64 * 1024


def header(table: str) -> list[str]:
    return [*columns(table), "last_modified"] if table == "service" else columns(table)


def pieces(table: str, *, at: datetime, keep: timedelta) -> Iterator[bytes]:
    """A table as CSV, in pieces of some size."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header(table))
    for row in _rows(table, at=at, keep=keep):
        writer.writerow([_cell(value) for value in row])
        if out.tell() > PIECE:
            yield out.getvalue().encode()
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode()


def steadily() -> Any:
    """In one view of the database: what is written meanwhile does not make the tables disagree."""
    return _Steady()


class _Steady:
    def __init__(self) -> None:
        self.own = not connection.in_atomic_block
        self.block = transaction.atomic()

    def __enter__(self) -> None:
        self.block.__enter__()
        if self.own:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")

    def __exit__(self, *error: Any) -> None:
        self.block.__exit__(*error)


def _rows(table: str, *, at: datetime, keep: timedelta) -> Iterator[Iterable[Any]]:
    names = columns(table)
    public = finding.published(at=at, keep=keep).filter(gone=False).values("subject_id")
    rows = MODELS[table]._default_manager.order_by("pk").filter(_public(table, public))
    if table == "service":
        yield from _services(rows, names)
        return
    if table in {"taxonomy", "taxonomy_term"}:
        own = [own_taxonomy()] if table == "taxonomy" else [own_term(slug) for slug in vocabulary().themes]
        yield from ([thing.get(name) for name in names] for thing in own)
    yield from rows.values_list(*names).iterator(CHUNK)
    if table == "attribute":
        yield from _themes(names, public)


def _public(table: str, public: QuerySet[Any, Any]) -> Q:
    if table == "service":
        return Q(pk__in=public)
    if table == "attribute":
        return ~Q(link_entity="service") | Q(link_id__in=public)
    if table == "metadata":
        return ~Q(resource_type="service") | Q(resource_id__in=public)
    wanted = Q()
    for way in VIA.get(table, ()):
        wanted &= Q(**{f"{way}__isnull": True}) | Q(**{f"{way}__in": public})
    return wanted


def _services(rows: QuerySet[Any, Any], names: list[str]) -> Iterator[Iterable[Any]]:
    changed = Change.objects.filter(subject=Subject.SERVICE, subject_id=OuterRef("pk")).values("modified")
    yield from rows.annotate(changed=Subquery(changed)).values_list(*names, "changed").iterator(CHUNK)


def _themes(names: list[str], public: QuerySet[Any, Any]) -> Iterator[Iterable[Any]]:
    """Our own themes as attributes, as the interface has them."""
    rows = ServiceTheme.objects.filter(applies=True, service__in=public).order_by("pk")
    for service, slug in rows.values_list("service_id", "theme_id").iterator(CHUNK):
        if slug in vocabulary().themes:
            said = {
                "id": uuid5(OURS, f"{service}/{slug}"), "link_id": service, "link_entity": "service",
                "link_type": "taxonomy_term", "taxonomy_term_id": term_id(slug),
            }  # fmt: skip
            yield [said.get(name) for name in names]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


def description(site: str, *, at: datetime) -> dict[str, Any]:
    """The datapackage.json: Frictionless, with HSDS 3.0 names."""
    return {
        "profile": "tabular-data-package",
        "name": "living-well-network",
        "title": "Living Well Network: what is around",
        "homepage": f"{site}/open/",
        "created": moment(at),
        "resources": [
            {
                "name": file,
                "path": f"{file}.csv",
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": _schema(table),
            }
            for table, file in FILES.items()
        ],
    }


def _schema(table: str) -> dict[str, Any]:
    fields = [_field(table, name) for name in header(table)]
    keys = [
        {"fields": f"{other}_id", "reference": {"resource": FILES[other], "fields": "id"}}
        for other in FIELDS
        if f"{other}_id" in header(table)
    ]
    return {"fields": fields, "primaryKey": "id"} | ({"foreignKeys": keys} if keys else {})


def _field(table: str, name: str) -> dict[str, Any]:
    if name == "last_modified":
        return {"name": name, "type": "datetime"}
    kind = (
        MODELS[table]
        ._meta.get_field(name.removesuffix("_id") if _points(table, name) else name)
        .get_internal_type()
    )
    types = {
        "DateField": "date", "DateTimeField": "datetime", "TimeField": "time", "FloatField": "number",
        "DecimalField": "number", "BooleanField": "boolean", "PositiveSmallIntegerField": "integer",
        "PositiveIntegerField": "integer",
    }  # fmt: skip
    made: dict[str, Any] = {"name": name, "type": types.get(kind, "string")}
    if kind in {"UUIDField", "ForeignKey"}:
        made["format"] = "uuid"
    if name == "id":
        made["constraints"] = {"required": True, "unique": True}
    return made


def _points(table: str, name: str) -> bool:
    return name.endswith("_id") and name not in {f.name for f in MODELS[table]._meta.get_fields()}
