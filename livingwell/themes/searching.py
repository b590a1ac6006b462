"""What is typed into a search box beyond what a story says: bare words, set phrases, and words of other languages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from livingwell.themes.cues import table_of
from livingwell.themes.spelling import is_english, is_rare
from livingwell.themes.vocabulary import VocabularyError, vocabulary, written_out
from livingwell.themes.whose import who_cares
from livingwell.themes.words import WORD, fold, forms

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LONGEST: Final = 6  # words of a phrase
GAP: Final = "."  # where words were read already, so that those around them make no new phrase
SHORTEST_BEGINNING: Final = 4  # letters before a star
ENGLISH: Final = "english"
TYPED: Final = "typed"
FILLERS: Final = "fillers"
PARTICLES: Final = "particles"
KIN: Final = "kin"
SLIPS: Final = "slips"
# Left out of set phrases and of what is typed alike: "lift to a hospital" is "lift to hospital".
SMALL: Final = frozenset([
    "a", "an", "the", "my", "our", "your", "his", "her", "their", "to", "for", "of", "and", "in", "on", "at",
    "with", "from", "by", "i", "me", "we", "it", "that", "some", "so", "very", "be", "is", "am", "are", "was",
    "were", "been", "has", "have", "had",
])  # fmt: skip
# Their ending changes what is meant in a set phrase: "mum is dying" is not "mum died", "step down" is not Down's.
WITH_ENDING: Final = frozenset([
    "acting", "coming", "downs", "dying", "gone", "hostelling", "housing", "killed", "men", "missing", "went",
])  # fmt: skip
Phrases = dict[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class SearchWords:
    """Words left aside, and the themes of phrases: set English ones, bare English ones, those of other languages.

    `doubtful`: phrases of other languages whose words English has as well, read only where nothing is English;
    `bare`: phrases of other languages without their small words, where two words or more remain;
    `whole`: the words of phrases of other languages, of which `foreign` are those that are no common English and not
    `own` ("cafe");
    `beginnings`: of words of other languages whose endings change, without their star. `particles`: the small words
    of other languages; `sure`: those of them that no English is. `kin`: phrases of other languages that name only whom
    it is about, so that what stands beside them counts before. `written`: the English phrases as they are written;
    `own`: their words. `slips`: how some words are misspelt that no rule would find, and what is meant.
    """

    fillers: frozenset[str]
    typed: Mapping[tuple[str, ...], tuple[str, ...]]
    english: Mapping[tuple[str, ...], tuple[str, ...]]
    others: Mapping[tuple[str, ...], tuple[str, ...]]
    doubtful: Mapping[tuple[str, ...], tuple[str, ...]]
    bare: Mapping[tuple[str, ...], tuple[str, ...]]
    whole: frozenset[str]
    foreign: frozenset[str]
    beginnings: frozenset[str]
    particles: frozenset[str]
    sure: frozenset[str]
    kin: frozenset[tuple[str, ...]]
    written: tuple[str, ...]
    own: frozenset[str]
    slips: Mapping[str, str]


class Typed(NamedTuple):
    """The themes of the set phrases in a text, and what remains of it."""

    themes: tuple[str, ...]
    rest: str


@cache
def search_words() -> SearchWords:
    table = table_of("search_words.yaml")
    typed: Phrases = {}
    english: Phrases = {}
    others: Phrases = {}
    doubtful: Phrases = {}
    for language, themes in table.items():
        if language in {FILLERS, PARTICLES, KIN, SLIPS}:
            continue
        kept = {TYPED: typed, ENGLISH: english}.get(language, others)
        for slug, written in themes.items():
            if slug not in vocabulary():
                raise VocabularyError(f"search_words.yaml, {language}: there is no theme “{slug}”.")
            for phrase in _phrases(slug, written):
                words = _starred(phrase)
                if kept is typed:
                    words = tuple(key for key, _ in _keys(phrase))
                table_for = doubtful if kept is others and all(map(_common, words)) else kept
                table_for[words] = tuple(dict.fromkeys((*table_for.get(words, ()), slug)))
    said = {word for phrase in others for word in phrase}
    written = tuple(
        phrase
        for kind in (TYPED, ENGLISH)
        for slug, each in table[kind].items()
        for phrase in _phrases(slug, each)
    )
    particles = frozenset(_split(table[PARTICLES]))
    own = frozenset(word for phrase in written for word in _split(phrase))
    return SearchWords(
        fillers=frozenset(word for each in table[FILLERS].split(",") for word in _split(each)),
        typed=typed,
        english=english,
        others=others,
        doubtful=doubtful,
        bare={
            words: slugs
            for phrase, slugs in others.items()
            if len(words := tuple(word for word in phrase if word not in particles)) > 1
            and not all(map(_common, words))
        },
        whole=frozenset(said),
        foreign=frozenset(word for word in said if word[-1] != "*" and not _common(word) and word not in own),
        beginnings=frozenset(word[:-1] for word in said if word[-1] == "*"),
        particles=particles,
        sure=frozenset(word for word in particles if not _common(word)),
        kin=frozenset(_split(phrase) for phrase in table[KIN].split(",")),
        written=written,
        own=own,
        slips={slip: meant for meant, slips in table[SLIPS].items() for slip in _split(slips)},
    )


def _phrases(slug: str, written: str) -> Iterator[str]:
    """Each phrase that is written for a theme; "(son|daughter) drinks" is two."""
    for text in written.split(","):
        for phrase in written_out(text.strip()):
            if not phrase:
                raise VocabularyError(
                    f"search_words.yaml, {slug}: the brackets of “{text.strip()}” make no sense."
                )
            yield phrase


def in_set_phrases(text: str) -> Typed:
    """The themes of what people type again and again, and the text without it, so that no part of it is read twice."""
    keys, phrases = list(_keys(text)), search_words().typed
    words = list(WORD.finditer(text))
    found: list[tuple[int, int, tuple[str, ...]]] = []
    taken: set[int] = set()
    at = 0
    while at < len(keys):
        for length in range(min(LONGEST, len(keys) - at), 0, -1):
            part = keys[at : at + length]
            if (themes := phrases.get(tuple(key for key, _ in part))) is not None:
                found.append((words[part[0][1]].start(), words[part[-1][1]].end(), themes))
                taken |= {number for _, number in part}
                at += length - 1
                break
        at += 1
    if not taken:
        return Typed((), text)
    rest = [GAP if number in taken else match[0] for number, match in enumerate(words)]
    return Typed(tuple(dict.fromkeys(who_cares(text, found))), " ".join(rest))


def in_other_languages(text: str) -> tuple[str, ...]:
    """The themes that words of other languages speak of; English is never taken for another."""
    known, words = search_words(), _split(text)
    found = _once(_around_small_words(words), _themes(words, known.others))
    return _once(found, _themes(words, known.doubtful)) if in_another_language(text) else found


def _around_small_words(words: tuple[str, ...]) -> tuple[str, ...]:
    """The themes of phrases whose small words are others or none, or between whose words one more stands."""
    known = search_words()
    said = tuple(word for word in words if word not in known.particles)
    one_less = (said[:at] + said[at + 1 :] for at in range(1, len(said) - 1))
    return next(filter(None, (_themes(some, known.bare) for some in (said, *one_less))), ())


def is_foreign(text: str) -> bool:
    """Whether each of its words belongs to what is understood in another language, and to no English that is common."""
    return all(_of_another_language(word) for word in _split(text))


def in_another_language(text: str) -> bool:
    """Whether a text is, as a whole, written in another language that is known a little: nobody reads or mends it as
    English then. One word that only another language has is enough, unless more of the others are English.
    """
    known = search_words()
    words = _split(text)
    if len(words) > 1 and any(
        words[at : at + length] in known.doubtful
        for length in range(2, LONGEST + 1)
        for at in range(len(words) - length + 1)
    ):
        return True
    sure = doubtful = unknown = english = 0
    for word in words:
        if word in known.sure or _of_another_language(word):
            sure += 1
        elif word in known.particles:
            doubtful += 1
        elif _common(word) or word in known.own:
            english += 1
        else:
            unknown += 1
    if sure:
        return english < sure + doubtful
    return doubtful > 1 and unknown > 0 and not english


def without_particles(text: str) -> str:
    """The text without the small words of other languages, which English has with another meaning ("para", "dla")."""
    return " ".join(word for word in text.split() if fold(word).strip(".,?!") not in search_words().particles)


def in_bare_words(text: str) -> tuple[str, ...]:
    """The themes that single English words point to, for where nothing better is understood."""
    words, known = _split(text), search_words()
    return _themes(words, known.english) or _themes(words, known.doubtful)


def _once(*themes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(slug for each in themes for slug in each))


def without_fillers(text: str) -> str:
    """The text without the words that say nothing of what is looked for; as it is where no other word would remain."""
    if '"' in text:
        return text
    kept = [word for word in text.split() if fold(word).strip(".,?!") not in search_words().fillers]
    return " ".join(kept) if kept else text


def _themes(words: tuple[str, ...], phrases: Mapping[tuple[str, ...], tuple[str, ...]]) -> tuple[str, ...]:
    """The themes of the longest phrases from left to right; last those of whom it is about."""
    found: list[str] = []
    kin: list[str] = []
    at = 0
    while at < len(words):
        for length in range(min(LONGEST, len(words) - at), 0, -1):
            part = words[at : at + length]
            if themes := _of_phrase(part, phrases):
                of_kin = part in search_words().kin
                (kin if of_kin else found).extend(themes)
                at = (_begins_within(words, at, length, phrases) if of_kin else at + length) - 1
                break
        at += 1
    return _once(tuple(found), tuple(kin))


def _begins_within(
    words: tuple[str, ...], at: int, length: int, phrases: Mapping[tuple[str, ...], tuple[str, ...]]
) -> int:
    """Where to read on after a phrase of kin: "mi [hijo" may be the beginning of "hijo me grita]", which says more."""
    end = at + length
    for start in range(at + 1, end):
        last = min(start + LONGEST, len(words))
        if any(_of_phrase(words[start:stop], phrases) for stop in range(last, end, -1)):
            return start
    return end


def _of_phrase(words: tuple[str, ...], phrases: Mapping[tuple[str, ...], tuple[str, ...]]) -> tuple[str, ...]:
    """The themes of a phrase as it stands, or with some words known by their beginnings alone."""
    if words in phrases:
        return phrases[words]
    if phrases is not search_words().others and phrases is not search_words().bare:
        return ()
    begun = tuple(_begun(word) for word in words)
    if begun == words:
        return ()
    whole = search_words().whole
    mixed = tuple(word if word in whole else short for word, short in zip(words, begun, strict=True))
    return phrases.get(begun) or phrases.get(mixed) or ()


def _begun(word: str) -> str:
    """The longest known beginning of a word, with its star; the word where there is none."""
    if not _common(word):
        for length in range(len(word), SHORTEST_BEGINNING - 1, -1):
            if word[:length] in search_words().beginnings:
                return word[:length] + "*"
    return word


def _of_another_language(word: str) -> bool:
    return word in search_words().foreign or _begun(word) != word


def _keys(text: str) -> Iterator[tuple[str, int]]:
    """The words of a text without endings, small words left out, each with its place among the words."""
    for number, word in enumerate(WORD.findall(text)):
        for form in forms(word):
            if form.word not in SMALL:
                yield form.word if form.word in WITH_ENDING else form.keys[0], number


def _split(text: str) -> tuple[str, ...]:
    return tuple(WORD.findall(fold(text).replace("ł", "l")))  # no accent: it is a letter of its own


def _starred(phrase: str) -> tuple[str, ...]:
    """The words of a phrase, a star kept with the word whose endings it stands for."""
    return tuple(
        "".join(_split(word)) + "*" * word.endswith("*") if word.endswith("*") else part
        for word in phrase.split()
        for part in (_split(word) if not word.endswith("*") else (word,))
    )


@lru_cache(maxsize=20_000)
def _common(word: str) -> bool:
    """Whether somebody who writes English might write this."""
    return word[-1] != "*" and (len(word) < 3 or (is_english(word) and not is_rare(word)))
