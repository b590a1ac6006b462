"""What stands on a map beside a list: the places of the cards or of one service, and names around them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from livingwell.directory import sketch
from livingwell.directory.models import PlaceName
from livingwell.directory.queries import edition

if TYPE_CHECKING:
    from collections.abc import Sequence

    from livingwell.directory.queries.cards import Card
    from livingwell.directory.queries.pages import ServicePage

MOST_NAMES: Final = 20_000


@dataclass(frozen=True, slots=True)
class Map:
    """A map: its places, our own drawing of them, and names for a sheet that one moves about on."""

    places: tuple[sketch.Place, ...]
    drawing: sketch.Drawing
    names: tuple[sketch.Name, ...]


def of_cards(cards: Sequence[Card]) -> Map | None:
    """The map of the cards of a page, numbered as they stand in the list; None where none has a place."""
    return _map(
        [
            sketch.Place(
                number,
                card.title,
                card.kind.value,
                str(card.kind.label),
                card.where,
                card.url,
                f"#listing-{card.listing_id}",
                *card.point,
                card.about_there,
            )
            for number, card in enumerate(cards, start=1)
            if card.point
        ]
    )


def of_service(page: ServicePage) -> Map | None:
    """The map of where one service happens."""
    return _map(
        [
            sketch.Place(
                number,
                spot.name or page.title,
                page.kind.value,
                str(page.kind.label),
                ", ".join(spot.lines),
                "",
                "",
                spot.latitude,
                spot.longitude,
                spot.approximate,
            )
            for number, spot in enumerate(page.spots, start=1)
            if spot.latitude is not None and spot.longitude is not None
        ]
    )


def _map(places: list[sketch.Place]) -> Map | None:
    if not places:
        return None
    middle = sketch.frame([(each.latitude, each.longitude) for each in places]).middle
    names = () if sketch.is_known(middle) else _around(middle)
    return Map(tuple(places), sketch.draw(places, names), names)


_named: edition.Memory[str, tuple[sketch.Name, ...]] = edition.Memory(1)


def _around(middle: tuple[float, float]) -> tuple[sketch.Name, ...]:
    """The names of areas that people type, nearest first; postcodes are left out."""
    kept = _named.of(edition.current())
    if "all" not in kept:
        rows = PlaceName.objects.filter(approximate=True, name__regex=r"^\D+$").values_list(
            "label", "latitude", "longitude"
        )
        kept["all"] = tuple((label, north, east, 1) for label, north, east in rows[:MOST_NAMES])
    near = sorted(kept["all"], key=lambda each: abs(each[1] - middle[0]) + abs(each[2] - middle[1]) / 1.6)
    return tuple(near[:40])
