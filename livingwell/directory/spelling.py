"""Mending what was mistyped in a search, by the words that the directory itself uses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from livingwell.directory.derive import words_of
from livingwell.themes.spelling import is_english
from livingwell.themes.vocabulary import vocabulary
from livingwell.themes.words import WORD, fold

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping

SHORTEST: Final = 4  # shorter words have too many neighbours
TWO_SLIPS: Final = 8  # from this length on, two slips may be mended
CANDIDATES: Final = 25


class Speller:
    """Knows the words of the directory, how often each is used, and the words of the vocabulary."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._counts = dict.fromkeys(_vocabulary_words(), 0) | dict(counts)
        self._words = list(self._counts)

    def mend(self, text: str) -> str:
        """The text with each unknown word put as the nearest known one; the same text where all is well."""
        return WORD.sub(self._mended, text)

    def _mended(self, match: re.Match[str]) -> str:
        word = fold(match[0])
        if len(word) < SHORTEST or not word.isalpha() or self._known(word) or is_english(word):
            return match[0]
        slips = 2 if len(word) >= TWO_SLIPS else 1
        near = process.extract(word, self._words, scorer=OSA.distance, score_cutoff=slips, limit=CANDIDATES)
        if not near:
            return match[0]
        # Few people mistype the first letter; of equals, the word that is used most.
        best = min(
            near, key=lambda each: (each[1] + (each[0][0] != word[0]), -self._counts[each[0]], each[0])
        )
        return best[0]

    def _known(self, word: str) -> bool:
        return word in self._counts or (word.endswith("s") and word[:-1] in self._counts)


def _vocabulary_words() -> set[str]:
    return {
        word
        for theme in vocabulary().themes.values()
        for phrase in (*theme.phrases, *theme.services, theme.label)
        for word in words_of(phrase)
        if is_english(word)
    }
