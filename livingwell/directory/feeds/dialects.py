"""Open Referral UK 1.0, HSDS 1.1 and 2.0 and looser JSON, said in the names of HSDS 3.0, an object at a time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from livingwell.directory.feeds import mixed
from livingwell.directory.feeds.clean import identifier, line, silent, text, whole_number
from livingwell.directory.feeds.model import Folded, Piece, Refused
from livingwell.directory.feeds.tabular_1_1 import unlike_others, weekday

if TYPE_CHECKING:
    from collections.abc import Mapping

ELIGIBILITY: Final = ("eligibilitys", "eligibilities", "eligibility")
RENAMED: Final[Mapping[str, Mapping[str, str]]] = {
    "service": {
        "organisation": "organization", "organisation_id": "organization_id", "provider": "organization",
        "fundings": "funding", "title": "name", "website": "url", "web": "url", "telephone": "phones",
        "phone": "phones", "phone_number": "phones", "contact": "contacts", "language": "languages",
        "cost_option": "cost_options", "costs": "cost_options", "schedule": "schedules",
        "service_area": "service_areas",
        "areas": "service_areas", "locations": "service_at_locations", "location": "service_at_locations",
        "service_at_location": "service_at_locations", "service_locations": "service_at_locations",
        "email_address": "email", "min_age": "minimum_age", "max_age": "maximum_age",
        "organisation_name": "organization",
        "organization_name": "organization", "last_updated": "last_modified", "modified": "last_modified",
        "updated_at": "last_modified", "required_document": "required_documents", "service_status": "status",
    },
    "organization": {
        "url": "website", "fundings": "funding", "title": "name", "telephone": "phones", "phone": "phones",
        "contact": "contacts", "location": "locations", "service": "services", "program": "programs",
        "identifiers": "organization_identifiers", "web": "website",
    },
    "location": {
        "address": "addresses", "lat": "latitude", "lng": "longitude", "lon": "longitude", "long": "longitude",
        "title": "name", "phone": "phones", "telephone": "phones", "schedule": "schedules",
        "language": "languages",
        "accessibility_for_disabilities": "accessibility", "accessibilities": "accessibility",
    },
    "service_at_location": {"schedule": "schedules", "phone": "phones", "contact": "contacts"},
    "contact": {
        "phone": "phones", "telephone": "phones", "job_title": "title", "role": "title", "email_address": "email",
        "full_name": "name", "contact_name": "name",
    },
    "phone": {"language": "languages", "phone_number": "number", "telephone": "number", "department": "description"},
    "address": {
        "address1": "address_1", "address2": "address_2", "line1": "address_1", "line2": "address_2",
        "address_line_1": "address_1", "address_line_2": "address_2", "street": "address_1",
        "street_address": "address_1",
        "town": "city", "postcode": "postal_code", "post_code": "postal_code", "zip": "postal_code",
        "type": "address_type",
        "county": "state_province", "state": "state_province", "locality": "city",
    },
    "language": {"language": "name"},
    "accessibility": {"accessibility": "description", "accessibility_for_disabilities": "description"},
    "service_area": {"service_area": "name", "area": "name"},
    "taxonomy_term": {
        "term": "name", "vocabulary": "taxonomy", "title": "name", "taxonomy_term": "name", "label":
        "name"
    },
    "cost_option": {"cost": "amount", "price": "amount"},
    "schedule": {
        "start_time": "opens_at", "end_time": "closes_at", "day": "byday", "weekday": "byday", "opens": "opens_at",
        "closes": "closes_at", "rrule": "description", "recurrence": "description", "recurrence_rule": "description",
    },
    "funding": {"funding": "source"},
    "required_document": {"name": "document", "required_document": "document"},
    "organization_identifier": {"scheme": "identifier_scheme", "type": "identifier_type", "id_number": "identifier"},
}  # fmt: skip
"""What others call what we know; only believed where our own name is not there as well."""
WORD: Final[Mapping[str, str]] = {
    "organization": "name", "phones": "number", "languages": "name", "service_areas": "name", "addresses": "address_1",
    "contacts": "name", "funding": "source", "cost_options": "amount_description", "schedules": "description",
    "accessibility": "description", "required_documents": "document", "attributes": "value", "service_at_locations":
    "name", "locations": "name", "programs": "name", "program": "name", "location": "name", "capacities": "description",
    "organization_identifiers": "identifier", "service": "name",
}  # fmt: skip
"""Where a mere word or number stands for an object: the field that it is."""
LISTS: Final = frozenset(WORD) - {
    "organization",
    "program",
    "location",
    "service",
    "accessibility",
    "funding",
}
LOOSE: Final = (
    "address", "addresses", "physical_addresses", "postcode", "latitude", "longitude", "lat", "lng", "lon", "geo",
)  # fmt: skip
"""What belongs to a place and sometimes stands in the service itself."""
CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
TERMS: Final = (
    "service_taxonomys", "service_taxonomies", "service_taxonomy", "link_taxonomies", "link_taxonomys", "taxonomies",
    "taxonomys", "taxonomy_terms", "categories", "category", "tags", "service_attributes", "other_attributes",
)  # fmt: skip
HOLIDAYS: Final = ("holiday_schedules", "holiday_schedule", "holidays")
REGULAR: Final = ("regular_schedules", "regular_schedule")


def modern(
    table: str, thing: Mapping[str, Any], file: str, number: int, *, today: bool = False
) -> tuple[dict[str, Any], list[Piece]]:
    """The same thing in today's names, and the account of what in it became something else.

    `today`: all its names are today's already.
    """
    if today:
        same = dict(thing)
        if same.get("service_at_locations"):
            _at_places(same)
        _shapes(table, same)
        return same, []
    names = "".join(thing) if all(isinstance(name, str) for name in thing) else "?"
    now = dict(thing) if names.islower() else {CAMEL.sub("_", str(k)).lower(): v for k, v in thing.items()}
    for old, new in RENAMED.get(table, {}).items():
        if old in now and (not now.get(new) or (now[new] == now[old])) and _fits(table, old, now[old]):
            now[new] = now.pop(old)
    told: list[Piece] = []
    if table == "service":
        _service(now, told, file, number)
    if table in {"service", "location", "service_at_location"}:
        _times(now)
    if table in {"service", "organization", "location"}:
        _terms(table, now)
    if links := [one for one in _listed(now.pop("additional_urls", None)) if isinstance(one, dict)]:
        now["attributes"] = [*_listed(now.get("attributes")), *(link(one) for one in links)]
    if table == "location":
        _place(now)
    _shapes(table, now)
    return now, told


def link(said: Mapping[str, Any]) -> dict[str, Any]:
    """A web address beside the main one (HSDS 3.1) as an attribute."""
    known = identifier(said.get("id"))
    return {
        "id": f"url {known}" if known else None,
        "link_type": "url",
        "label": said.get("label") or "More on the web",
        "value": said.get("url"),
    }


def _fits(table: str, old: str, value: Any) -> bool:
    """Names that mean two things are told apart by what they hold."""
    if table == "service" and old in {"service_area", "location", "provider"}:
        return bool(value)
    if table == "phone" and old == "department":
        return False
    return value not in (None, "", [], {})


def _listed(value: Any) -> list[Any]:
    if value in (None, "", {}, []):
        return []
    return value if isinstance(value, list) else [value]


def _service(now: dict[str, Any], told: list[Piece], file: str, number: int) -> None:
    known = identifier(now.get("id"))
    words: list[str] = [text(now.get("eligibility_description"), silent)]
    least: list[int] = []
    most: list[int] = []
    for name in ELIGIBILITY:
        for one in _listed(now.pop(name, None)):
            thing = one if isinstance(one, dict) else {"eligibility": one}
            words.append(text(thing.get("eligibility") or thing.get("description"), silent))
            for ages, key in ((least, "minimum_age"), (most, "maximum_age")):
                if (age := whole_number(thing.get(key), silent)) is not None and age:
                    ages.append(age)
            told.append(Folded("eligibility", file, number, ("service", known), identifier(thing.get("id"))))
    if any(words):
        now["eligibility_description"] = "\n\n".join(dict.fromkeys(filter(None, words)))
    if least and now.get("minimum_age") in (None, ""):
        now["minimum_age"] = min(least)
    if most and now.get("maximum_age") in (None, ""):
        now["maximum_age"] = max(most)
    ways = [
        line(one.get("payment") or one.get("payment_accepted") if isinstance(one, dict) else one, silent)
        for name in ("payment_accepted", "payments_accepted")
        for one in _listed(now.pop(name, None))
    ]
    if any(ways):
        fees = text(now.get("fees_description") or now.get("fees"), silent)
        now["fees_description"] = "\n\n".join(
            filter(None, [fees, f"Ways to pay: {', '.join(filter(None, ways))}"])
        )
    for one in _listed(now.pop("reviews", None)):
        review = identifier(one.get("id")) if isinstance(one, dict) else ""
        reason = "It is what somebody thought of a service: we do not take over reviews."
        told.append(Refused("review", file, number, review, reason))
    _at_places(now)


def _at_places(now: dict[str, Any]) -> None:
    """Places that stand in the service itself, and an address or a point without any."""
    places = _listed(now.get("service_at_locations"))
    if places:
        now["service_at_locations"] = [
            {"location": one if isinstance(one, dict) else {"name": one}}
            if not isinstance(one, dict)
            or not ({"location", "location_id"} & {CAMEL.sub("_", str(k)).lower() for k in one})
            else one
            for one in places
        ]
    if (there := now.pop("location_id", None)) and not places:  # HSDS 1.0: a service is at one place
        now["service_at_locations"] = [{"location_id": there}]
    loose = {
        name: now.pop(name)
        for name in LOOSE
        if now.get(name) not in (None, "", [], {})
    }  # fmt: skip
    if not loose:
        return
    code = loose.pop("postcode", "")
    if code and not isinstance(loose.get("address"), (dict, list)):
        loose["address"] = {"address_1": loose.get("address", ""), "postal_code": code}
    now["service_at_locations"] = [*_listed(now.get("service_at_locations")), {"location": loose}]


def _times(now: dict[str, Any]) -> None:
    regular = [one for name in REGULAR for one in _listed(now.pop(name, None))]
    other = [one for name in HOLIDAYS for one in _listed(now.pop(name, None))]
    if not regular and not other:
        return
    found = [*_listed(now.get("schedules"))]
    for one in regular:
        if isinstance(one, dict) and (day := weekday(one.get("weekday"))) and not one.get("byday"):
            one = {**one, "byday": day, "freq": one.get("freq") or "WEEKLY"}
            one.pop("weekday")
        if isinstance(one, dict) and one.get("byday") and not one.get("freq"):
            one = {**one, "freq": "WEEKLY"}
        found.append(one)
    for one in other:
        if isinstance(one, dict):
            known = identifier(one.get("id"))
            one = {"id": f"holiday {known}" if known else None, **unlike_others(one)}
        found.append(one)
    now["schedules"] = found


def _terms(table: str, now: dict[str, Any]) -> None:
    """Terms of vocabularies in all the ways in which they were hung on a service."""
    found: list[Any] = []
    for name in TERMS:
        for one in _listed(now.pop(name, None)):
            if not isinstance(one, dict):
                term = line(one, silent)
                found += [{"taxonomy_term": {"name": term}}] if term else []
                continue
            inner = one.get("taxonomy") or one.get("taxonomy_term") or one.get("term")
            beside = {"id": one.get("id"), "value": one.get("taxonomy_detail") or one.get("value")}
            if isinstance(inner, dict):
                found.append({**beside, "taxonomy_term": _term(inner)})
            elif key := identifier(one.get("taxonomy_id") or one.get("taxonomy_term_id")):
                found.append({**beside, "taxonomy_term_id": key})
            else:
                found.append({"taxonomy_term": _term(one)})
    if found:
        now["attributes"] = [*_listed(now.get("attributes")), *found]


def _term(raw: Mapping[str, Any]) -> dict[str, Any]:
    now = dict(raw)
    if "vocabulary" in now and "taxonomy" not in now:
        now["taxonomy"] = now.pop("vocabulary")
    if isinstance(parent := now.pop("parent", None), dict):
        now["parent_id"] = parent.get("id")
    return now


def _place(now: dict[str, Any]) -> None:
    addresses = _listed(now.get("addresses"))
    for kind in ("physical", "postal"):
        for name in (f"{kind}_addresses", f"{kind}_address"):
            for one in _listed(now.pop(name, None)):
                thing = dict(one) if isinstance(one, dict) else {"address_1": one}
                known = identifier(thing.get("id"))
                if known and kind == "postal":
                    thing["id"] = f"postal {known}"
                addresses.append({**thing, "address_type": kind})
    here = identifier(now.get("id"))
    inside = [
        {"id": f"{here}/{known}" if here and (known := identifier(one.get("id"))) else None, "service": one}
        for one in _listed(now.pop("services", None))
        if isinstance(one, dict)
    ]
    if inside:
        now["service_at_locations"] = [*_listed(now.get("service_at_locations")), *inside]
    if code := now.pop("postcode", None):
        addresses.append({"postal_code": code})
    if addresses:
        now["addresses"] = addresses
    for name in ("geo", "point", "coordinates", "position", "geometry"):
        point = now.get(name)
        if point in (None, "", [], {}) or now.get("latitude"):
            continue
        if isinstance(point, dict) and isinstance(point.get("coordinates"), list):
            point = point["coordinates"]
        if isinstance(point, dict):
            now["latitude"] = point.get("latitude", point.get("lat"))
            now["longitude"] = point.get("longitude", point.get("lng", point.get("lon")))
        elif isinstance(point, list) and len(point) == 2:
            now["longitude"], now["latitude"] = point
        elif isinstance(point, str) and (pair := mixed.point(point)):
            now["latitude"], now["longitude"] = pair
        else:
            continue
        del now[name]
    metres = mixed.metres(str(now.get("easting", "")), str(now.get("northing", "")))
    if metres and not now.get("latitude"):
        now["latitude"], now["longitude"] = metres
        del now["easting"], now["northing"]


def _shapes(table: str, now: dict[str, Any]) -> None:
    """One thing where a list belongs, or a mere word where a thing does."""
    for name in WORD.keys() & now.keys():
        value = now[name]
        if (
            name in {"location", "service", "program"}
            and table != "service_at_location"
            and name != "program"
        ):
            continue
        if isinstance(value, list):
            if any(isinstance(one, (str, int, float)) and not isinstance(one, bool) for one in value):
                now[name] = [
                    {WORD[name]: one}
                    if isinstance(one, (str, int, float)) and not isinstance(one, bool)
                    else one
                    for one in value
                ]
            if name == "organization":
                now[name] = next((one for one in now[name] if isinstance(one, dict)), None)
        elif isinstance(value, dict):
            if name in LISTS or (name in {"accessibility", "funding"} and table != name):
                now[name] = [value]
        elif isinstance(value, (str, int, float)) and not isinstance(value, bool) and str(value).strip():
            if name == "accessibility" and table == "accessibility":
                continue
            if name in {"phones", "languages"} and isinstance(value, str):
                pieces = [
                    piece.strip()
                    for piece in re.split(r"[;,|/\n]" if name == "languages" else r"[;|\n]", value)
                ]
                now[name] = [{WORD[name]: piece} for piece in pieces if piece]
            else:
                one = {WORD[name]: value}
                now[name] = [one] if name in LISTS or name in {"accessibility", "funding"} else one
