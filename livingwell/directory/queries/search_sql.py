"""The search in PostgreSQL alone: exact, and quick enough for a directory of a town."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from livingwell.directory.access import bits
from livingwell.directory.grid import EARTH_KM, cells_around
from livingwell.directory.queries.fitting import ABOUT, ALL_WORDS, FOR_OTHERS, themes_wanted
from livingwell.directory.queries.wanted import COUNTED, FARTHEST_AREA_KM, HERE, Hit
from livingwell.themes.vocabulary import experiences

if TYPE_CHECKING:
    from livingwell.directory.queries.wanted import Asked, Wanted


RANK: Final = 3.0  # how much of PostgreSQL's rank, which is at most 1, the words add


@dataclass(slots=True)
class _Query:
    """A WHERE clause in the making."""

    conditions: list[str] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)

    def add(self, condition: str, **values: Any) -> None:
        self.conditions.append(condition)
        self.values |= values


def find(asked: Asked, offset: int, limit: int) -> tuple[list[Hit], int]:
    """Some of the services found, in order, and how many there are: at most COUNTED + 1."""
    query = _Query()
    _filter(query, asked)
    km = _near(query, asked.wanted)
    tier, rank = _text(query, asked)
    query.values |= {"limit": limit, "offset": offset, "counted": COUNTED + 1}
    with connection.cursor() as cursor:
        cursor.execute(
            SQL.format(km=km, tier=tier, rank=rank, where=" AND ".join(query.conditions) or "TRUE"),
            query.values,
        )
        rows = cursor.fetchall()
    hits = [Hit(listing, distance) for _total, listing, distance in rows if listing is not None]
    return hits, rows[0][0]


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


def _filter(query: _Query, asked: Asked) -> None:
    """All but words and place."""
    wanted = asked.wanted
    if wanted.on:
        query.add("(ends_on IS NULL OR ends_on >= %(on)s)", on=wanted.on.astimezone(HERE).date())
    for number, slug in enumerate((*wanted.themes, *wanted.groups)):
        query.add(f"words @@ %(tag{number})s::tsquery", **{f"tag{number}": f"'~{slug}'"})
    if wanted.kinds:
        query.add("kind = ANY(%(kinds)s)", kinds=list(wanted.kinds))
    if wanted.free:
        query.add("is_free")
    if wanted.access:
        query.add("access & %(access)s = %(access)s", access=bits(wanted.access))
    if wanted.language:
        query.add("languages LIKE %(language)s", language=f"% {wanted.language} %")
    if wanted.online and wanted.by_phone:
        query.add("(is_online OR is_by_phone)")
    elif wanted.online:
        query.add("is_online")
    elif wanted.by_phone:
        query.add("is_by_phone")
    if wanted.age is not None:
        query.add("(minimum_age IS NULL OR minimum_age <= %(age)s)", age=wanted.age)
        query.add("(maximum_age IS NULL OR maximum_age >= %(age)s)")
    if wanted.day is not None and asked.slots is None:
        query.add("weekdays & %(day)s <> 0", day=1 << wanted.day)
    if wanted.open_at:
        query.add("is_live")
    if asked.slots is not None:
        query.add("slots && %(slots)s::smallint[]", slots=list(asked.slots))


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


def _text(query: _Query, asked: Asked) -> tuple[str, str]:
    """Ask for the words or the themes they speak of; the SQL of how well each fits: tier (0 best), rank."""
    if not asked.wanted.words.strip() and not asked.themes:
        return "0", "0"
    typed = "%(lexemes)s::tsquery"
    some = "%(some)s::tsquery" if asked.any_word else typed
    query.values |= {"lexemes": asked.lexemes, "some": asked.lexemes.replace("&", "|")}
    named = f"ts_filter(words, '{{a}}') @@ ({typed})"
    if not asked.themes:
        query.add(f"words @@ ({some})")
        return (
            f"CASE WHEN {named} THEN 0 WHEN words @@ ({typed}) THEN 1 ELSE 2 END",
            f"ts_rank(words, {some})",
        )
    wanted = themes_wanted(asked.themes)
    query.values["all_themes"] = " & ".join(f"'~{slug}'" for slug in asked.themes)
    query.values["a_theme"] = " | ".join(f"'~{slug}'" for slug in asked.themes)
    query.values["mainly"] = " | ".join(f"'~{slug}':AB" for slug in asked.themes)
    query.values["beside"] = " | ".join(f"'~{slug}':AB" for slug in asked.beside)
    query.values["shared"] = " | ".join(f"'~{slug}':AB" for slug in sorted(experiences()))
    query.values["spoken_of"] = " | ".join(
        f"'~{slug}':AB" for slug in experiences().intersection(asked.themes)
    )
    query.add(f"words @@ ({some} || %(a_theme)s::tsquery || %(beside)s::tsquery)")
    meant = f"words @@ ({typed} || %(a_theme)s::tsquery)"
    near = f"""WHEN words @@ %(mainly)s::tsquery
            THEN CASE WHEN words @@ %(all_themes)s::tsquery THEN 1 ELSE 2 END
            WHEN words @@ ({typed}) THEN 3"""
    return (
        f"""CASE WHEN {named} THEN 0 {near if asked.wanted.near else ""} WHEN {meant} THEN 4
            WHEN words @@ ({some}) THEN 5 ELSE 6 END""",
        f"""{RANK} * ts_rank(words, {some})
            + CASE WHEN words @@ ({typed}) THEN {ALL_WORDS} ELSE 0 END
            - CASE WHEN words @@ %(shared)s::tsquery AND NOT words @@ %(spoken_of)s::tsquery
              THEN {FOR_OTHERS} ELSE 0 END
            + {" + ".join(_adds(query, slug, part) for slug, part in wanted.items())}""",
    )


def _adds(query: _Query, slug: str, part: float) -> str:
    """The SQL of what being about a theme adds."""
    cases = []
    for weight, adds in ABOUT.items():
        name = f"about{len(query.values)}"
        query.values[name] = f"'~{slug}':{weight}"
        cases.append(f"WHEN words @@ %({name})s::tsquery THEN {part * adds}")
    return f"CASE {' '.join(cases)} ELSE 0 END"
