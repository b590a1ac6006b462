"""Putting right the small slips of people who write in a hurry, in a second language, or seldom."""

from __future__ import annotations

import gzip
import json
import re
from collections import defaultdict
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

if TYPE_CHECKING:
    from collections.abc import Iterable

SHORTEST: Final = 5  # shorter words have too many neighbours
TWO_SLIPS: Final = 8  # from this length on two slips may be put right
# The list of English words is American: a British ending is looked up by its American one.
# Only where Britain writes so: a doubled l elsewhere, as in "hollding", is a slip.
BRITISH: Final = (
    (re.compile(r"our"), "or"),
    (re.compile(r"is(?=e|ing|ation|able)"), "iz"),
    (re.compile(r"ys(?=e|ing)"), "yz"),
    (re.compile(r"ll(?=ed|ing|er|or|ation)"), "l"),
    (re.compile(r"(?<=cen|hea|sen|pec|lus)tre|(?<=^me)tre|(?<=^li)tre"), "ter"),
    (re.compile(r"(?<=.)ae(?=...)"), "e"),
)
RARE: Final = 50  # what the list counts of names and slips that it should not hold


class Speller:
    """Knows a set of words, and which of them a misspelt word was meant to be."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words: dict[str, list[str]] = defaultdict(list)
        for word in sorted(set(words)):
            if len(word) >= SHORTEST - 1 and word.isascii() and word.isalpha():
                self._words[word[0]].append(word)

    def meant(self, word: str) -> str | None:
        """The known word that an unknown one was meant to be; None if it is English or a guess."""
        if len(word) < SHORTEST or not word.isalpha():
            return None
        slips = 2 if len(word) >= TWO_SLIPS else 1
        nearest = process.extractOne(
            word, self._words.get(word[0], ()), scorer=OSA.distance, score_cutoff=slips
        )
        return None if nearest is None or is_english(word) else nearest[0]


def is_english(word: str) -> bool:
    """Whether a lower-case word is in the list, in its British or American spelling."""
    known = english()
    return word in known or any(
        british.search(word) and british.sub(american, word) in known for british, american in BRITISH
    )


def is_rare(word: str) -> bool:
    """Whether a word of the list is hardly ever used: half of these are names, or slips that it should not hold."""
    return english().get(word, RARE + 1) <= RARE


@cache
def english() -> dict[str, int]:
    """About 160,000 English words out of pyspellchecker, with how often each is used, read when the first doubtful
    word turns up.
    """
    packed = files("spellchecker").joinpath("resources", "en.json.gz").read_bytes()
    counts: dict[str, int] = json.loads(gzip.decompress(packed))
    return counts
