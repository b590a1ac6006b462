"""The search in the index of this host: the same filters and the same order as in PostgreSQL, in milliseconds.

Order: the tier (all the words in the name; all the themes, one of them mainly; mainly about a theme; all the words; a
theme; some of the words), within it what is not lowered, then
the distance where a place is given, then how well the words fit (BM25, a name weighing more than a theme, a text, a
place), then what was confirmed latest. Few candidates are all measured; of many the nearest are found by looking in
ever wider circles. None is cut.
"""

from __future__ import annotations

from functools import lru_cache
from math import asin, sqrt
from typing import TYPE_CHECKING, Final, NamedTuple

from tantivy import FieldType, Occur, Order, Query

from livingwell.directory.grid import EARTH_KM, FINE, cells_around
from livingwell.directory.index import words
from livingwell.directory.index.layout import (
    ANYWHERE,
    AREA,
    EVERYWHERE,
    LOWERED,
    PLACED,
    REACH_OF_A_PLACE,
    UPRIGHT,
    on_the_globe,
)
from livingwell.directory.queries.wanted import COUNTED, FARTHEST_AREA_KM, HERE, Hit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import tantivy

    from livingwell.directory.queries.wanted import Asked
    from livingwell.directory.queries.words import Point

EACH: Final = 3_000  # so many candidates are all looked at; of more, circle by circle
STEP: Final = 1_024.0  # between tiers; how well words fit is always less
TIERS: Final = 12  # six, each with what is lowered after it
MOST_WORDS: Final = 12  # of those typed, so many say how well something fits
WEIGHTS: Final = {"a": 1.0, "b": 0.4, "c": 0.2, "d": 0.1}
A_THEME: Final = 4.0  # what being about a theme adds, the more the earlier the theme is named
MAINLY: Final = ("a", "b")  # a theme named among the first three
FIRST_CIRCLE_KM: Final = 0.4
FINE_UP_TO_KM: Final = 9.0  # beyond this the squares would be too many

Clauses = list[tuple[Occur, Query]]


class _Candidate(NamedTuple):
    """A listing found, in the order of what comes first."""

    tier: int
    placeless: bool
    km: float
    worse: float  # the greater, the less its words fit
    later: int
    listing: int
    service: int


def can_say(asked: Asked) -> bool:
    """Whether the index can answer: it does not know which words follow which."""
    return not words.has_phrase(words.read(asked.lexemes))


def find(
    index: tantivy.Index, asked: Asked, offset: int, limit: int, *, each: int = EACH
) -> tuple[list[Hit], int]:
    """Some of the services found, in order, and how many there are: at most COUNTED + 1.

    `each`: so many candidates are all looked at, before any other way is tried.
    """
    return _Search(index, asked, each).find(offset, limit)


