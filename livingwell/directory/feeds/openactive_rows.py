"""One thing of OpenActive as rows: a service, who runs it, where, when, for how much, and for whom."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from livingwell.directory.feeds import mixed
from livingwell.directory.feeds.clean import identifier, line, silent
from livingwell.directory.feeds.dates import on_the_clock
from livingwell.directory.feeds.model import Piece, Row
from livingwell.directory.feeds.rows import digest
from livingwell.directory.feeds.times import DAY, DAYS

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping

    from livingwell.directory.feeds.unkept import Unkept

LENGTH: Final = re.compile(r"P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?")
EVERY: Final = re.compile(r"P(\d+)([DWMY])")
FREE: Final = frozenset([0, 0.0, "0", "0.0", "0.00", "free", "Free"])
ONLINE: Final = frozenset(["OnlineEventAttendanceMode", "MixedEventAttendanceMode"])
GENDER: Final = {"FemaleOnly": "Women only", "MaleOnly": "Men only"}
DEAD: Final = frozenset(["EventCancelled", "EventPostponed"])
KNOWN: Final = frozenset(
    """@context @type type @id id identifier name description url organizer provider location eventSchedule subEvent
    superEvent instanceOfCourse facilityUse individualFacilityUse startDate endDate duration offers ageRange
    ageRestriction typicalAgeRange genderRestriction level activity facilityType category accessibilitySupport
    accessibilityInformation attendeeInstructions isAccessibleForFree eventStatus hoursAvailable
    openingHoursSpecification telephone email scheduledTime courseRequirements
    eventAttendanceMode workFeatured beta:virtualLocation""".split()  # noqa: SIM905
)
TIMED: Final = KNOWN | {"name", "remainingUses"}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value in (None, "", {}) else [value]


def _last(raw: Any) -> str:
    return re.split(r"[/#:]", str(raw or ""))[-1]


def _text(value: Any) -> str:
    return line(value, silent) if isinstance(value, (str, int, float)) else ""


def session(
    data: Mapping[str, Any],
    service: str,
    key: str,
    file: str,
    number: int,
    unkept: Unkept,
    *,
    records: int = 1,
) -> Row:
    """A session or slot: one day and its hours, of a service."""
    unkept.see("schedule", data, TIMED)
    return Row("schedule", {"service_id": service, **once(data)}, file, number, key, records=records)


def once(data: Mapping[str, Any]) -> dict[str, Any]:
    """The day and hours of something that happens once, at the clock of the place."""
    begin, end = on_the_clock(data.get("startDate")), on_the_clock(data.get("endDate"))
    if isinstance(begin, datetime) and end is None:
        length = LENGTH.fullmatch(str(data.get("duration") or ""))
        if length and any(length.groups()):
            days, hours, minutes, seconds = (int(part or 0) for part in length.groups())
            end = begin + timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    if begin is None:
        words = _text(data.get("startDate"))
        return {"description": words or _text(data.get("name"))}
    first, last = _day(begin), _day(end) if end else _day(begin)
    values: dict[str, Any] = {"dtstart": first.isoformat()}
    if isinstance(begin, datetime):
        values["opens_at"] = f"{begin:%H:%M}"
    if isinstance(end, datetime):
        values["closes_at"] = f"{end:%H:%M}"
    if (last - first).days > 1 and not isinstance(begin, datetime):
        values = {
            "valid_from": first.isoformat(),
            "valid_to": last.isoformat(),
            "description": f"{first} to {last}",
        }
    if _last(data.get("eventStatus")) in DEAD:
        values = {"dtstart": first.isoformat(), "closed": True, "description": "Cancelled"}
    return values


def _day(one: datetime | date) -> date:
    return one.date() if isinstance(one, datetime) else one


def repeating(raw: Mapping[str, Any]) -> dict[str, Any]:
    """A schedule of OpenActive as one of HSDS."""
    values: dict[str, Any] = {
        "dtstart": _text(raw.get("startDate"))[:10], "until": _text(raw.get("endDate"))[:10],
        "opens_at": _clock(raw.get("startTime")), "closes_at": _clock(raw.get("endTime")),
        "timezone": _text(raw.get("scheduleTimezone")),
    }  # fmt: skip
    if not values["closes_at"] and values["opens_at"]:
        values["closes_at"] = _after(values["opens_at"], str(raw.get("duration") or ""))
    if count := raw.get("repeatCount"):
        values["count"] = count
    days = [
        (words if words.isupper() else DAY.get(words.lower(), ""))
        for one in _listed(raw.get("byDay"))
        if (words := _last(one))
    ]
    values["byday"] = ",".join(
        day for day in dict.fromkeys(days) if re.fullmatch(r"[+-]?[1-5]?(?:MO|TU|WE|TH|FR|SA|SU)", day)
    )
    every = EVERY.fullmatch(str(raw.get("repeatFrequency") or "").upper())
    if every:
        number, unit = int(every[1]), every[2]
        if unit == "D" and number % 7 == 0:
            number, unit = number // 7, "W"
        values["freq"] = {"D": "DAILY", "W": "WEEKLY", "M": "MONTHLY"}.get(unit, "")
        values["interval"] = number
        if unit == "D" and number > 1:
            values |= {"freq": "", "interval": 1, "description": f"Every {number} days"}
    elif values["byday"]:
        values["freq"] = "WEEKLY"
    if values.get("freq") == "WEEKLY" and not values["byday"] and values["dtstart"]:
        day = on_the_clock(values["dtstart"])
        values["byday"] = DAYS[day.weekday()] if day else ""
    if months := _listed(raw.get("byMonthDay")):
        values["bymonthday"] = ",".join(str(one) for one in months)
    return values


def _clock(raw: Any) -> str:
    """Hours and minutes; a whole moment gives those of its own clock."""
    words = _text(raw)
    found = re.search(r"(?:^|T)(\d{1,2}:\d{2})", words)
    return found[1] if found else ""


def _after(begin: str, length: str) -> str:
    found = LENGTH.fullmatch(length)
    if not found or not any(found.groups()):
        return ""
    days, hours, minutes, _ = (int(part or 0) for part in found.groups())
    hour, minute = (int(part) for part in begin.split(":"))
    end = hour * 60 + minute + days * 1_440 + hours * 60 + minutes
    return f"{end // 60 % 24:02}:{end % 60:02}"


def open_hours(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Opening hours as schema.org says them, for a place or a facility."""
    named = [_last(one) for one in _listed(raw.get("dayOfWeek"))]
    days = [code for one in named if (code := DAY.get(one.lower()))]
    values: dict[str, Any] = {
        "opens_at": _clock(raw.get("opens")), "closes_at": _clock(raw.get("closes")),
        "valid_from": _text(raw.get("validFrom"))[:10], "valid_to": _text(raw.get("validThrough"))[:10],
    }  # fmt: skip
    if days or named:
        only = "PublicHolidays" in named and not days
        byday = ",".join(days or DAYS)
        values |= {"freq": "WEEKLY", "byday": byday, "bank_holidays": "only" if only else ""}
        if "PublicHolidays" in named and days:
            values["bank_holidays"] = "open"
    return values


