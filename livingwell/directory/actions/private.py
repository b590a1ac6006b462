"""Keeping secret where a confidential service is: its place leaves the directory in the same transaction it came in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from livingwell.core.errors import Refusal
from livingwell.core.many import one_of_these
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
    Metadata,
    Organization,
    Phone,
    PrivateSite,
    RequiredDocument,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
    SiteLook,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from django.db.models import Model

TEXTS: Final[dict[type[Model], tuple[str, ...]]] = {
    Phone: ("description",), Schedule: ("description", "notes"), CostOption: ("option", "amount_description"),
    RequiredDocument: ("document",), ServiceArea: ("name", "description", "extent"),
    Contact: ("title", "department"), Language: ("note",),
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
        Service.objects.select_for_update(of=("self",)).filter(pk=service.pk).update(is_confidential=True)
        if site.strip():
            _note(service.pk, [site.strip()], by=by, at=at)
        withhold([service.pk], by=by, at=at)
        refresh([service.pk])
    service.refresh_from_db()


def make_public(service: Service, *, by: str, at: datetime) -> None:
    """The place need not be secret any more. It is not brought back: who knows it writes it anew."""
    if not by:
        raise Refusal(_("Say who changes this."))
    with transaction.atomic():
        Service.objects.filter(pk=service.pk).update(is_confidential=False)
        refresh([service.pk])
    service.refresh_from_db()


def look(site: PrivateSite, *, by: str, at: datetime, why: str) -> str:
    """The words of a private site, for somebody who says why; that they looked is kept."""
    if not why.strip():
        raise Refusal(_("Write why you need to know where it is. Your reason is kept."))
    SiteLook.objects.create(site=site, looked_at=at, looked_by=by, why=why.strip())
    return site.words


def withhold(services: Iterable[UUID], *, by: str, at: datetime) -> list[Secret]:
    """Take the places of those among these services that are confidential out of the directory. What was hidden."""
    found = []
    for service in Service.objects.filter(pk__in=one_of_these(services), is_confidential=True):
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
    if secret.lines:
        _note(service.pk, secret.lines, by=by, at=at)
    for link in real:
        _take_away(link)
    versions.forget_places(service.pk)
    if secret.lines:
        _silence(service, secret)
    return secret


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
    if location.service_at_locations.exists():
        return
    there: dict[str, Any] = {"location": location}
    for model in (Schedule, Phone, Contact):
        rows = model._default_manager.filter(**there)
        rows.filter(service=None).update(service=link.service_id)
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
    versions.forget_words(service.pk, secret.hide)
    counting.forget({word for line in secret.lines for word in words_of(line)}, service.pk)


def _rewrite(model: type[Model], pks: list[UUID], names: tuple[str, ...], secret: Secret) -> None:
    for row in model._default_manager.filter(pk__in=pks).values("pk", *names):
        pk = row.pop("pk")
        fresh = {name: hidden for name, text in row.items() if (hidden := secret.hide(text)) != text}
        if fresh:
            model._default_manager.filter(pk=pk).update(**fresh)
