"""What is typed into a search box beyond what a story says: bare words, and words of other languages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from livingwell.themes.cues import table_of
from livingwell.themes.spelling import is_english, is_rare
from livingwell.themes.vocabulary import VocabularyError, vocabulary
from livingwell.themes.words import WORD, fold

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST: Final = 6  # words of a phrase
ENGLISH: Final = "english"
FILLERS: Final = "fillers"
Phrases = dict[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class SearchWords:
    """Words left aside, and the themes of phrases: bare English ones, and those of other languages."""

    fillers: frozenset[str]
    english: Mapping[tuple[str, ...], tuple[str, ...]]
    others: Mapping[tuple[str, ...], tuple[str, ...]]
    foreign: frozenset[str]


@cache
def search_words() -> SearchWords:
    table = table_of("search_words.yaml")
    english: Phrases = {}
    others: Phrases = {}
    for language, themes in table.items():
        if language == FILLERS:
            continue
        for slug, written in themes.items():
            if slug not in vocabulary():
                raise VocabularyError(f"search_words.yaml, {language}: there is no theme “{slug}”.")
            for phrase in written.split(","):
                words = _split(phrase)
                if language != ENGLISH and all(map(_common, words)):
                    raise VocabularyError(
                        f"search_words.yaml, {language}: “{phrase.strip()}” is also English: leave it out."
                    )
                kept = english if language == ENGLISH else others
                kept[words] = tuple(dict.fromkeys((*kept.get(words, ()), slug)))
    fillers = frozenset(word for each in table[FILLERS].split(",") for word in _split(each))
    foreign = frozenset(word for phrase in others for word in phrase if not _common(word))
    return SearchWords(fillers, english, others, foreign)


def in_other_languages(text: str) -> tuple[str, ...]:
    """The themes that words of other languages speak of; English is never taken for another."""
    return _themes(_split(text), search_words().others)


def is_foreign(text: str) -> bool:
    """Whether each of its words belongs to what is understood in another language, and to no English that is common."""
    return all(word in search_words().foreign for word in _split(text))


def in_bare_words(text: str) -> tuple[str, ...]:
    """The themes that single English words point to, for where nothing better is understood."""
    return _themes(_split(text), search_words().english)


def without_fillers(text: str) -> str:
    """The text without the words that say nothing of what is looked for; as it is where no other word would remain."""
    if '"' in text:
        return text
    kept = [word for word in text.split() if fold(word).strip(".,?!") not in search_words().fillers]
    return " ".join(kept) if kept else text


def _themes(words: tuple[str, ...], phrases: Mapping[tuple[str, ...], tuple[str, ...]]) -> tuple[str, ...]:
    """The themes of the longest phrases from left to right."""
    found: list[str] = []
    at = 0
    while at < len(words):
        for length in range(min(LONGEST, len(words) - at), 0, -1):
            if (themes := phrases.get(words[at : at + length])) is not None:
                found += themes
                at += length - 1
                break
        at += 1
    return tuple(dict.fromkeys(found))


def _split(text: str) -> tuple[str, ...]:
    return tuple(WORD.findall(fold(text)))


def _common(word: str) -> bool:
    """Whether somebody who writes English might write this."""
    return len(word) < 3 or (is_english(word) and not is_rare(word))
