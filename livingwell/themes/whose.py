"""Whose trouble a word in a story is: the speaker's own, or that of somebody close."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from livingwell.themes.cues import others
from livingwell.themes.governing import breaks
from livingwell.themes.phrasebook import Match
from livingwell.themes.words import PAUSE, SENTENCE, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from livingwell.themes.words import Token

OWN: Final = "own"
SOMEONE: Final = "someone"  # a he or she; who, is found by the person spoken of last
NOBODY: Final = "nobody"  # a pet, or somebody who has died

SPEAKER: Final = frozenset(["i", "me", "my", "myself", "we", "us", "our", "ours", "ourselves"])
SOMEBODY: Final = {
    "he": "he", "him": "he", "his": "he", "himself": "he",
    "she": "she", "her": "she", "hers": "she", "herself": "she",
    "they": "they", "them": "they", "their": "they", "themselves": "they",
}  # fmt: skip
WHOSE: Final = frozenset(["my", "his", "her", "their", "our", "your"])
QUOTES: Final = '“”"„‟«»'


def who_cares(text: str, phrases: Iterable[tuple[int, int, tuple[str, ...]]]) -> Iterator[str]:
    """The themes of some phrases of a text: before each that is the trouble of somebody close, those of who cares.

    `phrases`: from which letter to which (the last not counted), and what each speaks of. "My dad drinks" is somebody
    else's drinking, and drinking.
    """
    words = tokens(text)
    people = People(text, words, breaks(words))
    for start, end, slugs in phrases:
        inside = [at for at, word in enumerate(words) if start <= word.start < end]
        match = Match(inside[0], inside[-1] + 1, frozenset(inside), slugs)
        sort = people.whose(match, liking=True)
        for slug in slugs:
            instead = others().becomes.get((slug, sort), ())
            yield from (each for each in instead if each in others().cared_for)
            yield slug


class People:
    """Who is spoken of in a story, word by word."""

    def __init__(self, story: str, text: Sequence[Token], breaks: Sequence[int]) -> None:
        self._text = text
        self._breaks = breaks
        self._about = _about(story, text)
        people = others().people
        kin = {
            at: sort
            for at, token in enumerate(text)
            if token.keys[0] in people and (sort := self._relation(at))
        }
        names = {
            text[at + 1].word: sort
            for at, sort in kin.items()
            if at + 1 < len(text) and not text[at + 1].stop and story[text[at + 1].start].isupper()
            and text[at + 1].word not in SPEAKER
        }  # fmt: skip
        # Whom a word names, for those words that name anybody.
        naming = SPEAKER | SOMEBODY.keys() | names.keys()
        self._mentions = {
            at: sort
            for at, token in enumerate(text)
            if (at in kin or token.word in naming)
            and (sort := kin.get(at) or names.get(token.word) or self._pronoun(at, token.word))
        }
        last = "adult"
        for at, sort in self._mentions.items():
            if at in kin and sort != NOBODY:
                last = sort
            elif sort == SOMEONE:
                self._mentions[at] = last

    def whose(self, match: Match[str], *, liking: bool = False) -> str:
        """OWN, NOBODY, or the sort of somebody else; who likes or offers a thing is named before it."""
        leaves, dies_of = others().leaves, others().dies_of
        crossed = who = gone = False
        for at in range((match.start if liking else match.end) - 1, -1, -1):
            word = self._text[at].word
            if at < match.start and word in leaves:
                gone = True
                if at + 1 < len(self._text) and self._text[at + 1].word in dies_of and not crossed:
                    return NOBODY
            sort = self._mentions.get(at)
            if sort == OWN:
                return OWN
            if sort:
                joined = at > 0 and self._with_speaker(at)
                carried = not crossed or who or self._is_subject(at)
                own = gone or joined or not carried or self._only_says(at, match.start)
                return OWN if own else sort
            if self._text[at].stop == SENTENCE:
                return OWN
            if self._breaks[at] >= PAUSE:
                who = who or word in {"who", "whose", "which", "that"}
                crossed = True
        return OWN

    def _pronoun(self, at: int, word: str) -> str | None:
        """Whom an I, a my or a she means; "my" and "her" before a person mean that person."""
        if (word not in SPEAKER and word not in SOMEBODY) or self._leads_to_somebody(at):
            return None
        if word in SPEAKER or SOMEBODY[word] == self._about:
            return OWN
        # "They" are mostly those in charge: "they found cancer", "they think it is dementia".
        return SOMEONE if SOMEBODY[word] != "they" else None

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
        sort = NOBODY if sort == "pet" else sort
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
        return any(one in {"i", "me"} and two == "and" for one, two in pairwise(near))

    def _only_says(self, at: int, to: int) -> bool:
        """ "My husband thinks it is depression": the speaker's, as somebody else sees it."""
        return any(self._text[near].keys[0] in others().says for near in range(at + 1, to))

    def _is_subject(self, at: int) -> bool:
        """Whether the person stands at the head of a clause, so that what follows is said of them."""
        for near in range(at, -1, -1):
            if near < at and self._text[near].word not in others().openers:
                return False
            if self._breaks[near] >= PAUSE:
                return True
        return True


def _about(story: str, text: Sequence[Token]) -> str:
    """ "i" for somebody telling their own story; else the he, she or they that the story is about."""
    quoted = False
    last = 0
    first = ""
    for token in text:
        if token.stop:
            for letter in story[last : token.start]:
                quoted = quoted != (letter in QUOTES)
        last = token.end
        if token.word in SPEAKER and not quoted:
            return "i"
        if not first and token.word in SOMEBODY:
            first = SOMEBODY[token.word]
    return first or "i"
