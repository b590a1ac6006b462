"""What a list of services says of each: the facts that a person decides by."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from livingwell.core.filters import kilometres
from livingwell.core.languages import AsWritten, current
from livingwell.directory import describe, opening_words
from livingwell.directory.models import Kind, Listing, Schedule, Status
from livingwell.directory.queries import edition
from livingwell.directory.queries.facts import times_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from livingwell.directory.opening import Times

MOST_TIMES = 3


@dataclass(frozen=True, slots=True)
class Card:
    """One service in a list. `facts`: a word and what there is to say: when, how far, cost, getting in.

    `point`: degrees of where it happens, north and east; `about_there`: they are of its area only.
    """

    service_id: UUID
    listing_id: int
    kind: Kind
    title: str
    organization: str
    url: str
    summary: str
    facts: tuple[tuple[str, str], ...]
    confirmed: str
    silence: tuple[str, ...]
    phone: str
    invented: bool
    closed_for_now: bool
    alert: str
    point: tuple[float, float] | None
    about_there: bool


def cards(listing_ids: Sequence[int], distances: Mapping[int, float | None] | None = None) -> list[Card]:
    """The cards of some listings, in the order given. `distances`: kilometres, by listing."""
    distances = distances or {}
    number = edition.current()
    made = _cards.of(number)
    language = current()
    keys = [(pk, _tenths(distances.get(pk)), language) for pk in listing_ids]
    read = _read([key[0] for key in keys if key not in made], number)
    made.update({key: _card(*read[key[0]], key[1]) for key in keys if key[0] in read})
    return [made[key] for key in keys if key in made]


Read = tuple[Listing, "Sequence[Times]"]
_cards: edition.Memory[tuple[int, float | None, str], Card] = edition.Memory(20_000)
_rows: edition.Memory[int, Read] = edition.Memory(5_000)


def _tenths(km: float | None) -> float | None:
    """A distance as exact as a card says it, so that neighbours share a card."""
    return None if km is None else round(km, 1)


def _read(listing_ids: Sequence[int], number: int) -> dict[int, Read]:
    """The listings with all that their cards need, each read once in an edition."""
    kept = _rows.of(number)
    new = [pk for pk in listing_ids if pk not in kept]
    if new:
        rows = (
            Listing.objects.filter(pk__in=new)
            .select_related("service__organization", "location")
            .prefetch_related(
                "service__phones",
                "service__cost_options",
                "service__capacities",
                "service__organization__phones",
                "location__addresses",
            )
            .defer("words")
        )
        times = times_of_listings(new)
        kept.update({row.pk: (row, times.get(row.pk, [])) for row in rows})
    return {pk: kept[pk] for pk in listing_ids if pk in kept}


def times_of_listings(listing_ids: Sequence[int]) -> dict[int, list[Times]]:
    """When each listing is on: the times at its place, else of the service, else of the place."""
    pairs: list[tuple[int, UUID, UUID | None]] = list(
        Listing.objects.filter(pk__in=listing_ids).values_list("pk", "service_id", "location_id")
    )
    services = {service for _pk, service, _location in pairs}
    locations = {location for _pk, _service, location in pairs if location is not None}
    here: dict[tuple[UUID, UUID], list[Schedule]] = defaultdict(list)
    of_service: dict[UUID, list[Schedule]] = defaultdict(list)
    of_location: dict[UUID, list[Schedule]] = defaultdict(list)
    linked = Schedule.objects.filter(service_at_location__service__in=services).select_related(
        "service_at_location"
    )
    for schedule in linked.order_by("pk"):
        link = schedule.service_at_location
        if link is not None:
            here[link.service_id, link.location_id].append(schedule)
    for schedule in Schedule.objects.filter(service__in=services, service_at_location=None).order_by("pk"):
        if schedule.service_id is not None:
            of_service[schedule.service_id].append(schedule)
    own = Schedule.objects.filter(location__in=locations, service=None, service_at_location=None)
    for schedule in own.order_by("pk"):
        if schedule.location_id is not None:
            of_location[schedule.location_id].append(schedule)
    virtual = {service: rows for (service, location), rows in here.items() if location not in locations}
    return {
        pk: times_of(
            (here.get((service, location)) if location is not None else virtual.get(service))
            or of_service.get(service)
            or (of_location.get(location) if location is not None else None)
            or []
        )
        for pk, service, location in pairs
    }


def _card(listing: Listing, times: Sequence[Times], km: float | None) -> Card:
    service = listing.service
    organization = service.organization
    phones = [describe.dialled(phone.number)[0] for phone in service.phones.all()] or [
        describe.dialled(phone.number)[0] for phone in organization.phones.all()
    ]
    cost = describe.cost(
        [
            (each.amount, each.currency, each.option, each.amount_description)
            for each in service.cost_options.all()
        ],
        service.fees_description,
    )
    when = opening_words.when(times)
    facts = [
        (_("When"), _joined("; ", when[:MOST_TIMES], "; …" if len(when) > MOST_TIMES else "")),
        (_("Where"), _where(listing, km)),
        (_("Cost"), cost or _("Not known: ask")),
        (_("Room"), _joined(". ", describe.room(service.capacities.all(), service.wait_time))),
        (_("Getting in"), describe.opening_sentence(service.application_process)),
    ]
    return Card(
        service_id=service.pk,
        listing_id=listing.pk,
        kind=Kind(listing.kind),
        title=describe.calm(service.name),
        organization=describe.calm(organization.name),
        url=service.get_absolute_url(),
        summary=describe.opening_sentence(service.description),
        facts=tuple((word, text) for word, text in facts if text),
        confirmed=describe.confirmed(
            service.assured_date, service.assurer_email, service.get_assured_how_display()
        ),
        silence=describe.silence(service.standing, service.assured_date),
        phone=phones[0] if phones else service.text_number,
        invented=service.invented,
        closed_for_now=service.status == Status.TEMPORARILY_CLOSED,
        alert=service.alert,
        point=_point(listing),
        about_there=listing.location is not None and listing.location.approximate,
    )


def _joined(by: str, lines: Sequence[str], end: str = "") -> str:
    """Lines as one; words of the service's own if any of them is."""
    whole = by.join(lines) + end
    return AsWritten(whole) if any(isinstance(line, AsWritten) for line in lines) else whole


def _point(listing: Listing) -> tuple[float, float] | None:
    place = listing.location
    if place is None or place.latitude is None or place.longitude is None:
        return None
    return (place.latitude, place.longitude)


def _where(listing: Listing, km: float | None) -> str:
    """The place and how far it is; without a place, how it comes to people."""
    parts = []
    if listing.location is not None:
        address = next(iter(listing.location.addresses.all()), None)
        town = next((part for part in (address.city, address.postal_code) if part), "") if address else ""
        parts = [
            describe.calm(listing.location.name) or (address.address_1 if address else ""),
            address.postal_code if address else town,
        ]
        if km is not None:
            away = kilometres(km)
            parts.append(
                _("%(distance)s, going by the area") % {"distance": away}
                if listing.location.approximate
                else away
            )
    elif listing.is_by_phone and listing.is_online:
        parts = [_("By phone and online")]
    elif listing.is_by_phone:
        parts = [_("By phone")]
    elif listing.is_online:
        parts = [_("Online")]
    return ", ".join(part for part in parts if part)
