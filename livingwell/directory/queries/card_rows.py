"""All that the cards of some listings say, read from the directory in one look."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.db import connection

from livingwell.directory.models import LocationType, ServiceCapacity
from livingwell.directory.opening import Times
from livingwell.directory.queries.facts import TIMES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID


class CardRow(NamedTuple):
    """One listing with what its card says, as the directory has it.

    `address`: of its place: street, town, postcode; `costs`: amount, currency, option, words; `times`: at its place,
    else of the service, else of the place.
    """

    listing: int
    kind: str
    is_by_phone: bool
    is_online: bool
    service: UUID
    name: str
    description: str
    fees: str
    wait_time: str
    application_process: str
    assured_date: date | None
    assurer_email: str
    assured_how: str
    standing: int
    text_number: str
    invented: bool
    status: str
    alert: str
    organization: str
    place: str | None
    latitude: float | None
    longitude: float | None
    approximate: bool
    address: Sequence[str] | None
    phones: Sequence[str]
    costs: Sequence[tuple[Decimal | None, str, str, str]]
    capacities: Sequence[ServiceCapacity]
    times: Sequence[Times]


def card_rows(listing_ids: Sequence[int]) -> list[CardRow]:
    """The rows of some listings, in any order; none for what is listed no more."""
    with connection.cursor() as cursor:
        cursor.execute(READ, [LocationType.POSTAL, list(listing_ids)])
        return [_row(*row) for row in cursor.fetchall()]


def _times(of: str) -> str:
    fields = ", ".join(f"rule.{name}" for name in TIMES)
    return f"SELECT json_agg(json_build_array({fields}) ORDER BY rule.id) FROM directory_schedule rule WHERE {of}"  # noqa: S608 - our own names


READ: Final = f"""
    SELECT listing.id, listing.kind, listing.is_by_phone, listing.is_online, service.id, service.name,
        service.description, service.fees_description, service.wait_time, service.application_process,
        service.assured_date, service.assurer_email, service.assured_how, service.standing, service.text_number,
        service.invented, service.status, service.alert, organization.name,
        place.name, place.latitude, place.longitude, coalesce(place.approximate, false),
        (SELECT ARRAY[address_1, city, postal_code] FROM directory_address
            WHERE location_id = listing.location_id ORDER BY address_type = %s, id LIMIT 1),
        ARRAY(SELECT number FROM directory_phone WHERE service_id = service.id ORDER BY id)
            || ARRAY(SELECT number FROM directory_phone WHERE organization_id = organization.id ORDER BY id),
        (SELECT json_agg(json_build_array(amount::text, currency, option, amount_description) ORDER BY id)
            FROM directory_costoption WHERE service_id = service.id),
        (SELECT json_agg(json_build_array(description, available, unit, updated) ORDER BY id)
            FROM directory_servicecapacity WHERE service_id = service.id),
        coalesce(
            ({
    _times('''rule.service_at_location_id IN (SELECT id FROM directory_serviceatlocation link
                WHERE link.service_id = service.id
                AND (listing.location_id IS NULL OR link.location_id = listing.location_id))''')
}),
            ({_times("rule.service_id = service.id AND rule.service_at_location_id IS NULL")}),
            ({
    _times('''rule.location_id = listing.location_id AND rule.service_id IS NULL
                AND rule.service_at_location_id IS NULL''')
})
        )
    FROM directory_listing listing
    JOIN directory_service service ON service.id = listing.service_id
    JOIN directory_organization organization ON organization.id = service.organization_id
    LEFT JOIN directory_location place ON place.id = listing.location_id
    WHERE listing.id = ANY(%s)
"""  # noqa: S608 - our own names


def _row(*row: Any) -> CardRow:
    """A row with what came as JSON put as what it is."""
    *plain, costs, capacities, times = row
    read = (
        [(Decimal(amount) if amount else None, *rest) for amount, *rest in costs or ()],
        [
            ServiceCapacity(description=said, available=available, unit=unit, updated=_moment(updated))
            for said, available, unit, updated in capacities or ()
        ],
        [_rule(dict(zip(TIMES, rule, strict=True))) for rule in times or ()],
    )
    return CardRow._make((*plain, *read))


def _rule(said: dict[str, Any]) -> Times:
    for name in ("opens_at", "closes_at"):
        said[name] = time.fromisoformat(said[name]) if said[name] else None
    for name in ("valid_from", "valid_to", "dtstart", "until"):
        said[name] = date.fromisoformat(said[name]) if said[name] else None
    return Times(**said)


def _moment(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written).astimezone(UTC) if written else None
