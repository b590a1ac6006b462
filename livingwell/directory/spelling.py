"""Mending what was mistyped in a search, by the words that the directory itself uses."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from livingwell.directory.derive import words_of
from livingwell.themes import story
from livingwell.themes.searching import SMALL, in_another_language, in_set_phrases, search_words
from livingwell.themes.spelling import english, is_english, is_rare
from livingwell.themes.vocabulary import vocabulary
from livingwell.themes.words import CONTRACTIONS, WORD, fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SHORTEST: Final = 3  # shorter words have too many neighbours
SHORT_SLIP: Final = 0.75  # in a word of three letters only the likeliest slips are mended
OFTEN_ENOUGH: Final = 3  # and only to words that so many services use
TWO_SLIPS: Final = 8  # from this length on, two slips may be mended
TWO_LIKELY_SLIPS: Final = 6  # and from this one on, if together they are no more than
LIKELY: Final = 1.5
UNUSED: Final = 0.15  # how much less likely a word is meant that the directory itself does not use
CANDIDATES: Final = 60
SAME_SOUND: Final = 0.8  # how unlikely a word is that sounds the same, however it is written
BESIDE: Final = 0.35  # how much likelier a word is meant that goes with the one beside it
SOUNDS_FROM: Final = 5  # letters; shorter words sound like too many others
FAR_APART: Final = 1.75  # slips between words that sound alike; more only beside a word that it goes with
SELDOM: Final = 1_000  # what the list counts of words that may be slips of others, though they are English
COMMONER: Final = 200  # so many times as common is what somebody meant who wrote a seldom word of one slip
MUCH: Final = 0.2  # so much likelier a common word must be than one that is used here
COMMON: Final = 20_000  # what the list counts of a common word
WELL_KNOWN: Final = 100_000  # and of one that nobody writes for another
MOST_DOUBTED: Final = 12  # changes that are tried where nothing is understood
SHORTEST_JOINED: Final = 6  # letters of a word that was written as two
LEFT_OUT, ADDED, DOUBLED, SWAPPED, REPLACED, ALIKE, FIRST_LETTER = 0.7, 0.95, 0.5, 0.6, 1.0, 0.75, 0.8
SOUNDS: Final = tuple(
    (re.compile(letters), heard)
    for letters, heard in (
        (r"^(?:kn|gn)", "n"), (r"^wr", "r"), (r"^ps", "s"), (r"ph", "f"), (r"(?<=au|ou)gh$", "f"),
        (r"gh(?=t|$)", ""), (r"ch", "C"), (r"ck|q", "k"), (r"sh", "S"), (r"[tsc]i(?:o|a)n", "Sn"),
        (r"c(?=[eiy])", "s"), (r"c", "k"), (r"z", "s"), (r"mb$", "m"),
        (r"(?<=[^aeiouy])(?:le|el|al|il|ol)$", "l"), (r"(?<=[^aeiouy])(?:re|er|ar|or)$", "r"),
        (r"(?<=.)e$", ""), (r"[aeiouyhw]+", "a"), (r"(.)\1+", r"\1"),
    )
)  # fmt: skip
SOUND_ALIKE: Final = ("aeiouy", "cks", "sz", "gj", "dt", "bp", "fv", "mn")


class Speller:
    """Knows the words of the directory, how often each is used, and the words of the vocabulary."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._counts = dict.fromkeys(vocabulary_words(), 0) | dict(counts)
        self._words = list(self._counts)

    def mend(self, text: str) -> str:
        """The text with each unknown word put as the nearest known one; the same text where all is well.

        What stands beside a word helps to tell which is meant ("settled staus"). Where nothing is understood then,
        words that are right in themselves are doubted, too. A text in another language stays.
        """
        if in_another_language(text):
            return text
        typed = [match[0] for match in WORD.finditer(text)]
        said = self._put_right(typed)
        mended = self._written(text, said)
        return mended if _speaks(mended) else self._written(text, self._doubted(typed, said))

    def _written(self, text: str, said: list[str]) -> str:
        """The text with these words in it; two that are one word are joined: "wheel chair"."""
        written, last = [], 0
        for at, match in enumerate(WORD.finditer(text)):
            written.append(text[last : match.start()])
            if self._joins(said, at - 1) and text[last : match.start()] == " ":
                written[-1:] = []
            written.append(said[at] if said[at] != fold(match[0]) else match[0])
            last = match.end()
        return "".join([*written, text[last:]])

    def _put_right(self, typed: list[str]) -> list[str]:
        """The words, folded, with those mended that are unknown: then again, now that their neighbours are; last those
        that are right in themselves and do not go with the words beside them.
        """
        slips = search_words().slips
        said = [slips.get(word, word) for word in map(fold, typed)]
        unknown = [at for at, word in enumerate(said) if self._is_doubtful(word) and not self._is_right(word)]
        near = {at: self._near(said[at]) for at in unknown}
        for _ in range(2 if len(said) > 1 else 1):
            for at in unknown:
                around = (_at(said, at - 1), _at(said, at + 1))
                said[at] = self._mended(typed[at], near[at], around)
        for at, word in enumerate(said):
            if at not in near and self._is_doubtful(word):
                around = (_at(said, at - 1), _at(said, at + 1))
                said[at] = self._sounding(word, around) or self._hardly(word) or word
        return said

    def _doubted(self, typed: list[str], said: list[str]) -> list[str]:
        """The words with one of them changed, where the text speaks of something then: the likeliest slip."""
        slips = sorted(
            (how, at, meant)
            for at, word in enumerate(map(fold, typed))
            if self._is_doubtful(word)
            and len(word) > SHORTEST
            and not self._counts.get(word)
            and english().get(word, 0) < WELL_KNOWN
            for meant, how in self._alike(word).items()
            if meant != said[at]
        )
        for _how, at, meant in slips[:MOST_DOUBTED]:
            changed = [*said[:at], meant, *said[at + 1 :]]
            if _speaks(" ".join(changed)):
                return changed
        return said

    def _alike(self, word: str) -> dict[str, float]:
        """What sounds like a word, and what one likely slip makes of it where it is no English word."""
        sounding = _by_sound().get(sound(word), ())
        alike = {meant: SAME_SOUND for meant in sounding if likelihood(word, meant) <= FAR_APART}
        if is_english(word) and not is_rare(word):
            return {meant: how for meant, how in alike.items() if meant != word}
        alike |= {meant: how for meant, how in self._near(word).items() if how <= ADDED}
        return {meant: how for meant, how in alike.items() if not self._is_rather_english(word, meant)}

    def _joins(self, said: list[str], at: int) -> bool:
        """Whether two words that stand apart are one word that the directory or the vocabulary knows."""
        if at < 0 or (said[at], said[at + 1]) in _pairs():
            return False
        whole = said[at] + said[at + 1]
        return len(whole) >= SHORTEST_JOINED and whole in self._counts and is_english(whole)

    def _is_doubtful(self, word: str) -> bool:
        """Whether it is a word that may be looked at: no number, nothing very short."""
        return len(word) >= SHORTEST and word.isalpha() and word not in CONTRACTIONS

    def _is_right(self, word: str) -> bool:
        return self._known(word) or (is_english(word) and not is_rare(word))

    def _mended(self, written: str, near: Mapping[str, float], around: tuple[str, str]) -> str:
        word = fold(written)
        if word in search_words().foreign and not self._likely(word, near):
            return word
        best = self._nearest(word, near, around)
        if best is None:
            return self._parted(word) or word
        if len(word) == SHORTEST and not self._short_slip(written, word, best, around):
            return word
        return word if self._is_rather_english(word, best) else best

    def _is_rather_english(self, word: str, meant: str) -> bool:
        """Whether it is a slip of a common word that nobody uses here, rather than of what is meant: "showd"."""
        how = likelihood(word, meant)
        if how <= ADDED or len(word) < SOUNDS_FROM:
            return False
        common = process.extract(word, _common(), scorer=OSA.distance, score_cutoff=1, limit=CANDIDATES)
        return any(likelihood(word, other) < how - MUCH for other, _, _ in common)

    def _sounding(self, word: str, around: tuple[str, str]) -> str | None:
        """What sounds like a word that is right in itself, where that alone goes with the word beside it."""
        if len(word) <= SHORTEST or _goes(around, word):
            return None
        alike = _by_sound().get(sound(word), ())
        return next((other for other in alike if other != word and _goes(around, other)), None)

    def _hardly(self, word: str) -> str | None:
        """What is meant by an English word that nobody uses here and one likely slip makes of one that is used."""
        if len(word) <= SHORTEST or self._known(word) or english().get(word, SELDOM) >= SELDOM:
            return None
        meant = self._nearest(word, self._near(word))
        if meant is None or (how := likelihood(word, meant)) > SHORT_SLIP or word[0] != meant[0]:
            return None
        far_commoner = english().get(meant, 0) > COMMONER * english().get(word, 1)
        return meant if far_commoner or (how <= DOUBLED and _speaks(meant) and not _speaks(word)) else None

    def _likely(self, word: str, near: Mapping[str, float]) -> bool:
        """Whether a word of another language, among English ones, is more likely a slip in a word used here."""
        best = self._nearest(word, near)
        return best is not None and self._used(best) > 0 and likelihood(word, best) <= ADDED

    def _near(self, word: str) -> dict[str, float]:
        """The words that few slips make of it, with how unlikely those are. All words are looked through: ask once."""
        most = 2 if not is_rare(word) and len(word) >= TWO_LIKELY_SLIPS else 1
        near = process.extract(word, self._words, scorer=OSA.distance, score_cutoff=most, limit=CANDIDATES)
        if word[-1] == "s" != word[-2]:
            one = process.extract(
                word[:-1], self._words, scorer=OSA.distance, score_cutoff=1, limit=CANDIDATES
            )
            near += [(f"{meant}s", slips, at) for meant, slips, at in one if meant[-1] != "s"]
        return {
            meant: how
            for meant, slips, _ in near
            if (how := likelihood(word, meant)) <= LIKELY or slips == 1 or len(word) >= TWO_SLIPS
        }

    def _nearest(
        self, word: str, near: Mapping[str, float], around: tuple[str, str] = ("", "")
    ) -> str | None:
        """The likeliest of the words that are near enough or sound alike; of equals the one that is used most."""
        alike = [
            meant
            for meant in _by_sound().get(sound(word), ())
            if len(word) >= SOUNDS_FROM or _goes(around, meant)
        ]
        unlikely = dict(near) | {
            meant: min(SAME_SOUND, near.get(meant, SAME_SOUND))
            for meant in alike
            if meant in self._counts and (likelihood(word, meant) <= FAR_APART or _goes(around, meant))
        }
        found = [
            (
                how + (0.0 if self._used(meant) else UNUSED) - (BESIDE if _goes(around, meant) else 0.0),
                -self._used(meant),
                meant,
            )
            for meant, how in unlikely.items()
        ]
        return min(found)[2] if found else None

    def _parted(self, word: str) -> str | None:
        """Two words that were written as one, where the vocabulary has them beside one another."""
        for at in range(SHORTEST, len(word) - SHORTEST + 1):
            if (word[:at], word[at:]) in _pairs():
                return f"{word[:at]} {word[at:]}"
        return None

    def _short_slip(self, written: str, word: str, meant: str, around: tuple[str, str]) -> bool:
        if written.isupper() or likelihood(word, meant) > SHORT_SLIP:
            return False
        return self._used(meant) >= OFTEN_ENOUGH or _goes(around, meant) or _speaks(meant)

    def _used(self, word: str) -> int:
        """How many services use a word, or the one that it is more of."""
        return self._counts.get(word) or self._counts.get(word.removesuffix("s"), 0)

    def _known(self, word: str) -> bool:
        return word in self._counts or (word[-1] == "s" != word[-2] and word[:-1] in self._counts)


