"""Where postcodes and places are, and giving locations their exact point."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django.db import connection, transaction

from livingwell.directory.feeds.postcodes import NoSpot, spots

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path
    from uuid import UUID

EXAMPLES: Final = 5
CHUNK: Final = 10_000

NAMED: Final = """
    SELECT name, min(label), round(avg(latitude)::numeric, 6)::float8, round(avg(longitude)::numeric,
    6)::float8,
           bool_or(approximate)
    FROM incoming GROUP BY name
"""
HALVES: Final = """
    SELECT lower(split_part(label, ' ', 1)), split_part(label, ' ', 1), round(avg(latitude)::numeric,
    6)::float8,
           round(avg(longitude)::numeric, 6)::float8, true
    FROM incoming WHERE NOT approximate GROUP BY 1, 2
"""
UPSERT: Final = """
    WITH given (name, label, latitude, longitude, approximate) AS ({given}),
    done AS (
        INSERT INTO directory_placename AS old (name, label, latitude, longitude,
        approximate) SELECT * FROM given
        ON CONFLICT (name) DO UPDATE SET label = EXCLUDED.label, latitude = EXCLUDED.latitude,
            longitude = EXCLUDED.longitude, approximate = EXCLUDED.approximate
        WHERE (old.label, old.latitude, old.longitude, old.approximate)
            IS DISTINCT FROM (EXCLUDED.label, EXCLUDED.latitude, EXCLUDED.longitude, EXCLUDED.approximate)
        RETURNING xmax = 0 AS added
    )
    SELECT (SELECT count(*) FROM given), count(*) FILTER (WHERE added),
    count(*) FILTER (WHERE NOT added) FROM done
"""
"""How many names are given, how many of them are new, and how many changed."""
LOCATE: Final = """
    UPDATE directory_location place
    SET latitude = spot.latitude, longitude = spot.longitude, approximate = false, from_postcode = true
    FROM (
        SELECT DISTINCT ON (address.location_id) address.location_id, name.latitude, name.longitude
        FROM directory_address address
        JOIN directory_placename name
            ON name.name = lower(regexp_replace(address.postal_code, '\\s', '', 'g')) AND NOT name.approximate
        WHERE address.address_type = 'physical' AND (%(all)s OR address.location_id = ANY(%(some)s::uuid[]))
        ORDER BY address.location_id, address.id
    ) AS spot
    WHERE place.id = spot.location_id AND place.location_type <> 'virtual'
        AND (place.latitude IS NULL OR place.approximate OR place.from_postcode)
        AND (place.latitude, place.longitude, place.approximate)
            IS DISTINCT FROM (spot.latitude, spot.longitude, false)
    RETURNING place.id
"""


@dataclass(slots=True)
class Loaded:
    """The account of one list of places: each row was taken, or ended, or refused. A row may give two names.

    `areas_changed`: so that whatever has only an area, or the first half of a postcode, is now elsewhere.
    """

    path: str
    rows: int = 0
    ended: int = 0
    refused: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[NoSpot]] = field(default_factory=dict)
    names: int = 0
    added: int = 0
    changed: int = 0
    outward: int = 0
    areas_changed: bool = False
    seconds: float = 0.0

    def refuse(self, spot: NoSpot) -> None:
        if spot.ended:
            self.ended += 1
            return
        self.refused += 1
        self.reasons[spot.reason] += 1
        named = self.examples.setdefault(spot.reason, [])
        if len(named) < EXAMPLES:
            named.append(spot)

    def as_text(self) -> str:
        lines = [
            f"{self.path}: {self.rows:,} rows read, {self.ended:,} no longer used, {self.refused:,} refused.",
            f"{self.names:,} names of places: {self.added:,} added, {self.changed:,} changed, "
            f"{self.names - self.added - self.changed:,} as they were.",
        ]
        if self.outward:
            lines.append(
                f"The middles of {self.outward:,} first halves of postcodes were worked out from them."
            )
        for reason, count in self.reasons.most_common():
            lines.append(f"  {count:,} refused: {reason}")
            lines += [f"      {one.file}, row {one.line}, {one.known}" for one in self.examples[reason]]
        lines += [f"It took {self.seconds:.1f} seconds.", ""]
        return "\n".join(lines)


def load(path: Path, *, progress: Callable[[int], object] | None = None) -> Loaded:
    """Take a list of places in, all or nothing. Raises NotAFeed; `progress` hears of each 10,000 rows."""
    began = time.monotonic()
    done = Loaded(str(path))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.incoming")
        cursor.execute(
            "CREATE TEMPORARY TABLE incoming (name text, label text, latitude float8, longitude float8, "
            "approximate boolean) ON COMMIT DROP"
        )
        _copy(cursor.cursor, path, done, progress)
        done.names, done.added, done.changed = _upsert(cursor, NAMED)
        done.outward, added, changed = _upsert(cursor, HALVES)
        cursor.execute("SELECT EXISTS (SELECT FROM incoming WHERE approximate)")
        areas = bool(cursor.fetchone()[0])
        done.areas_changed = bool(added or changed or (areas and (done.added or done.changed)))
    done.seconds = time.monotonic() - began
    return done


def _copy(cursor: Any, path: Path, done: Loaded, progress: Callable[[int], object] | None) -> None:
    """Stream the rows into the table `incoming`. `cursor`: psycopg's own, which can copy."""
    with cursor.copy("COPY incoming (name, label, latitude, longitude, approximate) FROM STDIN") as copy:
        for found in spots(path):
            done.rows += 1
            if isinstance(found, NoSpot):
                done.refuse(found)
            else:
                for spot in found:
                    copy.write_row((spot.name, spot.label, spot.latitude, spot.longitude, spot.approximate))
            if progress is not None and done.rows % CHUNK == 0:
                progress(CHUNK)


def _upsert(cursor: Any, given: str) -> tuple[int, int, int]:
    cursor.execute(UPSERT.format(given=given))
    names, added, changed = cursor.fetchone()
    return names, added, changed


def locate(locations: Iterable[UUID] | None = None) -> set[UUID]:
    """Give places that only have a rough point, or none, the exact one of their postcode; which places moved.

    All places, or some. What a feed says exactly stays as it is. The search entries are for the caller to
    refresh.
    """
    some = None if locations is None else list(locations)
    if some == []:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(LOCATE, {"all": some is None, "some": some or []})
        return {row[0] for row in cursor.fetchall()}
