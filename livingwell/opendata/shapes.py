"""One row of the directory as HSDS 3.0 writes it: names, kinds of values, and nothing that is empty."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

from livingwell.core.filters import web_address

if TYPE_CHECKING:
    from collections.abc import Mapping

Thing = dict[str, Any]
OURS: Final = uuid5(NAMESPACE_URL, "https://livingwell.network/open-data")
LINKS: Final = frozenset({"url", "website", "logo", "schedule_link", "term_uri"})
EMAIL: Final = re.compile(r"[^@\s<>()\[\],;:\\\"]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
LINK: Final = re.compile(r"https?://[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+")
UNKNOWN: Final = "Not known"
"""What a field says that the standard requires and that nobody has told us."""
UNKNOWN_IN: Final = ("address_1", "city", "state_province", "postal_code")

FIELDS: Final[Mapping[str, str]] = {
    "service": "id organization_id program_id name alternate_name description url email status "
    "interpretation_services application_process fees_description wait_time accreditations eligibility_description "
    "minimum_age maximum_age assured_date assurer_email licenses alert kind what_to_expect text_number invented",
    "organization": "id name alternate_name description email website tax_status tax_id year_incorporated legal_status "
    "logo uri parent_organization_id invented",
    "program": "id organization_id name alternate_name description",
    "organization_identifier": "id organization_id identifier_scheme identifier_type identifier",
    "service_at_location": "id service_id location_id description",
    "location": "id organization_id location_type name alternate_name description transportation url latitude "
    "longitude approximate external_identifier external_identifier_type",
    "address": "id location_id attention address_1 address_2 city region state_province postal_code country "
    "address_type",
    "accessibility": "id location_id description details url term available",
    "contact": "id organization_id service_id service_at_location_id location_id name title department email",
    "phone": "id organization_id service_id service_at_location_id location_id contact_id number extension type "
    "description",
    "language": "id service_id location_id phone_id name code note",
    "schedule": "id service_id location_id service_at_location_id valid_from valid_to dtstart timezone until count "
    "wkst freq interval byday byweekno bymonthday byyearday description opens_at closes_at schedule_link "
    "attending_type notes closed bank_holidays term_time",
    "cost_option": "id service_id valid_from valid_to option currency amount amount_description",
    "required_document": "id service_id document uri",
    "service_area": "id service_id name description extent extent_type uri",
    "service_capacity": "id service_id unit available maximum description updated",
    "funding": "id organization_id service_id source",
    "attribute": "id link_id link_entity link_type value label taxonomy_term_id",
    "metadata": "id resource_id resource_type last_action_date last_action_type field_name previous_value "
    "replacement_value updated_by",
    "taxonomy": "id name description uri version",
    "taxonomy_term": "id taxonomy_id parent_id code name description language term_uri",
}
"""The columns of each thing that are published, in this order."""
SAID_ONLY_IF_TRUE: Final = frozenset({"invented", "closed", "term_time", "approximate"})


def columns(table: str) -> list[str]:
    return FIELDS[table].split()


def without_empty(thing: Thing) -> Thing:
    """Without what is not known: no null, no empty text, no empty list."""
    return {name: value for name, value in thing.items() if value is not None and value != "" and value != []}


def moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def shape(table: str, row: Mapping[str, Any]) -> Thing:
    """A row of values as its JSON: only what is known, each value of the kind that the standard wants."""
    made = without_empty({name: _value(name, row[name]) for name in columns(table)})
    for name in SAID_ONLY_IF_TRUE & made.keys():
        if made[name] is False:
            del made[name]
    finish = FINISH.get(table)
    return finish(made) if finish else made


def _value(name: str, value: Any) -> Any:
    if isinstance(value, str):
        value = value.replace("\x00", "").strip()
        if name in LINKS or name == "uri":
            return link(value)
        if name in {"email", "assurer_email"}:
            return value if EMAIL.fullmatch(value) else None
        return value
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}" if not value.second else f"{value:%H:%M:%S}"
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def link(value: str) -> str | None:
    found = web_address(value)
    return found if LINK.fullmatch(found) else None


def _service(made: Thing) -> Thing:
    if "fees_description" in made:
        made["fees"] = made["fees_description"]  # its name in the UK profile
    return made


def _described(made: Thing) -> Thing:
    """The standard requires a description: where there is none, the name says it."""
    made.setdefault("description", made["name"])
    return made


def _term(made: Thing) -> Thing:
    return _described({**made, "term": made["name"]})


def _address(made: Thing) -> Thing:
    """The standard requires all parts of an address; what nobody has told us says so."""
    fallback = made.get("region") or made.get("city") or made.get("state_province")
    if "state_province" not in made and fallback:
        made["state_province"] = fallback
    if "city" not in made and fallback:
        made["city"] = fallback
    if "address_1" not in made and made.get("address_2"):
        made["address_1"] = made.pop("address_2")
    for name in UNKNOWN_IN:
        made.setdefault(name, UNKNOWN)
    made.setdefault("country", "GB")
    return made


def _accessibility(made: Thing) -> Thing:
    if "description" in made:
        made["accessibility"] = made["description"]
    return made


def _area(made: Thing) -> Thing:
    if "name" in made:
        made["service_area"] = made["name"]
    return made


def _phone(made: Thing) -> Thing:
    """HSDS 3.0 has the extension as a number: one that is none, such as 007, goes into words."""
    extension = made.pop("extension", None)
    if extension is not None:
        if re.fullmatch(r"0|[1-9]\d{0,8}", extension, re.ASCII):
            made["extension"] = int(extension)
        else:
            made["description"] = ". ".join(filter(None, [made.get("description"), f"Extension {extension}"]))
    return made


def _schedule(made: Thing) -> Thing:
    """HSDS 3.0 has the zone as hours from UTC. It gives those of winter; the name beside it knows the summer."""
    zone = made.pop("timezone", "Europe/London")
    made["timezone_name"] = zone
    try:
        offset = ZoneInfo(zone).utcoffset(datetime(2026, 1, 15))  # noqa: DTZ001 - wall-clock time in that zone
    except (KeyError, ValueError, OSError):
        return made
    if offset is not None:
        hours = offset.total_seconds() / 3600
        made["timezone"] = int(hours) if hours == int(hours) else hours
    return made


def _capacity(made: Thing) -> Thing:
    made["unit"] = {"id": str(uuid5(OURS, f"unit/{made['unit']}")), "name": made["unit"]}
    return made


def _metadata(made: Thing) -> Thing:
    for name in ("field_name", "previous_value", "replacement_value", "updated_by"):
        made.setdefault(name, UNKNOWN)
    return made


def _entity_type(made: Thing) -> Thing:
    return (
        {**made, "link_type": made.get("link_type") or "taxonomy_term"}
        if "taxonomy_term_id" in made
        else made
    )


FINISH: Final = {
    "service": _service,
    "organization": _described,
    "program": _described,
    "taxonomy": _described,
    "taxonomy_term": _term,
    "address": _address,
    "accessibility": _accessibility,
    "service_area": _area,
    "phone": _phone,
    "schedule": _schedule,
    "service_capacity": _capacity,
    "metadata": _metadata,
    "attribute": _entity_type,
}
