"""Which table of a directory a JSON object belongs to, by the names of its fields."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

KINDS: Final = ("service", "organization", "location", "service_at_location", "taxonomy_term", "taxonomy")
"""The things that come by themselves or as a list, in the order in which a doubt is decided."""
SIGNS: Final[Mapping[str, frozenset[str]]] = {
    "service": frozenset(
        [
            "organization",
            "service_at_locations",
            "status",
            "service_areas",
            "cost_options",
            "eligibility_description",
            "assured_date",
            "application_process",
            "minimum_age",
            "maximum_age",
            "fees",
            "program",
            "last_modified",
            "eligibilitys",
            "eligibilities",
            "regular_schedules",
            "holiday_schedules",
            "service_taxonomys",
            "service_taxonomies",
            "fundings",
            "deliverable_type",
            "attending_access",
            "attending_type",
            "reviews",
            "organisation",
            "organization_id",
            "payment_accepted",
            "languages",
        ]
    ),
    "organization": frozenset(
        [
            "website",
            "legal_status",
            "year_incorporated",
            "organization_identifiers",
            "logo",
            "parent_organization_id",
            "tax_id",
            "uri",
            "tax_status",
            "services",
            "programs",
            "locations",
        ]
    ),
    "location": frozenset(
        [
            "location_type",
            "latitude",
            "longitude",
            "addresses",
            "transportation",
            "external_identifier",
            "accessibility",
            "physical_addresses",
            "postal_addresses",
            "physical_address",
            "accessibility_for_disabilities",
        ]
    ),
    "service_at_location": frozenset(
        ["location", "service", "location_id", "service_id", "schedules", "phones", "contacts"]
    ),
    "taxonomy_term": frozenset(
        ["taxonomy", "taxonomy_id", "taxonomy_detail", "term_uri", "parent_id", "term", "code"]
    ),
    "taxonomy": frozenset(["version", "uri", "taxonomy_terms"]),
}


def kind_of(thing: Any, hint: str = "", *, sure: bool = False) -> str:
    """Which table a thing belongs to, by the names of its fields; empty if it is nothing of ours.

    `sure`: the list it stands in is named after its table.
    """
    if not isinstance(thing, dict) or not thing:
        return ""
    if sure and hint in KINDS:
        return hint
    if isinstance(thing.get("location"), dict) and not _named(thing):
        return "service_at_location"
    return _by_names(tuple(thing), hint)


@lru_cache(maxsize=1024)
def _by_names(thing: tuple[str, ...], hint: str) -> str:
    """The same by the names of its fields alone: most things of a file have the very same ones."""
    scores = {kind: len(SIGNS[kind].intersection(thing)) for kind in KINDS}
    if _named(thing) or "status" in thing:
        scores["service_at_location"] = 0
    best = max(KINDS, key=lambda kind: scores[kind])
    if scores[best] and ("id" in thing or scores[best] >= 3 - _named(thing)):
        return best
    return hint if "id" in thing and "name" in thing and hint in KINDS else ""


def _named(thing: Container[str]) -> bool:
    return "name" in thing or "title" in thing
