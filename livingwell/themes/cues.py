"""The small words around a theme that say whether it is loved, wanted, offered, over, or not so."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from livingwell.themes.phrasebook import Phrasebook
from livingwell.themes.words import stem

HERE: Final = Path(__file__).parent
# The base loader leaves "no" and "on" as the words they are.
LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, slots=True)
class Cues:
    """The table of cues.yaml, ready for use."""

    before: Phrasebook[str]
    after: Phrasebook[str]
    once: Phrasebook[str]
    light: frozenset[str]
    small: frozenset[str]
    turns: frozenset[str]
    joins: frozenset[str]
    subjects: frozenset[str]
    stopped_becomes: dict[str, str]  # theme -> what it is called once it has stopped, or ""
    lack: frozenset[str]
    missing: frozenset[str]

    def words(self) -> set[str]:
        return self.before.words | self.after.words | self.once.words


@dataclass(frozen=True, slots=True)
class Others:
    """The table of somebody_else.yaml, ready for use."""

    people: dict[str, str]  # a word for a person -> adult, child or pet
    by_name: frozenset[str]
    with_a: frozenset[str]
    own_part_before: frozenset[str]
    own_part_after: frozenset[str]
    leaves: frozenset[str]
    dies_of: frozenset[str]
    openers: frozenset[str]
    becomes: dict[tuple[str, str], tuple[str, ...]]  # theme and sort of person -> themes of who cares
    not_own: frozenset[str]


@cache
def cues() -> Cues:
    table = table_of("cues.yaml")
    return Cues(
        before=_book(table["before"]),
        after=_book(table["after"]),
        once=_book({"once": table["once"]}),
        light=frozenset(table["light"]),
        small=frozenset(table["small"]),
        turns=frozenset(table["turns"]),
        joins=frozenset(table["joins"]),
        subjects=frozenset(table["subjects"]),
        stopped_becomes={
            theme: "" if becomes == "nothing" else becomes
            for becomes, themes in table["stopped-becomes"].items()
            for theme in themes
        },
        lack=frozenset(table["lack"]),
        missing=frozenset(table["missing"]),
    )


@cache
def others() -> Others:
    table = table_of("somebody_else.yaml")
    becomes = {
        (theme, sort): tuple(row[sort])
        for row in table["becomes"]
        for theme in row["about"]
        for sort in ("adult", "child")
    }
    return Others(
        people={stem(word): sort for sort, words in table["people"].items() for word in words},
        by_name=frozenset(map(stem, table["by-name"])),
        with_a=frozenset(map(stem, table["with-a"])),
        own_part_before=frozenset(table["own-part-before"]),
        own_part_after=frozenset(table["own-part-after"]),
        leaves=frozenset(table["leaves"]),
        dies_of=frozenset(table["dies-of"]),
        openers=frozenset(table["openers"]),
        becomes=becomes,
        not_own=frozenset(table["also-not-own"]) | {theme for theme, _ in becomes},
    )


def table_of(name: str) -> dict[str, Any]:
    table: dict[str, Any] = yaml.load((HERE / name).read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506
    return table


def _book(table: dict[str, list[str]]) -> Phrasebook[str]:
    return Phrasebook(((phrase, kind) for kind, phrases in table.items() for phrase in phrases), endings=False)
