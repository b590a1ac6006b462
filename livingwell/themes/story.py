"""Reading what somebody writes about their life: the themes in it, each with the words that led to it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from livingwell.themes import vocabulary as shipped
from livingwell.themes.cues import cues, others
from livingwell.themes.governing import Line
from livingwell.themes.phrasebook import Phrasebook, longest
from livingwell.themes.spelling import Speller
from livingwell.themes.whose import NOBODY, OWN, People
from livingwell.themes.words import forms, stem, tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from livingwell.themes.governing import Said
    from livingwell.themes.phrasebook import Match
    from livingwell.themes.vocabulary import Theme, Vocabulary
    from livingwell.themes.words import Form


class Stance(StrEnum):
    """What a theme is to the person."""

    HARD = "hard"
    LOVED = "loved"
    OFFERED = "offered"
    WANTED = "wanted"


@dataclass(frozen=True, slots=True)
class Found:
    """A theme in a story, what it is to the person, and their own words for it."""

    theme: Theme
    stance: Stance
    because: str  # exactly story[start:end]
    start: int
    end: int
    past: bool  # used to be, or lost
    other: bool  # about somebody else


class Sense(NamedTuple):
    """What one mention comes to; clear when the words around it say so."""

    stance: Stance
    past: bool = False
    clear: bool = True


USUAL: Final = {
    "need": Stance.HARD,
    "experience": Stance.HARD,
    "interest": Stance.LOVED,
    "offer": Stance.OFFERED,
    "practical": Stance.WANTED,
}
WANTED: Final = Sense(Stance.WANTED)
LOVED: Final = Sense(Stance.LOVED)
LOST: Final = Sense(Stance.LOVED, past=True)
BEEN: Final = Sense(Stance.HARD, past=True)
# What a cue does to a theme of each kind; None: it is not so. A cue that is not named does nothing.
EFFECTS: Final[dict[str, dict[str, Sense | None]]] = {
    "need": {
        "want": WANTED, "ask": WANTED, "used": BEEN,
        "not": None, "is-not": None, "fine": None, "no-longer": None,
    },
    "experience": {
        "want": WANTED, "ask": WANTED, "used": BEEN, "no-longer": BEEN,
        "not": None, "is-not": None, "fine": None,
    },
    "interest": {
        "love": LOVED, "want": WANTED, "ask": WANTED, "can": Sense(Stance.OFFERED),
        "no-longer": LOST, "used": LOST, "miss": LOST, "stopped": LOST, "stopping": LOST,
        "not": None, "is-not": None, "cannot": None, "hate": None, "refuse": None,
    },
    "offer": {
        "ask": None, "not": None, "is-not": None, "cannot": None, "hate": None, "refuse": None,
        "no-longer": Sense(Stance.OFFERED, past=True), "used": Sense(Stance.OFFERED, past=True),
        "stopped": Sense(Stance.OFFERED, past=True),
    },
    "practical": {
        "love": LOVED, "hate": None, "refuse": None, "used": Sense(Stance.WANTED, past=True), "want": WANTED,
        "ask": WANTED,
    },
}  # fmt: skip
AFTER: Final[dict[str, dict[str, Sense | None]]] = {
    "interest": {"hate": None, "can": Sense(Stance.OFFERED), "love": LOVED},
    "practical": {"hate": None, "love": LOVED},
    "need": {"long-ago": BEEN},
}


def read(story: str, vocabulary: Vocabulary | None = None) -> tuple[Found, ...]:
    """The themes of a story, each once, in the order in which they are first spoken of."""
    book = _book(vocabulary or shipped.vocabulary())
    text = tokens(story, book.forms)
    small = cues().small
    weak = {at for at, token in enumerate(text) if token.word in small}
    said = book.phrases.find(text)
    matches = [book.with_interests(match, said) for match in longest(said, weak)]
    if not matches:
        return ()
    line = Line(text, matches, book.plain(matches))
    people = People(story, text, line.breaks)
    best: dict[str, tuple[tuple[bool, bool], Found]] = {}
    for match in matches:
        for slug, sense, other in _mentions(book, line, people, match):
            rank = (not other, sense.clear)
            if slug in best and rank <= best[slug][0]:
                continue
            from_word, to_word = line.quoted(match)
            start, end = text[from_word].start, text[to_word - 1].end
            theme = book.vocabulary.themes[slug]
            best[slug] = (rank, Found(theme, sense.stance, story[start:end], start, end, sense.past, other))
    return tuple(found for _, found in best.values())  # a better mention keeps the place of the first


def _mentions(
    book: _Book, line: Line, people: People, match: Match[str]
) -> Iterator[tuple[str, Sense, bool]]:
    """What one match comes to: theme, sense, and whether it is about somebody else."""
    said = line.said(match)
    whose = ""
    for slug in dict.fromkeys(match.values):
        theme = book.vocabulary.themes[slug]
        stopped = _stopped(slug, said)
        if stopped is not None:
            if stopped in book.vocabulary.themes and people.whose(match) == OWN:
                yield stopped, Sense(USUAL[book.vocabulary.themes[stopped].kind]), False
            continue
        sense = _sense(theme, said, line, match)
        if theme.kind == "interest" and sense and not sense.clear and book.offered(slug, match):
            sense = Sense(Stance.OFFERED)
        if sense is None:
            continue
        if slug not in others().about_people and theme.kind not in {"interest", "offer"}:
            yield slug, sense, False
            continue
        if theme.kind in {"interest", "offer"}:
            yield from _liked(book, theme, sense, match, people.whose(match, liking=True))
            continue
        whose = whose or people.whose(match)
        if slug in others().cared_for:
            yield slug, sense, whose != OWN
            continue
        if whose == OWN:
            yield slug, sense, False
            continue
        if whose == NOBODY:
            continue
        instead = [each for each in others().becomes.get((slug, whose), ()) if each in book.vocabulary.themes]
        for each in instead or [slug]:
            yield each, sense if each == slug else Sense(Stance.HARD, sense.past, sense.clear), True


def _liked(
    book: _Book, theme: Theme, sense: Sense, match: Match[str], whose: str
) -> Iterator[tuple[str, Sense, bool]]:
    """Something liked or offered; who is good at what they like could offer it."""
    other = whose not in {OWN, NOBODY}
    yield theme.slug, sense, other
    if theme.kind == "interest" and sense.stance == Stance.OFFERED and not book.offered(theme.slug, match):
        for offer in book.offers.get(theme.slug, ()):
            yield offer, Sense(Stance.OFFERED, sense.past), other


def _stopped(slug: str, said: Said) -> str | None:
    """What a habit is called once it has stopped ("" for nothing at all); None if it has not."""
    becomes = cues().stopped_becomes.get(slug)
    if becomes is None:
        return None
    kept_on = {"want", "ask", "not", "cannot", "refuse"} & set(said.before)
    nearest = said.before[0] if said.before else ""
    over = "stopped" in {nearest, *said.inside} or (nearest == "used" and becomes)
    return becomes if over and not kept_on else None


def _sense(theme: Theme, said: Said, line: Line, match: Match[str]) -> Sense | None:
    """What a theme is to the person by the words around it; None if they say that it is not so."""
    sense = _plain_sense(theme, said, line, match)
    if sense is not None and said.once and theme.kind == "interest" and sense.stance == Stance.LOVED:
        return LOST
    return sense


def _plain_sense(theme: Theme, said: Said, line: Line, match: Match[str]) -> Sense | None:
    effects = EFFECTS[theme.kind]
    ended = "over" in said.after
    for cue in said.before:
        if cue == "not" and theme.slug in cues().lack:
            continue
        if cue in {"not", "is-not", "cannot"} and theme.kind == "interest" and ended:
            return LOST
        if cue in effects:
            return effects[cue]
    for cue, sense in AFTER.get(theme.kind, {}).items():
        if cue in said.after and not (cue == "long-ago" and theme.slug in cues().happens):
            return sense
    if theme.kind == "interest":
        for cue in ("used", "miss", "stopped", "want", "ask", "can", "love"):
            if cue in said.inside:
                return effects[cue]
        if any(line.text[at].word in cues().missing for at in match.own):
            return WANTED
    return Sense(USUAL[theme.kind], clear=False)


class _Book:
    """A vocabulary made ready for reading."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.phrases = Phrasebook(
            ((phrase, theme.slug) for theme in vocabulary.themes.values() for phrase in theme.phrases),
            endings=True,
        )
        self.offers = _offers(vocabulary)
        known = {stem(word) for word in self.phrases.words | cues().book.words} | others().people.keys()
        speller = Speller(self.phrases.words)

        @lru_cache(maxsize=20_000)
        def put_right(surface: str, name: bool) -> tuple[Form, ...]:
            plain = forms(surface)
            if name or len(plain) != 1 or plain[0].keys[0] in known:
                return plain
            meant = speller.meant(plain[0].word)
            return forms(meant) if meant else plain

        self.forms: Callable[[str, bool], tuple[Form, ...]] = put_right

    def offered(self, interest: str, match: Match[str]) -> bool:
        """Whether a phrase offers what the interest is about."""
        return any(offer in match.values for offer in self.offers.get(interest, ()))

    def with_interests(self, match: Match[str], said: Sequence[Match[str]]) -> Match[str]:
        """An offer with the interests spoken of within its words: who "sews beautifully" likes to sew."""
        if all(self.vocabulary.themes[slug].kind != "offer" for slug in match.values):
            return match
        within = [slug for each in said if each.own < match.own for slug in each.values]
        return match._replace(
            values=match.values + tuple(slug for slug in within if self.offered(slug, match))
        )

    def plain(self, matches: Sequence[Match[str]]) -> frozenset[int]:
        """The words that stand for themes one cannot love: what they say is already in the theme."""
        themes = self.vocabulary.themes
        return frozenset().union(
            *(match.own for match in matches if all(themes[slug].kind != "interest" for slug in match.values))
        )


def _offers(vocabulary: Vocabulary) -> dict[str, tuple[str, ...]]:
    """For each interest what somebody good at it could offer, by the slugs or what the offers relate to."""
    offers = [theme for theme in vocabulary.themes.values() if theme.kind == "offer"]
    found: dict[str, tuple[str, ...]] = {}
    for theme in vocabulary.themes.values():
        if theme.kind == "interest":
            exact = f"offer-{theme.slug}"
            related = tuple(offer.slug for offer in offers if theme.slug in offer.related)
            found[theme.slug] = (exact,) if exact in vocabulary.themes else related
    return found


_BOOKS: Final[dict[int, _Book]] = {}


def _book(vocabulary: Vocabulary) -> _Book:
    """Made once for each vocabulary; the last few are kept."""
    book = _BOOKS.get(id(vocabulary))
    if book is None:
        while len(_BOOKS) > 3:
            _BOOKS.pop(next(iter(_BOOKS)))
        book = _BOOKS[id(vocabulary)] = _Book(vocabulary)
    return book
