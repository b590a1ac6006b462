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
from livingwell.themes.words import LONGEST, forms, tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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
        "want": WANTED, "ask": WANTED, "not": None, "is-not": None, "fine": None, "no-longer": None, "used": BEEN,
    },
    "experience": {
        "want": WANTED, "ask": WANTED, "not": None, "is-not": None, "fine": None, "no-longer": BEEN, "used": BEEN,
    },
    "interest": {
        "love": LOVED, "want": WANTED, "ask": WANTED, "can": Sense(Stance.OFFERED), "not": None, "is-not": None, "cannot": None,
        "hate": None, "refuse": None, "no-longer": LOST, "used": LOST, "miss": LOST, "stopped": LOST,
        "stopping": LOST,
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
    matches = longest(book.phrases.find(text))
    if not matches:
        return ()
    line = Line(text, frozenset().union(*(match.own for match in matches)))
    people = People(story, text, line.breaks)
    first: dict[str, int] = {}
    best: dict[str, tuple[tuple[bool, bool], Found]] = {}
    for match in matches:
        for slug, sense, other in _mentions(book, line, people, match):
            from_word, to_word = line.quoted(match)
            start, end = text[from_word].start, text[to_word - 1].end
            found = Found(
                book.vocabulary.themes[slug], sense.stance, story[start:end], start, end, sense.past, other
            )
            rank = (not other, sense.clear)
            first.setdefault(slug, len(first))
            if slug not in best or rank > best[slug][0]:
                best[slug] = (rank, found)
    return tuple(best[slug][1] for slug in sorted(first, key=first.__getitem__))


def _mentions(book: _Book, line: Line, people: People, match: Match[str]) -> Iterator[tuple[str, Sense, bool]]:
    """What one match comes to: theme, sense, and whether it is about somebody else."""
    said = line.said(match)
    whose = ""
    for slug in dict.fromkeys(match.values):
        theme = book.vocabulary.themes[slug]
        stopped = _stopped(slug, said)
        if stopped is not None:
            if stopped in book.vocabulary and people.whose(match) == OWN:
                yield stopped, Sense(USUAL[book.vocabulary.themes[stopped].kind]), False
            continue
        sense = _sense(theme, said, {line.text[at].word for at in match.own})
        if sense is None:
            continue
        if slug not in others().not_own and theme.kind not in {"interest", "offer"}:
            yield slug, sense, False
            continue
        whose = whose or people.whose(match)
        if theme.kind in {"interest", "offer"} or whose == OWN:
            yield slug, sense, whose not in {OWN, NOBODY}
            if sense.stance == Stance.OFFERED and theme.kind == "interest":
                for offer in book.offers.get(slug, ()):
                    yield offer, Sense(Stance.OFFERED, sense.past), whose not in {OWN, NOBODY}
            continue
        if whose == NOBODY:
            continue
        instead = [each for each in others().becomes.get((slug, whose), ()) if each in book.vocabulary]
        for each in instead or [slug]:
            yield each, sense if each == slug else Sense(Stance.HARD, sense.past, sense.clear), True


def _stopped(slug: str, said: Said) -> str | None:
    """What a habit is called once it has stopped ("" for nothing at all); None if it has not."""
    becomes = cues().stopped_becomes.get(slug)
    if becomes is None or not said.before:
        return None
    kept_on = {"want", "ask", "not", "cannot", "refuse"} & set(said.before)
    over = said.before[0] == "stopped" or (said.before[0] == "used" and becomes)
    return becomes if over and not kept_on else None


def _sense(theme: Theme, said: Said, words: set[str]) -> Sense | None:
    """What a theme is to the person by the words around it; None if they say that it is not so."""
    sense = _plain_sense(theme, said, words)
    if sense is not None and said.once and theme.kind == "interest" and sense.stance == Stance.LOVED:
        return LOST
    return sense


def _plain_sense(theme: Theme, said: Said, words: set[str]) -> Sense | None:
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
        if cue in said.after:
            return sense
    if theme.kind == "interest":
        for cue in ("used", "miss", "stopped", "want", "ask", "can", "love"):
            if cue in said.inside:
                return effects[cue]
        if words & cues().missing:
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
        known = {key for word in self.phrases.words | cues().words() for key in forms(word)[0].keys[:1] if key}
        known |= set(others().people)
        speller = Speller(self.phrases.words)

        @lru_cache(maxsize=20_000)
        def put_right(surface: str) -> tuple[Form, ...]:
            plain = forms(surface)
            if len(plain) != 1 or plain[0].keys[0] in known:
                return plain
            meant = speller.meant(plain[0].word)
            return forms(meant) if meant else plain

        self._put_right: Callable[[str], tuple[Form, ...]] = put_right

    def forms(self, surface: str, name: bool) -> tuple[Form, ...]:
        return forms(surface) if name or len(surface) > LONGEST else self._put_right(surface)


def _offers(vocabulary: Vocabulary) -> dict[str, tuple[str, ...]]:
    """For each interest what somebody good at it could offer, by the slugs or what the offers relate to."""
    offers = [theme for theme in vocabulary.themes.values() if theme.kind == "offer"]
    found: dict[str, tuple[str, ...]] = {}
    for theme in vocabulary.themes.values():
        if theme.kind == "interest":
            exact = f"offer-{theme.slug}"
            related = tuple(offer.slug for offer in offers if theme.slug in offer.related)
            found[theme.slug] = (exact,) if exact in vocabulary else related
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
