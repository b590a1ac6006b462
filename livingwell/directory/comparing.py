"""Two sheets of an entry side by side, and any value of a sheet in words that people read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.utils import formats
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from livingwell.directory.differences import BOOKKEEPING, differences, same

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise

LABELS: Final[dict[str, str | _StrPromise]] = {
    "name": _("Name"), "alternate_name": _("Other name"), "description": _("What it is"), "url": _("Website"),
    "website": _("Website"), "email": _("Email"), "status": _("Running or not"), "kind": _("Kind"),
    "kind_by_hand": _("Kind chosen by hand"), "interpretation_services": _("Interpreters"),
    "application_process": _("How to get in"), "fees_description": _("Cost in words"),
    "wait_time": _("Waiting time"), "accreditations": _("Recognised by"),
    "eligibility_description": _("For whom"), "minimum_age": _("Youngest age"), "maximum_age": _("Oldest age"),
    "assured_date": _("Confirmed on"), "assurer_email": _("Confirmed by"), "licenses": _("Licences"),
    "alert": _("Before you go"), "what_to_expect": _("What to expect"), "text_number": _("Number for texts"),
    "invented": _("Invented"), "phones": _("Phone"), "contacts": _("People to ask for"),
    "schedules": _("When"), "cost_options": _("Cost"), "languages": _("Languages"), "capacities": _("Room"),
    "required_documents": _("What to bring"), "service_areas": _("Area"), "locations": _("Where"),
    "organization": _("Who runs it"), "addresses": _("Address"), "accessibility": _("Getting in and about"),
    "identifiers": _("Numbers it is known by"), "latitude": _("Latitude"), "longitude": _("Longitude"),
    "transportation": _("How to get there"), "tax_id": _("Tax number"), "legal_status": _("Legal form"),
}  # fmt: skip
THINGS: Final = {
    "organization": _("Who runs it"),
    "location": _("Place"),
    "service_at_location": _("At this place"),
}
QUIET: Final = {*BOOKKEEPING, "timezone", "interval", "currency", "from_postcode", "approximate", "wkst"}
"""What a row says that nobody needs to read."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One field that differs: its label, and what each side says, a line for each thing of a list."""

    label: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def label(name: str, thing: str = "service") -> str:
    """What people call a field; of another thing than the service with that thing before it."""
    words = str(LABELS.get(name, name.replace("_", " ").capitalize() or gettext("All of it")))
    return words if thing not in THINGS else f"{THINGS[thing]}: {words[:1].lower()}{words[1:]}"


def compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Compared, ...]:
    """What differs between two sheets of a service, in the order in which a sheet says it."""
    return tuple(
        Compared(label(each.field_name, each.resource_type), words(each.before), words(each.after))
        for each in differences(before, after)
    )


def words(value: Any) -> tuple[str, ...]:
    """A value as lines for people; none where nothing is said."""
    if isinstance(value, (list, tuple)):
        return tuple(line for line in (_row(each) for each in value) if line)
    if isinstance(value, dict):
        return tuple(filter(None, [_row(value)]))
    return tuple(filter(None, [_plain(value)]))


def alike(before: Any, after: Any) -> bool:
    """Whether two values of a sheet say the same."""
    return same(before, after)


def _row(row: Any) -> str:
    if not isinstance(row, dict):
        return _plain(row)
    parts: dict[str, str] = {}  # a word said twice ("BSL, bsl") is read once; two numbers are two things
    for name, value in row.items():
        if name in QUIET or value in (None, "", [], {}, False):
            continue
        inside = "; ".join(words(value)) if isinstance(value, (list, dict)) else _plain(value)
        if inside and value is True:
            inside = label(name)
        if inside:
            parts.setdefault(name if any(map(str.isdigit, inside)) else inside.casefold(), inside)
    return ", ".join(parts.values())


def _plain(value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    text = str(value)
    if len(text) == 10 and text[4:5] == text[7:8] == "-":
        try:
            return formats.date_format(date.fromisoformat(text), "j F Y")
        except ValueError:
            return text
    return text
