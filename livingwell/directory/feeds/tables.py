"""The tables of HSDS 3.0 that we take: their fields, how each is cleaned, and what a row needs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from livingwell.directory.access import Term
from livingwell.directory.feeds import clean
from livingwell.directory.feeds.clean import CHOICE, Cleaner, Note
from livingwell.directory.feeds.dates import day, moment
from livingwell.directory.feeds.names import name
from livingwell.directory.feeds.times import days
from livingwell.directory.feeds.words import country, language_code, language_name, postcode, status

if TYPE_CHECKING:
    from collections.abc import Mapping

line, text, url, email = clean.line, clean.text, clean.url, clean.email
whole_number, yes_or_no = clean.whole_number, clean.yes_or_no


def kind(raw: Any, note: Note) -> str:
    """What sort of connection a service is: a word of our own; what others mean by it is passed over."""
    words = line(raw, note).lower()
    return words if words in {"place", "group", "person", "hours", "service", "line", "reading"} else ""


def access_term(raw: Any, note: Note) -> str:
    """One of our own terms of access; where there is none its description may tell, see rows.py."""
    words = line(raw, note).lower()
    return words if words in Term.values else ""


def place_type(raw: Any, note: Note) -> str:
    words = line(raw, note).lower()
    if words in {"physical", "postal", "virtual"}:
        return words
    if words:
        note(CHOICE, words, "physical")
    return "physical"


def frequency(raw: Any, note: Note) -> str:
    words = line(raw, note).upper()
    if words in {"WEEKLY", "MONTHLY", "DAILY", ""}:
        return words  # what is daily becomes weekly with all its days, in rows.py
    note(CHOICE, words, "")
    return ""


def bank_holidays(raw: Any, note: Note) -> str:
    """What a time means on a bank holiday: a field of our own."""
    words = line(raw, note).lower()
    return words if words in {"open", "closed", "only"} else ""


def first_day(raw: Any, note: Note) -> str:
    found = days(raw, note)
    return found if len(found) == 2 else ""


def currency(raw: Any, note: Note) -> str:
    words = line(raw, note).upper()
    if not words or re.fullmatch(r"[A-Z]{3}", words):
        return words or "GBP"
    note(CHOICE, words, "GBP")
    return "GBP"


CUT_SHORT: Final = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)


def phone_number(raw: Any, note: Note) -> str:
    """A number as it is written for people, without quotation marks or "tel:"; nothing where there is no
    digit."""
    words = line(raw, note)
    plain = words.removeprefix("tel:").strip("\"' ")
    if CUT_SHORT.fullmatch(plain):
        return ""
    return plain if any(char.isdigit() for char in plain) else ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table. `owners`: references of which one at least must lead somewhere; `top`: a thing by itself."""

    name: str
    fields: Mapping[str, Cleaner]
    files: tuple[str, ...] = ()  # names its CSV file goes by, besides its own and with an s
    references: Mapping[str, str] = field(default_factory=dict)
    owners: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()  # fields that must not be empty
    says: tuple[str, ...] = ()  # of these at least one must not be empty
    top: bool = False


SERVICE, PLACE, ORGANIZATION = (
    ("service_id", "service"),
    ("location_id", "location"),
    ("organization_id", "organization"),
)
AT, CONTACT, PHONE = (
    ("service_at_location_id", "service_at_location"),
    ("contact_id", "contact"),
    ("phone_id", "phone"),
)
TERM = ("taxonomy_term_id", "taxonomy_term")


def _table(
    table: str,
    cleaned: Mapping[Cleaner, str],
    *references: tuple[str, str],
    optional: tuple[tuple[str, str], ...] = (),
    needs: str = "",
    says: str = "",
    files: str = "",
    top: bool = False,
) -> Table:
    """A table by its fields, put down by how they are cleaned; several words stand in one string."""
    return Table(
        table,
        {name: cleaner for cleaner, names in cleaned.items() for name in names.split()},
        files=tuple(files.split()),
        references=dict(references) | dict(optional),
        owners=tuple(key for key, _ in references),
        needs=tuple(needs.split()),
        says=tuple(says.split()),
        top=top,
    )


