"""Searching the directory: words, themes, place, days, times, cost, ways in.

Two engines give the same answer: the search index of this host (`search_index`), and PostgreSQL (`search_sql`) wherever
that is not there or cannot say. Which filters there are, and how to add one: `directory.index.layout`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from django.db import connection

from livingwell.directory import opening, week
from livingwell.directory.index import step
from livingwell.directory.queries import search_index, search_sql
from livingwell.directory.queries.cards import times_of_listings
from livingwell.directory.queries.wanted import COUNTED, HERE, Asked, Found, Hit, Wanted
from livingwell.directory.tagging import tagger
from livingwell.themes import searching, story
from livingwell.themes.vocabulary import vocabulary
from livingwell.themes.words import fold

if TYPE_CHECKING:
    from uuid import UUID

    import tantivy

    from livingwell.themes.vocabulary import Theme

__all__ = ["COUNTED", "HERE", "PAGE", "Found", "Hit", "Wanted", "look_up", "search", "themes_in"]

PAGE: Final = 20
FEW: Final = 10  # of fewer than these what is near to what was asked for follows
MOST_BESIDE: Final = 5
LOOKED_AT: Final = 400  # listings whose times are worked out, for what only their rules can tell


@dataclass(frozen=True, slots=True)
class Look:
    """What was looked up of typed words. `directory`: None before anything is listed; `edition`: its number."""

    words: str
    literal: bool
    lexemes: str
    directory: UUID | None
    edition: int


def themes_in(words: str) -> tuple[str, ...]:
    """The themes that typed words speak of: in people's own way of saying it, or in organizations', in any language."""
    foreign = searching.in_other_languages(words)
    if searching.in_another_language(words):
        if foreign:
            return foreign
        words = searching.without_particles(words)
    typed, rest = searching.in_set_phrases(words)
    own = [
        found.theme.slug
        for found in story.read(rest)
        if not (foreign and searching.is_foreign(found.because))  # "banco" is no slip for "banjo"
    ]
    # Where anything is understood, what organizations call things would be read into it.
    theirs = [] if typed or own else tagger().tags(rest)
    said = [*typed, *own, *(tag.theme for tag in theirs), *foreign]
    return tuple(dict.fromkeys(said)) or searching.in_bare_words(words)


def search(
    wanted: Wanted,
    page: int = 1,
    *,
    size: int = PAGE,
    engine: str | None = None,
    look: Look | None = None,
    beside: bool = True,
) -> Found:
    """One page of services, `size` of them; where no service has all the words, those that have any of them.

    `engine`: "postgresql" leaves the index of this host alone, to compare the two. `look`: what was looked up before,
    used where it was for these words. `beside`: where little is found, what is near to it follows.
    """
    themes = wanted.about or (() if wanted.literal else themes_in(wanted.words))
    if look is None or (look.words, look.literal) != (wanted.words, wanted.literal):
        look = look_up(wanted.words, literal=wanted.literal)
    lexemes = look.lexemes
    index = step.reader(look.directory, look.edition) if look.directory and engine != "postgresql" else None
    found = _search(Asked(wanted, themes, lexemes), page, size, index)
    if not found.total and "&" in lexemes:
        found = _search(Asked(wanted, themes, lexemes, any_word=True), page, size, index)
    if beside and found.total < FEW and themes and not wanted.about:
        asked = Asked(wanted, themes, lexemes, found.any_word, _beside(themes))
        found = _told_apart(_search(asked, page, size, index), found.total, (page - 1) * size)
    return found


def _told_apart(found: Found, meant: int, before: int) -> Found:
    """The same with what is only near marked: it comes after the `meant`, `before` of all stand on earlier pages."""
    hits = tuple(
        Hit(hit.listing, hit.km, beside=number >= meant)
        for number, hit in enumerate(found.hits, start=before)
    )
    return replace(found, hits=hits, beside=max(0, found.total - meant))


def _beside(themes: tuple[str, ...]) -> tuple[str, ...]:
    """The themes that are near to some: what they are part of, what they are close to, what helps with them."""
    known = vocabulary().themes
    near = [slug for theme in themes for slug in _near(known[theme])]
    return tuple(slug for slug in dict.fromkeys(near) if slug not in themes)[:MOST_BESIDE]


def _near(theme: Theme) -> tuple[str, ...]:
    broader = (theme.broader,) if theme.broader else ()
    return (*broader, *theme.related[:2], *theme.helped_by[:2])


def look_up(words: str, *, literal: bool = False) -> Look:
    """What PostgreSQL makes of some words, and which edition of which directory this is: in one question."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT websearch_to_tsquery('english', %s)::text, edition.directory, coalesce(edition.number, 0)
            FROM (SELECT 1) one LEFT JOIN directory_edition edition ON TRUE
            """,
            [fold(words if literal else searching.without_fillers(words))],
        )
        return Look(words, literal, *cursor.fetchone())


def _search(asked: Asked, page: int, size: int, index: tantivy.Index | None) -> Found:
    in_index = index is not None and search_index.can_say(asked)
    must_check = asked.wanted.open_at is not None or _odd(asked.wanted)
    offset, limit = (0, LOOKED_AT) if must_check else ((page - 1) * size, size)
    if in_index and index is not None:
        hits, total = search_index.find(index, asked, offset, limit)
    else:
        hits, total = search_sql.find(asked, offset, limit)
    if must_check:
        hits = _on(hits, asked.wanted)
        total = len(hits)
        hits = hits[(page - 1) * size : page * size]
    return Found(tuple(hits), min(total, COUNTED + 1), asked.themes, asked.any_word)


def _odd(wanted: Wanted) -> bool:
    """Whether the hours of the week cannot tell: times that are not on the hour."""
    return any(each is not None and each.minute for each in (wanted.start, wanted.end))


def _on(hits: list[Hit], wanted: Wanted) -> list[Hit]:
    """Those that are on when asked for, for certain, by the rules of their times."""
    times = times_of_listings([hit.listing for hit in hits])
    if wanted.open_at is not None:
        at = wanted.open_at
        hits = [hit for hit in hits if opening.is_open(times.get(hit.listing, ()), at)]
    if wanted.start is not None or wanted.end is not None:
        hits = [
            hit
            for hit in hits
            if week.may_be_open(
                times.get(hit.listing, ()), wanted.day, wanted.start or opening.MIDNIGHT, wanted.end
            )
        ]
    return hits
