"""All that the directory says of many services at once, in a fixed number of queries, for making listings."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from livingwell.core.kept import among
from livingwell.directory import languages
from livingwell.directory.access import said_of
from livingwell.directory.derive import Facts, Place
from livingwell.directory.freshness import Standing
from livingwell.directory.models import (
    Accessibility,
    Address,
    Attribute,
    CostOption,
    Language,
    Location,
    LocationType,
    Phone,
    PlaceName,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
    Status,
)
from livingwell.directory.opening import Times

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from uuid import UUID

    from django.db.models.expressions import RawSQL

TIMES = (
    "freq",
    "byday",
    "bymonthday",
    "interval",
    "opens_at",
    "closes_at",
    "valid_from",
    "valid_to",
    "dtstart",
    "until",
    "count",
    "timezone",
    "description",
    "byweekno",
    "byyearday",
    "wkst",
    "closed",
    "bank_holidays",
    "term_time",
)
"""The fields of a schedule that say when, in the order of Times."""
READ = (
    *("name", "alternate_name", "description", "what_to_expect", "eligibility_description", "kind"),
    *("kind_by_hand", "status", "minimum_age", "maximum_age", "assured_date", "url", "fees_description"),
    *("text_number", "standing", "not_seen_since", "merged_into", "organization__name"),
)
"""The fields of a service that a listing is made from."""


def times_of(schedules: Iterable[Schedule]) -> list[Times]:
    """The rules of schedules that are loaded."""
    return [Times(*(getattr(schedule, name) for name in TIMES)) for schedule in schedules]


def known_places() -> dict[str, tuple[float, float]]:
    """Points of place names. Full postcodes stay out: there are millions, and few places need them."""
    rows = PlaceName.objects.exclude(name__regex=r"^[a-z]{1,2}\d[a-z\d]?\d[a-z]{2}$")
    return {name: (north, east) for name, north, east in rows.values_list("name", "latitude", "longitude")}


def facts_of(ids: Sequence[UUID]) -> Iterator[tuple[Facts, list[str]]]:
    """Each service that exists, with the terms that others' vocabularies say of it."""
    services = list(
        Service.objects.filter(pk__in=among(ids)).select_related("organization").only(*READ).order_by("pk")
    )
    these = among(service.pk for service in services)
    owners = {service.organization_id for service in services}
    links = list(
        ServiceAtLocation.objects.filter(service__in=these)
        .order_by("pk")
        .values_list("pk", "service_id", "location_id", "is_intake")
    )
    places = _places({location for _, _, location, _ in links})
    of_service = _schedules("service_id", {service.pk for service in services})
    of_link = _schedules("service_at_location_id", {link for link, *_ in links})
    of_location = _schedules("location_id", set(places))
    phoned = set(Phone.objects.filter(service__in=these).values_list("service_id", flat=True))
    phoned_owners = set(
        Phone.objects.filter(organization__in=among(owners)).values_list("organization_id", flat=True)
    )
    costs = _grouped(
        CostOption.objects.filter(service__in=these).values_list(
            "service_id", "amount", "option", "amount_description"
        )
    )
    areas = _grouped(
        ServiceArea.objects.filter(service__in=these)
        .order_by("pk")
        .values_list("service_id", "name", "description")
    )
    terms = _terms(ids)
    homes = _homes(owners)
    at: dict[UUID, list[Place]] = defaultdict(list)
    spoken = _spoken(these, at_places={location: service for _, service, location, _ in links})
    for link, service_id, location, is_intake in links:
        found = places[location]
        hours = of_link.get(link) or of_service.get(service_id) or of_location.get(location) or ()
        at[service_id].append(Place(**{**found, "schedules": hours, "is_intake": is_intake}))
    for service in services:
        yield (
            Facts(
                service=service.pk,
                name=service.name,
                also=service.alternate_name,
                description=service.description,
                extra=" ".join(
                    [service.what_to_expect, service.eligibility_description, *terms.get(service.pk, ())]
                ),
                organization=service.organization.name,
                kind=service.kind if service.kind_by_hand else "",
                status=Status.DEFUNCT if service.merged_into_id else service.status,
                minimum_age=service.minimum_age,
                maximum_age=service.maximum_age,
                assured_on=service.assured_date,
                url=service.url,
                fees=service.fees_description,
                by_phone=bool(
                    service.pk in phoned or service.text_number or service.organization_id in phoned_owners
                ),
                costs=[(amount, f"{option} {said}") for amount, option, said in costs.get(service.pk, ())],
                areas=[name or said for name, said in areas.get(service.pk, ())],
                places=at.get(service.pk, ()),
                standing=max(
                    service.standing, Standing.LOWERED if service.not_seen_since else Standing.FRESH
                ),
                schedules=of_service.get(service.pk, ()),
                languages=spoken.get(service.pk, ()),
                home=homes.get(service.organization_id),
            ),
            terms.get(service.pk, []),
        )


