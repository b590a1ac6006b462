"""The themes that people's words, services, offers and experience have in common."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

KINDS: Final = frozenset({"need", "interest", "offer", "experience", "practical"})
CODES: Final = frozenset({"open-eligibility", "esd", "snomed"})
CHOICE: Final = re.compile(r"\(([^()]+)\)")
SHIPPED: Final = Path(__file__).with_name("vocabulary")

# The base loader leaves every word as it is written: "no" stays a word, not a falsehood.
LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class VocabularyError(Exception):
    """A vocabulary file that cannot be used: names the file, the line and what is wrong."""


@dataclass(frozen=True, slots=True)
class Theme:
    """One thing that people speak of and that services, offers and experience can be about."""

    slug: str
    label: str
    kind: str
    level: int  # of basic needs: 1 the body, 2 safety, 3 belonging, 4 esteem, 5 becoming oneself
    group: str
    phrases: tuple[str, ...]  # what people say; * stands for up to three words
    services: tuple[str, ...] = ()  # what organizations say of themselves
    helped_by: tuple[str, ...] = ()  # themes of what could help, best first
    related: tuple[str, ...] = ()
    broader: str | None = None
    codes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), hash=False)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All themes, by slug, in the order of the files."""

    themes: Mapping[str, Theme]

    def __getitem__(self, slug: str) -> Theme:
        return self.themes[slug]

    def __contains__(self, slug: object) -> bool:
        return slug in self.themes

    def __iter__(self) -> Iterator[Theme]:
        return iter(self.themes.values())

    def __len__(self) -> int:
        return len(self.themes)


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary that comes with the network."""
    return load(SHIPPED)


def load(folder: Path) -> Vocabulary:
    """Read each .yaml file of the folder; VocabularyError says "home.yaml, line 12: ..."."""
    files = sorted(folder.glob("*.yaml"))
    if not files:
        raise VocabularyError(f"{folder}: there are no .yaml files here.")
    themes: dict[str, Theme] = {}
    mentions: list[tuple[str, _Piece]] = []
    for file in files:
        for read in _themes_of(file):
            slug = read.theme.slug
            if slug in themes:
                raise read.slug.wrong(f"the theme “{slug}” is already there.")
            themes[slug] = read.theme
            mentions += read.mentions
    for slug, mention in mentions:
        if slug not in themes:
            raise mention.wrong(f"there is no theme “{slug}”.")
    return Vocabulary(MappingProxyType(themes))


@dataclass(slots=True)
class _Piece:
    """A part of a file as the YAML reader gives it, asked for in our own terms."""

    node: Any
    file: str

    def wrong(self, what: str) -> VocabularyError:
        return VocabularyError(f"{self.file}, line {self.node.start_mark.line + 1}: {what}")

    def word(self, name: str) -> str:
        node = self.node
        if not isinstance(node, yaml.ScalarNode):
            raise self.wrong(f"“{name}” should be plain words.")
        text: str = node.value
        if not text.strip():
            raise self.wrong(f"“{name}” is empty.")
        if node.start_mark.line != node.end_mark.line:
            raise self.wrong(f"“{text}” runs over two lines. Is a comma or a dash missing?")
        return text

    def items(self, name: str) -> list[_Piece]:
        if not isinstance(self.node, yaml.SequenceNode):
            raise self.wrong(f"“{name}” should be a list.")
        return [_Piece(node, self.file) for node in self.node.value]

    def words(self, name: str) -> dict[str, _Piece]:
        """The words of a list, each with its piece, in order."""
        found: dict[str, _Piece] = {}
        for item in self.items(name):
            text = item.word(name)
            if text in found:
                raise item.wrong(f"“{text}” stands twice in “{name}”.")
            found[text] = item
        return found

    def fields(self, needed: frozenset[str], allowed: frozenset[str]) -> dict[str, _Piece]:
        if not isinstance(self.node, yaml.MappingNode):
            raise self.wrong("here should be names with a colon and what belongs to them.")
        found: dict[str, _Piece] = {}
        for key_node, value in self.node.value:
            key = _Piece(key_node, self.file)
            text = key.word("name")
            if text not in allowed:
                raise key.wrong(f"“{text}” is not one of {', '.join(sorted(allowed))}.")
            if text in found:
                raise key.wrong(f"“{text}” is written twice.")
            found[text] = _Piece(value, self.file)
        for name in sorted(needed - found.keys()):
            raise self.wrong(f"“{name}” is missing.")
        return found


@dataclass(slots=True)
class _Read:
    """A theme, where its slug is written, and the slugs it mentions."""

    theme: Theme
    slug: _Piece
    mentions: list[tuple[str, _Piece]]


_FILE = frozenset({"group", "themes"})
_NEEDED = frozenset({"slug", "label", "kind", "level", "phrases"})
_ALLOWED = _NEEDED | {"services", "helped_by", "related", "broader", "codes"}


def _themes_of(file: Path) -> Iterator[_Read]:
    """The themes of one file."""
    try:
        node = yaml.compose(file.read_text(encoding="utf-8"), Loader=LOADER)
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise VocabularyError(f"{file.name}, line {line}: the file is not saved as UTF-8.") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise VocabularyError(f"{file.name}, line {line}: {error.problem or 'not valid YAML'}.") from error
    except yaml.YAMLError as error:
        raise VocabularyError(f"{file.name}, line 1: {error}") from error
    if node is None:
        raise VocabularyError(f"{file.name}, line 1: the file is empty.")
    top = _Piece(node, file.name).fields(_FILE, _FILE)
    group = top["group"].word("group")
    for piece in top["themes"].items("themes"):
        yield _theme(piece, group)


def _theme(piece: _Piece, group: str) -> _Read:
    fields = piece.fields(_NEEDED, _ALLOWED)
    slug = fields["slug"].word("slug")
    lists = {
        name: fields[name].words(name) for name in ("services", "helped_by", "related") if name in fields
    }
    broader = fields["broader"].word("broader") if "broader" in fields else "null"
    mentions = [*lists.get("helped_by", {}).items(), *lists.get("related", {}).items()]
    if broader != "null":
        mentions.append((broader, fields["broader"]))
    for text, mention in mentions:
        if text == slug:
            raise mention.wrong(f"“{slug}” points at itself.")
    theme = Theme(
        slug=slug,
        label=fields["label"].word("label"),
        kind=_kind(fields["kind"]),
        level=_level(fields["level"]),
        group=group,
        phrases=_phrases(fields["phrases"]),
        services=tuple(lists.get("services", ())),
        helped_by=tuple(lists.get("helped_by", ())),
        related=tuple(lists.get("related", ())),
        broader=None if broader == "null" else broader,
        codes=_codes(fields["codes"]) if "codes" in fields else MappingProxyType({}),
    )
    return _Read(theme, fields["slug"], mentions)


def _kind(piece: _Piece) -> str:
    kind = piece.word("kind")
    if kind not in KINDS:
        raise piece.wrong(f"the kind “{kind}” is not one of {', '.join(sorted(KINDS))}.")
    return kind


def _level(piece: _Piece) -> int:
    level = piece.word("level")
    if level not in {"1", "2", "3", "4", "5"}:
        raise piece.wrong(f"the level “{level}” is not a number from 1 to 5.")
    return int(level)


def _phrases(piece: _Piece) -> tuple[str, ...]:
    """The phrases, each (one|other) choice written out."""
    found: dict[str, None] = {}
    for text, written in piece.words("phrases").items():
        if text != text.lower():
            raise written.wrong(f"the phrase “{text}” should be in lower case.")
        if "*" in text and not (text.count("*") == 1 and " * " in text):
            raise written.wrong(f"“{text}” may have one *, alone between two words.")
        choices = CHOICE.split(text)
        if any(mark in plain for plain in choices[::2] for mark in "(|)"):
            raise written.wrong(f"“{text}” should have its choices as (one|other).")
        parts = [part.split("|") if odd % 2 else [part] for odd, part in enumerate(choices)]
        for words in product(*parts):
            phrase = "".join(words)
            if phrase in found:
                raise written.wrong(f"“{phrase}” stands twice in “phrases”.")
            found[phrase] = None
    if not found:
        raise piece.wrong("there are no phrases.")
    return tuple(found)


def _codes(piece: _Piece) -> Mapping[str, str]:
    fields = piece.fields(frozenset(), CODES)
    return MappingProxyType({name: value.word(name) for name, value in fields.items()})
