"""How what a directory says becomes quick to find: theme tags by rule, listings, the directory's words."""

from __future__ import annotations

import contextlib
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from typing import TYPE_CHECKING, Final

import django
import orjson
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from livingwell.directory import derive
from livingwell.directory.actions import counting
from livingwell.directory.freshness import Standing
from livingwell.directory.index import step
from livingwell.directory.models import Listing, Service, ServiceTheme, TaggedBy
from livingwell.directory.queries.facts import facts_of, known_places
from livingwell.directory.tagging import tagger
from livingwell.themes.actions import publish
from livingwell.themes.models import Theme
from livingwell.themes.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from uuid import UUID

    from livingwell.directory.derive import Facts, Row

HIDDEN: Final = int(Standing.HIDDEN)
BATCH: Final = 1_000  # services
PART: Final = 5_000  # services that a process is given at a time
MANY: Final = 20_000  # from so many on, another process pays
PROCESSES: Final = 2
KEEP_IN_STEP: Final = "livingwell.directory.tasks.keep_search_in_step"


@dataclass(frozen=True, slots=True)
class Refreshed:
    """How many services were gone through, and the listings and theme tags that they have now."""

    services: int
    listings: int
    tags: int


def refresh(service_ids: Iterable[UUID]) -> Refreshed:
    """Make the tags and listings of some services say what the directory says of them now.

    Ids that are no service are passed over. The words of services that had no listing yet are counted; what changed
    or went is taken off the counts by the next `refresh_all`.
    """
    return _refresh(list(service_ids), None, None)


def refresh_all(progress: Callable[[int], object] | None = None) -> Refreshed:
    """The same for each service, batch by batch; of many, two batches at a time, each in a process of its own.

    `progress` is told how many were done each time.
    """
    ids = list(Service.objects.order_by("pk").values_list("pk", flat=True))
    counted: Counter[str] = Counter()
    if len(ids) < MANY or connection.in_atomic_block:
        done = _refresh(ids, counted, progress)
    else:
        done = _side_by_side(ids, counted, progress)
    with transaction.atomic():
        counting.replace(counted)
        _next_edition(())
    return done


def _refresh(
    ids: list[UUID],
    counted: Counter[str] | None,
    progress: Callable[[int], object] | None,
    *,
    alone: bool = True,
) -> Refreshed:
    themes = _themes()
    places = known_places()
    listings = tags = 0
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        with transaction.atomic():
            _wait_for_others(alone=alone)
            listed = _listed(some) if counted is None else frozenset()
            words: dict[UUID, set[str]] = {}
            made, tagged, changed = _refresh_batch(some, themes, places, words)
            if counted is None:
                counting.add(words, new=_listed(some) - listed)
            else:
                counted.update(word for said in words.values() for word in said)
            _next_edition(changed)
        listings += made
        tags += tagged
        if progress is not None:
            progress(len(some))
    return Refreshed(len(ids), listings, tags)


def _side_by_side(
    ids: list[UUID], counted: Counter[str], progress: Callable[[int], object] | None
) -> Refreshed:
    """Parts of the whole in processes: no service is in two of them."""
    listings = tags = 0
    parts = [ids[start : start + PART] for start in range(0, len(ids), PART)]
    with ProcessPoolExecutor(PROCESSES, get_context("spawn"), initializer=django.setup) as pool:
        for done, words in pool.map(_part, parts):
            counted.update(words)
            listings += done.listings
            tags += done.tags
            if progress is not None:
                progress(done.services)
    return Refreshed(len(ids), listings, tags)


def _part(ids: list[UUID]) -> tuple[Refreshed, Counter[str]]:
    words = Counter[str]()
    return _refresh(ids, words, None, alone=False), words


