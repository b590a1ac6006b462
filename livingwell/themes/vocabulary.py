"""The themes that people's words, services, offers and experience have in common."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from itertools import product
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import yaml
from django.utils.translation import gettext

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

KINDS: Final = frozenset({"need", "interest", "offer", "experience", "practical"})
LEVELS: Final = frozenset("12345")
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
    english_label: str
    kind: str
    level: int  # of basic needs: 1 the body, 2 safety, 3 belonging, 4 esteem, 5 becoming oneself
    english_group: str
    phrases: tuple[str, ...]  # what people say; * stands for up to three words
    services: tuple[str, ...] = ()  # what organizations say of themselves
    helped_by: tuple[str, ...] = ()  # themes of what could help, best first
    related: tuple[str, ...] = ()
    broader: str | None = None
    codes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), hash=False)

    @property
    def label(self) -> str:
        """What it is called, in the language of the page."""
        return gettext(self.english_label)

    @property
    def group(self) -> str:
        """What it is among, in the language of the page."""
        return gettext(self.english_group)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All themes, by slug, in the order of the files."""

    themes: Mapping[str, Theme]

    def __contains__(self, slug: object) -> bool:
        return slug in self.themes


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary that comes with the network."""
    return load(SHIPPED)


@cache
def experiences() -> frozenset[str]:
    """The slugs of what some people share and others do not, such as having served, or being a student."""
    return frozenset(theme.slug for theme in vocabulary().themes.values() if theme.kind == "experience")


@cache
def changed_at() -> datetime:
    """When a file of the vocabulary that comes with the network was last written here."""
    return datetime.fromtimestamp(max(file.stat().st_mtime for file in SHIPPED.glob("*.yaml")), UTC)


def load(folder: Path) -> Vocabulary:
    """Read each .yaml file of the folder; VocabularyError says "home.yaml, line 12: ..."."""
    if not (files := sorted(folder.glob("*.yaml"))):
        raise VocabularyError(f"{folder}: there are no .yaml files here.")
    read = [each for file in files for each in _themes_of(file)]
    themes: dict[str, Theme] = {}
    for each in read:
        if themes.setdefault(each.theme.slug, each.theme) is not each.theme:
            raise each.piece.wrong(f"the theme “{each.theme.slug}” is already there.")
    for each in read:
        for slug, line in each.mentions:
            if slug not in themes:
                raise each.piece.wrong(f"there is no theme “{slug}”.", line)
    return Vocabulary(MappingProxyType(themes))


@dataclass(slots=True)
class _Piece:
    """A part of a file as the YAML reader gives it, asked for in our own terms."""

    node: Any
    file: str

    @property
    def line(self) -> int:
        return int(self.node.start_mark.line) + 1

    def wrong(self, what: str, line: int | None = None) -> VocabularyError:
        return VocabularyError(f"{self.file}, line {line or self.line}: {what}")

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

    def pieces(self, name: str) -> list[_Piece]:
        if not isinstance(self.node, yaml.SequenceNode):
            raise self.wrong(f"“{name}” should be a list.")
        return [_Piece(node, self.file) for node in self.node.value]

    def words(self, name: str) -> dict[str, int]:
        """What a list holds, each with its line: a YAML list, or a | text parted by commas and new lines."""
        found: dict[str, int] = {}
        for text, line in self._parted(name):
            if text in found:
                raise self.wrong(f"“{text}” stands twice in “{name}”.", line)
            found[text] = line
        return found

    def _parted(self, name: str) -> Iterator[tuple[str, int]]:
        if not (isinstance(self.node, yaml.ScalarNode) and self.node.style == "|"):
            for piece in self.pieces(name):
                yield piece.word(name), piece.line
            return
        for line, row in enumerate(self.node.value.split("\n"), self.line + 1):
            if not row.strip() or row.lstrip().startswith("#"):
                continue
            for text in row.strip().removesuffix(",").split(","):
                if not text.strip():
                    raise self.wrong(f"“{name}” is empty between two commas.", line)
                yield text.strip(), line

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
    """A theme, where it is written, and the slugs it mentions, each with its line."""

    theme: Theme
    piece: _Piece
    mentions: list[tuple[str, int]]


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
    yield from (_theme(piece, group) for piece in top["themes"].pieces("themes"))


def _theme(piece: _Piece, group: str) -> _Read:
    fields = piece.fields(_NEEDED, _ALLOWED)
    slug = fields["slug"].word("slug")
    lists = {
        name: fields[name].words(name) for name in ("services", "helped_by", "related") if name in fields
    }
    broader = fields["broader"].word("broader") if "broader" in fields else "null"
    mentions = [*lists.get("helped_by", {}).items(), *lists.get("related", {}).items()]
    if broader != "null":
        mentions.append((broader, fields["broader"].line))
    for text, line in mentions:
        if text == slug:
            raise piece.wrong(f"“{slug}” points at itself.", line)
    theme = Theme(
        slug=slug,
        english_label=fields["label"].word("label"),
        kind=_one_of(KINDS, "kind", fields["kind"]),
        level=int(_one_of(LEVELS, "level", fields["level"])),
        english_group=group,
        phrases=_phrases(fields["phrases"]),
        services=tuple(lists.get("services", ())),
        helped_by=tuple(lists.get("helped_by", ())),
        related=tuple(lists.get("related", ())),
        broader=None if broader == "null" else broader,
        codes=_codes(fields["codes"]) if "codes" in fields else MappingProxyType({}),
    )
    return _Read(theme, fields["slug"], mentions)


def _one_of(allowed: frozenset[str], name: str, piece: _Piece) -> str:
    text = piece.word(name)
    if text not in allowed:
        raise piece.wrong(f"the {name} “{text}” is not one of {', '.join(sorted(allowed))}.")
    return text


def _phrases(piece: _Piece) -> tuple[str, ...]:
    """The phrases, each (one|other) choice written out."""
    found: dict[str, None] = {}
    for text, line in piece.words("phrases").items():
        if text != text.lower():
            raise piece.wrong(f"the phrase “{text}” should be in lower case.", line)
        if "*" in text and not (text.count("*") == 1 and " * " in text):
            raise piece.wrong(f"“{text}” may have one *, alone between two words.", line)
        for phrase in written_out(text) if "(" in text or "|" in text or ")" in text else (text,):
            if not phrase:
                raise piece.wrong(f"“{text}” should have its choices as (one|other).", line)
            if phrase in found:
                raise piece.wrong(f"“{phrase}” stands twice in “phrases”.", line)
            found[phrase] = None
    if not found:
        raise piece.wrong("there are no phrases.")
    return tuple(found)


def written_out(text: str) -> Iterator[str]:
    """Each way to read a phrase with choices; one empty phrase if the brackets make no sense."""
    choices = CHOICE.split(text)
    if set("(|)") & set("".join(choices[::2])):
        return iter([""])
    parts = [part.split("|") if odd % 2 else [part] for odd, part in enumerate(choices)]
    return ("".join(words) if all(words[1::2]) else "" for words in product(*parts))


def _codes(piece: _Piece) -> Mapping[str, str]:
    fields = piece.fields(frozenset(), CODES)
    return MappingProxyType({name: value.word(name) for name, value in fields.items()})