def _at(said: list[str], at: int) -> str:
    """The word at a place, as it is by now; empty beyond the ends."""
    return said[at] if 0 <= at < len(said) else ""


def sound(word: str) -> str:
    """How a word sounds, roughly: the same for "lone" and "loan", "tonite" and "tonight", "gental" and "gentle"."""
    for letters, heard in SOUNDS:
        word = letters.sub(heard, word)
    return word


def _goes(around: tuple[str, str], word: str) -> bool:
    """Whether the vocabulary has a word beside the one before it or the one after it."""
    before, after = around
    return (before, word) in _telling() or (word, after) in _telling()


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


def _phrases() -> Iterator[str]:
    """What people and organizations say, as the vocabulary and the words of the search have it."""
    for theme in vocabulary().themes.values():
        yield from (*theme.phrases, *theme.services, theme.english_label)
    yield from search_words().written


@cache
def vocabulary_words() -> frozenset[str]:
    """The words of all that people and organizations say, in their right spelling, folded."""
    spelt = frozenset(word for phrase in search_words().written for word in words_of(phrase))
    return spelt | {word for phrase in _phrases() for word in words_of(phrase) if is_english(word)}


@cache
def _common() -> tuple[str, ...]:
    """The English words that everybody knows."""
    return tuple(word for word, times in english().items() if times >= COMMON)


@cache
def _pairs() -> frozenset[tuple[str, str]]:
    """The words that stand beside one another in the vocabulary; a star parts them."""
    return frozenset(
        pair
        for phrase in _phrases()
        for part in phrase.split("*")
        for pair in pairwise(WORD.findall(fold(part)))
    )


@cache
def _telling() -> frozenset[tuple[str, str]]:
    """The pairs that say something: "and hair" goes with anything."""
    plain = (
        SMALL | search_words().fillers | {"not", "can", "will", "would", "out", "off", "into", "but", "all"}
    )
    return frozenset(pair for pair in _pairs() if not plain & set(pair) and min(map(len, pair)) >= SHORTEST)


@cache
def _by_sound() -> Mapping[str, tuple[str, ...]]:
    """The words of the vocabulary that sound alike."""
    found: dict[str, list[str]] = defaultdict(list)
    for word in sorted(vocabulary_words()):
        if len(word) > SHORTEST:
            found[sound(word)].append(word)
    return {heard: tuple(words) for heard, words in found.items()}


def _speaks(text: str) -> bool:
    """Whether a word or a text speaks of a theme. What people type is not kept, so neither is the answer."""
    return bool(in_set_phrases(text).themes or story.read(text))
