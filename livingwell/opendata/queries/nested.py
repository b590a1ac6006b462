"""Services, organizations and services at a location with all that belongs to them, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID, uuid5

from django.db.models import Q

from livingwell.directory.actions.tables import MODELS
from livingwell.directory.models import (
    Organization,
    Service,
    ServiceAtLocation,
    ServiceTheme,
    Source,
    Taxonomy,
)
from livingwell.opendata.models import Change, Subject
from livingwell.opendata.queries.terms import own_term, shaped_terms, term_id
from livingwell.opendata.shapes import OURS, UNKNOWN, Thing, columns, moment, shape
from livingwell.themes.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

Row = dict[str, Any]
OWNERS: Final = (
    "phone_id",
    "contact_id",
    "service_at_location_id",
    "service_id",
    "location_id",
    "organization_id",
)
"""Of several owners the closest has a row: a contact's phone is not said again of its service."""
INVENTED: Final = "Invented for a demonstration"


class Around:
    """What belongs to some services and organizations: rows of each table by their closest owner."""

    def __init__(
        self, services: Collection[UUID], organizations: Collection[UUID], *, places_of_owners: bool
    ) -> None:
        self.by: dict[str, dict[UUID, list[Row]]] = {}
        links = list(
            ServiceAtLocation.objects.filter(service__in=services)
            .order_by("pk")
            .values(*columns("service_at_location"))
        )
        self.links = _by("service_id", links)
        at = [link["id"] for link in links]
        places = Q(pk__in={link["location_id"] for link in links})
        if places_of_owners:
            places |= Q(organization__in=organizations)
        self.places = {row["id"]: row for row in _rows("location", places)}
        here = list(self.places)
        own = {"service_id__in": services, "service_at_location_id__in": at, "location_id__in": here}
        owned = own | {"organization_id__in": organizations}
        self._take("contact", **owned)
        self._take("phone", **owned, contact_id__in=self.ids("contact"))
        self._take("language", service_id__in=services, location_id__in=here, phone_id__in=self.ids("phone"))
        self._take("schedule", **own)
        self._take("address", location_id__in=here)
        self._take("accessibility", location_id__in=here)
        for table in ("cost_option", "required_document", "service_area", "service_capacity"):
            self._take(table, service_id__in=services)
        self._take("funding", service_id__in=services, organization_id__in=organizations)
        for table in ("organization_identifier", "program"):
            self._take(table, organization_id__in=organizations)
        about = [*services, *organizations, *here, *at]
        self.said = _by("link_id", _rows("attribute", Q(link_id__in=about)))
        self.changed = _by("resource_id", _rows("metadata", Q(resource_id__in=about)))
        self.terms = self._terms()
        self.themes = _by(
            "service_id",
            ServiceTheme.objects.filter(service__in=services, applies=True)
            .order_by("theme_id")
            .values("service_id", "theme_id"),
        )

    def _take(self, table: str, **owners: Collection[UUID]) -> None:
        wanted = Q()
        for name, ids in owners.items():
            wanted |= Q(**{name: ids})
        kept: dict[UUID, list[Row]] = defaultdict(list)
        for row in _rows(table, wanted):
            owner = next(row[name] for name in OWNERS if row.get(name))
            kept[owner].append(row)
        self.by[table] = kept

    def ids(self, table: str) -> list[UUID]:
        return [row["id"] for rows in self.by[table].values() for row in rows]

    def _terms(self) -> dict[UUID, Thing]:
        wanted = {row["taxonomy_term_id"] for rows in self.said.values() for row in rows}
        rows = _rows("taxonomy_term", Q(pk__in=wanted - {None}))
        names = dict(Taxonomy.objects.filter(terms__in=[row["id"] for row in rows]).values_list("pk", "name"))
        return {row["id"]: term for row, term in zip(rows, shaped_terms(rows, names), strict=True)}

    def of(self, table: str, owner: UUID) -> list[Thing]:
        """What a thing owns of a table, each with what that owns."""
        return [self._nested(table, row) for row in self.by[table].get(owner, ())]

    def _nested(self, table: str, row: Row) -> Thing:
        inside = {"contact": {"phones": "phone"}, "phone": {"languages": "language"}}.get(table, {})
        return _with(shape(table, row), {name: self.of(child, row["id"]) for name, child in inside.items()})

    def place(self, pk: UUID) -> Thing:
        row = self.places[pk]
        children = {
            "languages": "language", "addresses": "address", "contacts": "contact", "accessibility": "accessibility",
            "phones": "phone", "schedules": "schedule",
        }  # fmt: skip
        made = {name: self.of(table, pk) for name, table in children.items()}
        return _with(shape("location", row), made | self.about(pk))

    def link(self, row: Row) -> Thing:
        pk = row["id"]
        made = {name: self.of(table, pk) for name, table in (("contacts", "contact"), ("phones", "phone"))}
        made["schedules"] = self.of("schedule", pk)
        return _with(
            shape("service_at_location", row),
            {**made, "location": self.place(row["location_id"]), **self.about(pk)},
        )

    def about(self, pk: UUID) -> dict[str, list[Thing]]:
        said = [
            shape("attribute", row)
            | (
                {"taxonomy_term": self.terms[row["taxonomy_term_id"]]}
                if row["taxonomy_term_id"] in self.terms
                else {}
            )
            for row in self.said.get(pk, ())
        ]
        return {"attributes": said, "metadata": [shape("metadata", row) for row in self.changed.get(pk, ())]}