class _Search:
    """One search, with what it needs at hand."""

    def __init__(self, index: tantivy.Index, asked: Asked, each: int) -> None:
        self.each = each
        self.schema = index.schema
        self.searcher = index.searcher()
        self.wanted = asked.wanted
        self.filters: Clauses = [*_filters(self.schema, asked)]
        self.lowered = _a_fact(self.schema, LOWERED)
        self.tiers = list(self._levels(_tiers(self.schema, asked)))
        self.fit = _fit(self.schema, asked)

    def find(self, offset: int, limit: int) -> tuple[list[Hit], int]:
        if self.wanted.words.strip() and not self.tiers:
            return [], 0
        if self.wanted.near is None:
            return self._anywhere(offset, limit)
        near = _near(self.schema, self.wanted.near, self.wanted.within_km)
        found, count = self._look(self._query(self.filters, near), self.each)
        if count > self.each:
            found = self._nearest(self.wanted.near, offset + limit)
        ordered = _each_service_once(sorted(found))
        total = len(ordered) if count <= self.each else COUNTED + 1
        return [_hit(each) for each in ordered[offset : offset + limit]], total

    def _levels(self, tiers: Iterable[Query]) -> Iterator[Query]:
        """Each tier as what is not lowered, then what is."""
        some = self.searcher.doc_freq("facts", LOWERED)
        for tier in tiers:
            if some:
                yield Query.boolean_query([(Occur.Must, tier), (Occur.MustNot, self.lowered)])
                yield _all([tier, self.lowered])
            else:
                yield tier

    def _anywhere(self, offset: int, limit: int) -> tuple[list[Hit], int]:
        """Without a place the order is that of the index: only as many as needed are looked at."""
        needed = offset + limit + 10
        while True:
            found, count = self._look_past_ties(self._query(self.filters), needed)
            ordered = _each_service_once(sorted(found) if self.tiers else found)
            if count <= len(found) or len(ordered) >= offset + limit:
                break
            needed *= 2  # services with many places
        total = len(ordered)
        if count > len(found):
            total = self._services() if count <= self.each else COUNTED + 1
        return [_hit(each) for each in ordered[offset : offset + limit]], total

    def _services(self) -> int:
        found = self.searcher.search(self._query(self.filters), self.each, count=False).hits
        return len(set(self.searcher.fast_field_values("service", [address for _, address in found])))

    def _nearest(self, point: Point, needed: int) -> list[_Candidate]:
        """Enough of many candidates, the best tier first and in each the nearest first."""
        found: list[_Candidate] = []
        done: list[Query] = []
        for tier in self.tiers or self._levels([Query.all_query()]):
            clauses: Clauses = [
                *self.filters,
                (Occur.Must, _for_nothing(tier)),
                *((Occur.MustNot, each) for each in done),
            ]
            found += self._nearest_of(clauses, point, needed)
            found += self._of_no_place(clauses, point, needed)
            if len({each.service for each in found}) >= needed:
                break
            done.append(tier)
        return found

    def _nearest_of(self, clauses: Clauses, point: Point, needed: int) -> list[_Candidate]:
        """Those at a place, in ever wider circles until there are enough: what lies within one is complete."""
        within = self.wanted.within_km
        km = min(FIRST_CIRCLE_KM, within)
        while True:
            circle = _at_a_place(self.schema, point, km)
            most = self.each
            found, count = self._look(self._query(clauses, circle), most)
            if count > most:
                found, _ = self._look(self._query(clauses, circle), count)
            inside = [each for each in found if each.km <= km]
            if km >= within or len({each.service for each in inside}) >= needed:
                return inside
            km = min(km * 2, within)

    def _of_no_place(self, clauses: Clauses, point: Point, needed: int) -> list[_Candidate]:
        elsewhere = _without_a_place(self.schema, point)
        asked = needed + 50
        while True:
            found, count = self._look_past_ties(self._query(clauses, elsewhere), asked)
            if count <= asked or len({each.service for each in found}) >= needed:
                return found
            asked *= 4

    def _query(self, clauses: Clauses, *more: Query) -> Query:
        parts = [*clauses, *((Occur.Must, _for_nothing(each)) for each in more)]
        if self.tiers:
            tiers = [
                Query.const_score_query(tier, (TIERS - number) * STEP)
                for number, tier in enumerate(self.tiers)
            ]
            parts.append((Occur.Must, Query.disjunction_max_query(tiers)))
            parts += [(Occur.Should, each) for each in self.fit]
        if not any(occur == Occur.Must for occur, _ in parts):
            parts.append((Occur.Must, Query.all_query()))
        return Query.boolean_query(parts)

    def _look_past_ties(self, query: Query, most: int) -> tuple[list[_Candidate], int]:
        """The same; where the last ones fit no worse than those before, all that fit as well are looked at too."""
        found, count = self._look(query, most)
        if self.tiers and count > most and found:
            last, before = found[-1], found[len(found) * 2 // 3]
            if (last.tier, last.worse) == (before.tier, before.worse):
                found, count = self._look(query, max(most, self.each))
        return found, count

    def _look(self, query: Query, most: int) -> tuple[list[_Candidate], int]:
        """The first of what a query finds, those beyond reach left out, and how much it finds."""
        if self.tiers:
            result = self.searcher.search(query, most)
        else:
            result = self.searcher.search(query, most, order_by_field="order", order=Order.Desc)
        addresses = [address for _, address in result.hits]
        scores: Iterable[float] = (score for score, _ in result.hits) if self.tiers else ()
        count: int = result.count  # type: ignore[attr-defined]  # left out of its stubs
        return list(self._candidates(addresses, list(scores))), count

    def _candidates(
        self, addresses: list[tantivy.DocAddress], scores: Sequence[float]
    ) -> Iterator[_Candidate]:
        read = self.searcher.fast_field_values
        columns = zip(
            read("pk", addresses), read("service", addresses), read("order", addresses), strict=True
        )
        away = self._away(addresses)
        for number, (listing, service, order) in enumerate(columns):
            km, reach = away[number] if away else (0.0, EVERYWHERE)
            placed = reach == REACH_OF_A_PLACE
            if reach != EVERYWHERE and km > (self.wanted.within_km if placed else reach):
                continue
            tier, fit = 0 if int(order or 0) & UPRIGHT else 1, 0.0
            if scores:
                tier = TIERS - int(scores[number] // STEP)
                fit = scores[number] % STEP
            yield _Candidate(
                tier,
                not placed,
                km if placed else 0.0,
                -fit,
                -int(order or 0),
                int(listing or 0),
                int(service or 0),
            )

    def _away(self, addresses: list[tantivy.DocAddress]) -> list[tuple[float, float]]:
        """How far away each is, in kilometres, and how far it reaches; empty where no place is given."""
        point = self.wanted.near
        if point is None:
            return []
        east, north, up = on_the_globe(point.latitude, point.longitude)
        read = self.searcher.fast_field_values
        found = []
        for x, y, z, reach in zip(*(read(name, addresses) for name in ("x", "y", "z", "reach")), strict=True):
            if x is None or y is None or z is None or reach == EVERYWHERE:
                found.append((0.0, float(reach or 0.0)))
                continue
            chord = sqrt((x - east) ** 2 + (y - north) ** 2 + (z - up) ** 2)
            found.append((2 * EARTH_KM * asin(min(1.0, chord / 2)), float(reach or 0.0)))
        return found


def _hit(candidate: _Candidate) -> Hit:
    return Hit(candidate.listing, None if candidate.placeless else candidate.km)


def _each_service_once(candidates: Iterable[_Candidate]) -> list[_Candidate]:
    """One service may be listed at many places: the nearest stands for it."""
    first: dict[int, _Candidate] = {}
    for each in candidates:
        first.setdefault(each.service, each)
    return list(first.values())


def _for_nothing(query: Query) -> Query:
    """A condition that adds nothing to how well something fits."""
    return Query.const_score_query(query, 0.0)


def _filters(schema: tantivy.Schema, asked: Asked) -> Iterator[tuple[Occur, Query]]:
    """All but words and place."""
    wanted = asked.wanted
    for slug in (*wanted.themes, *wanted.groups):
        yield Occur.Must, _for_nothing(Query.term_query(schema, "words", f"~{slug}", "basic"))
    for facts in _facts(asked):
        yield Occur.Must, _for_nothing(_a_fact(schema, *facts))
    if wanted.on:
        today = wanted.on.astimezone(HERE).date().toordinal()
        yield Occur.MustNot, Query.range_query(schema, "ends", FieldType.Unsigned, upper_bound=today - 1)
    if wanted.age is not None:
        yield (
            Occur.MustNot,
            Query.range_query(schema, "youngest", FieldType.Unsigned, lower_bound=wanted.age + 1),
        )
        if wanted.age:
            yield (
                Occur.MustNot,
                Query.range_query(schema, "oldest", FieldType.Unsigned, upper_bound=wanted.age - 1),
            )


def _facts(asked: Asked) -> Iterator[tuple[str, ...]]:
    """The facts asked for (see `index.layout`): one of each tuple must hold."""
    wanted = asked.wanted
    if wanted.kinds:
        yield tuple(f"kind:{kind}" for kind in wanted.kinds)
    if wanted.free:
        yield ("free",)
    for term in wanted.access:
        yield (f"access:{term}",)
    if wanted.language:
        yield (f"language:{wanted.language}",)
    ways_in = (("online", wanted.online), ("by-phone", wanted.by_phone))
    if any(asked_for for _, asked_for in ways_in):
        yield tuple(name for name, asked_for in ways_in if asked_for)
    if wanted.open_at:
        yield ("live",)
    if asked.slots is not None:
        yield tuple(f"slot:{slot}" for slot in asked.slots)
    if wanted.day is not None and asked.slots is None:
        yield (f"day:{wanted.day}",)


def _a_fact(schema: tantivy.Schema, *names: str) -> Query:
    if len(names) == 1:
        return Query.term_query(schema, "facts", names[0], "basic")
    return Query.term_set_query(schema, "facts", names)


def _tiers(schema: tantivy.Schema, asked: Asked) -> list[Query]:
    """What must hold for each tier, the best first; empty where no words are given or none can be searched by."""
    if not asked.wanted.words.strip() and not asked.themes:
        return []
    node = words.read(asked.lexemes)
    nothing = Query.empty_query()
    named = words.query(schema, "a", node) if node else nothing
    typed = words.query(schema, "words", node) if node else nothing
    any_word = words.read(asked.lexemes, any_word=True) if asked.any_word else None
    some = [words.query(schema, "words", any_word)] if any_word else []
    about = [_about(schema, slug, "words") for slug in asked.themes]
    if not about:
        return [named, typed, *some] if node else []
    mainly = _any([_about(schema, slug, field) for slug in asked.core for field in MAINLY])
    return [named, _all([mainly, *about]), mainly, typed, _any(about), *some]


def _about(schema: tantivy.Schema, slug: str, field: str) -> Query:
    return Query.term_query(schema, field, f"~{slug}", "basic")


def _fit(schema: tantivy.Schema, asked: Asked) -> list[Query]:
    """What adds to how well something fits: each word by where it stands, each theme."""
    node = words.read(asked.lexemes, any_word=asked.any_word)
    typed = [
        Query.disjunction_max_query(
            [
                Query.boost_query(Query.term_query(schema, field, lexeme, "freq"), weight)
                for field, weight in WEIGHTS.items()
            ]
        )
        for lexeme in list(dict.fromkeys(words.lexemes(node)))[:MOST_WORDS]
    ]
    about = [
        Query.const_score_query(_about(schema, slug, field), A_THEME * WEIGHTS[field])
        for slug in asked.themes
        for field in ("a", "b", "c")
    ]
    return [*typed, *about]


def _near(schema: tantivy.Schema, point: Point, km: float) -> Query:
    """What may be within reach of the place; never too little, at the edges a little too much."""
    return _any([_at_a_place(schema, point, km), _without_a_place(schema, point)])


def _at_a_place(schema: tantivy.Schema, point: Point, km: float) -> Query:
    return _all([_a_fact(schema, PLACED), _squares(schema, point, km)])


def _without_a_place(schema: tantivy.Schema, point: Point) -> Query:
    """What comes to people: to everybody, or to those who live near enough."""
    area = _all([_a_fact(schema, AREA), _squares(schema, point, FARTHEST_AREA_KM)])
    return _any([_a_fact(schema, ANYWHERE), area])


def _squares(schema: tantivy.Schema, point: Point, km: float) -> Query:
    fine = km <= FINE_UP_TO_KM
    cells = _cells(point.latitude, point.longitude, km, FINE if fine else 1)
    return Query.term_set_query(schema, "spot" if fine else "cell", cells)


@lru_cache(maxsize=500)
def _cells(latitude: float, longitude: float, km: float, fine: int) -> list[int]:
    return cells_around(latitude, longitude, km, fine)


def _all(queries: Iterable[Query]) -> Query:
    return Query.boolean_query([(Occur.Must, each) for each in queries])


def _any(queries: Iterable[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, each) for each in queries])