_ALL: Final = [
    _table(
        "taxonomy", {line: "name version", text: "description", url: "uri"},
        top=True, needs="name", files="taxonomies",
    ),
    _table(
        "taxonomy_term", {line: "code name language", text: "description", url: "term_uri"},
        optional=(("taxonomy_id", "taxonomy"), ("parent_id", "taxonomy_term")), top=True, needs="name",
    ),
    _table(
        "organization",
        {
            name: "name alternate_name", text: "description", email: "email", url: "website logo uri",
            line: "tax_status tax_id legal_status", clean.year: "year_incorporated",
            yes_or_no: "invented stand_in",
        },
        optional=(("parent_organization_id", "organization"),), top=True, needs="name",
    ),
    _table(
        "organization_identifier", {line: "identifier_scheme identifier_type identifier"}, ORGANIZATION,
        needs="identifier",
    ),
    _table(
        "program", {name: "name alternate_name", text: "description"}, ORGANIZATION, top=True, needs="name",
    ),
    _table(
        "location",
        {
            place_type: "location_type", name: "name alternate_name", text: "description transportation",
            url: "url", clean.degrees: "latitude longitude", yes_or_no: "approximate",
            line: "external_identifier external_identifier_type",
        },
        optional=(ORGANIZATION,), top=True,
    ),
    _table(
        "address",
        {
            line: "attention region state_province", name: "address_1 address_2 city",
            postcode: "postal_code", country: "country",
            place_type: "address_type",
        },
        PLACE, files="addresses", says="address_1 address_2 city postal_code state_province",
    ),
    _table(
        "accessibility",
        {text: "description details", url: "url", access_term: "term", yes_or_no: "available"},
        PLACE, says="description details url term", files="accessibilities",
    ),
    _table(
        "service",
        {
            name: "name alternate_name",
            text: "description interpretation_services application_process fees_description wait_time "
            "accreditations eligibility_description licenses alert what_to_expect",
            url: "url", email: "email assurer_email", status: "status", day: "assured_date",
            whole_number: "minimum_age maximum_age", moment: "last_modified", kind: "kind",
            yes_or_no: "kind_by_hand invented", line: "text_number",
        },
        ORGANIZATION, optional=(("program_id", "program"),), top=True, needs="name",
    ),
    _table(
        "service_at_location", {text: "description"}, SERVICE, PLACE,
        files="services_at_location services_at_locations service_at_locations",
    ),
    _table(
        "contact", {line: "name title department", email: "email"}, ORGANIZATION, SERVICE, AT, PLACE,
        says="name title department email",
    ),
    _table(
        "phone", {phone_number: "number", line: "extension type", text: "description"},
        ORGANIZATION, SERVICE, AT, PLACE, CONTACT, needs="number",
    ),
    _table(
        "language", {language_name: "name", language_code: "code", text: "note"}, SERVICE, PLACE, PHONE,
        says="name code note",
    ),
    _table(
        "schedule",
        {
            day: "valid_from valid_to dtstart until", clean.zone: "timezone", whole_number: "count interval",
            first_day: "wkst", frequency: "freq", days: "byday", url: "schedule_link",
            line: "byweekno bymonthday byyearday attending_type", text: "description notes",
            yes_or_no: "closed term_time", bank_holidays: "bank_holidays",
        },
        SERVICE, PLACE, AT,
        says="byday freq dtstart opens_at closes_at description notes bymonthday valid_from schedule_link",
    ),
    _table(
        "cost_option",
        {
            day: "valid_from valid_to", text: "option amount_description", currency: "currency",
            clean.money: "amount",
        },
        SERVICE, says="option amount amount_description",
    ),
    _table("required_document", {text: "document", url: "uri"}, SERVICE, needs="document"),
    _table(
        "service_area", {text: "name description extent", line: "extent_type", url: "uri"}, SERVICE,
        says="name description extent uri",
    ),
    _table(
        "service_capacity",
        {line: "unit", clean.large_number: "available maximum", text: "description", moment: "updated"},
        SERVICE, says="unit available description", files="service_capacities",
    ),
    _table("funding", {text: "source"}, ORGANIZATION, SERVICE, needs="source", files="fundings"),
    _table(
        "attribute", {line: "link_entity link_type label", text: "value"}, optional=(TERM,),
        says="value taxonomy_term_id",
    ),
    _table(
        "metadata",
        {
            line: "resource_type last_action_type field_name updated_by", day: "last_action_date",
            text: "previous_value replacement_value",
        },
        needs="last_action_date",
    ),
]  # fmt: skip
TABLES: Final[Mapping[str, Table]] = {table.name: table for table in _ALL}
"""In the order in which they can be written: nothing refers to what comes after it, but for its own kind."""

FILES: Final[Mapping[str, str]] = {
    spelt: table.name for table in _ALL for spelt in (table.name, f"{table.name}s", *table.files)
}
PLURAL: Final[Mapping[str, str]] = {
    **{table: f"{table.replace('_', ' ')}s" for table in TABLES},
    "taxonomy": "taxonomies",
    "accessibility": "accessibility notes",
    "service_at_location": "services at a location",
    "address": "addresses",
    "service_capacity": "service capacities",
    "funding": "sources of funding",
    "metadata": "notes of changes",
    "organization_identifier": "organization numbers",
    "program": "programmes",
}
