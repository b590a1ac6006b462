"""The meetings of services and places, for calendars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from livingwell.directory.models import Service, ServiceAtLocation, Status
from livingwell.directory.queries.facts import times_of
from livingwell.directory.queries.parts import is_virtual, schedules_of
from livingwell.opendata.calendars import Meeting

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from uuid import UUID

    from livingwell.directory.models import Location, Schedule

INSIDE = (
    "schedules",
    "service_at_locations__schedules",
    "service_at_locations__location__schedules",
    "service_at_locations__location__addresses",
)


def of_services(ids: Sequence[UUID], site: str) -> list[Meeting]:
    """All meetings of some services, in the order of the ids, in a fixed number of queries."""
    known = (
        Service.objects.filter(pk__in=ids).select_related("organization").prefetch_related(*INSIDE).in_bulk()
    )
    return [meeting for pk in ids if pk in known for meeting in _of(known[pk], site)]


def of_place(pk: UUID, site: str) -> list[Meeting]:
    """What meets at one place, but what has closed for good."""
    links = ServiceAtLocation.objects.filter(location=pk, service__in=Service.objects.public()).order_by("pk")
    ids = list(links.values_list("service_id", flat=True))
    known = (
        Service.objects.filter(pk__in=ids).select_related("organization").prefetch_related(*INSIDE).in_bulk()
    )
    return [meeting for each in ids for meeting in _of(known[each], site, only=pk)]


def _of(service: Service, site: str, only: UUID | None = None) -> Iterator[Meeting]:
    links = [link for link in service.service_at_locations.all() if only in (None, link.location_id)]
    own = [each for each in service.schedules.all() if each.service_at_location_id is None]
    where = links[0].location if len(links) == 1 else None
    yield from _meetings(service, own, where, site)
    for link in links:
        yield from _meetings(service, schedules_of(link, own), link.location, site)


def _meetings(
    service: Service, schedules: Sequence[Schedule], where: Location | None, site: str
) -> Iterator[Meeting]:
    rules = [each for each in schedules if not each.closed]
    closures = tuple(times_of(each for each in schedules if each.closed))
    for rule in rules:
        yield Meeting(
            uid=f"{rule.pk}-{service.pk}",
            name=service.name,
            times=times_of([rule])[0],
            closures=closures,
            about=_about(service, rule),
            where=_written(where),
            url=f"{site}/directory/services/{service.pk}/",
            point=_point(where),
            cancelled=service.status != Status.ACTIVE,
        )


def _about(service: Service, rule: Schedule) -> str:
    parts = [service.organization.name, service.description, rule.description, rule.notes, service.alert]
    if service.invented:
        parts.insert(0, "Invented for this demonstration.")
    return "\n\n".join(part for part in parts if part)


def _written(where: Location | None) -> str:
    if where is None:
        return ""
    if is_virtual(where):
        return "Online or by phone"
    address = next((each for each in where.addresses.all() if each.address_type != "postal"), None)
    return ", ".join(part for part in (where.name, *(address.lines() if address else ())) if part)


def _point(where: Location | None) -> tuple[float, float] | None:
    if where is None or where.latitude is None or where.longitude is None or where.approximate:
        return None
    return where.latitude, where.longitude
