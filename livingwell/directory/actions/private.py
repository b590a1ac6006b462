"""Keeping secret where a confidential service is: its place leaves the directory in the same transaction it came in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from livingwell.core.errors import Refusal
from livingwell.core.kept import among
from livingwell.directory.actions import counting, versions
from livingwell.directory.actions.listing import refresh
from livingwell.directory.derive import words_of
from livingwell.directory.hiding import Secret
from livingwell.directory.models import (
    Accessibility,
    Address,
    Contact,
    CostOption,
    Hold,
    Language,
    Location,
    LocationType,
    Merge,
    Metadata,
    Organization,
    Phone,
    PrivateSite,
    Report,
    RequiredDocument,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
    SiteLook,
    Version,
    Visit,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from uuid import UUID

    from django.db.models import Model

TEXTS: Final[dict[type[Model], tuple[str, ...]]] = {
    Phone: ("description",), Schedule: ("description", "notes"), CostOption: ("option", "amount_description"),
    RequiredDocument: ("document",), ServiceArea: ("name", "description", "extent"),
    Contact: ("title", "department"), Language: ("note",), Version: ("note",), Report: ("words",),
    Visit: Visit.ASKED,
}  # fmt: skip
"""What else is written about a service, in which the place may be named."""
SERVICE_TEXTS: Final = (
    "name", "alternate_name", "description", "url", "interpretation_services", "application_process",
    "fees_description", "wait_time", "accreditations", "eligibility_description", "licenses", "alert",
    "what_to_expect",
)  # fmt: skip


def make_confidential(service: Service, *, by: str, at: datetime, site: str = "") -> None:
    """From now on nobody can learn from us where this service is. `site`: where it is, if it is not said yet."""
    with transaction.atomic():
        theirs = [service.pk, *_made_one_with(service.pk)]
        Service.objects.filter(pk__in=theirs).update(is_confidential=True)
        if site.strip():
            _note(service.pk, [site.strip()], by=by, at=at)
        withhold(theirs, by=by, at=at)
        refresh(theirs)
    service.refresh_from_db()


def make_public(service: Service, *, by: str, at: datetime) -> None:
    """The place need not be secret any more. It is not brought back: who knows it writes it anew."""
    if not by:
        raise Refusal(_("Say who changes this."))
    with transaction.atomic():
        Service.objects.filter(pk=service.pk).update(is_confidential=False)
        refresh([service.pk])
    service.refresh_from_db()


def secret_of(services: Iterable[UUID]) -> Secret:
    """What must not be told of those among these services that are confidential."""
    sites = PrivateSite.objects.filter(service__in=list(services), service__is_confidential=True)
    return Secret(line for words in sites.values_list("words", flat=True) for line in words.splitlines())


def hidden(service: UUID, words: str) -> str:
    """What somebody writes about a service, without its place where that is private."""
    return secret_of([service]).hide(words)


def set_apart(
    service: Service, affected: Iterable[UUID], values: Mapping[str, Any], *, by: str, at: datetime
) -> Mapping[str, Any]:
    """Of the values of a sheet those to write: what they say of a private place goes into its site.

    `affected`: all services that will say it too, since they are of the same organization.
    """
    secretive = set(
        Service.objects.filter(pk__in=affected, is_confidential=True).values_list("pk", flat=True)
    )
    if not secretive:
        return values
    if service.pk not in secretive:
        owner = secret_of(secretive).hide_in(values.get("organization"))
        return {**values, "organization": owner} if owner else values
    places = [dict(place) for place in values.get("locations") or () if isinstance(place, dict)]
    lines = [line for place in places for line in _lines(place)]
    if lines:
        _note(service.pk, lines, by=by, at=at)
        withhold([service.pk], by=by, at=at)
    said = dict(secret_of(secretive).hide_in(values))
    if "locations" in values:
        said["locations"] = [
            {"id": place["id"]} if _lines(place) else place for place in places if place.get("id")
        ]
    return said


def look(site: PrivateSite, *, by: str, at: datetime, why: str) -> str:
    """The words of a private site, for somebody who says why; that they looked is kept."""
    if not why.strip():
        raise Refusal(_("Write why you need to know where it is. Your reason is kept."))
    SiteLook.objects.create(site=site, looked_at=at, looked_by=by, why=why.strip())
    return site.words


def withhold(services: Iterable[UUID], *, by: str, at: datetime) -> list[Secret]:
    """Take the places of those among these services that are confidential out of the directory. What was hidden."""
    found = []
    for service in Service.objects.filter(pk__in=among(services), is_confidential=True):
        with transaction.atomic():
            found.append(_withhold(service, by=by, at=at))
    return found


def _withhold(service: Service, *, by: str, at: datetime) -> Secret:
    known = PrivateSite.objects.filter(service=service).first()
    secret = Secret(known.words.splitlines() if known else [])
    links = list(ServiceAtLocation.objects.filter(service=service).select_related("location"))
    real = [link for link in links if _can_be_found(link.location)]
    for link in real:
        secret.add(*_words(link.location))
    left = _left(service.pk)
    for location in left:
        secret.add(*_words(location))
    if secret.lines:
        _note(service.pk, secret.lines, by=by, at=at)
    for link in real:
        _take_away(link)
    for location in left:
        _remove(location, service.pk)
    versions.forget_places(service.pk)
    if secret.lines:
        _silence(service, secret)
    return secret


def _made_one_with(service: UUID) -> list[UUID]:
    """The entries that were merged into this one: they say where it is too."""
    return list(Service.objects.filter(merged_into=service).values_list("pk", flat=True))


def _lines(place: Mapping[str, Any]) -> list[str]:
    """What the place of a sheet says by which it could be found; a place that is there already only by its address."""
    said = [] if place.get("id") else [place.get(name) for name in ("name", "transportation", "description")]
    for address in place.get("addresses") or ():
        said += [address.get(name) for name in ("address_1", "address_2", "postal_code")]
    if place.get("latitude") is not None:
        said.append(f"{place['latitude']}, {place.get('longitude')}")
    return [line for line in said if line and line.strip()]


def _can_be_found(location: Location) -> bool:
    return (
        location.location_type != LocationType.VIRTUAL
        or location.latitude is not None
        or location.addresses.exists()
    )


def _words(location: Location) -> list[str]:
    lines = [location.name, location.alternate_name, location.description, location.transportation]
    for address in location.addresses.all():
        lines += [address.address_1, address.address_2, address.postal_code]
    if location.latitude is not None:
        lines.append(f"{location.latitude}, {location.longitude}")
    return [line for line in lines if line.strip()]


def _note(service: UUID, lines: Iterable[str], *, by: str, at: datetime) -> None:
    site = PrivateSite.objects.select_for_update().filter(service=service).first()
    had = site.words.splitlines() if site else []
    words = "\n".join(dict.fromkeys([*had, *(part for line in lines for part in line.splitlines())]))
    if site is None:
        PrivateSite.objects.create(service_id=service, words=words, noted_at=at, noted_by=by)
    elif site.words != words:
        PrivateSite.objects.filter(pk=site.pk).update(words=words, noted_at=at, noted_by=by)


def _take_away(link: ServiceAtLocation) -> None:
    """What is said of the service at this place becomes said of the service; the place goes if nobody else is there."""
    here: dict[str, Any] = {"service_at_location": link}
    moved: dict[str, Any] = {"service": link.service_id, "service_at_location": None}
    for model in (Schedule, Phone, Contact):
        model._default_manager.filter(**here).update(**moved)
    location = link.location
    link.delete()
    if not location.service_at_locations.exists():
        _remove(location, link.service_id)


def _left(service: UUID) -> list[Location]:
    """Places where the entry, or one that became part of it, happened once and where nothing happens now."""
    named: set[str] = set()
    for sheet in Version.objects.filter(service=service).values_list("content", flat=True):
        named.update(place["id"] for place in sheet.get("locations", ()))
    for values in Hold.objects.filter(service=service, field_name="locations").values_list(
        "value", "source_says"
    ):
        named.update(place["id"] for places in values for place in places or ())
    return list(Location.objects.filter(pk__in=named, service_at_locations=None))


def _remove(location: Location, service: UUID) -> None:
    """The place goes; what was said of it becomes said of the service."""
    there: dict[str, Any] = {"location": location}
    for model in (Schedule, Phone, Contact):
        rows = model._default_manager.filter(**there)
        rows.filter(service=None).update(service=service)
        rows.update(location=None)
    for gone in (Language, Accessibility, Address):
        gone._default_manager.filter(**there).delete()
    Metadata.objects.filter(resource_id=location.pk).delete()
    Hold.objects.filter(resource_id=location.pk).delete()
    location.delete()


def _silence(service: Service, secret: Secret) -> None:
    """Take the place's words out of every other text about the service, now and in what it said before."""
    _rewrite(Service, [service.pk], SERVICE_TEXTS, secret)
    _rewrite(Organization, [service.organization_id], ("description",), secret)
    children: list[UUID] = [service.pk]
    for model, names in TEXTS.items():
        pks = list(model._default_manager.filter(service=service.pk).values_list("pk", flat=True))
        children += pks
        _rewrite(model, pks, names, secret)
    notes = Metadata.objects.filter(resource_id__in=children)
    _rewrite(
        Metadata, list(notes.values_list("pk", flat=True)), ("previous_value", "replacement_value"), secret
    )
    versions.forget_words(service.pk, secret.hide_in)
    for made in Merge.objects.filter(kept=service.pk):
        Merge.objects.filter(pk=made.pk).update(before=secret.hide_in(made.before))
    counting.forget({word for line in secret.lines for word in words_of(line)}, service.pk)


def _rewrite(model: type[Model], pks: list[UUID], names: tuple[str, ...], secret: Secret) -> None:
    for row in model._default_manager.filter(pk__in=pks).values("pk", *names):
        pk = row.pop("pk")
        fresh = {name: hidden for name, text in row.items() if (hidden := secret.hide(text)) != text}
        if fresh:
            model._default_manager.filter(pk=pk).update(**fresh)