def _rows(table: str, wanted: Q) -> list[Row]:
    return list(MODELS[table]._default_manager.filter(wanted).order_by("pk").values(*columns(table)))


def _by(name: str, rows: Iterable[Any]) -> dict[UUID, list[Row]]:
    found: dict[UUID, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[name]].append(row)
    return found


def _with(made: Thing, more: dict[str, Any]) -> Thing:
    made.update((name, value) for name, value in more.items() if value)
    return made


def modified_of(subject: str, ids: Collection[UUID]) -> dict[UUID, str]:
    rows = Change.objects.filter(subject=subject, subject_id__in=ids).values_list("subject_id", "modified")
    return {pk: moment(modified) for pk, modified in rows}


def minimal(ids: Sequence[UUID]) -> list[Thing]:
    """Only the id of each service and when it last changed."""
    changed = modified_of(Subject.SERVICE, ids)
    return [
        {"id": str(pk), "modified_date": changed[pk], "last_modified": changed[pk]}
        for pk in ids
        if pk in changed
    ]


def services(ids: Sequence[UUID], site: str, *, full: bool) -> list[Thing]:
    """Services in the order of their ids; of one that has left the directory, that it has."""
    rows = {
        row["id"]: row | ({"status": "defunct"} if row["merged_into_id"] else {})
        for row in Service.objects.filter(pk__in=ids).values(
            *columns("service"), "source_id", "merged_into_id"
        )
    }  # what is part of another entry by now is told as closed
    owners = {row["organization_id"] for row in rows.values()}
    bodies = {row["id"]: row for row in _rows("organization", Q(pk__in=owners))}
    programs = {
        row["id"]: row
        for row in _rows("program", Q(pk__in={row["program_id"] for row in rows.values()} - {None}))
    }
    sources = _sources({row["source_id"] for row in rows.values()})
    changes = {
        change.subject_id: change
        for change in Change.objects.filter(subject=Subject.SERVICE, subject_id__in=ids)
    }
    around = Around(list(rows), owners, places_of_owners=False) if full else None
    found = []
    for pk in ids:
        if row := rows.get(pk):
            made = _service(row, site, changes.get(pk), sources)
            body = bodies[row["organization_id"]]
            made["organization"] = _body(body, around) if around else shape("organization", body)
            if row["program_id"]:
                made["program"] = shape("program", programs[row["program_id"]])
            found.append(_with(made, _children(row, around)) if around else made)
        elif pk in changes and changes[pk].gone:
            found.append(_tombstone(changes[pk]))
    return found


def _tombstone(change: Change) -> Thing:
    """What is left to say of a service that is no longer in the directory."""
    made: Thing = {"id": str(change.subject_id), "name": change.name or UNKNOWN, "status": "defunct"}
    if change.organization_id:
        made["organization_id"] = str(change.organization_id)
    return made | {"last_modified": moment(change.modified)}


def _service(row: Row, site: str, change: Change | None, sources: dict[str, Thing]) -> Thing:
    made = shape("service", row)
    if change:
        made["last_modified"] = moment(change.modified)
    made["source"] = sources[row["source_id"]]
    made["page"] = f"{site}/directory/services/{row['id']}/"
    return made


