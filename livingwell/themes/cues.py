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

    book: Phrasebook[tuple[str, str]]  # each cue leads to where it stands (before, after, once) and its kind
    light: frozenset[str]
    small: frozenset[str]
    turns: frozenset[str]
    joins: frozenset[str]
    subjects: frozenset[str]
    stopped_becomes: dict[str, str]  # theme -> what it is called once it has stopped, or ""
    lack: frozenset[str]
    missing: frozenset[str]
    happens: frozenset[str]


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
    says: frozenset[str]
    becomes: dict[tuple[str, str], tuple[str, ...]]  # theme and sort of person -> themes of who cares
    not_own: frozenset[str]
    cared_for: frozenset[str]  # the themes of who cares, by what another does
    about_people: frozenset[str]  # both


@cache
def cues() -> Cues:
    table = table_of("cues.yaml")
    return Cues(
        book=_book({"before": table["before"], "after": table["after"], "once": {"once": table["once"]}}),
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
        happens=frozenset(table["happens"]),
    )


@cache
def others() -> Others:
    table = table_of("somebody_else.yaml")
    becomes: dict[tuple[str, str], tuple[str, ...]] = {
        (theme, sort): tuple(row[sort])
        for row in table["becomes"]
        for theme in row["about"]
        for sort in ("adult", "child")
    }
    cared_for = frozenset(theme for themes in becomes.values() for theme in themes) - set(table["doing"])
    not_own = frozenset(table["also-not-own"]) | {theme for theme, _ in becomes}
    return Others(
        people={stem(word): sort for sort, words in table["people"].items() for word in words},
        by_name=frozenset(map(stem, table["by-name"])),
        with_a=frozenset(map(stem, table["with-a"])),
        own_part_before=frozenset(table["own-part-before"]),
        own_part_after=frozenset(table["own-part-after"]),
        leaves=frozenset(table["leaves"]),
        dies_of=frozenset(table["dies-of"]),
        openers=frozenset(table["openers"]),
        says=frozenset(table["says"]),
        becomes=becomes,
        not_own=not_own,
        cared_for=cared_for,
        about_people=not_own | cared_for,
    )


def table_of(name: str) -> dict[str, Any]:
    table: dict[str, Any] = yaml.load((HERE / name).read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506
    return table


def _book(places: dict[str, dict[str, list[str]]]) -> Phrasebook[tuple[str, str]]:
    phrases = (
        (phrase, (place, kind))
        for place, kinds in places.items()
        for kind, cues_of_kind in kinds.items()
        for phrase in cues_of_kind
    )
    return Phrasebook(phrases, endings=False)
