"""The reviewed rules that say which words tell of immediate danger: reading `danger.yaml` and checking it.

How to write a pattern stands at the head of that file. A mistake in it is named with its file and line.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

KINDS = ("suicide", "self-harm", "violence", "child", "overdose")
RULES = Path(__file__).with_name("danger.yaml")
WORDS = Path(__file__).with_name("danger_words.yaml")

_APOSTROPHES = str.maketrans(dict.fromkeys("’ʼ`´", "'"))
_STRETCHED = re.compile(r"(\w)\1{2,}")
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
    needs: tuple[frozenset[str], ...]

    def matches(self, text: str, words: frozenset[str]) -> Iterator[re.Match[str]]:
        if any(need.isdisjoint(words) for need in self.needs):
            return iter(())
        return compiled(self.source).finditer(text)

    def blanked(self, text: str, words: frozenset[str]) -> str:
        """The text with what matches struck out, letter by letter, so that nothing else finds it."""
        if any(need.isdisjoint(words) for need in self.needs):
            return text
        return compiled(self.source).sub(lambda match: re.sub("[^ ,.]", "_", match[0]), text)


@dataclass(frozen=True, slots=True)
class Rule:
    """Words that tell of a kind of danger; `maybe` ones count only when they are not past or about work."""

    kind: str
    pattern: Pattern
    unless: str  # expression for the same sentence; empty when there is none
    maybe: bool


@dataclass(frozen=True, slots=True)
class Rules:
    """The rule file, ready to use: sayings to strike out, the rules, and expressions for one sentence."""

    spellings: dict[str, str]
    everyday: tuple[Pattern, ...]
    said_no: str
    said_past: str
    long_ago: str
    over: str
    work: str
    recent: str
    rules: tuple[Rule, ...]


def plain(word: str, spellings: dict[str, str]) -> str:
    """A word as the rules write it: small letters, no accents, short forms and known misspellings in full."""
    if not word.isascii():
        decomposed = unicodedata.normalize("NFKD", word.translate(_APOSTROPHES))
        word = "".join(letter for letter in decomposed if letter.isalnum() or letter in "'*")
    word = word.lower()
    if word in spellings:
        return spellings[word]
    if "'" in word:
        word = word.removesuffix("'s").replace("'", "")
    if word not in spellings:
        word = _STRETCHED.sub(r"\1", word)
    return spellings.get(word, word)


class _Reader:
    """Reads the rule files; knows the word lists and spellings met so far."""

    def __init__(self) -> None:
        self.spellings: dict[str, str] = {}
        self.words: dict[str, list[str]] = {}

    def wrong(self, node: yaml.Node, what: str) -> DangerRulesError:
        return DangerRulesError(f"{Path(node.start_mark.name).name}, line {node.start_mark.line + 1}: {what}")

    def file(self, path: Path, expected: set[str]) -> dict[str, yaml.Node]:
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
        parts = self.table(root, "the file")
        for name in sorted(expected - set(parts)):
            raise self.wrong(root, f"“{name}” is missing.")
        for name in sorted(set(parts) - expected):
            raise self.wrong(parts[name], f"“{name}” is not known here.")
        return parts

    def table(self, node: yaml.Node, what: str) -> dict[str, yaml.Node]:
        if not isinstance(node, yaml.MappingNode):
            raise self.wrong(node, f"{what} must be a table of names and values.")
        rows: dict[str, yaml.Node] = {}
        for key, value in node.value:
            if key.value in rows:
                raise self.wrong(key, f"“{key.value}” is here twice.")
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
        source, needs = "", []
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
            if place.endswith("?"):
                if number == 0:
                    raise self.wrong(node, "the first word cannot be one that may be missing.")
                one = f"(?:{one})?"
            elif not any(words in _NUMBERS for words in choices):
                needs.append(frozenset(max(words.split(), key=len) for words in choices))
            source += one
        needs.sort(key=lambda words: -min(map(len, words)))  # the rarest place first
        return Pattern(source, tuple(needs))

    def any_of(self, node: yaml.Node, what: str) -> str:
        return "|".join(f"(?:{self.pattern(item).source})" for item in self.items(node, what))

    def rule(self, kind: str, node: yaml.Node, *, maybe: bool) -> Rule:
        said, *exceptions = re.split(r"\s+UNLESS\s+", self.said(node))
        if len(exceptions) > 1:
            raise self.wrong(node, "UNLESS may stand once in a line.")
        unless = [part.strip() for part in exceptions[0].split(",")] if exceptions else []
        if not said.strip() or not all(unless):
            raise self.wrong(node, "words are missing beside UNLESS or between commas.")
        sources = [f"(?:{self.pattern(node, part).source})" for part in unless]
        return Rule(kind, self.pattern(node, said), "|".join(sources), maybe)


def load(rules_path: Path = RULES, words_path: Path = WORDS) -> Rules:
    """The rules of the two files. Raises DangerRulesError with file and line."""
    reader = _Reader()
    top = reader.file(words_path, {"spellings", "words", *_LISTS})
    for right, wrongs in reader.table(top["spellings"], "spellings").items():
        for node in reader.items(wrongs, "spellings"):
            reader.spellings[reader.said(node)] = right
    for name, words in reader.table(top["words"], "words").items():
        reader.words[name] = []
        for node in reader.items(words, name):
            reader.words[name] += reader.choices(reader.said(node).replace(" ", "_"), node)
    rules: list[Rule] = []
    kinds_node = reader.file(rules_path, {"kinds"})["kinds"]
    kinds = reader.table(kinds_node, "kinds")
    if set(kinds) != set(KINDS):
        raise reader.wrong(kinds_node, f"kinds must be {', '.join(KINDS)}.")
    for kind, node in kinds.items():
        groups = reader.table(node, kind)
        if set(groups) != {"now", "maybe"}:
            raise reader.wrong(node, f"{kind} has “now” and “maybe”, nothing else.")
        for group, lines in groups.items():
            rules += [reader.rule(kind, line, maybe=group == "maybe") for line in reader.items(lines, group)]
    rules.sort(key=lambda rule: not rule.maybe)
    everyday = tuple(reader.pattern(line) for line in reader.items(top["everyday"], "everyday"))
    said_no, said_past, long_ago, over, work, recent = (reader.any_of(top[name], name) for name in _LISTS[1:])
    return Rules(reader.spellings, everyday, said_no, said_past, long_ago, over, work, recent, tuple(rules))


@cache
def shipped() -> Rules:
    """The rules that come with the software."""
    return load()