def _refresh_batch(
    ids: Sequence[UUID],
    themes: frozenset[str],
    places: dict[str, tuple[float, float]],
    words: dict[UUID, set[str]],
) -> tuple[int, int, set[UUID]]:
    """Tags and listings of one batch; notes the words of each service.

    The numbers of listings and tags, and the services whose listings are not what they were.
    """
    rules = tagger()
    read: dict[UUID, tuple[Facts, list[str]]] = {each.service: (each, terms) for each, terms in facts_of(ids)}
    chosen = set(
        ServiceTheme.objects.filter(service__in=ids, tagged_by=TaggedBy.HAND, applies=True).values_list(
            "service_id", flat=True
        )
    )
    by_rule = [
        (service, tag.theme, tag.because)
        for service, (facts, terms) in read.items()
        if service not in chosen  # who chose by hand knows the place; rules would only add noise
        for tag in rules.tags(facts.name, facts.description, terms)
        if tag.theme in themes
    ]
    _replace_rule_tags(ids, by_rule)
    applied = _applied(ids)
    rows: list[Row] = []
    for service, (facts, _) in read.items():
        words[service] = derive.words_of(facts.text())
        rows += derive.rows(facts, applied.get(service, ()), places)
    changed = _replace_listings(ids, rows)
    _set_kinds({row.service: row.kind for row in rows})
    return len(rows), sum(len(some) for some in applied.values()), changed


def _themes() -> frozenset[str]:
    """The slugs that can be pointed at; rows are made where the vocabulary has themes that have none."""
    known = frozenset(Theme.objects.filter(retired=False).values_list("slug", flat=True))
    if not vocabulary().themes.keys() <= known:
        publish(vocabulary())
        known = frozenset(Theme.objects.filter(retired=False).values_list("slug", flat=True))
    return known


def _wait_for_others(*, alone: bool) -> None:
    """Wait for other refreshes to finish: two at once would make each other's rows. Not `alone`: for those that are
    parts of one whole, which have no service in common.
    """
    lock = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {lock}(hashtext('directory.refresh'))")


def _replace_rule_tags(ids: Sequence[UUID], tags: Sequence[tuple[UUID, str, str]]) -> None:
    """Tags chosen by hand stay as they are, whether they say yes or no."""
    made = _json(
        [{"service": service, "theme": theme, "because": because} for service, theme, because in tags]
    )
    with connection.cursor() as cursor:
        cursor.execute(
            """
            DELETE FROM directory_servicetheme old
            WHERE old.service_id = ANY(%s::uuid[]) AND old.tagged_by = 'rule' AND NOT EXISTS (
                SELECT 1 FROM json_to_recordset(%s::json) AS made(service uuid, theme text)
                WHERE made.service = old.service_id AND made.theme = old.theme_id)
            """,
            [_array(ids), made],
        )
        cursor.execute(
            """
            INSERT INTO directory_servicetheme AS old (service_id, theme_id, tagged_by, applies, because)
            SELECT service, theme, 'rule', true, because
            FROM json_to_recordset(%s::json) AS made(service uuid, theme text, because text)
            ON CONFLICT (service_id, theme_id) DO UPDATE SET because = EXCLUDED.because
            WHERE old.tagged_by = 'rule' AND old.because <> EXCLUDED.because
            """,
            [made],
        )


def _json(rows: Sequence[Mapping[str, object]]) -> str:
    """Rows as one value: PostgreSQL takes them apart quicker than they are sent one by one."""
    return orjson.dumps(rows).decode()


def _array(ids: Iterable[UUID]) -> str:
    return "{" + ",".join(map(str, ids)) + "}"


