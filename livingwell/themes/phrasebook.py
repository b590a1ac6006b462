"""Finding many phrases in a text at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Generic, NamedTuple, TypeVar

from livingwell.themes.words import SENTENCE, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from livingwell.themes.words import Token

T = TypeVar("T")
GAP: Final = "*"  # in a phrase: up to three words between
WIDEST: Final = 3
HERE: Final = ""  # in the tree: what ends at this word

# One word that means something else with another ending: "boxing" is not "boxes", "cutting" not "cuts".
WORD_FOR_WORD: Final = frozenset(
    """acting arms banking blues bowling boxing building burning cards caring cleaning climbing coaching
    cutting darts dating drawing falls farming fishing forces games glasses grooming hearing housing lifts
    living meeting nails needles nursing papers parking plants pools racing reading running saving savings
    spirits stroke strokes training using weed weeding weights wedding lift card game glass paper coach nurse
    train box build house run cut hear fall use nail plant bowl save nerves nerve heart hearts""".split()
)


class Match(NamedTuple, Generic[T]):
    """A phrase found: from which word to which (the last not counted), its own words, what it stands for."""

    start: int
    end: int
    own: frozenset[int]
    values: tuple[T, ...]


class Phrasebook(Generic[T]):
    """Phrases in a tree of words, each leading to what it stands for."""

    def __init__(self, phrases: Iterable[tuple[str, T]], *, endings: bool) -> None:
        """With endings False the phrases must be met with the very endings that they have."""
        self._endings = endings
        self._tree: dict[str, Any] = {}
        self.words: set[str] = set()
        for phrase, value in phrases:
            self._add(phrase, value)

    def _add(self, phrase: str, value: T) -> None:
        words = [form for piece in phrase.split() for form in _pieces(piece)]
        node = self._tree
        for word, key in words:
            node = node.setdefault(key if self._endings else word, {})
            self.words.add(word)
        strict = len(words) == 1 and words[0][0] in WORD_FOR_WORD
        node.setdefault(HERE, []).append((words[0][0] if strict else None, value))

    def find(self, text: Sequence[Token]) -> list[Match[T]]:
        """Each phrase found, by its first word; a phrase never runs over the end of a sentence."""
        keys = [token.keys if self._endings else token.forms for token in text]
        found: list[Match[T]] = []
        for start, options in enumerate(keys):
            for key in options:
                if key in self._tree:
                    self._follow(text, keys, start, self._tree[key], found)
        return found

    def _follow(
        self,
        text: Sequence[Token],
        keys: Sequence[tuple[str, ...]],
        start: int,
        node: dict[str, Any],
        found: list[Match[T]],
    ) -> None:
        """All phrases from one first word on, in the tree below it."""
        ways: list[tuple[dict[str, Any], int, tuple[int, ...]]] = [(node, start + 1, (start,))]
        while ways:
            node, at, own = ways.pop()
            if HERE in node:
                values = tuple(
                    value for exactly, value in node[HERE] if exactly is None or exactly == text[start].word
                )
                if values:
                    found.append(Match(start, at, frozenset(own), values))
            if GAP in node:
                for later in range(at, min(at + WIDEST + 1, len(text))):
                    if text[later].stop == SENTENCE:
                        break
                    for key in keys[later]:
                        if key in node[GAP]:
                            ways.append((node[GAP][key], later + 1, (*own, later)))
            if at < len(text) and text[at].stop < SENTENCE:
                for key in keys[at]:
                    if key in node:
                        ways.append((node[key], at + 1, (*own, at)))


def _pieces(piece: str) -> list[tuple[str, str]]:
    """The words of a phrase with their keys; the gap stands for itself."""
    if piece == GAP:
        return [(GAP, GAP)]
    return [(token.word, token.keys[0]) for token in tokens(piece)]


def longest(matches: Iterable[Match[T]]) -> list[Match[T]]:
    """Without those that lie wholly inside a longer one; of equal ones all stay."""
    kept: list[Match[T]] = []
    for match in sorted(matches, key=lambda each: (each.start, -each.end, -len(each.own))):
        near = [other for other in kept[-12:] if other.end >= match.end]
        if not any(match.own < other.own for other in near):
            kept.append(match)
    return kept
