"""What tables were called and held before HSDS 3.0, said in the words of 3.0."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from livingwell.directory.feeds.clean import identifier, line, silent, text, yes_or_no
from livingwell.directory.feeds.model import Folded, Mended, Piece, Refused, Row
from livingwell.directory.feeds.times import DAY, DAYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from livingwell.directory.feeds.cells import Record

OLD: Final[Mapping[str, str]] = {
    "physical_address": "physical_address",
    "physical_addresses": "physical_address",
    "postal_address": "postal_address",
    "postal_addresses": "postal_address",
    "mail_address": "postal_address",
    "mail_addresses": "postal_address",
    "regular_schedule": "regular_schedule",
    "regular_schedules": "regular_schedule",
    "holiday_schedule": "holiday_schedule",
    "holiday_schedules": "holiday_schedule",
    "service_taxonomy": "service_taxonomy",
    "service_taxonomies": "service_taxonomy",
    "service_attribute": "service_taxonomy",
    "service_attributes": "service_taxonomy",
    "other_attribute": "attribute",
    "other_attributes": "attribute",
    "services_taxonomy": "service_taxonomy",
    "service_taxonomys": "service_taxonomy",
    "accessibility_for_disabilities": "accessibility_for_disabilities",
    "eligibility": "eligibility",
    "eligibilities": "eligibility",
    "eligibilitys": "eligibility",
    "payment_accepted": "payment_accepted",
    "payments_accepted": "payment_accepted",
    "meta_table_description": "meta_table_description",
    "meta_table_descriptions": "meta_table_description",
}
"""File names of 1.1 that 3.0 does not know, and the table each holds."""
PART_NUMBER: Final = "phone numbers of which a part is missing: left out"
OWNER: Final[Mapping[str, str]] = {
    "service": "services whose organization is missing: given the one that its number belongs to",
    "location": "places whose organization is missing: given the one that its number belongs to",
}


def is_old_taxonomy(columns: Iterable[str]) -> bool:
    """In 1.1 the file taxonomy.csv holds the terms; in 3.0 the vocabularies."""
    return bool({"parent_id", "parent_name", "vocabulary", "taxonomy_facet"} & set(columns))


def address(kind: str, record: Record) -> dict[str, Any]:
    cells = dict(record.cells)
    more = [cells.get(f"address_{number}") for number in (2, 3, 4)]
    return {
        **cells,
        "address_2": ", ".join(words for cell in more if (words := line(cell, silent))),
        "address_type": kind,
    }


def contact_phone(record: Record, known: str, file: str) -> Iterator[Piece]:
    """In 1.1 a contact's number stands beside it, cut into pieces; half a number is no number."""
    area, number = (line(record.cells.get(name), silent) for name in ("phone_areacode", "phone_number"))
    if not number:
        return
    whole = f"{area} {number}".strip()
    if area and sum(char.isdigit() for char in whole) < 10:
        yield Mended(PART_NUMBER, "contact", file, record.line, known, whole, "")
        return
    yield Row(
        "phone",
        {
            "contact_id": known,
            "number": whole,
            "extension": record.cells.get("phone_extension"),
            "type": "voice",
        },
        file,
        record.line,
        f"{known}/phone",
        records=0,
    )


def schedules(records: Iterable[Record], file: str) -> Iterator[Piece]:
    """Rows of one opening on several weekdays as one row with all of them: "Monday to Friday, 9am to 5pm"."""
    together: dict[tuple[str, ...], list[Record]] = defaultdict(list)
    for record in records:
        cells = record.cells
        owners = (
            identifier(cells.get(name)) for name in ("service_id", "location_id", "service_at_location_id")
        )
        times = (line(cells.get(name), silent) for name in ("opens_at", "closes_at"))
        together[(*owners, *times, text(cells.get("original_text"), silent))].append(record)
    for (service, location, at, opens, closes, said), rows in together.items():
        days = [weekday(record.cells.get("weekday")) for record in rows]
        codes = sorted({day for day in days if day in DAYS}, key=DAYS.index)
        values: dict[str, Any] = {
            "service_id": service,
            "location_id": location,
            "service_at_location_id": at,
            "opens_at": opens,
            "closes_at": closes,
            "byday": ",".join(codes),
            "freq": "WEEKLY" if codes and (opens or closes) else "",
            "description": "" if _says_the_same(said) else said,
        }
        if codes and not (opens or closes) and said:
            values["byday"] = ""  # which days goes with which hours is only in the words
        elif codes:
            values["freq"] = "WEEKLY"
        elif any(line(record.cells.get("weekday"), silent) for record in rows):
            values["description"] = said or line(rows[0].cells.get("weekday"), silent)
        ids = "+".join(sorted(known for record in rows if (known := identifier(record.cells.get("id")))))
        yield Row("schedule", values, file, rows[0].line, ids, records=len(rows))


