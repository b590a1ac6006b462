"""What tells whether two entries are the same thing, read for many of them in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from livingwell.core.kept import among
from livingwell.directory import likeness
from livingwell.directory.likeness import Told
from livingwell.directory.models import (
    Address,
    Location,
    Organization,
    OrganizationIdentifier,
    Phone,
    Service,
    ServiceAtLocation,
    Thing,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from uuid import UUID


def told(thing: str, ids: Collection[UUID]) -> dict[UUID, Told]:
    """What is known of services or organizations that stand for themselves (not merged, no stand-ins)."""
    return _services(ids) if thing == Thing.SERVICE else _organizations(ids)


def _services(ids: Collection[UUID]) -> dict[UUID, Told]:
    rows = list(
        Service.objects.filter(pk__in=among(ids), merged_into=None)
        .exclude(status="defunct")
        .values_list("pk", "name", "source_id", "organization_id", "email", "url", "organization__website")
    )
    numbers = _numbers({row[3] for row in rows})
    phones = _of(
        Phone.objects.filter(service__in=among(ids)).values_list("service_id", "number"),
        likeness.phone,
    )
    places = defaultdict(set)
    for service, location in ServiceAtLocation.objects.filter(service__in=among(ids)).values_list(
        "service_id", "location_id"
    ):
        places[service].add(location)
    codes, streets = _addresses({place for some in places.values() for place in some})
    return {
        pk: Told(
            pk, name, source, str(owner), numbers[owner], phones[pk], _some(email.casefold()),
            _some(likeness.web(url) if likeness.web(url) != likeness.web(website) else ""),
            frozenset(code for place in places[pk] for code in codes[place]),
            tuple(street for place in places[pk] for street in streets[place]),
            likeness.words_of(name),
        )
        for pk, name, source, owner, email, url, website in rows
    }  # fmt: skip


def _organizations(ids: Collection[UUID]) -> dict[UUID, Told]:
    rows = list(
        Organization.objects.filter(pk__in=among(ids), merged_into=None, stand_in=False).values_list(
            "pk", "name", "source_id", "email", "website"
        )
    )
    numbers = _numbers(ids)
    phones = _of(
        [
            *Phone.objects.filter(organization__in=among(ids)).values_list("organization_id", "number"),
            *Phone.objects.filter(service__organization__in=among(ids)).values_list(
                "service__organization_id", "number"
            ),
        ],
        likeness.phone,
    )
    places: dict[UUID | None, set[UUID]] = defaultdict(set)
    for owner, place in [
        *Location.objects.filter(organization__in=among(ids)).values_list("organization_id", "pk"),
        *ServiceAtLocation.objects.filter(service__organization__in=among(ids)).values_list(
            "service__organization_id", "location_id"
        ),
    ]:
        places[owner].add(place)
    codes, streets = _addresses({place for some in places.values() for place in some})
    return {
        pk: Told(
            pk, name, source, "", numbers[pk], phones[pk], _some(email.casefold()), _some(likeness.web(site)),
            frozenset(code for place in places[pk] for code in codes[place]),
            tuple(street for place in places[pk] for street in streets[place]),
            likeness.words_of(name),
        )
        for pk, name, source, email, site in rows
    }  # fmt: skip


def _numbers(owners: Collection[UUID]) -> dict[UUID, frozenset[str]]:
    """Charity and company numbers, the two kinds kept apart by their letter."""
    found: dict[UUID, set[str]] = defaultdict(set)
    rows = OrganizationIdentifier.objects.filter(organization__in=among(owners))
    for owner, scheme, kind, number in rows.values_list(
        "organization_id", "identifier_scheme", "identifier_type", "identifier"
    ):
        known = likeness.number(number)
        if len(known) >= 5:
            company = any(word in f"{scheme} {kind}".casefold() for word in ("compan", "coh"))
            found[owner].add(f"{'company ' if company else ''}{known}")
    return defaultdict(frozenset, {owner: frozenset(some) for owner, some in found.items()})


def _addresses(places: Collection[UUID]) -> tuple[dict[UUID, set[str]], dict[UUID, list[str]]]:
    codes: dict[UUID, set[str]] = defaultdict(set)
    streets: dict[UUID, list[str]] = defaultdict(list)
    rows = Address.objects.filter(location__in=among(places)).values_list(
        "location_id", "address_1", "postal_code"
    )
    for place, street, code in rows:
        if len(code) >= 5:
            codes[place].add(likeness.postcode(code))
        if street:
            streets[place].append(street)
    return codes, streets


def _of(rows: Iterable[Any], cleaned: Callable[[str], str]) -> dict[Any, frozenset[str]]:
    found: dict[Any, set[str]] = defaultdict(set)
    for owner, value in rows:
        if known := cleaned(value):
            found[owner].add(known)
    return defaultdict(frozenset, {owner: frozenset(some) for owner, some in found.items()})


def _some(value: str) -> frozenset[str]:
    return frozenset([value]) if value else frozenset()
