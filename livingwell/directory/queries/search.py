"""Searching the directory: words, themes, place, days, cost, ways in, in one pass over the listings."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from django.db import connection

from livingwell.directory import opening
from livingwell.directory.grid import EARTH_KM, cells_around
from livingwell.directory.queries.cards import times_of_listings
from livingwell.directory.tagging import tagger
from livingwell.themes import story
from livingwell.themes.words import fold

if TYPE_CHECKING:
    from datetime import datetime

    from livingwell.directory.queries.words import Point

PAGE: Final = 20
COUNTED: Final = 1_000  # beyond this the number is "more than"
LOOKED_AT: Final = 400  # listings whose times are worked out for "open now"
FARTHEST_AREA_KM: Final = 45.0  # how far away the middle of an area that one lives in may be
HERE: Final = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for. Everything is optional; all that is given must hold together.

    `day`: 0 Monday to 6 Sunday. `open_at`: open at that moment. `themes`, `groups`: slugs, all must be there.
    `literal`: these very words, not what they may be about.
    """

    words: str = ""
    literal: bool = False
    themes: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    near: Point | None = None
    within_km: float = 8.0
    day: int | None = None
    open_at: datetime | None = None
    free: bool = False
    step_free: bool = False
    online: bool = False
    by_phone: bool = False
    age: int | None = None
    on: datetime | None = None  # things that were over before this are left out


@dataclass(frozen=True, slots=True)
class Hit:
    """A listing found, and how far away it is in kilometres, where that means anything."""

    listing: int
    km: float | None


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what was found. `total` is at most COUNTED + 1; `themes`: what the words speak of."""

    hits: tuple[Hit, ...]
    total: int
    themes: tuple[str, ...] = ()
    any_word: bool = False


@dataclass(slots=True)
class _Query:
    """A WHERE clause in the making."""

    conditions: list[str] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)

    def add(self, condition: str, **values: Any) -> None:
        self.conditions.append(condition)
        self.values |= values


def themes_in(words: str) -> tuple[str, ...]:
    """The themes that typed words speak of: in people's own way of saying it, or in organizations'."""
    own = [found.theme.slug for found in story.read(words)]
    return tuple(dict.fromkeys([*own, *(tag.theme for tag in tagger().tags(words))]))


def search(wanted: Wanted, page: int = 1) -> Found:
    """One page of services; where no service has all the words, those that have any of them."""
    themes = () if wanted.literal else themes_in(wanted.words)
    found = _search(wanted, page, themes, any_word=False)
    if not found.total and len(wanted.words.split()) > 1:
        found = _search(wanted, page, themes, any_word=True)
    return found


def _search(wanted: Wanted, page: int, themes: tuple[str, ...], *, any_word: bool) -> Found:
    query = _Query()
    _filter(query, wanted)
    km = _near(query, wanted)
    tier, rank = _text(query, wanted.words, themes, any_word=any_word)
    now = wanted.open_at
    query.values |= {
        "limit": LOOKED_AT if now else PAGE,
        "offset": 0 if now else (page - 1) * PAGE,
        "counted": COUNTED + 1,
    }
    with connection.cursor() as cursor:
        cursor.execute(
            SQL.format(km=km, tier=tier, rank=rank, where=" AND ".join(query.conditions) or "TRUE"),
            query.values,
        )
        rows = cursor.fetchall()
    hits = [Hit(listing, distance) for _total, listing, distance in rows if listing is not None]
    total = rows[0][0]
    if now:
        hits = _open(hits, now)
        total = len(hits)
        hits = hits[(page - 1) * PAGE : page * PAGE]
    return Found(tuple(hits), total, themes, any_word)


# One service may be listed at many places: the nearest stands for it.
SQL: Final = """
    WITH hits AS MATERIALIZED (
        SELECT id, service_id, assured_on, standing > 0 AS lowered, {km} AS km, {tier} AS tier, {rank} AS rank
        FROM directory_listing listing WHERE {where}
    ), best AS (
        SELECT DISTINCT ON (service_id) * FROM hits ORDER BY service_id, tier, km NULLS LAST, id
    ), page AS (
        SELECT id, km, row_number() OVER () AS place FROM (
            SELECT id, km FROM best
            ORDER BY tier, lowered, km NULLS LAST, rank DESC, assured_on DESC NULLS LAST, service_id
            LIMIT %(limit)s OFFSET %(offset)s
        ) ordered
    )
    SELECT least(counted.total, %(counted)s), page.id, page.km
    FROM (SELECT count(*) AS total FROM best) counted LEFT JOIN page ON TRUE ORDER BY page.place
