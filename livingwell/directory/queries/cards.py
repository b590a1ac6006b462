"""What a list of services says of each: the facts that a person decides by."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from livingwell.core.filters import kilometres
from livingwell.core.languages import AsWritten, current
from livingwell.directory import describe, opening_words
from livingwell.directory.models import Assured, Kind, Listing, Schedule, Status
from livingwell.directory.queries import edition
from livingwell.directory.queries.card_rows import card_rows
from livingwell.directory.queries.facts import times_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from livingwell.directory.opening import Times
    from livingwell.directory.queries.card_rows import CardRow

ASSURED: Final = dict(Assured.choices)
MOST_TIMES = 3


@dataclass(frozen=True, slots=True)
class Card:
    """One service in a list. `facts`: a word and what there is to say: when, where and how far, cost, getting in.

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
    where: str
    confirmed: str
    silence: tuple[str, ...]
    phone: str
    invented: bool
    closed_for_now: bool
    alert: str
    point: tuple[float, float] | None
    about_there: bool
    has_place: bool


def cards(
    listing_ids: Sequence[int],
    distances: Mapping[int, float | None] | None = None,
    *,
    number: int | None = None,
) -> list[Card]:
    """The cards of some listings, in the order given. `distances`: kilometres, by listing. `number`: of the edition,
    where it is known.
    """
    distances = distances or {}
    made = _cards.of(edition.current() if number is None else number)
    language = current()
    new = [pk for pk in listing_ids if (pk, language) not in made]
    if new:
        made.update({(row.listing, language): _card(row) for row in card_rows(new)})
    return [
        _with_distance(made[pk, language], distances.get(pk)) for pk in listing_ids if (pk, language) in made
    ]


_cards: edition.Memory[tuple[int, str], Card] = edition.Memory(20_000)


def _with_distance(card: Card, km: float | None) -> Card:
    """The card with how far it is; of what happens at no place nothing is far."""
    if km is None or not card.has_place:
        return card
    away = kilometres(km)
    if card.about_there:
        away = _("%(distance)s, going by the area") % {"distance": away}
    where = ", ".join(part for part in (card.where, away) if part)
    word = _("Where")
    if card.where:
        facts = [(each, where if each == word else text) for each, text in card.facts]
    else:
        facts = [(word, where), *card.facts]
    return replace(card, facts=tuple(facts), where=where)


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


def _card(row: CardRow) -> Card:
    when = opening_words.when(row.times)
    where = _where(row)
    facts = [
        (_("When"), _joined("; ", when[:MOST_TIMES], "; …" if len(when) > MOST_TIMES else "")),
        (_("Where"), where),
        (_("Cost"), describe.cost(row.costs, row.fees) or _("Not known: ask")),
        (_("Room"), _joined(". ", describe.room(row.capacities, row.wait_time))),
        (_("Getting in"), describe.opening_sentence(row.application_process)),
    ]
    here = row.latitude is not None and row.longitude is not None
    return Card(
        service_id=row.service,
        listing_id=row.listing,
        kind=Kind(row.kind),
        title=describe.calm(row.name),
        organization=describe.calm(row.organization),
        url=reverse("directory:service", kwargs={"pk": row.service}),
        summary=describe.opening_sentence(row.description),
        where=where,
        facts=tuple((word, text) for word, text in facts if text),
        confirmed=describe.confirmed(
            row.assured_date, row.assurer_email, str(ASSURED.get(row.assured_how, ""))
        ),
        silence=describe.silence(row.standing, row.assured_date),
        phone=describe.dialled(row.phones[0])[0] if row.phones else row.text_number,
        invented=row.invented,
        closed_for_now=row.status == Status.TEMPORARILY_CLOSED,
        alert=row.alert,
        point=(row.latitude, row.longitude) if here else None,  # type: ignore[arg-type]  # just looked at
        about_there=row.approximate,
        has_place=row.place is not None,
    )


def _joined(by: str, lines: Sequence[str], end: str = "") -> str:
    """Lines as one; words of the service's own if any of them is."""
    whole = by.join(lines) + end
    return AsWritten(whole) if any(isinstance(line, AsWritten) for line in lines) else whole


def _where(row: CardRow) -> str:
    """The place; without one, how it comes to people."""
    if row.place is not None:
        street, town, postcode = row.address or ("", "", "")
        return ", ".join(part for part in (describe.calm(row.place) or street, postcode or town) if part)
    if row.is_by_phone and row.is_online:
        return _("By phone and online")
    if row.is_by_phone:
        return _("By phone")
    return _("Online") if row.is_online else ""
