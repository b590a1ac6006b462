"""Which of the small words in a sentence have a say over a theme found in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from livingwell.themes.cues import cues
from livingwell.themes.words import CLAUSE, NONE, PAUSE, SENTENCE

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from livingwell.themes.phrasebook import Match
    from livingwell.themes.words import Token

# How many words away a cue may stand and still count; others count through their whole clause.
REACH: Final = {"can": 5, "cannot": 5, "hate": 6, "stopped": 6, "stopping": 6, "refuse": 6, "fine": 5}
REACH_AFTER: Final = {"love": 2, "can": 3, "hate": 1, "over": 5, "long-ago": 6}
DENIES: Final = frozenset({"fine", "is-not"})  # these may even run into the words of the theme
NEARLY_TOUCHING: Final = DENIES | {"not", "no-longer"}  # only light words may stand between
ENDS_AT_COMMA: Final = NEARLY_TOUCHING | {"cannot", "hate", "refuse", "stopped", "stopping"}
TURNED_ROUND: Final = {
    ("not", "love"): "hate", ("not", "want"): "refuse", ("not", "hate"): "love", ("not", "stopped"): "love",
    ("not", "stopping"): "love", ("refuse", "stopping"): "love", ("cannot", "stopping"): "love",
    ("refuse", "stopped"): "love", ("not", "ask"): "refuse", ("not", "can"): "cannot",
    ("not", "used"): "nothing", ("used", "love"): "used",
}  # fmt: skip


class Cue(NamedTuple):
    """A cue in its place, from its first word to the one after its last."""

    start: int
    end: int
    kind: str


class Said(NamedTuple):
    """What the small words say of one match, the nearest cue first."""

    before: list[str]
    after: list[str]
    inside: list[str]
    once: bool


class Line:
    """A story with its cues and its clauses."""

    def __init__(self, text: Sequence[Token], matches: Sequence[Match[str]], plain: Collection[int]) -> None:
        """A cue within the plain words reaches no further: "learning disability" learns nothing."""
        self.text = text
        self.breaks = breaks(text)
        table = cues()
        passed = table.light | table.joins
        self._passed = {at for match in matches for at in match.own}  # where a "not" reaches over
        self._passed.update(at for at, token in enumerate(text) if token.keys[0] in passed)
        found = table.book.find(text)
        self._inside = {cue.end: cue for cue in _apart(found, "before")}
        self._before = {end: cue for end, cue in self._inside.items() if not _within(cue, plain)}
        self._denying = {end: cue for end, cue in self._before.items() if cue.kind in DENIES}
        self._after = {cue.start: cue for cue in _apart(found, "after")}
        self._once = [cue.start for cue in _apart(found, "once")]

    def said(self, match: Match[str]) -> Said:
        ends = [self._inside.get(end) for end in range(match.start + 1, match.end + 1)]
        return Said(
            self._turned(self._reaching(match), match),
            self._following(match) if self._after else [],
            [cue.kind for cue in ends if cue and cue.start >= match.start],
            any(self._same_sentence(at, match.start) for at in self._once),
        )

    def _reaching(self, match: Match[str]) -> list[Cue]:
        """The cues before a match that have a say over it, nearest first."""
        over = [self._denying.get(end) for end in range(match.start + 1, match.end)] if self._denying else []
        found = [cue for cue in over if cue and cue.start < match.start]
        comma = heavy = False
        either = match.end < len(self.text) and self.text[match.end].word in {"or", "nor"}
        at = match.start
        breaks, before = self.breaks, self._before
        while at > 0 and breaks[at] < CLAUSE:
            if breaks[at] == PAUSE:
                either = either or self.text[at].word in {"or", "nor"}
                comma = comma or not either
            cue = before.get(at)
            if cue is None or cue.kind == "nothing":
                at = at - 1 if cue is None else cue.start
                heavy = heavy or at not in self._passed
                continue
            near = match.start - cue.end <= REACH.get(cue.kind, 40)
            cut = (comma and cue.kind in ENDS_AT_COMMA) or (heavy and cue.kind in NEARLY_TOUCHING)
            if near and not cut:
                found.append(cue)
            at = cue.start
            heavy = heavy or cue.kind == "ask"
        return found

    def _plainly(self, cue: Cue, match: Match[str]) -> str:
        """A "not" that says what the person is not, told from one that says what they have not."""
        being = cue.start > 0 and self.text[cue.start - 1].keys[0] == "be"
        return "is-not" if cue.kind == "not" and being and match.start - cue.end <= 1 else cue.kind

    def _turned(self, found: Sequence[Cue], match: Match[str]) -> list[str]:
        """The kinds of cues, two that turn each other round made into one: "don't want to stop"."""
        kinds: list[str] = []
        skip = False
        for at, cue in enumerate(found):
            if skip:
                skip = False
                continue
            earlier = found[at + 1] if at + 1 < len(found) else None
            close = earlier is not None and cue.start - earlier.end <= 2
            turned = TURNED_ROUND.get((earlier.kind, cue.kind)) if earlier is not None and close else None
            skip = turned is not None
            kinds.append(turned or self._plainly(cue, match))
        return kinds

    def _following(self, match: Match[str]) -> list[str]:
        """The kinds of cues after a match, in its own clause."""
        found: list[str] = []
        for at in range(match.end, min(match.end + 7, len(self.text))):
            cue = self._after.get(at)
            if cue and at - match.end <= REACH_AFTER[cue.kind] and self.text[at].stop < SENTENCE:
                found.append(cue.kind)
            if self.breaks[at] >= CLAUSE:
                break
        return found

    def _same_sentence(self, one: int, other: int) -> bool:
        low, high = sorted((one, other))
        return all(self.text[at].stop < SENTENCE for at in range(low + 1, high + 1))

    def _is_small(self, at: int) -> bool:
        return self.text[at].word in cues().small

    def quoted(self, match: Match[str], most: int = 9) -> tuple[int, int]:
        """The words to quote: the match with the cues that touch it, from and to (in words)."""
        start, end = match.start, match.end
        while True:
            at = start
            while start - 3 < at and at > 0 and at not in self._before and self._is_small(at - 1):
                at -= 1
            cue = self._before.get(at) or self._before.get(start)
            if cue is None or cue.kind == "nothing" or end - cue.start > most:
                break
            if any(self.breaks[near] > NONE for near in range(cue.start + 1, start + 1)):
                break
            start = cue.start
            bare = cue.kind != "can" and self.text[start].forms[-1] == "i" and start + 1 < match.start
            start += bare
        after = self._after.get(end)
        if after and after.kind in {"can", "love"} and after.end - start <= most and not self.breaks[end]:
            end = after.end
        return start, end


def _within(cue: Cue, words: Collection[int]) -> bool:
    return all(at in words for at in range(cue.start, cue.end))


def _apart(matches: Sequence[Match[tuple[str, str]]], place: str) -> list[Cue]:
    """The cues of one place that do not overlap: the longest stays, then the first."""
    found = [
        Cue(match.start, match.end, kind)
        for match in matches
        for where, kind in match.values
        if where == place
    ]
    taken: set[int] = set()
    kept: list[Cue] = []
    for cue in sorted(found, key=lambda each: (each.start - each.end, each.start)):
        if taken.isdisjoint(range(cue.start, cue.end)):
            taken.update(range(cue.start, cue.end))
            kept.append(cue)
    return kept


def breaks(text: Sequence[Token]) -> list[int]:
    """How much of a break there is before each word, by what is written and what is said."""
    table = cues()
    telling = table.joins | table.subjects | table.turns
    found = [token.stop for token in text]
    for at, token in enumerate(text):
        if token.word not in telling:
            continue
        following = text[at + 1].word if at + 1 < len(text) else ""
        joins = token.word in table.joins
        if joins and found[at] < PAUSE:
            found[at] = PAUSE
        if found[at] == PAUSE and (following if joins else token.word) in table.subjects:
            found[at] = CLAUSE
        if token.word in table.turns and (token.word != "so" or following in table.subjects):
            found[at] = max(found[at], CLAUSE)
    return found