"""


def _filter(query: _Query, wanted: Wanted) -> None:
    """All but words and place."""
    if wanted.on:
        query.add("(ends_on IS NULL OR ends_on >= %(on)s)", on=wanted.on.astimezone(HERE).date())
    for number, slug in enumerate((*wanted.themes, *wanted.groups)):
        query.add(f"words @@ %(tag{number})s::tsquery", **{f"tag{number}": f"'~{slug}'"})
    if wanted.kinds:
        query.add("kind = ANY(%(kinds)s)", kinds=list(wanted.kinds))
    if wanted.free:
        query.add("is_free")
    if wanted.step_free:
        query.add("is_step_free")
    if wanted.online and wanted.by_phone:
        query.add("(is_online OR is_by_phone)")
    elif wanted.online:
        query.add("is_online")
    elif wanted.by_phone:
        query.add("is_by_phone")
    if wanted.age is not None:
        query.add("(minimum_age IS NULL OR minimum_age <= %(age)s)", age=wanted.age)
        query.add("(maximum_age IS NULL OR maximum_age >= %(age)s)")
    if wanted.day is not None:
        query.add("weekdays & %(day)s <> 0", day=1 << wanted.day)
    if wanted.open_at:
        # What opened yesterday may be open still.
        local = wanted.open_at.astimezone(HERE)
        around = [(local + timedelta(days=step)).weekday() for step in (-1, 0)]
        query.add("weekdays & %(days)s <> 0 AND is_live", days=sum(1 << day for day in set(around)))
        query.add("hours & %(hour)s <> 0", hour=1 << local.hour)


def _near(query: _Query, wanted: Wanted) -> str:
    """Ask for what is within reach of the place; the SQL of how far away each is."""
    point = wanted.near
    if point is None:
        return "NULL::float8"
    query.values |= {"north": point.latitude, "east": point.longitude}
    away = f"""(2 * {EARTH_KM} * asin(least(1, sqrt(power(sin(radians(latitude - %(north)s) / 2), 2)
        + cos(radians(latitude)) * cos(radians(%(north)s))
        * power(sin(radians(longitude - %(east)s) / 2), 2)))))"""
    cells = cells_around(point.latitude, point.longitude, max(wanted.within_km, FARTHEST_AREA_KM))
    # People go to a place that is near enough; what has no place comes to them if they live in its area.
    query.add(
        f"""(reach_km IS NULL OR cell = ANY(%(cells)s) AND {away} <=
            CASE WHEN location_id IS NULL THEN reach_km ELSE %(within)s END)""",
        cells=cells,
        within=wanted.within_km,
    )
    return f"CASE WHEN location_id IS NOT NULL THEN {away} END"


def _text(query: _Query, words: str, themes: tuple[str, ...], *, any_word: bool) -> tuple[str, str]:
    """Ask for the words or the themes they speak of; the SQL of how well each fits: tier (0 best), rank."""
    if not words.strip():
        return "0", "0"
    typed = "websearch_to_tsquery('english', %(words)s)"
    if any_word:
        typed = f"replace({typed}::text, '&', '|')::tsquery"
    query.values["words"] = fold(words)
    if not themes:
        query.add(f"words @@ ({typed})")
        return (
            f"CASE WHEN ts_filter(words, '{{a}}') @@ ({typed}) THEN 0 ELSE 2 END",
            f"ts_rank(words, {typed})",
        )
    query.values["all_themes"] = " & ".join(f"'~{slug}'" for slug in themes)
    query.values["a_theme"] = " | ".join(f"'~{slug}'" for slug in themes)
    query.add(f"words @@ ({typed} || %(a_theme)s::tsquery)")
    return (
        f"""CASE WHEN ts_filter(words, '{{a}}') @@ ({typed}) THEN 0
            WHEN words @@ %(all_themes)s::tsquery THEN 1 WHEN words @@ ({typed}) THEN 2 ELSE 3 END""",
        f"ts_rank(words, {typed} || %(a_theme)s::tsquery)",
    )


def _open(hits: list[Hit], at: datetime) -> list[Hit]:
    """Those that are open at a moment, for certain."""
    times = times_of_listings([hit.listing for hit in hits])
    return [hit for hit in hits if opening.is_open(times.get(hit.listing, ()), at)]