def _sources(pks: set[str]) -> dict[str, Thing]:
    rows = Source.objects.filter(pk__in=pks).values("slug", "name", "url", "licence")
    return {row["slug"]: {name: value for name, value in row.items() if value} for row in rows}


def _children(row: Row, around: Around) -> dict[str, list[Thing]]:
    pk = row["id"]
    children = {
        "phones": "phone", "schedules": "schedule", "service_areas": "service_area", "languages": "language",
        "funding": "funding", "cost_options": "cost_option", "required_documents": "required_document",
        "contacts": "contact", "capacities": "service_capacity",
    }  # fmt: skip
    made = {name: around.of(table, pk) for name, table in children.items()}
    made["service_at_locations"] = [around.link(link) for link in around.links.get(pk, ())]
    made |= around.about(pk)
    made["attributes"] = [*made["attributes"], *_own_attributes(row, around)]
    return made


def _own_attributes(row: Row, around: Around) -> list[Thing]:
    """Our own themes as attributes, and that something is invented."""
    pk = row["id"]
    known = vocabulary().themes
    found: list[Thing] = [
        {
            "id": str(uuid5(OURS, f"{pk}/{tag['theme_id']}")),
            "link_id": str(pk),
            "link_entity": "service",
            "link_type": "taxonomy_term",
            "taxonomy_term_id": str(term_id(tag["theme_id"])),
            "taxonomy_term": own_term(tag["theme_id"]),
        }
        for tag in around.themes.get(pk, ())
        if tag["theme_id"] in known
    ]
    if row["invented"]:
        found.append(
            {
                "id": str(uuid5(OURS, f"{pk}/invented")),
                "link_id": str(pk),
                "link_entity": "service",
                "link_type": "invented",
                "value": INVENTED,
            }
        )
    return found


def _body(row: Row, around: Around) -> Thing:
    children = {
        "funding": "funding", "contacts": "contact", "phones": "phone", "programs": "program",
        "organization_identifiers": "organization_identifier",
    }  # fmt: skip
    pk = row["id"]
    return _with(
        shape("organization", row),
        {name: around.of(table, pk) for name, table in children.items()} | around.about(pk),
    )


def organizations(
    ids: Sequence[UUID], site: str, *, full: bool, with_services: bool, offered: Sequence[UUID]
) -> list[Thing]:
    """Organizations in the order of their ids. `offered`: the services to put in, where they are asked for in full."""
    rows = {
        row["id"]: row for row in Organization.objects.filter(pk__in=ids).values(*columns("organization"))
    }
    changed = modified_of(Subject.ORGANIZATION, ids)
    around = Around([], list(rows), places_of_owners=True) if full or with_services else None
    theirs: dict[str, list[Thing]] = defaultdict(list)
    for each in services(offered, site, full=True) if with_services else ():
        each.pop("organization", None)
        theirs[each["organization_id"]].append(each)
    found = []
    for pk in ids:
        if row := rows.get(pk):
            made = _body(row, around) if around else shape("organization", row)
            if pk in changed:
                made["last_modified"] = changed[pk]
            if around:
                places = [
                    around.place(key)
                    for key, place in around.places.items()
                    if place["organization_id"] == pk
                ]
                _with(made, {"locations": places, "services": theirs.get(str(pk), [])})
            found.append(made)
    return found


def links(ids: Sequence[UUID], site: str, *, full: bool) -> list[Thing]:
    """Services at a location in the order of their ids, each with its service and its location."""
    rows = {row["id"]: row for row in _rows("service_at_location", Q(pk__in=ids))}
    whole = {
        each["id"]: each for each in services([row["service_id"] for row in rows.values()], site, full=full)
    }
    inside = {link["id"]: link for each in whole.values() for link in each.get("service_at_locations", ())}
    where = _rows("location", Q(pk__in=[] if full else {row["location_id"] for row in rows.values()}))
    places = {row["id"]: shape("location", row) for row in where}
    found = []
    for pk in ids:
        row = rows.get(pk)
        service = whole.get(str(row["service_id"])) if row else None
        if row and service:
            made = inside.get(str(pk)) or shape("service_at_location", row) | {
                "location": places[row["location_id"]]
            }
            plain = {name: value for name, value in service.items() if name != "service_at_locations"}
            found.append(made | {"service": plain, "name": service["name"], "status": service["status"]})
    return found
