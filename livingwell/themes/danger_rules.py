"""The reviewed rules that say which words tell of immediate danger: reading and checking the files.

How to write a pattern stands at the head of `danger.yaml`. A mistake is named with its file and line.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from livingwell.themes.danger_spelling import plain, slips

KINDS = ("suicide", "self-harm", "violence", "child", "overdose")
RULES = (Path(__file__).with_name("danger.yaml"), Path(__file__).with_name("danger_others.yaml"))
WORDS = Path(__file__).with_name("danger_words.yaml")

_GAP = re.compile(r"\*([1-9])")
_NUMBERS = {"10+": "[1-9][0-9]{1,3}", "old-year": "(?:19[0-9]{2}|20[01][0-9])"}
_LISTS = ("everyday", "said_no", "said_past", "long_ago", "over", "work", "recent")


class DangerRulesError(ValueError):
    """The rule file cannot be used; the message names file and line."""


@cache
def compiled(source: str) -> re.Pattern[str]:
    """An expression, made ready the first time it is needed."""
    return re.compile(source)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern of the rule file: its expression, and for each place the words of which one must be there."""

    source: str
    first: frozenset[str]
    needs: tuple[frozenset[str], ...]

    def words(self) -> frozenset[str]:
        return frozenset(re.findall("[a-z]+", self.source))

    def matches(self, text: str, at: Mapping[str, list[int]]) -> Iterator[re.Match[str]]:
        """Where it stands in a text, from front to back; `at` gives the places of each word of the text."""
        if any(need.isdisjoint(at) for need in self.needs):
            return
        expression = compiled(self.source)
        for place in sorted(place for word in self.first & at.keys() for place in at[word]):
            if match := expression.match(text, place):
                yield match


@dataclass(frozen=True, slots=True)
class Rule:
    """Words that tell of a kind of danger; `maybe` ones count only when they are not past or about work."""

    kind: str  # "everyday" for a saying that tells of none
    pattern: Pattern
    unless: str  # expression for the same sentence; empty when there is none
    maybe: bool


class Lines:
    """Lines of the rule files in their order, found by the rarest word that each needs."""

    def __init__(self, lines: Iterable[Rule]) -> None:
        self.all = tuple(lines)
        self.by_word: dict[str, list[int]] = {}
        for number, line in enumerate(self.all):
            for word in line.pattern.needs[0]:
                self.by_word.setdefault(word, []).append(number)

    def likely(self, words: Iterable[str]) -> list[Rule]:
        """Those that may match a text of these words, in order."""
        by_word = self.by_word
        numbers = {number for word in words if word in by_word for number in by_word[word]}
        return [self.all[number] for number in sorted(numbers)]


@dataclass(frozen=True, slots=True)
class Rules:
    """The rule files, ready to use: sayings to strike out, the rules, and expressions for one sentence."""

    spellings: dict[str, str]
    everyday: Lines
    said_no: str
    said_past: str
    long_ago: str
    over: str
    work: str
    recent: str
    rules: Lines


