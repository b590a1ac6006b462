"""Reading a text as a search: a word or a few for what, and a place. "FOOD SW2", "sing brixton", "debt"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from livingwell.directory.queries.cards import cards
from livingwell.directory.queries.search import Wanted, search, themes_in
from livingwell.directory.queries.words import point

if TYPE_CHECKING:
    from datetime import datetime

    from livingwell.directory.queries.cards import Card

MOST_WORDS: Final = 5
WITHOUT_PLACE: Final = 2
LOOKED_AT: Final = 20


def read(text: str, *, at: datetime) -> Wanted | None:
    """A short text whose words speak of something that the directory knows; None for anything else."""
    words = text.split()
    if not 0 < len(words) <= MOST_WORDS:
        return None
    for cut in range(1, len(words)):
        what, near = " ".join(words[:cut]), point(" ".join(words[cut:]))
        if near is not None and themes_in(what):
            return Wanted(words=what, near=near, on=at)
    whole = " ".join(words)
    return Wanted(words=whole, on=at) if len(words) <= WITHOUT_PLACE and themes_in(whole) else None


def nearest(asked: Wanted, number: int) -> tuple[Card, ...]:
    """The first so many that have a number to ring, the nearest first where a place was named.

    What is only near to what was asked for comes after what was.
    """
    hits = search(asked, size=LOOKED_AT).hits
    if asked.near is not None:
        hits = tuple(sorted(hits, key=lambda hit: (hit.beside, hit.km is None, hit.km or 0)))
    found = cards([hit.listing for hit in hits])
    return tuple(card for card in found if card.phone and not card.closed_for_now)[:number]
