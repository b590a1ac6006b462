"""Noticing, in what somebody writes, words of immediate danger to them or to somebody they speak of.

It only decides whether crisis help is put on top of the page. It changes nothing else: not what is suggested,
not the order, not who may use what. It is not a risk assessment and must never be used as one: people are not
scored, and an empty answer does not mean that somebody is safe (NICE guideline NG225, section 1.6, says not
to use tools that predict suicide or that decide who is helped). When in doubt, help is shown.

What counts is written in `danger.yaml` and its two neighbours, which a clinical-safety reviewer can read and
change without programming. Nothing here stores or logs a word of the story.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from livingwell.themes.danger_rules import KINDS, Rule, Rules, compiled, shipped
from livingwell.themes.danger_spelling import plain

# One token: a word (with its apostrophes, or a starred letter as in "k*ll"), a full stop or a pause.
_TOKEN = re.compile(r"([^\W_]+(?:['’ʼ`´*][^\W_]+)*)|([.!?;]+|…|\n\s*\n)|([,:()–—]|\s-+\s)")
_LETTER = re.compile(r"[^ ,.]")
_NEW_CLAUSE = re.compile(r".*(?:[,.]| (?:and|but|because|so|then|though)(?= ))", re.DOTALL)
_AFTERTHOUGHT = re.compile(r"\. (?:that|this|it) (?:was|happened)\b[^.]*")
_NEAR = 160  # characters each side that count as "the same sentence" for people who write without full stops


@dataclass(frozen=True, slots=True)
class Danger:
    """A kind of danger (one of KINDS) and the exact words of the story that told of it."""

    kind: str
    because: str


class _Text:
    """A story as " i want to die, now. ": each word after one space, pauses and full stops after a word."""

    def __init__(self, story: str, rules: Rules) -> None:
        self.story = story
        self.starts: list[
            int
        ] = []  # where each word of the story begins in the text, and its place in the story
        self.spans: list[tuple[int, int]] = []
        self.at: dict[str, list[int]] = {}  # each word, and where it stands (the space before it)
        parts: list[str] = []
        length, paused = 0, True
        for token in _TOKEN.finditer(story):
            if token.lastindex == 1:
                word = plain(token[1], rules.spellings)
                self.starts.append(length + 1)
                self.spans.append(token.span())
                parts.append(" " + word)
                for one in word.split(" ") if " " in word else (word,):
                    self.at.setdefault(one, []).append(length)
                    length += len(one) + 1
                paused = False
            elif not paused:
                stop = token.lastindex == 2 and (len(token[2]) == 1 or token[2][0] not in ".…")
                parts.append("." if stop and token[2] != "…" else ",")
                length += 1
                paused = True
        self.text = "".join(parts) + " "
        self.strike_out(rules.everyday.likely(self.at))

    def strike_out(self, sayings: Iterable[Rule]) -> None:
        """Blanks everyday sayings, letter by letter, so that nothing else finds words in them."""
        spans = [match.span() for saying in sayings for match in saying.pattern.matches(self.text, self.at)]
        done, parts = 0, []
        for start, end in sorted(spans):
            if end > done:
                parts += [
                    self.text[done : max(start, done)],
                    _LETTER.sub("_", self.text[max(start, done) : end]),
                ]
                done = end
        self.text = "".join([*parts, self.text[done:]])

    def verbatim(self, match: re.Match[str]) -> str:
        first = bisect_right(self.starts, match.start() + 1) - 1
        last = bisect_right(self.starts, match.end() - 1) - 1
        return self.story[self.spans[first][0] : self.spans[last][1]]

    def before(self, match: re.Match[str]) -> str:
        """The words of the same clause that stand before the match."""
        piece = self.text[max(0, match.start() - 60) : match.start()]
        return _NEW_CLAUSE.sub("", piece)

    def sentence(self, match: re.Match[str]) -> str:
        """The sentence around the match, with a following "That was years ago." when there is one."""
        start = self.text.rfind(".", max(0, match.start() - _NEAR), match.start()) + 1
        end = self.text.find(".", match.end(), match.end() + _NEAR)
        after = _AFTERTHOUGHT.match(self.text, end, end + _NEAR) if end >= 0 else None
        end = after.end() if after else end if end >= 0 else match.end() + _NEAR
        return self.text[max(start, match.start() - _NEAR) : end]


def look(story: str, rules: Rules | None = None) -> tuple[Danger, ...]:
    """Words of immediate danger: the first of each kind, in the order of the story; empty when none."""
    rules = rules or shipped()
    text = _Text(story, rules)
    quiet: list[tuple[int, int]] = []  # where "tried to kill himself" was long ago, "kill himself" is too
    found: dict[str, re.Match[str]] = {}
    for rule in rules.rules.likely(text.at):  # those that may be past come first
        for match in rule.pattern.matches(text.text, text.at):
            earlier = found.get(rule.kind)
            if earlier and (earlier.start(), -earlier.end()) <= (match.start(), -match.end()):
                break
            if any(start <= match.start() and match.end() <= end for start, end in quiet):
                continue
            if _counts(match, rule, text, rules):
                found[rule.kind] = match
                break
            if rule.maybe:
                quiet.append(match.span())
    ordered = sorted(found.items(), key=lambda item: (item[1].start(), KINDS.index(item[0])))
    return tuple(Danger(kind, text.verbatim(match)) for kind, match in ordered)


def _counts(match: re.Match[str], rule: Rule, text: _Text, rules: Rules) -> bool:
    before, sentence = text.before(match), text.sentence(match)
    if compiled(f"(?:{rules.said_no})$").search(before):
        return False
    if rule.unless and compiled(rule.unless).search(sentence):
        return False
    recent = compiled(rules.recent).search(sentence) is not None
    if not recent and compiled(f"(?:{rules.said_past})$").search(before):
        return False
    if not rule.maybe:
        return True
    if compiled(rules.over).search(sentence) or compiled(rules.work).search(sentence):
        return False
    return recent or not compiled(rules.long_ago).search(sentence)
