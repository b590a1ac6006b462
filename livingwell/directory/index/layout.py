"""What the search index holds of a listing, and in which form.

To add a filter: give the listing a column (see `directory.derive`), read it in LISTED, write it as a fact in `_facts`
(a word such as "lang:pt" that a search can ask for) or as a number in `document`, and raise LAYOUT by one, so that
every host builds its index afresh. Then let `queries.search_index` ask for it, and `queries.search_sql` as well: both
must give the same answer, which `tests/test_search.py` checks by asking each.
"""

from __future__ import annotations

from math import cos, radians, sin
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import tantivy

from livingwell.directory import access
from livingwell.directory.grid import FINE, cell_of
from livingwell.themes.vocabulary import experiences

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

LAYOUT: Final = 4
WEIGHTS: Final = ("a", "b", "c", "d")
ANYWHERE: Final = "anywhere"  # may be used from everywhere
PLACED: Final = "placed"  # one goes there
AREA: Final = "area"  # comes to those who live near enough
FOR_SOME: Final = "for-some"  # mainly for those alone who share something
LOWERED: Final = "lowered"  # long unconfirmed: comes after its equals
UPRIGHT: Final = 1 << 62  # in the order of what is not lowered
REACH_OF_A_PLACE: Final = -1.0  # how far people go is for them to say
EVERYWHERE: Final = -2.0

LISTED: Final = """
    SELECT id, service_id, location_id IS NOT NULL, kind, latitude, longitude, cell, reach_km, is_free,
        access, languages, is_online, is_by_phone, weekdays, slots,
        ends_on, minimum_age, maximum_age, assured_on, is_live,
        standing > 0,
        array_to_string(tsvector_to_array(words), ' '),
        array_to_string(tsvector_to_array(ts_filter(words, '{a}')), ' '),
        array_to_string(tsvector_to_array(ts_filter(words, '{b}')), ' '),
        array_to_string(tsvector_to_array(ts_filter(words, '{c}')), ' '),
        array_to_string(tsvector_to_array(ts_filter(words, '{d}')), ' ')
    FROM directory_listing
"""


class Listed(NamedTuple):
    """One row of LISTED. The words are PostgreSQL's lexemes, so that both engines agree on what a word is."""

    pk: int
    service: UUID
    placed: bool
    kind: str
    latitude: float | None
    longitude: float | None
    cell: int | None
    reach_km: float | None
    is_free: bool | None
    access: int
    languages: str
    is_online: bool
    is_by_phone: bool
    weekdays: int
    slots: list[int]
    ends_on: date | None
    minimum_age: int | None
    maximum_age: int | None
    assured_on: date | None
    is_live: bool
    is_lowered: bool
    words: str
    a: str
    b: str
    c: str
    d: str


def schema() -> tantivy.Schema:
    """Words are searched; facts are asked for as they are; numbers are read when results are put in order."""
    builder = tantivy.SchemaBuilder()
    for name in ("words", *WEIGHTS):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("facts", tokenizer_name="whitespace", index_option="basic")
    builder.add_unsigned_field("owner", indexed=True)
    for name in ("cell", "spot"):
        builder.add_unsigned_field(name, indexed=True)
    for name in ("pk", "service", "order", "ends", "youngest", "oldest"):
        builder.add_unsigned_field(name, fast=True)
    for name in ("x", "y", "z", "reach"):
        builder.add_float_field(name, fast=True)
    return builder.build()


def document(row: Listed) -> tantivy.Document:
    """A listing as the index keeps it: no text that could be read back, only words and numbers."""
    made = tantivy.Document()
    made.add_text("words", row.words)
    for name in WEIGHTS:
        made.add_text(name, getattr(row, name))
    made.add_text("facts", " ".join(_facts(row)))
    made.add_unsigned("pk", row.pk)
    made.add_unsigned("owner", number_of(row.service))
    made.add_unsigned("service", number_of(row.service))
    made.add_unsigned("order", _order(row))
    if row.latitude is not None and row.longitude is not None and row.cell is not None:
        made.add_unsigned("cell", row.cell)
        made.add_unsigned("spot", cell_of(row.latitude, row.longitude, FINE))
        for name, value in zip("xyz", on_the_globe(row.latitude, row.longitude), strict=True):
            made.add_float(name, value)
    made.add_float(
        "reach", REACH_OF_A_PLACE if row.placed else EVERYWHERE if row.reach_km is None else row.reach_km
    )
    if row.ends_on is not None:
        made.add_unsigned("ends", row.ends_on.toordinal())
    if row.minimum_age is not None:
        made.add_unsigned("youngest", row.minimum_age)
    if row.maximum_age is not None:
        made.add_unsigned("oldest", row.maximum_age)
    return made


def _facts(row: Listed) -> list[str]:
    """What can be asked for, as words."""
    held: dict[str, Any] = {
        "free": row.is_free,
        "online": row.is_online,
        "by-phone": row.is_by_phone,
        "live": row.is_live,
        FOR_SOME: not experiences().isdisjoint(
            word[1:] for word in f"{row.a} {row.b}".split() if word[0] == "~"
        ),
        LOWERED: row.is_lowered,
        ANYWHERE: row.reach_km is None,
        PLACED: row.placed and row.cell is not None,
        AREA: not row.placed and row.reach_km is not None,
    }
    return [
        f"kind:{row.kind}",
        *(name for name, holds in held.items() if holds),
        *(f"access:{term}" for term in access.named(row.access)),
        *(f"language:{code}" for code in row.languages.split()),
        *(f"day:{day}" for day in range(7) if row.weekdays >> day & 1),
        *(f"slot:{slot}" for slot in row.slots),
    ]


def number_of(service: UUID) -> int:
    """The first half of a service's id: enough to tell it from others, and in the same order."""
    return service.int >> 65


def _order(row: Listed) -> int:
    """What comes first of equals: what is not lowered, confirmed latest, then by id. The greater the earlier."""
    day = row.assured_on.toordinal() if row.assured_on else 0
    return (0 if row.is_lowered else UPRIGHT) + (day << 40) + ((1 << 40) - 1 - (row.service.int >> 88))


def on_the_globe(latitude: float, longitude: float) -> tuple[float, float, float]:
    """A point (degrees) on a ball of radius 1: how far two are apart is then one multiplication each way."""
    north, east = radians(latitude), radians(longitude)
    return cos(north) * cos(east), cos(north) * sin(east), sin(north)
