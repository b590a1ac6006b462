"""A service that is a group meeting at set times, as a SessionSeries of OpenActive 2."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from livingwell.opendata.activities import LIST, activities
from livingwell.opendata.shapes import UNKNOWN, UNKNOWN_IN, Thing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

CONTEXT: Final = "https://openactive.io/"
DAY_NAMES: Final = {
    "MO": "Monday", "TU": "Tuesday", "WE": "Wednesday", "TH": "Thursday", "FR": "Friday", "SA": "Saturday",
    "SU": "Sunday",
}  # fmt: skip
ASK: Final = "Ask what it costs"


def series(service: Thing, site: str, off: Mapping[str, Sequence[str]]) -> Thing:
    """A SessionSeries from a whole service as HSDS. `off`: by id of a schedule, the days on which it does not meet."""
    here = f"{site}/open/openactive/session-series/{service['id']}"
    made: Thing = {
        "@context": CONTEXT,
        "@type": "SessionSeries",
        "@id": here,
        "identifier": service["id"],
        "url": service["page"],
        "name": service["name"],
        "description": service.get("description"),
        "organizer": _organizer(service["organization"]),
        "location": _place(service),
        "activity": _activity(service, site),
        "category": _category(service, site),
        "offers": _offers(service.get("cost_options", ())),
        "ageRange": _ages(service),
        "accessibilityInformation": _access(service),
        "attendeeInstructions": service.get("application_process"),
        "isAccessibleForFree": _free(service.get("cost_options", ())),
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "eventStatus": "https://schema.org/EventPostponed"
        if service["status"] == "temporarily closed"
        else "https://schema.org/EventScheduled",
        "schedulingNote": "; ".join(each["description"] for each in _rules(service) if "description" in each),
        "eventSchedule": [
            _schedule(each, off.get(each["id"], ())) for each in _rules(service) if _certain(each)
        ],
    }
    return {name: value for name, value in made.items() if value not in (None, "", [], {})}


def _rules(service: Thing) -> list[Thing]:
    at = [each for link in service.get("service_at_locations", ()) for each in link.get("schedules", ())]
    return [each for each in (*service.get("schedules", ()), *at) if not each.get("closed")]


def _certain(each: Thing) -> bool:
    return bool(each.get("freq") or each.get("dtstart"))


def _organizer(organization: Thing) -> Thing:
    phones = organization.get("phones", ())
    made = {
        "@type": "Organization",
        "identifier": organization["id"],
        "name": organization["name"],
        "url": organization.get("website"),
        "email": organization.get("email"),
        "telephone": phones[0]["number"] if phones else None,
    }
    return {name: value for name, value in made.items() if value}


def _place(service: Thing) -> Thing:
    links = service.get("service_at_locations", ())
    places = [link["location"] for link in links if link["location"]["location_type"] == "physical"]
    place = places[0] if places else {}
    made: Thing = {"@type": "Place", "name": place.get("name") or service["organization"]["name"]}
    if place:
        made["identifier"] = place["id"]
    address = next((each for each in place.get("addresses", ()) if each["address_type"] != "postal"), None)
    if "latitude" in place:
        made["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": place["latitude"],
            "longitude": place["longitude"],
        }
    if address and (all(address[name] != UNKNOWN for name in UNKNOWN_IN) or "geo" not in made):
        street = ", ".join(address[name] for name in ("address_1", "address_2") if name in address)
        made["address"] = {
            "@type": "PostalAddress",
            "streetAddress": street,
            "addressLocality": address["city"],
            "addressRegion": address["state_province"],
            "postalCode": address["postal_code"],
            "addressCountry": address["country"],
        }
    return made


def _activity(service: Thing, site: str) -> list[Thing]:
    """Activities of OpenActive's list, else the terms that are said of it; OpenActive wants one at least."""
    slugs = [term.get("code", "") for term in _terms(service)]
    known = activities(slugs, f"{service['name']} {service.get('description', '')}")
    listed = [_concept(address, name, LIST) for name, address in known.items()]
    group = _concept(f"{site}/open/#a-group", "A group that meets", f"{site}/open/")
    return listed or _category(service, site) or [group]


def _category(service: Thing, site: str) -> list[Thing]:
    """What is said of it in the terms of our own and others' vocabularies."""
    return [
        _concept(f"{site}/open/hsds/taxonomy_terms/{term['id']}", term["name"], _scheme(term, site))
        for term in _terms(service)
    ]


def _terms(service: Thing) -> list[Thing]:
    return [each["taxonomy_term"] for each in service.get("attributes", ()) if "taxonomy_term" in each]


def _scheme(term: Thing, site: str) -> str:
    return f"{site}/open/hsds/taxonomies/{term['taxonomy_id']}" if "taxonomy_id" in term else f"{site}/open/"


def _concept(address: str, label: str, scheme: str) -> Thing:
    return {"@type": "Concept", "@id": address, "prefLabel": label, "inScheme": scheme}


def _offers(options: Iterable[Thing]) -> list[Thing]:
    made = []
    for each in options:
        offer: Thing = {"@type": "Offer", "identifier": each["id"]}
        offer["name"] = each.get("option") or each.get("amount_description") or "Per person"
        if "amount" in each:
            offer |= {"price": each["amount"], "priceCurrency": each.get("currency", "GBP")}
        made.append(offer)
    return made or [{"@type": "Offer", "name": ASK}]


def _free(options: Iterable[Thing]) -> bool | None:
    amounts = [each.get("amount") for each in options]
    return all(amount == 0 for amount in amounts) if amounts and None not in amounts else None


def _ages(service: Thing) -> Thing | None:
    if "minimum_age" not in service and "maximum_age" not in service:
        return None
    least, most = service.get("minimum_age", 0), service.get("maximum_age")
    return {"@type": "QuantitativeValue", "minValue": least} | ({} if most is None else {"maxValue": most})


def _access(service: Thing) -> str:
    notes = [
        note["description"]
        for link in service.get("service_at_locations", ())
        for note in link["location"].get("accessibility", ())
        if "description" in note
    ]
    return ". ".join(dict.fromkeys(notes))


def _schedule(each: Thing, off: Sequence[str]) -> Thing:
    """A Schedule where its hours are known, else a PartialSchedule."""
    days = [day for day in each.get("byday", "").split(",") if day]
    whole = "opens_at" in each and "closes_at" in each
    single = "freq" not in each
    made: dict[str, Any] = {
        "@type": "Schedule" if whole else "PartialSchedule",
        "scheduledEventType": "ScheduledSession",
        "startTime": each.get("opens_at"),
        "endTime": each.get("closes_at"),
        "scheduleTimezone": each["timezone_name"],
        "byDay": [f"https://schema.org/{DAY_NAMES[day]}" if day in DAY_NAMES else day for day in days],
        "byMonthDay": [
            int(day) for day in each.get("bymonthday", "").split(",") if day.lstrip("+-").isdigit()
        ],
        "repeatFrequency": "P1D"
        if single
        else f"P{each.get('interval', 1)}{'M' if each['freq'] == 'MONTHLY' else 'W'}",
        "repeatCount": 1 if single else each.get("count"),
        "startDate": max(filter(None, [each.get("dtstart"), each.get("valid_from")]), default=None),
        "endDate": min(filter(None, [each.get("until"), each.get("valid_to")]), default=None),
        "exceptDate": list(off),
    }
    return {name: value for name, value in made.items() if value not in (None, "", [])}
