"""Whose trouble a word in a story is: the speaker's own, or that of somebody close."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from livingwell.themes.cues import others
from livingwell.themes.words import PAUSE, SENTENCE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from livingwell.themes.phrasebook import Match
    from livingwell.themes.words import Token

OWN: Final = "own"
NOBODY: Final = "nobody"  # a pet, or somebody who has died

SPEAKER: Final = frozenset("i me my myself we us our ours ourselves".split())
SOMEBODY: Final = {
    "he": "he", "him": "he", "his": "he", "himself": "he",
    "she": "she", "her": "she", "hers": "she", "herself": "she",
    "they": "they", "them": "they", "their": "they", "themselves": "they",
}  # fmt: skip
WHOSE: Final = frozenset("my his her their our your".split())
QUOTES: Final = "“”\"„‟«»"


class People:
    """Who is spoken of in a story, word by word."""

    def __init__(self, story: str, text: Sequence[Token], breaks: Sequence[int]) -> None:
        self._text = text
        self._breaks = breaks
        self._about = _about(story, text)
        self._names = {
            text[at + 1].word: sort
            for at in range(len(text) - 1)
            if (sort := self._relation(at)) and story[text[at + 1].start].isupper() and not text[at + 1].stop
            and text[at + 1].word not in SPEAKER
        }  # fmt: skip

    def whose(self, match: Match[str]) -> str:
        """OWN, NOBODY, or the sort of somebody else: adult or child."""
        others_ = others()
        crossed = who = gone = False
        for at in range(match.end - 1, -1, -1):
            word = self._text[at].word
            if at < match.start and word in others_.leaves:
                gone = True
                if at + 1 < len(self._text) and self._text[at + 1].word in others_.dies_of and not crossed:
                    return NOBODY
            sort = self._mention(at)
            if sort == OWN:
                return OWN
            if sort:
                joined = at > 0 and self._with_speaker(at)
                carried = not crossed or who or self._is_subject(at)
                return sort if carried and not gone and not joined else OWN
            if self._text[at].stop == SENTENCE:
                return OWN
            if self._breaks[at] >= PAUSE:
                who = who or word in {"who", "whose", "which", "that"}
                crossed = True
        return OWN

    def _mention(self, at: int) -> str | None:
        """Whom one word of the story names, if anybody."""
        word = self._text[at].word
        if word in SPEAKER:
            return OWN if not self._leads_to_somebody(at) else None
        if word in SOMEBODY:
            if self._leads_to_somebody(at):
                return None
            return OWN if SOMEBODY[word] == self._about else "adult"
        sort = self._relation(at) or self._names.get(word)
        return NOBODY if sort == "pet" else sort

    def _leads_to_somebody(self, at: int) -> bool:
        """Whether "my" or "her" stands before somebody: "my older brother"."""
        if self._text[at].word not in WHOSE:
            return False
        return any(
            self._text[near].keys[0] in others().people
            for near in range(at + 1, min(at + 3, len(self._text)))
            if not self._text[near].stop
        )

    def _relation(self, at: int) -> str | None:
        """The sort of person a word stands for, when it is somebody else and not the speaker's own part."""
        table = others()
        sort = table.people.get(self._text[at].keys[0])
        if sort is None:
            return None
        before = [self._text[near].word for near in range(max(0, at - 2), at)]
        after = self._text[at + 1].word if at + 1 < len(self._text) else ""
        if any(word in WHOSE for word in before):
            return sort
        if before and before[-1] in {"a", "an", "another", "one"}:
            return sort if self._text[at].keys[0] in table.with_a else None
        if after in table.own_part_after or (before and before[-1] in table.own_part_before):
            return None
        return sort if self._text[at].keys[0] in table.by_name else None

    def _with_speaker(self, at: int) -> bool:
        """ "me and my wife": both of them."""
        near = [self._text[each].word for each in range(max(0, at - 3), at)]
        return any(one in {"i", "me"} and two == "and" for one, two in zip(near, near[1:], strict=False))

    def _is_subject(self, at: int) -> bool:
        """Whether the person stands at the head of a clause, so that what follows is said of them."""
        for near in range(at, -1, -1):
            if near < at and self._text[near].word not in others().openers:
                return False
            if self._breaks[near] >= PAUSE:
                return True
        return True


def _about(story: str, text: Sequence[Token]) -> str:
    """"i" for somebody telling their own story; else the he, she or they that the story is about."""
    quoted = False
    last = 0
    first = ""
    for token in text:
        for letter in story[last : token.start]:
            if letter in QUOTES:
                quoted = not quoted
        last = token.end
        if token.word in SPEAKER and not quoted:
            return "i"
        if not first and token.word in SOMEBODY:
            first = SOMEBODY[token.word]
    return first or "i"