class Entry:
    """A series, course, event or facility, on its way to be rows."""

    def __init__(
        self,
        data: Mapping[str, Any],
        kind: str,
        key: str,
        file: str,
        number: int,
        unkept: Unkept,
        *,
        records: int = 1,
    ) -> None:
        above = next(
            (
                found
                for name in ("superEvent", "instanceOfCourse", "facilityUse")
                if isinstance(found := data.get(name), dict)
            ),
            {},
        )
        self.data: dict[str, Any] = {
            **above,
            **{k: v for k, v in data.items() if v not in (None, "", [], {})},
        }
        self.own, self.kind, self.key, self.file, self.number = data, kind, key, file, number
        self.unkept, self.records = unkept, records

    def row(self, table: str, known: str, **values: Any) -> Row:
        return Row(table, values, self.file, self.number, f"{self.key}/{known}", records=0)

    def rows(self) -> Iterator[Piece]:
        self.unkept.see("service", self.own, KNOWN)
        data = self.data
        who = next((one for name in ("organizer", "provider") for one in _listed(data.get(name))), None)
        if isinstance(who, dict):
            desk = next((one for one in _listed(who.get("contactPoint")) if isinstance(one, dict)), {})
            who = {**desk, **who} if who.get("name") else who
        organization = yield from self._organization(who)
        least, most = _ages(data.get("ageRange") or data.get("ageRestriction") or data.get("typicalAgeRange"))
        yield Row(
            "service",
            {
                "organization_id": organization,
                "name": _text(data.get("name")) or self._called(),
                "description": data.get("description") if isinstance(data.get("description"), str) else "",
                "url": _text(data.get("url")),
                "email": _text(data.get("email")) or (_text(who.get("email")) if isinstance(who, dict) else ""),
                "status": "inactive" if _last(data.get("eventStatus")) in DEAD else "active",
                "minimum_age": least, "maximum_age": most,
                "eligibility_description": self._for_whom(),
                "application_process": _text(data.get("attendeeInstructions")),
            },
            self.file, self.number, self.key, records=self.records,
            whole=frozenset({"service_at_location", "cost_option", "attribute", "phone"}),
        )  # fmt: skip
        number = _text(data.get("telephone")) or (
            _text(who.get("telephone")) if isinstance(who, dict) else ""
        )
        if number:
            yield self.row("phone", "phone", service_id=self.key, number=number, type="voice")
        yield from self._places()
        yield from self._times()
        yield from self._costs()
        yield from self._terms()

    def _called(self) -> str:
        """A name made of what is done, where none is given."""
        for name in ("activity", "facilityType", "category"):
            for one in _listed(self.data.get(name)):
                if words := _text(one.get("prefLabel") if isinstance(one, dict) else one):
                    return words
        return ""

    def _organization(self, who: Any) -> Generator[Piece, None, str]:
        if isinstance(who, str):
            return who
        if not isinstance(who, dict) or not _text(who.get("name")):
            return ""
        raw = who.get("@id") or who.get("id") or who.get("identifier")
        known = identifier(raw) if not isinstance(raw, (dict, list)) else ""
        known = known or digest({"organization": _text(who.get("name")).casefold()})
        yield Row(
            "organization",
            {"name": who["name"], "website": _text(who.get("url")), "email": _text(who.get("email")),
             "description": _text(who.get("description")), "legal_status": _text(who.get("legalName"))},
            self.file, self.number, known, records=0,
        )  # fmt: skip
        return known

    def _for_whom(self) -> str:
        data = self.data
        said = [GENDER.get(_last(data.get("genderRestriction")), "")]
        levels = [
            _text(one.get("prefLabel") if isinstance(one, dict) else one)
            for one in _listed(data.get("level"))
        ]
        if any(levels):
            said.append(f"Level: {', '.join(filter(None, levels))}")
        said.append(_text(data.get("courseRequirements")))
        return "\n".join(filter(None, said))

    def _places(self) -> Iterator[Piece]:
        for place in _listed(self.data.get("location")):
            if isinstance(place, str):
                yield self.row("service_at_location", f"at {place}", service_id=self.key, location_id=place)
            elif isinstance(place, dict):
                yield from self.place(place)
        online = _last(self.data.get("eventAttendanceMode")) in ONLINE or self.kind == "OnDemandEvent"
        if online or self.data.get("beta:virtualLocation"):
            yield from self.place(
                {"@type": "VirtualLocation", "url": self._where_online(), "id": f"{self.key}/online"}
            )
        words = _text(self.data.get("accessibilityInformation"))
        if words:
            yield self.row("attribute", "accessibility", link_id=self.key, link_entity="service",
                           link_type="accessibility", label="Accessibility", value=words)  # fmt: skip

    def _where_online(self) -> str:
        """The address at which it is to be seen, where that is told; else its page."""
        for name in ("beta:virtualLocation", "workFeatured"):
            for one in _listed(self.data.get(name)):
                if isinstance(one, dict) and (there := _text(one.get("url"))):
                    return there
        return _text(self.data.get("url"))

    def place(self, place: Mapping[str, Any]) -> Iterator[Row]:
        geo, address = place.get("geo"), place.get("address")
        raw = place.get("@id") or place.get("id") or place.get("identifier")
        known = identifier(raw) if not isinstance(raw, (dict, list)) else ""
        known = known or digest({"place": str(sorted((k, str(v)) for k, v in place.items()))})
        point = geo if isinstance(geo, dict) else {}
        yield Row(
            "location",
            {"location_type": "virtual" if "Virtual" in str(place.get("@type")) else "physical",
             "name": _text(place.get("name")), "url": _text(place.get("url")),
             "description": place.get("description") if isinstance(place.get("description"), str) else "",
             "latitude": point.get("latitude"), "longitude": point.get("longitude")},
            self.file, self.number, known, records=0,
        )  # fmt: skip
        yield self.row("service_at_location", f"at {known}", service_id=self.key, location_id=known)
        if isinstance(address, str):
            address = {"streetAddress": address}
        if isinstance(address, dict):
            yield Row(
                "address",
                {"location_id": known, "address_1": _text(address.get("streetAddress")),
                 "city": _text(address.get("addressLocality")), "region": _text(address.get("addressRegion")),
                 "postal_code": _text(address.get("postalCode")), "country": _text(address.get("addressCountry"))},
                self.file, self.number, f"{known}/address", records=0,
            )  # fmt: skip
        for number, one in enumerate(_listed(place.get("openingHoursSpecification"))):
            if isinstance(one, dict):
                yield Row("schedule", {"location_id": known, **open_hours(one)}, self.file, self.number,
                          f"{known}/open {number}", records=0)  # fmt: skip

    def _times(self) -> Iterator[Piece]:
        data = self.data
        for number, one in enumerate(_listed(data.get("eventSchedule"))):
            if isinstance(one, dict):
                yield self.row("schedule", f"schedule {number}", service_id=self.key, **repeating(one))
                for day in _listed(one.get("exceptDate")):
                    closed = {"dtstart": _text(day)[:10], "closed": True, "description": "Closed"}
                    yield self.row("schedule", f"except {_text(day)[:10]}", service_id=self.key, **closed)
        for name in ("hoursAvailable", "openingHoursSpecification"):
            for number, one in enumerate(_listed(data.get(name))):
                if isinstance(one, dict):
                    yield self.row("schedule", f"{name} {number}", service_id=self.key, **open_hours(one))
        for one in _listed(data.get("subEvent")):
            if isinstance(one, dict):
                raw = one.get("identifier") or one.get("@id") or one.get("id") or one.get("startDate")
                known = f"ScheduledSession/{str(raw).rstrip('/').rsplit('/', 1)[-1]}"
                yield session(one, self.key, known, self.file, self.number, self.unkept)
        inside = [
            one
            for one in _listed(data.get("subEvent"))
            if isinstance(one, dict) and not _text(one.get("name"))
        ]
        if self.own.get("startDate") and not data.get("eventSchedule") and not inside:
            yield self.row("schedule", "once", service_id=self.key, **once(self.own))

    def _costs(self) -> Iterator[Piece]:
        offers = [one for one in _listed(self.data.get("offers")) if isinstance(one, dict)]
        for number, offer in enumerate(offers):
            price, name = offer.get("price"), _text(offer.get("name"))
            least, most = _ages(offer.get("ageRestriction"))
            ages = f"Ages {least or 0} to {most}" if most else f"Ages {least} and over" if least else ""
            words = ". ".join(filter(None, [name or ("Free" if price in FREE else ""), ages]))
            yield self.row("cost_option", f"offer {number}", service_id=self.key, amount=price,
                           currency=_text(offer.get("priceCurrency")), amount_description=words)  # fmt: skip
        if not offers and self.data.get("isAccessibleForFree") is True:
            yield self.row("cost_option", "free", service_id=self.key, amount=0, amount_description="Free")

    def _terms(self) -> Iterator[Piece]:
        for name in ("activity", "facilityType", "category", "accessibilitySupport"):
            for one in _listed(self.data.get(name)):
                concept = one if isinstance(one, dict) else {"prefLabel": one}
                label = _text(concept.get("prefLabel"))
                if not label:
                    continue
                scheme = _text(concept.get("inScheme")) or f"OpenActive {name}"
                known = _text(concept.get("@id") or concept.get("id")) or f"{scheme} {label}"
                yield Row(
                    "taxonomy", {"name": _last(scheme) or scheme}, self.file, self.number, scheme, records=0
                )
                yield Row("taxonomy_term", {"name": label, "taxonomy_id": scheme, "code": _last(known)},
                          self.file, self.number, known, records=0)  # fmt: skip
                yield self.row("attribute", f"{name} {known}", link_id=self.key, link_entity="service",
                               link_type="taxonomy_term", taxonomy_term_id=known)  # fmt: skip


def _ages(raw: Any) -> tuple[Any, Any]:
    if isinstance(raw, str):  # "16+", or "18-" as schema.org writes it
        return mixed.ages(re.sub(r"^\s*(\d+)\s*-\s*$", r"\1+", raw)) or (None, None)
    if not isinstance(raw, dict):
        return None, None
    return raw.get("minValue"), raw.get("maxValue")