class _Reader:
    """Reads the rule files; knows the word lists and spellings met so far."""

    def __init__(self) -> None:
        self.spellings: dict[str, str] = {}
        self.words: dict[str, list[str]] = {}

    def wrong(self, node: yaml.Node, what: str) -> DangerRulesError:
        return DangerRulesError(f"{Path(node.start_mark.name).name}, line {node.start_mark.line + 1}: {what}")

    def file(self, path: Path, names: Collection[str]) -> dict[str, yaml.Node]:
        """The parts of a file by name: those expected, no others."""
        try:
            with path.open(encoding="utf-8") as stream:
                root = yaml.compose(stream, Loader=yaml.SafeLoader)
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            what = error.problem or "this is not YAML"
            raise DangerRulesError(f"{path.name}, line {line}: {what}.") from error
        if root is None:
            raise DangerRulesError(f"{path.name}, line 1: the file is empty.")
        parts = self.table(root, "the file", names)
        for name in names:
            if name not in parts:
                raise self.wrong(root, f"“{name}” is missing.")
        return parts

    def table(self, node: yaml.Node, what: str, names: Collection[str] = ()) -> dict[str, yaml.Node]:
        if not isinstance(node, yaml.MappingNode):
            raise self.wrong(node, f"{what} must be a table of names and values.")
        rows: dict[str, yaml.Node] = {}
        for key, value in node.value:
            if key.value in rows:
                raise self.wrong(key, f"“{key.value}” is here twice.")
            if names and key.value not in names:
                raise self.wrong(key, f"“{key.value}” is not one of {', '.join(names)}.")
            rows[key.value] = value
        return rows

    def items(self, node: yaml.Node, what: str) -> list[yaml.Node]:
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            raise self.wrong(node, f"{what} must be a list with at least one line.")
        return list(node.value)

    def said(self, node: yaml.Node) -> str:
        if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
            raise self.wrong(node, "here must be some words.")
        return str(node.value)

    def plainly(self, words: str) -> str:
        return " ".join(plain(word, self.spellings) for word in re.split(r"[\s_-]+", words) if word)

    def choices(self, place: str, node: yaml.Node) -> list[str]:
        """What may stand in one place of a pattern: "want/wish/<wishes>"."""
        found: list[str] = []
        for choice in place.split("/"):
            if choice in _NUMBERS:
                found.append(choice)
            elif choice.startswith("<") and choice.endswith(">"):
                if choice[1:-1] not in self.words:
                    raise self.wrong(node, f"there is no word list called “{choice[1:-1]}”.")
                found.extend(self.words[choice[1:-1]])
            elif re.fullmatch(r"[^\W_]+(?:['_*-][^\W_]+)*", choice):
                found.append(self.plainly(choice))
            else:
                raise self.wrong(node, f"“{choice}” in “{place}” is not a word; see the head of the file.")
        return found

    def pattern(self, node: yaml.Node, said: str = "") -> Pattern:
        source, first, needs = "", frozenset[str](), []
        places = (said or self.said(node)).lower().split()
        for number, place in enumerate(places):
            gap = _GAP.fullmatch(place)
            if gap:
                if number in (0, len(places) - 1):
                    raise self.wrong(node, f"“{place}” must stand between words.")
                source += f"(?:,? (?!not |never |no )[^ ,.]+){{0,{gap[1]}}}?"
                continue
            choices = self.choices(place.removesuffix("?"), node)
            one = "|".join(_NUMBERS.get(words) or re.escape(words) for words in dict.fromkeys(choices))
            one = f"{',?' if source else ''} (?:{one})(?![^ ,.])"
            if number == 0:
                if place.endswith("?"):
                    raise self.wrong(node, "the first word cannot be one that may be missing.")
                first = frozenset(words.split()[0] for words in choices)
            if place.endswith("?"):
                one = f"(?:{one})?"
            elif not any(words in _NUMBERS for words in choices):
                needs.append(frozenset(max(words.split(), key=len) for words in choices))
            source += one
        needs.sort(key=lambda words: -min(map(len, words)))  # the rarest place first
        return Pattern(source, first, tuple(needs))

    def any_of(self, node: yaml.Node, what: str) -> str:
        return "|".join(f"(?:{self.pattern(item).source})" for item in self.items(node, what))

    def rule(self, kind: str, node: yaml.Node, *, maybe: bool) -> Rule:
        said, *exceptions = re.split(r"\s+UNLESS\s+", self.said(node))
        if len(exceptions) > 1:
            raise self.wrong(node, "UNLESS may stand once in a line.")
        unless = [part.strip() for part in exceptions[0].split(",")] if exceptions else []
        if not said.strip() or not all(unless):
            raise self.wrong(node, "words are missing beside UNLESS or between commas.")
        pattern = self.pattern(node, said)
        if not pattern.first.isdisjoint(_NUMBERS):
            raise self.wrong(node, "the first word cannot be a number here.")
        sources = [f"(?:{self.pattern(node, part).source})" for part in unless]
        return Rule(kind, pattern, "|".join(sources), maybe)


def load(rules_paths: Sequence[Path] = RULES, words_path: Path = WORDS) -> Rules:
    """The rules of the files. Raises DangerRulesError with file and line."""
    reader = _Reader()
    top = reader.file(words_path, ("spellings", "often_misspelt", "words", *_LISTS))
    for right, wrongs in reader.table(top["spellings"], "spellings").items():
        for node in reader.items(wrongs, "spellings"):
            reader.spellings[reader.said(node)] = right
    for name, words in reader.table(top["words"], "words").items():
        reader.words[name] = []
        for node in reader.items(words, name):
            reader.words[name] += reader.choices(reader.said(node).replace(" ", "_"), node)
    rules: list[Rule] = []
    kinds: dict[str, yaml.Node] = {}
    for path in rules_paths:
        for kind, node in reader.table(reader.file(path, ["kinds"])["kinds"], "kinds", KINDS).items():
            if kind in kinds:
                raise reader.wrong(node, f"“{kind}” is in another file already.")
            kinds[kind] = node
    if missing := [kind for kind in KINDS if kind not in kinds]:
        raise DangerRulesError(f"{rules_paths[-1].name}, line 1: nothing is said about {', '.join(missing)}.")
    for kind, node in kinds.items():
        groups = reader.table(node, kind, ("now", "maybe"))
        for group, lines in groups.items():
            rules += [reader.rule(kind, line, maybe=group == "maybe") for line in reader.items(lines, group)]
    rules.sort(key=lambda rule: not rule.maybe)
    everyday = [
        reader.rule("everyday", line, maybe=False) for line in reader.items(top["everyday"], "everyday")
    ]
    said_no, said_past, long_ago, over, work, recent = (reader.any_of(top[name], name) for name in _LISTS[1:])
    known = {word for rule in (*everyday, *rules) for word in rule.pattern.words()}
    weighty = [reader.said(node) for node in reader.items(top["often_misspelt"], "often_misspelt")]
    spellings = slips(known, weighty) | reader.spellings
    return Rules(spellings, Lines(everyday), said_no, said_past, long_ago, over, work, recent, Lines(rules))


@cache
def shipped() -> Rules:
    """The rules that come with the software."""
    return load()
