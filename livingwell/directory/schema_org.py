"""A service and an organization in the words of schema.org, so that search engines can show them rightly."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup

from livingwell.core.filters import telephone, web_address
from livingwell.directory.opening import DAYS
from livingwell.directory.queries.facts import times_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from livingwell.directory.opening import Times
    from livingwell.directory.queries.cards import Card
    from livingwell.directory.queries.pages import OrganizationPage, ServicePage
    from livingwell.directory.queries.parts import Spot

DAY_NAMES: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# What would end the element, or be read as markup, is written as its code point: it means the same in JSON.
ESCAPES: Final = {ord(mark): f"\\u{ord(mark):04x}" for mark in "<>&\u2028\u2029"}


def script(data: dict[str, Any]) -> Markup:
    """The data as text that can stand inside a script element."""
    return Markup(json.dumps(data, ensure_ascii=False).translate(ESCAPES))  # noqa: S704 - escaped just here


def of_service(page: ServicePage, site: str) -> dict[str, Any]:
    """schema.org Service. `site`: the public address, without a slash at the end."""
    service = page.service
    channels = [
        {
            "@type": "ServiceChannel",
            "serviceLocation": _place(spot),
        }
        for spot in page.spots
    ]
    phones = page.phones or page.organization_phones
    if phones:
        channels.append(
            {
                "@type": "ServiceChannel",
                "servicePhone": {"@type": "ContactPoint", "telephone": telephone(phones[0].number)},
            }
        )
    if web_address(service.url):
        channels.append({"@type": "ServiceChannel", "serviceUrl": web_address(service.url)})
    found: dict[str, Any] = _without_empty(
        {
            "@context": "https://schema.org",
            "@type": "Service",
            "@id": f"{site}{service.get_absolute_url()}",
            "url": f"{site}{service.get_absolute_url()}",
            "name": page.title,
            "alternateName": page.also,
            "description": " ".join(page.paragraphs),
            "serviceType": [label for _slug, label in page.themes],
            "provider": {
                "@type": "Organization",
                "@id": f"{site}{service.organization.get_absolute_url()}",
                "name": page.organization,
                "url": web_address(service.organization.website),
            },
            "areaServed": list(page.areas),
            "availableChannel": channels,
            "hoursAvailable": _hours(times_of(service.schedules.all())),
            "audience": {"@type": "Audience", "audienceType": ". ".join(page.who)} if page.who else None,
            "offers": {"@type": "Offer", "description": page.cost} if page.cost else None,
            "termsOfService": " ".join(page.getting_in),
        }
    )
    return found


def of_list(cards: Sequence[Card], site: str) -> dict[str, Any]:
    """schema.org ItemList of the services on a page, in their order."""
    return {
        "@context": "https://schema.org",
        "@type": "ItemList",
        "numberOfItems": len(cards),
        "itemListElement": [
            {"@type": "ListItem", "position": number, "url": f"{site}{card.url}", "name": card.title}
            for number, card in enumerate(cards, start=1)
        ],
    }


def of_organization(page: OrganizationPage, site: str) -> dict[str, Any]:
    """schema.org Organization."""
    organization = page.organization
    found: dict[str, Any] = _without_empty(
        {
            "@context": "https://schema.org",
            "@type": "Organization",
            "@id": f"{site}{organization.get_absolute_url()}",
            "name": page.title,
            "alternateName": organization.alternate_name,
            "description": " ".join(page.paragraphs),
            "url": web_address(organization.website),
            "email": organization.email,
            "telephone": telephone(page.phones[0].number) if page.phones else None,
            "logo": web_address(organization.logo),
            "location": [_place(spot) for spot in page.spots],
            "identifier": [
                {"@type": "PropertyValue", "propertyID": name, "value": value}
                for name, value in page.identifiers
            ],
            "parentOrganization": {
                "@type": "Organization",
                "name": page.part_of.name if page.part_of else None,
            },
        }
    )
    return found


def _place(spot: Spot) -> dict[str, Any]:
    """schema.org Place. A point that is only of the area is not given as if it were the door's."""
    point = spot.latitude is not None and not spot.approximate
    known = [each for each in spot.access if each.known is not None]
    return {
        "@type": "Place",
        "name": spot.name,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": ", ".join(spot.street),
            "addressLocality": spot.city,
            "postalCode": spot.postcode,
            "addressCountry": spot.country,
        },
        "geo": {
            "@type": "GeoCoordinates",
            "latitude": spot.latitude if point else None,
            "longitude": spot.longitude if point else None,
        },
        "amenityFeature": [
            {"@type": "LocationFeatureSpecification", "name": each.label, "value": each.known}
            for each in known
        ],
    }


def _hours(schedules: Iterable[Times]) -> list[dict[str, Any]]:
    """schema.org OpeningHoursSpecification for what is every week; the rest cannot be said in it."""
    return [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": [DAY_NAMES[DAYS.index(day)] for day in times.byday.split(",") if day in DAYS],
            "opens": f"{times.opens_at:%H:%M}",
            "closes": "23:59" if times.whole_day else f"{times.closes_at:%H:%M}",
            "validFrom": times.valid_from.isoformat() if times.valid_from else None,
            "validThrough": times.valid_to.isoformat() if times.valid_to else None,
        }
        for times in schedules
        if times.freq == "WEEKLY" and times.interval == 1 and times.opens_at and times.closes_at
    ]


def _without_empty(value: Any) -> Any:
    """Without what is not known, at any depth; a thing of which only its type is known is not known."""
    if isinstance(value, dict):
        kept = {key: inner for key, each in value.items() if _known(inner := _without_empty(each))}
        return kept if kept.keys() - {"@type"} else None
    if isinstance(value, list):
        return [inner for each in value if _known(inner := _without_empty(each))]
    return value


def _known(value: object) -> bool:
    return value is not None and value != "" and value != [] and value != {}
