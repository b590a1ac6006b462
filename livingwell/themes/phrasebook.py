"""Finding many phrases in a text at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Generic, NamedTuple, TypeVar

from livingwell.themes.words import SENTENCE, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence, Set

    from livingwell.themes.words import Token

T = TypeVar("T")
GAP: Final = "*"  # in a phrase: up to three words between
WIDEST: Final = 3
# In the tree, beside the words that may follow: what ends here, and what ends here with this very ending.
HERE: Final = ""
EXACTLY: Final = "="

# One word that means something else with another ending: "boxing" is not "boxes", "cutting" not "cuts".
WORD_FOR_WORD: Final = frozenset([
    "accounting", "acting", "adopted", "angling", "arms", "attacked", "bail", "bait", "baked", "banking",
    "barbering", "beading", "bedding", "bet", "bets", "betting", "birding", "blues", "bouldering", "bowl",
    "bowling", "bowls", "box", "boxing", "braiding", "build", "building", "bunning", "burning",
    "butterflies", "bypass", "camming", "camping", "card", "cards", "caring", "carving", "catering",
    "caving", "chaired", "checkers", "chickens", "cleaning", "climbing", "clocks", "closeted", "coach",
    "coaching", "coding", "coins", "conned", "consult", "consulting", "controlling", "counciling",
    "councilling", "courses", "craving", "crowds", "cruise", "curling", "cut", "cutting", "darts", "dating",
    "debating", "dig", "digging", "drawing", "drunk", "ducks", "dumped", "earning", "excel", "fall",
    "falls", "farming", "fencing", "fiddle", "finances", "fishing", "five", "fives", "forces", "fostering",
    "fuming", "game", "games", "gaming", "glass", "glasses", "groomed", "grooming", "guns", "hacked",
    "haunted", "hear", "hearing", "heart", "hearts", "heroin", "hosting", "house", "housing", "hustle",
    "improv", "inventing", "jamming", "judged", "juggle", "labelled", "labelling", "landscapes",
    "landscaping", "lift", "lifts", "living", "marketing", "markets", "meaning", "meeting", "mold",
    "mugged", "nail", "nails", "needles", "nerve", "nerves", "nurse", "nursing", "oils", "outing",
    "outings", "paper", "papers", "parenting", "parking", "parks", "pawned", "peers", "pickles", "pimp",
    "pimped", "plant", "planting", "plants", "pools", "printing", "profiled", "programming", "purge",
    "racing", "rails", "rap", "rapping", "reading", "recycle", "resume", "retreat", "revising", "roofing",
    "run", "running", "sacked", "save", "saving", "savings", "scouts", "secondaries", "sectioned",
    "sectioning", "sentenced", "separated", "separating", "shanked", "shed", "shifts", "shootings",
    "shotting", "shrink", "slave", "slimming", "smack", "sowing", "spelling", "spiked", "spin", "spirits",
    "sponsor", "squash", "stamps", "stitching", "stoned", "stretch", "stretches", "stretching", "stroke",
    "strokes", "structure", "styling", "tagged", "tailor", "tapping", "temper", "threading", "tiling",
    "tips", "train", "training", "transitioning", "trapping", "tripped", "trolled", "twitch", "twitching",
    "typing", "use", "using", "vet", "wedding", "weed", "weeding", "weights", "zoom",
])  # fmt: skip


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
        place, name = (node.setdefault(EXACTLY, {}), words[0][0]) if strict else (node, HERE)
        place[name] = (*place.get(name, ()), value)

    def find(self, text: Sequence[Token]) -> list[Match[T]]:
        """Each phrase found, by its first word; a phrase never runs over the end of a sentence."""
        keys = [token.keys if self._endings else token.forms for token in text]
        found: list[Match[T]] = []
        tree = self._tree
        for start, (options, follows) in enumerate(zip(keys, [*keys[1:], ()], strict=False)):
            for key in options:
                node = tree.get(key)
                # Most words begin a phrase that the next word does not go on with.
                if node and (
                    HERE in node or EXACTLY in node or GAP in node or not node.keys().isdisjoint(follows)
                ):
                    self._follow(text, keys, start, node, found)
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
            values = node.get(HERE, ())
            if EXACTLY in node:
                values += node[EXACTLY].get(text[start].word, ())
            if values:
                found.append(Match(start, at, frozenset(own), values))
            if GAP in node:
                for later in range(at, min(at + WIDEST + 1, len(text))):
                    if text[later].stop == SENTENCE:
                        break
                    gap = node[GAP]
                    ways += [(gap[key], later + 1, (*own, later)) for key in keys[later] if key in gap]
            if at < len(text) and not node.keys().isdisjoint(keys[at]) and text[at].stop < SENTENCE:
                ways += [(node[key], at + 1, (*own, at)) for key in keys[at] if key in node]


def _pieces(piece: str) -> list[tuple[str, str]]:
    """The words of a phrase with their keys; the gap stands for itself."""
    if piece == GAP:
        return [(GAP, GAP)]
    return [(token.word, token.keys[0]) for token in tokens(piece)]


def longest(matches: Iterable[Match[T]], weak: Set[int] = frozenset()) -> list[Match[T]]:
    """In order, without those inside a longer one, or with only weak words outside it; equal ones stay."""
    kept: list[Match[T]] = []
    taken: dict[int, list[Match[T]]] = {}
    for match in sorted(matches, key=lambda each: (-len(each.own), each.start, each.end)):
        rivals = [other for at in match.own for other in taken.get(at, ())]
        if any(other.own != match.own and match.own - other.own <= weak for other in rivals):
            continue
        kept.append(match)
        for at in match.own:
            taken.setdefault(at, []).append(match)
    return sorted(kept, key=lambda each: (each.start, -each.end))
