"""Things of a directory for tests, each in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from livingwell.directory.models import (
    Location,
    Organization,
    Phone,
    PlaceName,
    Schedule,
    Service,
    ServiceAtLocation,
    ServiceTheme,
    Source,
    TaggedBy,
)
from livingwell.themes.models import Theme

if TYPE_CHECKING:
    from collections.abc import Iterable


def source(slug: str = "test", **values: Any) -> Source:
    return Source.objects.get_or_create(slug=slug, defaults={"name": "A test list", **values})[0]


def organization(name: str = "Brixton Neighbours", **values: Any) -> Organization:
    values.setdefault("source", source())
    values.setdefault("original_id", f"organization:{name}")
    return Organization.objects.create(name=name, **values)


def service(name: str = "Singing for pleasure", **values: Any) -> Service:
    """A service that runs; with an organization of its own unless one is given."""
    values.setdefault("source", source())
    values.setdefault("original_id", f"service:{name}")
    if "organization" not in values:
        known = Organization.objects.filter(name="Brixton Neighbours").first()
        values["organization"] = known or organization()
    return Service.objects.create(name=name, **values)


def location(latitude: float | None = 51.462, longitude: float | None = -0.115, **values: Any) -> Location:
    values.setdefault("source", source())
    values.setdefault("original_id", f"location:{Location.objects.count() + 1}")
    return Location.objects.create(latitude=latitude, longitude=longitude, **values)


def at(service_: Service, location_: Location, **values: Any) -> ServiceAtLocation:
    return ServiceAtLocation.objects.create(service=service_, location=location_, **values)


def weekly(service_: Service, byday: str, opens_at: str = "", closes_at: str = "", **values: Any) -> Schedule:
    return Schedule.objects.create(
        service=service_,
        freq="WEEKLY",
        byday=byday,
        opens_at=opens_at or None,
        closes_at=closes_at or None,
        **values,
    )


def phone(service_: Service, number: str = "020 7946 0123", **values: Any) -> Phone:
    return Phone.objects.create(service=service_, number=number, **values)


def theme(slug: str = "singing", **values: Any) -> Theme:
    defaults = {"label": slug.replace("-", " ").capitalize(), "kind": "interest", "level": 3, "group": "Test"}
    return Theme.objects.get_or_create(slug=slug, defaults=defaults | values)[0]


def tagged(service_: Service, slugs: Iterable[str], *, by: str = TaggedBy.HAND) -> Service:
    """The service, with themes that are there or are made."""
    for slug in slugs:
        ServiceTheme.objects.create(service=service_, theme=theme(slug), tagged_by=by)
    return service_


def place_name(label: str, latitude: float, longitude: float, *, approximate: bool = True) -> PlaceName:
    name = label.lower().replace(" ", "") if any(char.isdigit() for char in label) else label.lower()
    return PlaceName.objects.create(
        name=name, label=label, latitude=latitude, longitude=longitude, approximate=approximate
    )
