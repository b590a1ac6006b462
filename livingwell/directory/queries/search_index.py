"""The search in the index of this host: the same filters and the same order as in PostgreSQL, in milliseconds.

Order: the tier, within it what is not lowered, then the distance where a place is given, then how well it fits
(`fitting`), then what was confirmed latest. The tiers: all the words in the name; what is about a theme or has all the
words (where a place is given: all the themes, one of them mainly; mainly about a theme; all the words; a theme); some
of the words; what is only near to it. What is asked of the index stands in `asking`.

No order is cut short. Few candidates are all measured. Of many, the nearest are found by looking in ever wider circles;
where no place is given, those that fit best come from the index itself, and of more equals than are looked at those
confirmed latest are found by going through their tier in that order.
"""

from __future__ import annotations

from math import asin, sqrt
from threading import Lock
from typing import TYPE_CHECKING, Final, NamedTuple

from tantivy import Occur, Order, Query

from livingwell.directory.grid import EARTH_KM
from livingwell.directory.index import words
from livingwell.directory.index.layout import EVERYWHERE, LOWERED, REACH_OF_A_PLACE, UPRIGHT, on_the_globe
from livingwell.directory.queries import asking
from livingwell.directory.queries.wanted import COUNTED, Hit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import tantivy

    from livingwell.directory.queries.wanted import Asked
    from livingwell.directory.queries.words import Point

EACH: Final = 3_000  # so many candidates are all looked at; of more, circle by circle
STEP: Final = 1_024.0  # between tiers; how well words fit is always less
LIFT: Final = 1.0  # more than is ever taken off, so that nothing falls into the next tier
TIERS: Final = 14  # seven, each with what is lowered after it
EQUALS: Final = 500  # of those that fit equally well so many are looked at; of more, from the latest on
ROUNDED: Final = 0.003  # by so much two sums of the same numbers may differ, of which one has the tier in it
FIRST_CIRCLE_KM: Final = 0.4

# A search keeps a core busy: four at once on one core would make the longest of them four times as long, and none
# shorter. More cores are put to use by more processes (WEB_WORKERS).
_ONE_AT_A_TIME: Final = Lock()

Clauses = list[tuple[Occur, Query]]
_Found = tuple[float, "tantivy.DocAddress"]


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
    with _ONE_AT_A_TIME:
        return _Search(index, asked, each).find(offset, limit)