def _applied(ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    """The themes that hold for each service, by rule or by hand, what it is mainly about first."""
    found: dict[UUID, list[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT tag.service_id, tag.theme_id FROM directory_servicetheme tag
            JOIN themes_theme theme ON theme.slug = tag.theme_id AND NOT theme.retired
            WHERE tag.service_id = ANY(%s::uuid[]) AND tag.applies ORDER BY tag.service_id, tag.id
            """,
            [_array(ids)],
        )
        for service, theme in cursor.fetchall():
            found.setdefault(service, []).append(theme)
    return found


PLAIN: Final = {
    "service_id": "uuid",
    "location_id": "uuid",
    "kind": "text",
    "latitude": "float8",
    "longitude": "float8",
    "cell": "int",
    "reach_km": "float8",
    "is_free": "bool",
    "access": "int",
    "languages": "text",
    "is_online": "bool",
    "is_by_phone": "bool",
    "weekdays": "int",
    "slots": "smallint[]",
    "ends_on": "date",
    "minimum_age": "int",
    "maximum_age": "int",
    "assured_on": "date",
    "is_live": "bool",
    "standing": "int",
}
"""The columns of a listing that are stored as they come, with the types that they are sent as."""
TEXTS: Final = ("name_words", "theme_lexemes", "theme_words", "body_words", "place_words")
COLUMNS: Final = (*PLAIN, "words")

GONE: Final = """
    DELETE FROM directory_{table} old USING (
        SELECT listing.id, listing.service_id FROM directory_listing listing
        LEFT JOIN unnest(%s::uuid[], %s::uuid[]) AS made(service, location)
        ON made.service = listing.service_id AND made.location IS NOT DISTINCT FROM listing.location_id
        WHERE listing.service_id = ANY(%s::uuid[]) AND made.service IS NULL
    ) AS gone WHERE old.{column} = gone.id
    RETURNING gone.service_id
"""
SENT: Final = [f"{name} {kind}" for name, kind in (PLAIN | dict.fromkeys(TEXTS, "text")).items()]
SET: Final = [f"{name} = EXCLUDED.{name}" for name in COLUMNS if name not in ("service_id", "location_id")]
UPSERT: Final = f"""
    INSERT INTO directory_listing AS old ({", ".join(COLUMNS)})
    SELECT {", ".join(PLAIN)},
        setweight(to_tsvector('english', name_words), 'A') || theme_lexemes::tsvector
        || setweight(to_tsvector('english', theme_words), 'B')
        || setweight(to_tsvector('english', body_words), 'C')
        || setweight(to_tsvector('english', place_words), 'D')
    FROM json_to_recordset(%s::json) AS made({", ".join(SENT)})
    ON CONFLICT (service_id, location_id) DO UPDATE
    SET {", ".join(SET)}
    WHERE ({", ".join(f"old.{name}" for name in COLUMNS)})
        IS DISTINCT FROM ({", ".join(f"EXCLUDED.{name}" for name in COLUMNS)})
    RETURNING service_id
"""  # noqa: S608 - made of the names above only
THEMES_GONE: Final = f"""
    DELETE FROM directory_listingtheme old USING directory_listing listing
    WHERE listing.id = old.listing_id AND listing.service_id = ANY(%s::uuid[]) AND (
        NOT listing.is_live OR listing.standing = {HIDDEN} OR NOT EXISTS (
            SELECT 1 FROM unnest(%s::uuid[], %s::text[]) AS made(service, theme)
            WHERE made.service = listing.service_id AND made.theme = old.theme_id))
"""  # noqa: S608 - a number
THEMES_MADE: Final = f"""
    INSERT INTO directory_listingtheme AS old
        (listing_id, theme_id, cell, latitude, longitude, reach_km, assured_on, place)
    SELECT listing.id, made.theme, listing.cell, listing.latitude, listing.longitude, listing.reach_km,
        listing.assured_on, made.place
    FROM unnest(%s::uuid[], %s::text[], %s::int[]) AS made(service, theme, place)
    JOIN directory_listing listing ON listing.service_id = made.service AND listing.is_live
        AND listing.standing < {HIDDEN}
    ON CONFLICT (listing_id, theme_id) DO UPDATE
    SET cell = EXCLUDED.cell, latitude = EXCLUDED.latitude, longitude = EXCLUDED.longitude,
        reach_km = EXCLUDED.reach_km, assured_on = EXCLUDED.assured_on, place = EXCLUDED.place
    WHERE (old.cell, old.latitude, old.longitude, old.reach_km, old.assured_on, old.place)
        IS DISTINCT FROM
        (EXCLUDED.cell, EXCLUDED.latitude, EXCLUDED.longitude, EXCLUDED.reach_km, EXCLUDED.assured_on,
            EXCLUDED.place)
"""  # noqa: S608 - a number


def _replace_listings(ids: Sequence[UUID], rows: Sequence[Row]) -> set[UUID]:
    """One listing a service and place, with its themes. What stays keeps its id; what is the same stays.

    The services of which a listing is new, changed or gone.
    """
    changed: set[UUID] = set()
    themes = {(row.service, slug): place for row in rows for place, slug in enumerate(row.themes)}
    services, slugs = _array(service for service, _ in themes), [slug for _, slug in themes]
    with connection.cursor() as cursor:
        kept = [row.service for row in rows], [row.location for row in rows]
        for table, column in (("listingtheme", "listing_id"), ("listing", "id")):
            cursor.execute(GONE.format(table=table, column=column), [*kept, _array(ids)])
            changed.update(service for (service,) in cursor.fetchall())
        if rows:
            labels = {theme.slug: theme.label for theme in vocabulary().themes.values()}
            cursor.execute(UPSERT, [_json([_sent(row, labels) for row in rows])])
            changed.update(service for (service,) in cursor.fetchall())
        cursor.execute(THEMES_GONE, [_array(ids), services, slugs])
        cursor.execute(THEMES_MADE, [services, slugs, list(themes.values())])
    return changed


def _sent(row: Row, labels: Mapping[str, str]) -> dict[str, object]:
    """A row as it is sent: its columns, and the texts that its words are made from."""
    return {name: getattr(row, name.removesuffix("_id")) for name in PLAIN} | {
        "name_words": row.name_words,
        "theme_lexemes": derive.theme_lexemes(row.themes),
        "theme_words": " ".join(labels.get(slug, "") for slug in row.themes),
        "body_words": row.body_words,
        "place_words": row.place_words,
    }


def _set_kinds(kinds: dict[UUID, str]) -> None:
    """The kind that the rules found, for services of which nobody said it by hand."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE directory_service old SET kind = made.kind
            FROM unnest(%s::uuid[], %s::text[]) AS made(service, kind)
            WHERE old.id = made.service AND NOT old.kind_by_hand AND old.kind <> made.kind
            """,
            [_array(kinds), list(kinds.values())],
        )


def _listed(ids: Sequence[UUID]) -> frozenset[UUID]:
    """Which of these services have a listing."""
    return frozenset(Listing.objects.filter(service__in=ids).values_list("service_id", flat=True))


def _next_edition(changed: Collection[UUID]) -> None:
    """Let other processes see that there is something new, and which services to read again.

    Numbered by the microsecond, so that none comes twice. This process brings the search index of its host in step
    as soon as it is done; the job sees to it should this process end before; other hosts see the number.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO directory_edition (id, directory, number)
            VALUES (1, gen_random_uuid(), (extract(epoch FROM clock_timestamp()) * 1000000)::bigint)
            ON CONFLICT (id) DO UPDATE SET number = greatest(EXCLUDED.number, directory_edition.number + 1)
            RETURNING number
            """
        )
        number = cursor.fetchone()[0]
        cursor.execute(
            """
            INSERT INTO directory_relisted (service_id, edition) SELECT unnest(%s::uuid[]), %s
            ON CONFLICT (service_id) DO UPDATE SET edition = EXCLUDED.edition
            """,
            [_array(changed), number],
        )
    if changed:
        with contextlib.suppress(AlreadyEnqueued), transaction.atomic():
            app.configure_task(KEEP_IN_STEP, queueing_lock=KEEP_IN_STEP).defer()
        transaction.on_commit(step.soon)
