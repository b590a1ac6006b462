"""What is asked of the search index, clause by clause: filters, tiers, how well words fit, what lies around a place."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from tantivy import FieldType, Occur, Query

from livingwell.directory.grid import FINE, cells_around
from livingwell.directory.index import words
from livingwell.directory.index.layout import ANYWHERE, AREA, FOR_SOME, PLACED
from livingwell.directory.queries.fitting import A_WORD, ABOUT, ALL_WORDS, FOR_OTHERS, themes_wanted
from livingwell.directory.queries.wanted import FARTHEST_AREA_KM, HERE
from livingwell.themes.vocabulary import experiences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import tantivy

    from livingwell.directory.queries.wanted import Asked
    from livingwell.directory.queries.words import Point

MOST_WORDS: Final = 12  # of those typed, so many say how well something fits
WEIGHTS: Final = {"a": 1.0, "b": 0.4, "c": 0.2, "d": 0.1}
MAINLY: Final = ("a", "b")  # a theme named among the first three
FINE_UP_TO_KM: Final = 9.0  # beyond this the squares would be too many


def for_nothing(query: Query) -> Query:
    """A condition that adds nothing to how well something fits."""
    return Query.const_score_query(query, 0.0)


def filters(schema: tantivy.Schema, asked: Asked) -> Iterator[tuple[Occur, Query]]:
    """All but words and place."""
    wanted = asked.wanted
    for slug in (*wanted.themes, *wanted.groups):
        yield Occur.Must, for_nothing(Query.term_query(schema, "words", f"~{slug}", "basic"))
    for facts in _facts(asked):
        yield Occur.Must, for_nothing(a_fact(schema, *facts))
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


def a_fact(schema: tantivy.Schema, *names: str) -> Query:
    if len(names) == 1:
        return Query.term_query(schema, "facts", names[0], "basic")
    return Query.term_set_query(schema, "facts", names)


def tiers(schema: tantivy.Schema, asked: Asked) -> list[Query]:
    """What must hold for each tier, the best first; empty where no words are given or none can be searched by."""
    if not asked.wanted.words.strip() and not asked.themes:
        return []
    node = words.read(asked.lexemes)
    nothing = Query.empty_query()
    named = words.query(schema, "a", node) if node else nothing
    typed = words.query(schema, "words", node) if node else nothing
    any_word = words.read(asked.lexemes, any_word=True) if asked.any_word else None
    some = [words.query(schema, "words", any_word)] if any_word else []
    if not asked.themes:
        return [named, typed, *some] if node else []
    about = [_about(schema, slug, "words") for slug in asked.themes]
    beside = [_mainly(schema, asked.beside)] if asked.beside else []
    if asked.wanted.near is None:
        return [named, any_of([typed, *about]), *some, *beside]
    mainly = _mainly(schema, asked.themes)
    return [named, all_of([mainly, *about]), mainly, typed, any_of(about), *some, *beside]


def _about(schema: tantivy.Schema, slug: str, field: str) -> Query:
    return Query.term_query(schema, field, f"~{slug}", "basic")


def _mainly(schema: tantivy.Schema, slugs: Iterable[str]) -> Query:
    return any_of([_about(schema, slug, field) for slug in slugs for field in MAINLY])


def fit(schema: tantivy.Schema, asked: Asked) -> list[Query]:
    """What adds to how well something fits (`fitting`): each word by where it stands, all of them, each theme.

    At most FOR_OTHERS is taken off.
    """
    node = words.read(asked.lexemes, any_word=asked.any_word)
    typed = [
        Query.disjunction_max_query(
            [
                Query.boost_query(Query.term_query(schema, field, lexeme, "freq"), A_WORD * weight)
                for field, weight in WEIGHTS.items()
            ]
        )
        for lexeme in list(dict.fromkeys(words.lexemes(node)))[:MOST_WORDS]
    ]
    if not asked.themes:
        return typed
    if node:
        typed.append(Query.const_score_query(words.query(schema, "words", node), ALL_WORDS))
    about = [
        Query.const_score_query(_about(schema, slug, field), part * adds)
        for slug, part in themes_wanted(asked.themes).items()
        for field, adds in ABOUT.items()
    ]
    return [*typed, *about, Query.const_score_query(_for_others(schema, asked.themes), -FOR_OTHERS)]


def _for_others(schema: tantivy.Schema, themes: Iterable[str]) -> Query:
    """What is mainly for those alone who share something, but for those of them who were spoken of."""
    some = a_fact(schema, FOR_SOME)
    spoken_of = experiences().intersection(themes)
    if not spoken_of:
        return some
    return Query.boolean_query([(Occur.Must, some), (Occur.MustNot, _mainly(schema, spoken_of))])


def near(schema: tantivy.Schema, point: Point, km: float) -> Query:
    """What may be within reach of the place; never too little, at the edges a little too much."""
    return any_of([at_a_place(schema, point, km), without_a_place(schema, point)])


def at_a_place(schema: tantivy.Schema, point: Point, km: float) -> Query:
    return all_of([a_fact(schema, PLACED), _squares(schema, point, km)])


def without_a_place(schema: tantivy.Schema, point: Point) -> Query:
    """What comes to people: to everybody, or to those who live near enough."""
    area = all_of([a_fact(schema, AREA), _squares(schema, point, FARTHEST_AREA_KM)])
    return any_of([a_fact(schema, ANYWHERE), area])


def _squares(schema: tantivy.Schema, point: Point, km: float) -> Query:
    fine = km <= FINE_UP_TO_KM
    cells = _cells(point.latitude, point.longitude, km, FINE if fine else 1)
    return Query.term_set_query(schema, "spot" if fine else "cell", cells)


@lru_cache(maxsize=500)
def _cells(latitude: float, longitude: float, km: float, fine: int) -> list[int]:
    return cells_around(latitude, longitude, km, fine)


def all_of(queries: Iterable[Query]) -> Query:
    return Query.boolean_query([(Occur.Must, each) for each in queries])


def any_of(queries: Iterable[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, each) for each in queries])
