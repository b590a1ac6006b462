"""Parts that the pages of services and of organizations have in common: numbers, people, places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from livingwell.directory import describe, opening_words
from livingwell.directory.access import Term, in_a_sentence, said_of
from livingwell.directory.models import LocationType
from livingwell.directory.queries.facts import times_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from livingwell.directory.models import Contact, Location, Phone, Schedule, ServiceAtLocation
SHORT: Final = 4  # words: a longer description says more than its term does


@dataclass(frozen=True, slots=True)
class Number:
    """A number to ring or to text, and what there is to know before."""

    number: str
    note: str
    to_text: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to ask for."""

    name: str
    title: str
    email: str
    phones: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class Access:
    """One thing about getting in and about. `known`: yes, no, or None for not known."""

    label: str
    known: bool | None
    details: str = ""

    @property
    def within(self) -> str:
        """The label within a sentence."""
        return in_a_sentence(self.label)


@dataclass(frozen=True, slots=True)
class Spot:
    """One place where it happens."""

    name: str
    lines: tuple[str, ...]
    street: tuple[str, ...]
    city: str
    postcode: str
    country: str
    description: str
    transport: str
    map_url: str
    approximate: bool
    latitude: float | None
    longitude: float | None
    times: tuple[str, ...]
    access: tuple[Access, ...]
    phones: tuple[Number, ...]
    is_intake: bool = False


def is_virtual(location: Location) -> bool:
    return location.location_type == LocationType.VIRTUAL


def schedules_of(link: ServiceAtLocation, own: Sequence[Schedule]) -> list[Schedule]:
    """The times of a service at one place: its own there, else of the service, else of the place."""
    here = list(link.schedules.all())
    if here or own:
        return here
    return [each for each in link.location.schedules.all() if each.service_id is None]


def spot(location: Location, link: ServiceAtLocation | None, own: Sequence[Schedule]) -> Spot:
    address = next(
        (each for each in location.addresses.all() if each.address_type != LocationType.POSTAL), None
    )
    schedules = schedules_of(link, own) if link else list(location.schedules.all())
    phones = [*location.phones.all(), *(link.phones.all() if link else ())]
    lines = address.lines() if address else []
    if address and address.region and address.region not in lines:
        lines.insert(-1 if address.postal_code else len(lines), address.region)
    return Spot(
        name=describe.calm(location.name),
        lines=tuple(lines),
        street=tuple(part for part in (address.address_1, address.address_2) if part) if address else (),
        city=address.city if address else "",
        postcode=address.postal_code if address else "",
        country=address.country if address else "",
        description=" ".join(
            part for part in (location.description, link.description if link else "") if part
        ),
        transport=location.transportation,
        map_url=_map(location),
        approximate=location.approximate,
        latitude=location.latitude,
        longitude=location.longitude,
        times=tuple(opening_words.when(times_of(schedules))),
        access=_access(location),
        phones=numbers(phones),
        is_intake=bool(link and link.is_intake),
    )


def _map(location: Location) -> str:
    """A map elsewhere, to go to if one likes: nothing of it is fetched here."""
    if location.latitude is None or location.longitude is None:
        return ""
    point = f"{location.latitude:.5f}/{location.longitude:.5f}"
    if location.approximate:
        return f"https://www.openstreetmap.org/#map=15/{point}"
    mark = f"mlat={location.latitude:.5f}&mlon={location.longitude:.5f}"
    return f"https://www.openstreetmap.org/?{mark}#map=17/{point}"


def _access(location: Location) -> tuple[Access, ...]:
    """Each of our terms, known or not; then whatever else is said."""
    rows = list(location.accessibility.all())
    known = said_of((row.term, row.available) for row in rows)
    details = {
        row.term: row.details or (row.description if len(row.description.split()) > SHORT else "")
        for row in rows
    }
    found = [Access(str(term.label), known.get(term.value), details.get(term.value, "")) for term in Term]
    others = [row for row in rows if row.description and not row.term]
    return (*found, *(Access(row.description, True, row.details) for row in others))


def numbers(phones: Iterable[Phone], text_number: str = "") -> tuple[Number, ...]:
    """Each number once. An extension is said beside its number: dialled with it, it would be wrong."""
    found: dict[str, Number] = {}
    for phone in phones:
        number, extension = describe.dialled(phone.number)
        extension = phone.extension or extension
        inside = _("Extension %(number)s") % {"number": extension} if extension else ""
        note = ". ".join(part for part in (inside, phone.description) if part)
        found.setdefault(
            f"{number} {extension}", Number(number, note, phone.type.casefold() in {"sms", "text"})
        )
    if text_number:
        found.setdefault(f"{text_number} text", Number(text_number, "", to_text=True))
    return tuple(found.values())


def people(contacts: Iterable[Contact]) -> tuple[Person, ...]:
    return tuple(
        Person(
            contact.name,
            ", ".join(part for part in (contact.title, contact.department) if part),
            contact.email,
            numbers(contact.phones.all()),
        )
        for contact in contacts
        if contact.name or contact.title or contact.department or contact.email or contact.phones.all()
    )
