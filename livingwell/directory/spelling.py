"""Mending what was mistyped in a search, by the words that the directory itself uses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from livingwell.directory.derive import words_of
from livingwell.themes.searching import search_words
from livingwell.themes.spelling import is_english, is_rare
from livingwell.themes.vocabulary import vocabulary
from livingwell.themes.words import WORD, fold

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping

SHORTEST: Final = 3  # shorter words have too many neighbours
SHORT_SLIP: Final = 0.75  # in a word of three letters only the likeliest slips are mended
OFTEN_ENOUGH: Final = 3  # and only to words that so many services use
TWO_SLIPS: Final = 8  # from this length on, two slips may be mended
TWO_LIKELY_SLIPS: Final = 6  # and from this one on, if together they are no more than
LIKELY: Final = 1.5
UNUSED: Final = 0.15  # how much less likely a word is meant that the directory itself does not use
CANDIDATES: Final = 60
LEFT_OUT, ADDED, DOUBLED, SWAPPED, REPLACED, ALIKE, FIRST_LETTER = 0.7, 0.95, 0.5, 0.6, 1.0, 0.75, 0.8
SOUND_ALIKE: Final = ("aeiouy", "cks", "sz", "gj", "dt", "bp", "fv", "mn")


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
        if len(word) < SHORTEST or not word.isalpha() or self._known(word):
            return match[0]
        rare = is_rare(word)
        if is_english(word) and not rare:
            return match[0]
        best = self._nearest(word, two_slips=not rare)
        if best is None or (
            len(word) == SHORTEST and (match[0].isupper() or not self._short_slip(word, best))
        ):
            return match[0]
        return best

    def _nearest(self, word: str, *, two_slips: bool) -> str | None:
        """The likeliest of the words that are near enough; of equals the one that is used most."""
        most = 2 if two_slips and len(word) >= TWO_LIKELY_SLIPS else 1
        near = process.extract(word, self._words, scorer=OSA.distance, score_cutoff=most, limit=CANDIDATES)
        found = [
            (unlikely + (0.0 if self._counts[meant] else UNUSED), -self._counts[meant], meant)
            for meant, slips, _ in near
            if (unlikely := likelihood(word, meant)) <= LIKELY or slips == 1 or len(word) >= TWO_SLIPS
        ]
        return min(found)[2] if found else None

    def _short_slip(self, word: str, meant: str) -> bool:
        return likelihood(word, meant) <= SHORT_SLIP and self._counts[meant] >= OFTEN_ENOUGH

    def _known(self, word: str) -> bool:
        return (
            word in self._counts
            or word in search_words().foreign
            or (word[-1] == "s" != word[-2] and word[:-1] in self._counts)
        )


def likelihood(typed: str, meant: str) -> float:
    """How unlikely it is that somebody who meant one word typed the other: the smaller the likelier.

    Counted in slips. Letters are left out or swapped, and doubled or not, more often than others are put in their
    place; vowels, and letters that sound alike, are mixed up more often than others; the first letter is seldom wrong.
    """
    rows = [[float(column) * LEFT_OUT for column in range(len(meant) + 1)]]
    for at, letter in enumerate(typed, 1):
        before = rows[-1]
        row = [before[0] + ADDED]
        for column, other in enumerate(meant, 1):
            doubled = at > 1 and letter == typed[at - 2]
            again = column > 1 and other == meant[column - 2]
            best = min(
                before[column - 1] + (0.0 if letter == other else _mixed_up(letter, other)),
                before[column] + (DOUBLED if doubled else ADDED),
                row[column - 1] + (DOUBLED if again else LEFT_OUT),
            )
            if at > 1 and column > 1 and letter == meant[column - 2] and typed[at - 2] == other:
                best = min(best, rows[-2][column - 2] + SWAPPED)
            row.append(best)
        rows.append(row)
    return rows[-1][-1] + (FIRST_LETTER if typed[0] != meant[0] else 0.0)


def _mixed_up(letter: str, other: str) -> float:
    return ALIKE if any(letter in sounds and other in sounds for sounds in SOUND_ALIKE) else REPLACED


def _vocabulary_words() -> set[str]:
    return {
        word
        for theme in vocabulary().themes.values()
        for phrase in (*theme.phrases, *theme.services, theme.label)
        for word in words_of(phrase)
        if is_english(word)
    }
