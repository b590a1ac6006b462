"""Small makers for what the derived listings, search and pages are tested on."""

from __future__ import annotations

import re
from datetime import date, time
from decimal import Decimal
from typing import Any

from livingwell.directory.actions import listing
from livingwell.directory.models import (
    Accessibility,
    Address,
    Contact,
    CostOption,
    Language,
    Location,
    Organization,
    Phone,
    PlaceName,
    RequiredDocument,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
    ServiceCapacity,
    ServiceTheme,
    Source,
    TaggedBy,
)
from livingwell.themes.actions import publish
from livingwell.themes.vocabulary import vocabulary

BRIXTON = (51.4613, -0.1156)
STOCKWELL = (51.4723, -0.1228)
LEEDS = (53.7997, -1.5492)


def source() -> Source:
    return Source.objects.get_or_create(slug="tests", defaults={"name": "Tests"})[0]


def organization(name: str = "Neighbours of Effra", **more: Any) -> Organization:
    return Organization.objects.get_or_create(
        source=source(), original_id=name, defaults={"name": name, **more}
    )[0]


def service(
    name: str,
    description: str = "",
    *,
    at: tuple[float, float] | None = None,
    postcode: str = "",
    step_free: bool | None = None,
    themes: tuple[str, ...] = (),
    of: Organization | None = None,
    **more: Any,
) -> Service:
    """A service, at a place if a point is given. Its listings are not made yet."""
    made = Service.objects.create(
        source=source(),
        original_id=f"{name}-{Service.objects.count()}",
        organization=of or organization(),
        name=name,
        description=description,
        **more,
    )
    if at or postcode:
        place = location(f"The hall of {name}", at=at, postcode=postcode, step_free=step_free)
        ServiceAtLocation.objects.create(service=made, location=place)
    for slug in themes:
        hand_tag(made, slug)
    return made


def location(
    name: str, *, at: tuple[float, float] | None = None, postcode: str = "", step_free: bool | None = None
) -> Location:
    place = Location.objects.create(
        source=source(),
        original_id=f"{name}-{Location.objects.count()}",
        name=name,
        latitude=at[0] if at else None,
        longitude=at[1] if at else None,
    )
    Address.objects.create(location=place, address_1="1 Rushcroft Road", city="London", postal_code=postcode)
    if step_free is not None:
        Accessibility.objects.create(
            location=place, description="Step-free", term="step-free", available=step_free
        )
    return place


def weekly(made: Service, byday: str, opens: str, closes: str, **more: Any) -> Schedule:
    return Schedule.objects.create(
        service=made,
        freq="WEEKLY",
        byday=byday,
        opens_at=time.fromisoformat(opens),
        closes_at=time.fromisoformat(closes),
        **more,
    )


def hand_tag(made: Service, slug: str, *, applies: bool = True) -> ServiceTheme:
    publish(vocabulary())
    return ServiceTheme.objects.create(service=made, theme_id=slug, tagged_by=TaggedBy.HAND, applies=applies)


def place_name(name: str, label: str, point: tuple[float, float]) -> PlaceName:
    return PlaceName.objects.create(name=name, label=label, latitude=point[0], longitude=point[1])


def refreshed(*made: Service) -> None:
    """Make the listings of these services; of all where none is named."""
    if made:
        listing.refresh([each.pk for each in made])
    else:
        listing.refresh_all()


def text_of(response: Any) -> str:
    """What can be read on a page: without markup, with single spaces."""
    html = re.sub(r"<(script|style)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    plain = re.sub(r"<[^>]+>", " ", html).replace("&#39;", "'").replace("&amp;", "&")
    return re.sub(r"\s+", " ", plain)


def full_service() -> Service:
    """A service of which everything is known."""
    effra = organization("Neighbours of Effra", website="effra.example")
    made = service(
        "Effra <Gospel> Choir",
        "We sing together. You need not read music.",
        at=BRIXTON,
        postcode="SW2 1JG",
        step_free=True,
        themes=("singing",),
        of=effra,
        kind="group",
        kind_by_hand=True,
        invented=True,
        url="https://choir.example/",
        email="sing@choir.example",
        application_process="Drop in.",
        eligibility_description="Anyone who likes singing",
        minimum_age=18,
        what_to_expect="Somebody at the door says hello.",
        alert="The lift is out of order this week.",
        assured_date=date(2026, 3, 3),
        assurer_email="Ade of the choir",
        text_number="07700 900000",
        interpretation_services="BSL on request",
        wait_time="None",
    )
    weekly(made, "MO", "18:30", "20:00")
    Phone.objects.create(service=made, number="020 7946 0123", description="Evenings")
    CostOption.objects.create(service=made, amount=Decimal(3), option="If you can")
    RequiredDocument.objects.create(service=made, document="A bottle of water")
    Language.objects.create(service=made, name="Portuguese")
    ServiceArea.objects.create(service=made, name="Lambeth")
    ServiceCapacity.objects.create(service=made, unit="singers", description="Room for more tenors")
    Contact.objects.create(service=made, name="Ask for the conductor", title="Conductor")
    place = made.service_at_locations.get().location
    Accessibility.objects.create(location=place, description="Hearing loop")
    refreshed(made)
    return made
