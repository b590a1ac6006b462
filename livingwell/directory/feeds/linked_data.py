"""Things in the words of schema.org, as websites tell them to search engines: services, businesses, organizations."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from livingwell.directory.feeds.clean import line, silent
from livingwell.directory.feeds.model import Row
from livingwell.directory.feeds.openactive_rows import Entry
from livingwell.directory.feeds.times import meetings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from livingwell.directory.feeds.model import Piece
    from livingwell.directory.feeds.unkept import Unkept

SERVICES: Final = frozenset(
    ["Service", "GovernmentService", "EmergencyService", "MedicalClinic", "LocalBusiness", "Place", "CivicStructure",
     "CommunityCenter", "FoodEstablishment", "SportsActivityLocation"]
)  # fmt: skip
ORGANIZATIONS: Final = frozenset(
    ["Organization", "NGO", "GovernmentOrganization", "Charity", "EducationalOrganization", "MedicalOrganization",
     "SportsOrganization"]
)  # fmt: skip
KINDS: Final = SERVICES | ORGANIZATIONS
_MORE: Final = """
    provider availableChannel areaServed serviceType audience openingHours termsOfService address geo hasMap logo image
    sameAs alternateName contactPoint serviceArea legalName position
"""
MORE: Final = frozenset(_MORE.split())
"""Fields that are read into others."""


def kind(thing: Mapping[str, Any]) -> str:
    """The kind of a thing of schema.org that we take; a business of any sort counts, if it says where it is."""
    said = thing.get("@type")
    named = [
        str(one).rsplit("/", 1)[-1].rsplit(":", 1)[-1] for one in (said if isinstance(said, list) else [said])
    ]
    for one in named:
        if one in KINDS:
            return one
    business = {"address", "geo", "openingHours", "openingHoursSpecification"} & thing.keys()
    return "LocalBusiness" if said and business and thing.get("name") and "startDate" not in thing else ""


def resolved(things: list[Any]) -> list[Any]:
    """The same, with what is only pointed at by its @id in its place, if things of schema.org are among them."""
    known = {one["@id"]: one for one in things if isinstance(one, dict) and isinstance(one.get("@id"), str)}
    if not known or not any(isinstance(one, dict) and kind(one) for one in things):
        return things
    return [_resolved(one, known, 0) for one in things]


def _resolved(value: Any, known: Mapping[str, Any], depth: int) -> Any:
    if isinstance(value, list):
        return [_resolved(one, known, depth) for one in value]
    if not isinstance(value, dict) or depth > 3:
        return value
    if value.keys() == {"@id"} and value["@id"] in known:
        value = known[value["@id"]]
    return {name: _resolved(one, known, depth + 1) for name, one in value.items()}


def rows(data: Mapping[str, Any], key: str, file: str, number: int, unkept: Unkept) -> Iterator[Piece]:
    """All rows of one thing."""
    made = kind(data)
    if made in ORGANIZATIONS:
        told = _listed(data.get("contactPoint"))
        known = str(data.get("@id") or data.get("identifier") or key)
        yield Row("organization", {"name": data.get("name"), "description": data.get("description"),
                                   "website": data.get("url"), "email": data.get("email")},
                  file, number, known)  # fmt: skip
        phones = [data.get("telephone"), *(one.get("telephone") for one in told if isinstance(one, dict))]
        for phone in filter(None, phones):
            yield Row("phone", {"organization_id": known, "number": phone, "type": "voice"}, file, number,
                      f"{known}/{phone}", records=0)  # fmt: skip
        return
    yield from Entry(_shaped(data, made), made, key, file, number, unkept).rows()
    for area in _words(data.get("areaServed") or data.get("serviceArea")):
        yield Row(
            "service_area", {"service_id": key, "name": area}, file, number, f"{key}/area/{area}", records=0
        )
    for words in _words(data.get("openingHours")):
        found, unread = meetings(words.replace(",", " & "))
        for values in (*found, *({"description": one} for one in unread)):
            yield Row(
                "schedule", {"service_id": key, **values}, file, number, f"{key}/{words}/{values}", records=0
            )


def place(data: Mapping[str, Any], key: str, file: str, number: int, unkept: Unkept) -> Iterator[Piece]:
    """The rows of a place that others point at: where they are, and nothing that is on there by itself."""
    made = Entry({}, "Place", key, file, number, unkept).place(data)
    for row in made:
        if row.table != "service_at_location":
            yield replace(row, records=int(row.table == "location"))


def _shaped(data: Mapping[str, Any], made: str) -> dict[str, Any]:
    """The thing in the words of OpenActive, which says nearly the same."""
    own = {name: value for name, value in data.items() if name not in MORE}
    channels = [one for one in _listed(data.get("availableChannel")) if isinstance(one, dict)]
    places = [one.get("serviceLocation") for one in channels]
    phones = [one["servicePhone"] for one in channels if one.get("servicePhone")]
    phones += _listed(data.get("contactPoint"))
    itself = made in SERVICES and made not in {"Service", "GovernmentService"}
    if itself and (data.get("address") or data.get("geo")):
        places.append({name: data[name] for name in ("name", "address", "geo") if name in data})
    own["location"] = [*_listed(data.get("location")), *filter(None, places)]
    who = data.get("organizer") or data.get("provider") or ({"name": data.get("name")} if itself else None)
    own["organizer"] = who if isinstance(who, (dict, list)) else None
    numbers = [one.get("telephone") if isinstance(one, dict) else one for one in phones]
    own["telephone"] = data.get("telephone") or next(filter(None, numbers), None)
    own["url"] = data.get("url") or next(
        (one["serviceUrl"] for one in channels if one.get("serviceUrl")), None
    )
    own["category"] = _words(data.get("serviceType")) + _words(data.get("category"))
    own["attendeeInstructions"] = ". ".join(_words(data.get("termsOfService")))
    own["courseRequirements"] = ". ".join(_words(data.get("audience")))
    return own


def _words(value: Any) -> list[str]:
    """The names of what may be words, things with names, or lists of both."""
    found = []
    for one in _listed(value):
        said = (one.get("audienceType") or one.get("name")) if isinstance(one, dict) else one
        if words := line(said, silent):
            found.append(words)
    return found


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value in (None, "", {}) else [value]