def weekday(raw: object) -> str:
    words = line(raw, silent).lower()
    if words.isdigit():
        return DAYS[(int(words) - 1) % 7]
    return DAY.get(words, "")


def _says_the_same(said: str) -> bool:
    """Whether the words only repeat what the row has in fields: "9:00am-5:00pm, Mon-Fri"."""
    return bool(
        re.fullmatch(r"[\d:.]+\s*[ap]m\s*-\s*[\d:.]+\s*[ap]m,\s*[A-Z][a-z]+(?:\s*-\s*[A-Z][a-z]+)?", said)
    )


def holiday(record: Record) -> dict[str, Any]:
    """A day or days that are not like others."""
    owners = {
        name: record.cells.get(name) for name in ("service_id", "location_id", "service_at_location_id")
    }
    return {**owners, **unlike_others(record.cells)}


def unlike_others(cells: Mapping[str, Any]) -> dict[str, Any]:
    """What a holiday schedule means here, in one place: closed on the day or days, or open at other hours."""
    begin, end = (line(cells.get(name), silent) for name in ("start_date", "end_date"))
    end = end or begin
    opens, closes = cells.get("opens_at"), cells.get("closes_at")
    shut = yes_or_no(cells.get("closed"), silent)
    days = {"dtstart": begin} if begin == end else {"valid_from": begin, "valid_to": end}
    if shut or (shut is None and not opens and not closes):
        return {**days, "closed": True, "description": "Closed" if begin else ""}
    return {
        **days, "opens_at": opens, "closes_at": closes,
        "description": f"Holiday hours{'' if begin == end else f', {begin} to {end}'}",
    }  # fmt: skip


def fold(
    name: str, records: Iterable[Record], *, file: str, services: frozenset[str], field: str
) -> tuple[dict[str, list[str]], list[Piece]]:
    """Lines that 3.0 keeps in the service itself, by service; and the account of each line."""
    by_service: dict[str, list[str]] = defaultdict(list)
    pieces: list[Piece] = []
    for record in records:
        service, said = identifier(record.cells.get("service_id")), text(record.cells.get(field), silent)
        known = identifier(record.cells.get("id"))
        if not service:
            reason = "It does not say which service it belongs to."
        elif service not in services:
            reason = "The service that it belongs to is not in the feed."
        elif not said:
            reason = "It says nothing: every field that matters is empty."
        else:
            by_service[service].append(said)
            pieces.append(Folded(name, file, record.line, ("service", service), known))
            continue
        pieces.append(Refused(name, file, record.line, known, reason))
    return by_service, pieces


def term(record: Record, file: str) -> Iterator[Piece]:
    """A term of 1.1: its vocabulary and its broader term are told by name beside it."""
    cells = record.cells
    vocabulary, known = line(cells.get("vocabulary"), silent), identifier(cells.get("id"))
    if vocabulary:
        yield Row("taxonomy", {"name": vocabulary}, file, record.line, f"taxonomy {vocabulary}", records=0)
    values = {
        "code": known,
        "name": cells.get("name"),
        "parent_id": cells.get("parent_id"),
        "taxonomy_id": f"taxonomy {vocabulary}" if vocabulary else "",
        "description": cells.get("taxonomy_facet", ""),
    }
    yield Row("taxonomy_term", values, file, record.line, known)


def owners(services: Mapping[str, str], organizations: frozenset[str]) -> dict[str, str]:
    """Missing organizations, and the one that each belongs to, where the feed gives one number to everything.

    Some feeds number agencies, programmes and sites in one series: organization 143 is service 143. There,
    a missing organization is a service of that number, and belongs to that service's organization. It is only
    believed if each service with an organization's number belongs to that organization, and ten do.
    """
    same = [known for known in services if known in organizations]
    if len(same) < 10 or any(services[known] != known for known in same):
        return {}
    found: dict[str, str] = {}
    for missing in services:
        above, steps = missing, 0
        while above in services and above not in organizations and steps < 6:
            above, steps = services[above], steps + 1
        if missing not in organizations and above in organizations:
            found[missing] = above
    return found
