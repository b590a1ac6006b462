"""What a service is about and what sort of thing it is, read from its organization's own words."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Final

from livingwell.directory.models import MAIN_THEMES
from livingwell.themes.phrasebook import Phrasebook, longest
from livingwell.themes.vocabulary import vocabulary
from livingwell.themes.words import SENTENCE, fold, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from livingwell.themes.vocabulary import Vocabulary
    from livingwell.themes.words import Token

ENOUGH: Final = 2.0  # a name or a term is enough; in a long text one passing word is not
IN_NAME: Final = 6.0
IN_TERM: Final = 4.0
IN_OPENING: Final = 2.0
IN_PASSING: Final = 1.0
SHORT: Final = 60  # words: in so short a text nothing is said in passing
OPENING: Final = 30  # words at the start of a longer text that say what it is
MOST_TERMS: Final = 20_000  # remembered
LONGEST_TEXT: Final = 6_000  # characters read
DENIALS: Final = frozenset({"not", "no", "non", "except", "excluding", "without", "never"})


@dataclass(frozen=True, slots=True)
class Tag:
    """A theme (its slug), the words that led to it, and how much they weigh."""

    theme: str
    because: str
    weight: float


@dataclass(slots=True)
class _Heard:
    """What speaks for one theme so far."""

    because: str = ""
    heaviest: float = 0.0
    weight: float = 0.0
    phrases: set[str] = field(default_factory=set)

    def add(self, phrase: str, words: str, weight: float) -> None:
        again = phrase in self.phrases
        self.phrases.add(phrase)
        self.weight += weight / 4 if again else weight
        if weight > self.heaviest:
            self.heaviest, self.because = weight, words


@dataclass(frozen=True, slots=True)
class _Mention:
    """A phrase met in a text: without endings, as it stands, its themes, whether it is far from the start."""

    phrase: str
    words: str
    slugs: tuple[str, ...]
    in_passing: bool

    def tell(self, heard: dict[str, _Heard], weight: float) -> None:
        for slug in self.slugs:
            heard[slug].add(self.phrase, self.words, weight)


class Tagger:
    """Knows the words that lead to each theme of a vocabulary."""

    def __init__(self, words: Vocabulary) -> None:
        own = [(phrase, (slug, phrase)) for slug, phrase in _service_words(words)]
        # A name says "Gospel choir" and means it; in running text people's words for what they love mislead.
        loved = [(phrase, (slug, phrase)) for slug, phrase in _loved_words(words)]
        self._text = Phrasebook(dict.fromkeys(own), endings=True)
        self._names = Phrasebook(dict.fromkeys([*own, *loved]), endings=True)
        # Only a whole term is a code: "Counselling" alone is one, "debt counselling" is not.
        self._terms: dict[str, list[_Mention]] = {}
        self._codes: dict[str, list[str]] = defaultdict(list)
        for theme in words.themes.values():
            if "open-eligibility" in theme.codes:
                self._codes[fold(theme.codes["open-eligibility"])].append(theme.slug)

    def tags(self, name: str, description: str = "", terms: Iterable[str] = ()) -> list[Tag]:
        """The themes of a service, surest first, at most MAIN_THEMES: one about everything is about nothing."""
        heard: dict[str, _Heard] = defaultdict(_Heard)
        for mention in _mentions(name, self._names):
            mention.tell(heard, IN_NAME)
        for term in terms:
            for mention in self._of_term(term):
                mention.tell(heard, IN_TERM)
        for mention in _mentions(description[:LONGEST_TEXT], self._text):
            mention.tell(heard, IN_PASSING if mention.in_passing else IN_OPENING)
        found = [
            Tag(slug, each.because, round(each.weight, 2))
            for slug, each in heard.items()
            if each.weight >= ENOUGH
        ]
        found.sort(key=lambda tag: -tag.weight)  # of equals, the one mentioned first stays first
        return found[:MAIN_THEMES]

    def _of_term(self, term: str) -> list[_Mention]:
        """What a term of another vocabulary mentions: the same few hundred come again and again."""
        if term not in self._terms:
            codes = self._codes.get(fold(term), ())
            found = [_Mention(fold(term), term, tuple(codes), False)] if codes else []
            if len(self._terms) > MOST_TERMS:
                self._terms.clear()
            self._terms[term] = [*_mentions(term, self._names), *found]
        return self._terms[term]


@cache
def tagger() -> Tagger:
    """The one for the vocabulary that comes with the network."""
    return Tagger(vocabulary())


def _mentions(text: str, book: Phrasebook[tuple[str, str]]) -> list[_Mention]:
    """What a text mentions, in order, but for what it says that it is not."""
    said = tokens(text)
    opening = len(said) if len(said) <= SHORT else OPENING
    return [
        _Mention(
            " ".join(said[at].keys[0] for at in range(match.start, match.end)),
            text[said[match.start].start : said[match.end - 1].end],
            tuple(slug for slug, phrase in match.values if _same_ending(phrase, said[match.start].word)),
            match.start >= opening,
        )
        for match in longest(book.find(said))
        if not _denied(said, match.start)
    ]


def _same_ending(phrase: str, word: str) -> bool:
    """Whether a single word that does something is met as one that does: "ageing" is not "age"."""
    return " " in phrase or not phrase.endswith("ing") or word.endswith("ing")


def _denied(said: Sequence[Token], at: int) -> bool:
    """Whether the text says that it is not this: "not a clinic", "no alcohol"."""
    for back in range(at - 1, max(at - 4, -1), -1):
        if said[back + 1].stop == SENTENCE:
            return False
        if said[back].word in DENIALS:
            return True
    return False


def _service_words(words: Vocabulary) -> Iterator[tuple[str, str]]:
    """What organizations say of themselves, for all that a service can be about."""
    for theme in words.themes.values():
        if theme.kind != "offer":
            yield from ((theme.slug, fold(phrase)) for phrase in theme.services)


def _loved_words(words: Vocabulary) -> Iterator[tuple[str, str]]:
    for theme in words.themes.values():
        if theme.kind == "interest":
            for phrase in theme.phrases:
                if len(phrase.split()) <= 2 and "*" not in phrase:
                    yield theme.slug, phrase


def _any_of(*words: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(words) + r")\b")


# In the order in which they are asked: the first that fits is the kind.
_LINE: Final = _any_of(
    "help ?lines?",
    "hot ?lines?",
    "crisis lines?",
    "text ?lines?",
    "phone lines?",
    "info ?lines?",
    "lifelines?",
)
_HOURS: Final = _any_of("time ?banks?", "time ?banking", "time credits?", "time exchanges?")
_PERSON: Final = _any_of(
    "befriend(?:ing|ers?)",
    "budd(?:y|ies)",
    "mentor(?:s|ing)?",
    "peer supporters?",
    "link workers?",
    "one to one peer",
    "community connectors?",
    "social prescrib(?:ing|ers?)",
    "health champions?",
    "friendly (?:visit|call)(?:s|ors?|ers?|ing)?",
)
_READING: Final = _any_of(
    "self help (?:guides?|books?)",
    "leaflets?",
    "booklets?",
    "information website",
    "online guides?",
    "podcasts?",
    "reading well",
    "workbooks?",
    "fact ?sheets?",
)
_GROUP: Final = _any_of(
    "choirs?",
    "clubs?",
    "groups?",
    "class(?:es)?",
    "meetings?",
    "meet ?ups?",
    "sessions?",
    "courses?",
    "walks?",
    "workshops?",
    "circles?",
    "bands?",
    "teams?",
    "societ(?:y|ies)",
    "lessons?",
    "park ?runs?",
    "drop ins?",
    "rehearsals?",
    "coffee mornings?",
    "tea dances?",
    "yoga",
    "zumba",
    "bingo",
    "socials?",
    "ensembles?",
    "orchestras?",
    "fellowships?",
)
_PLACE: Final = _any_of(
    "librar(?:y|ies)", "parks?", "cent(?:re|er)s?", "caf(?:e|es)", "gardens?", "museums?", "leisure",
    "allotments?", "farms?", "galler(?:y|ies)", "lidos?", "pools?", "church", "mosque", "temple", "synagogue",
    "halls?", "hubs?", "clubhouses?", "warm spaces?", "community fridges?", "theatres?", "cinemas?", "common",
    "pavilions?",
)  # fmt: skip
_NO_PLACE_TO_DROP_INTO: Final = re.compile(
    r"\b(?:health|medical|treatment|advice|law|legal|call|rehabilitation|crisis|counsell?ing|job|support)"
    r" ?cent(?:re|er)s?\b"
)
_SOMETHING_AT_A_PLACE: Final = _any_of(
    "program(?:me)?s?", "services?", "support", "school", "project", "team"
)
_MEETS: Final = _any_of("meets?", "we meet", "come and sing", "join us", "weekly group", "everyone welcome")
_ASKED: Final = _any_of(
    "advice", "counsell?ing", "therapy", "clinic", "treatment", "assessment", "food bank", "foodbank", "legal"
)


def kind_of(name: str, description: str = "", *, has_place: bool, by_phone: bool) -> str:
    """What sort of connection it is, one of the kinds of a service, going by its name first.

    `has_place`: there is somewhere to go. `by_phone`: there is a number to ring or text.
    """
    title = _plain(name)
    opening = _plain(description[:240])
    if _HOURS.search(title):
        return "hours"
    if by_phone and (_LINE.search(title) or (not has_place and _LINE.search(opening))):
        return "line"
    if _PERSON.search(title):
        return "person"
    if _READING.search(title) and not has_place:
        return "reading"
    if _GROUP.search(title) and not _ASKED.search(title):
        return "group"
    if (
        has_place
        and _PLACE.search(title)
        and not _NO_PLACE_TO_DROP_INTO.search(title)
        and not _SOMETHING_AT_A_PLACE.search(title)
        and not _ASKED.search(title)
    ):
        return "place"
    if _ASKED.search(title):
        return "service"
    if _PERSON.search(opening):
        return "person"
    if _MEETS.search(opening) and _GROUP.search(opening):
        return "group"
    return "service"


def _plain(text: str) -> str:
    """Lower case without accents; dashes are spaces."""
    return re.sub(r"[^\w']+", " ", fold(text))