class _Search:
    """One search, with what it needs at hand."""

    def __init__(self, index: tantivy.Index, asked: Asked, each: int) -> None:
        self.each = each
        self.schema = index.schema
        self.searcher = index.searcher()
        self.wanted = asked.wanted
        self.filters: Clauses = [*asking.filters(self.schema, asked)]
        self.lowered = asking.a_fact(self.schema, LOWERED)
        self.tiers = list(self._levels(asking.tiers(self.schema, asked)))
        self.fit = asking.fit(self.schema, asked)

    def find(self, offset: int, limit: int) -> tuple[list[Hit], int]:
        if self.wanted.words.strip() and not self.tiers:
            return [], 0
        if self.wanted.near is None:
            return self._anywhere(offset, limit)
        near = asking.near(self.schema, self.wanted.near, self.wanted.within_km)
        found = self._few(self._query(self.filters, near))
        few = found is not None
        if found is None:
            found = self._nearest(self.wanted.near, offset + limit)
        ordered = _each_service_once(sorted(found))
        total = len(ordered) if few else COUNTED + 1
        return [_hit(each) for each in ordered[offset : offset + limit]], total

    def _levels(self, tiers: Iterable[Query]) -> Iterator[Query]:
        """Each tier as what is not lowered, then what is."""
        some = self.searcher.doc_freq("facts", LOWERED)
        for tier in tiers:
            if some:
                yield Query.boolean_query([(Occur.Must, tier), (Occur.MustNot, self.lowered)])
                yield asking.all_of([tier, self.lowered])
            else:
                yield tier

    def _anywhere(self, offset: int, limit: int) -> tuple[list[Hit], int]:
        """Without a place the order is that of the index: only as many as needed are looked at."""
        needed = offset + limit + 10
        while True:
            found, count = self._look_past_ties(self._query(self.filters), needed, offset + limit)
            ordered = _each_service_once(sorted(found) if self.tiers else found)
            if count <= len(found) or len(ordered) >= offset + limit:
                break
            needed *= 2  # services with many places
        total = len(ordered)
        if count > len(found):
            total = self._services() if count <= self.each else COUNTED + 1
        return [_hit(each) for each in ordered[offset : offset + limit]], total

    def _services(self) -> int:
        """How many services there are; where they are more than are counted, at least so many."""
        query, services = self._query(self.filters), set[object]()
        for most in (COUNTED + 1, self.each):  # of most services there is one listing
            found = self.searcher.search(query, most, count=False, order_by_field="order").hits
            services = set(self.searcher.fast_field_values("service", [address for _, address in found]))
            if len(found) < most or len(services) > COUNTED:
                break
        return len(services)

    def _nearest(self, point: Point, needed: int) -> list[_Candidate]:
        """Enough of many candidates, the best tier first and in each the nearest first."""
        found: list[_Candidate] = []
        done: list[Query] = []
        for tier in self.tiers or self._levels([Query.all_query()]):
            clauses: Clauses = [
                *self.filters,
                (Occur.Must, asking.for_nothing(tier)),
                *((Occur.MustNot, each) for each in done),
            ]
            few = self._few(self._query(clauses, asking.near(self.schema, point, self.wanted.within_km)))
            if few is not None:
                found += few
            else:
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
            circle = asking.at_a_place(self.schema, point, km)
            found = self._all(self._query(clauses, circle))
            inside = [each for each in found if each.km <= km]
            if km >= within or len({each.service for each in inside}) >= needed:
                return inside
            km = min(km * 2, within)

    def _of_no_place(self, clauses: Clauses, point: Point, needed: int) -> list[_Candidate]:
        elsewhere = asking.without_a_place(self.schema, point)
        asked = needed + 50
        while True:
            found, count = self._look_past_ties(self._query(clauses, elsewhere), asked, needed)
            if count <= asked or len({each.service for each in found}) >= needed:
                return found
            asked *= 4

    def _query(self, clauses: Clauses, *more: Query) -> Query:
        parts = [*clauses, *((Occur.Must, asking.for_nothing(each)) for each in more)]
        if self.tiers:
            tiers = [
                Query.const_score_query(tier, (TIERS - number) * STEP + LIFT)
                for number, tier in enumerate(self.tiers)
            ]
            parts.append((Occur.Must, Query.disjunction_max_query(tiers)))
            parts += [(Occur.Should, each) for each in self.fit]
        if not any(occur == Occur.Must for occur, _ in parts):
            parts.append((Occur.Must, Query.all_query()))
        return Query.boolean_query(parts)

    def _look_past_ties(self, query: Query, most: int, enough: int) -> tuple[list[_Candidate], int]:
        """The first of what a query finds, those beyond reach left out, and how much it finds.

        Where equals would be cut before there are enough, the latest confirmed of them are taken.
        """
        result = self._first(query, most)
        hits, count = result.hits, _count(result)
        if not self.tiers or count <= most:
            return self._read(hits), count
        least = hits[-1][0]
        better = self._read([hit for hit in hits if hit[0] > least])
        if len({each.service for each in better}) >= enough:
            return better, count
        if most < EQUALS:
            hits = self._first(query, EQUALS).hits
        if count <= len(hits) or hits[-1][0] < least:
            equals = self._latest([hit for hit in hits if hit[0] == least], most)
        else:
            equals = self._latest_like(least, query, most)
        return better + equals, count

    def _latest(self, hits: list[_Found], most: int) -> list[_Candidate]:
        """The latest confirmed of these, so that not all have to be read."""
        orders = self.searcher.fast_field_values("order", [address for _, address in hits])
        latest = sorted(zip(orders, hits, strict=True), key=lambda each: -int(each[0] or 0))
        return self._read([hit for _, hit in latest[:most]])

    def _latest_like(self, score: float, query: Query, most: int) -> list[_Candidate]:
        """Enough of many that fit as well as this: their tier is gone through from the latest confirmed on."""
        number, worse = _tier(score), -(score % STEP)
        before = [(Occur.MustNot, each) for each in self.tiers[:number]]
        tier = Query.boolean_query([(Occur.Must, query), (Occur.Must, self.tiers[number]), *before])
        asked = EQUALS
        while True:
            result = self.searcher.search(tier, asked, order_by_field="order", order=Order.Desc)
            owners = self.searcher.fast_field_values("service", [address for _, address in result.hits])
            some = Query.term_set_query(self.schema, "owner", list(dict.fromkeys(owners)))
            equals = [
                each._replace(worse=worse)
                for each in self._all(asking.all_of([query, asking.for_nothing(some)]))
                if each.tier == number and abs(each.worse - worse) < ROUNDED
            ]
            if len(equals) >= most or _count(result) <= asked:
                return equals
            asked *= 4

    def _few(self, query: Query) -> list[_Candidate] | None:
        """All that a query finds, those beyond reach left out; None where it is much."""
        result = self._first(query, self.each)
        return self._read(result.hits) if _count(result) <= self.each else None

    def _all(self, query: Query) -> list[_Candidate]:
        result = self._first(query, self.each)
        if _count(result) > self.each:
            result = self._first(query, _count(result))
        return self._read(result.hits)

    def _first(self, query: Query, most: int) -> tantivy.SearchResult:
        if self.tiers:
            return self.searcher.search(query, most)
        return self.searcher.search(query, most, order_by_field="order", order=Order.Desc)

    def _read(self, hits: list[_Found]) -> list[_Candidate]:
        addresses = [address for _, address in hits]
        return list(self._candidates(addresses, [score for score, _ in hits] if self.tiers else ()))

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
            placed = bool(away) and reach == REACH_OF_A_PLACE
            if reach != EVERYWHERE and km > (self.wanted.within_km if placed else reach):
                continue
            tier, fit = 0 if int(order or 0) & UPRIGHT else 1, 0.0
            if scores:
                tier = _tier(scores[number])
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


def _count(result: tantivy.SearchResult) -> int:
    return int(result.count)  # type: ignore[attr-defined]  # left out of its stubs


def _tier(score: float) -> int:
    return TIERS - int(score // STEP)


def _each_service_once(candidates: Iterable[_Candidate]) -> list[_Candidate]:
    """One service may be listed at many places: the nearest stands for it."""
    first: dict[int, _Candidate] = {}
    for each in candidates:
        first.setdefault(each.service, each)
    return list(first.values())