def _spoken(services: RawSQL, *, at_places: dict[UUID, UUID]) -> dict[UUID, list[str]]:
    """The codes of the languages spoken at each service, its phones left out: they may be for one caller only."""
    rows = Language.objects.filter(Q(service__in=services) | Q(location__in=among(at_places)), phone=None)
    found: dict[UUID, list[str]] = defaultdict(list)
    for service, location, name, code in rows.values_list("service_id", "location_id", "name", "code"):
        owner = at_places.get(location, service)
        known = languages.code_of(name, code)
        if known and known not in found[owner]:
            found[owner].append(known)
    return found


def _grouped(rows: Iterable[tuple[Any, ...]]) -> dict[UUID, list[tuple[Any, ...]]]:
    """Rows by their first column."""
    found: dict[UUID, list[tuple[Any, ...]]] = defaultdict(list)
    for first, *rest in rows:
        found[first].append(tuple(rest))
    return found


def _schedules(owner: str, ids: Collection[UUID]) -> dict[UUID, list[Times]]:
    rows = Schedule.objects.filter(**{f"{owner}__in": among(ids)})
    if owner != "service_at_location_id":
        rows = rows.filter(service_at_location=None)
    if owner == "location_id":
        rows = rows.filter(service=None)
    return {
        key: [Times(*row) for row in some]
        for key, some in _grouped(rows.order_by("pk").values_list(owner, *TIMES)).items()
    }


def _places(ids: Collection[UUID]) -> dict[UUID, dict[str, Any]]:
    """The arguments of a Place for each location, without its schedules."""
    written = _grouped(
        Address.objects.filter(location__in=among(ids))
        .exclude(address_type=LocationType.POSTAL)
        .order_by("pk")
        .values_list("location_id", "address_1", "city", "postal_code")
    )
    access = _grouped(
        Accessibility.objects.filter(location__in=among(ids))
        .exclude(term="")
        .values_list("location_id", "term", "available")
    )
    found = {}
    for row in Location.objects.filter(pk__in=among(ids)).values_list(
        "pk", "location_type", "latitude", "longitude", "name"
    ):
        pk, kind, latitude, longitude, name = row
        street, city, postcode = written[pk][0] if pk in written else ("", "", "")
        found[pk] = {
            "location": pk,
            "virtual": kind == LocationType.VIRTUAL,
            "latitude": latitude,
            "longitude": longitude,
            "words": f"{name} {street} {city} {postcode}",
            "postcode": postcode,
            "city": city,
            "access": said_of(access.get(pk, ())),
        }
    return found


def _terms(ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    """Names of the taxonomy terms of each service, or the plain values where there is no term."""
    rows = Attribute.objects.filter(link_id__in=among(ids), link_entity="service").order_by("pk")
    found = _grouped(rows.values_list("link_id", "taxonomy_term__name", "value", "label"))
    return {
        key: list(
            dict.fromkeys(name or value or label for name, value, label in some if name or value or label)
        )
        for key, some in found.items()
    }


def _homes(owners: Collection[UUID]) -> dict[UUID, tuple[float, float]]:
    """Where organizations are, going by their first location whose point is known."""
    rows = Location.objects.filter(organization__in=among(owners), latitude__isnull=False).order_by("-pk")
    return {
        owner: (latitude, longitude)
        for owner, latitude, longitude in rows.values_list("organization_id", "latitude", "longitude")
        if latitude is not None and longitude is not None and owner is not None
    }
