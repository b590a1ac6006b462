"""What a session is in the words of OpenActive's activity list, which those who look for activities search by."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LIST: Final = "https://openactive.io/activity-list"
WORD: Final = re.compile(r"[^\W_]+")
Known = dict[str, dict[str, str]]


@cache
def _known() -> Mapping[str, Known]:
    """`always` and `named`: by theme, the activities of the list by name, with their ids there."""
    read: Mapping[str, Known] = yaml.safe_load(
        Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8")
    )
    return read


def activities(themes: Iterable[str], words: str) -> dict[str, str]:
    """The activities of the list that a session is: their addresses by name, in the order of the session's themes.

    `themes`: slugs. `words`: its name and description; an activity that a theme only may be must be named there.
    """
    text = _plain(words)
    found: dict[str, str] = {}
    for theme in themes:
        found |= _known()["always"].get(theme, {})
        found |= {
            name: known for name, known in _known()["named"].get(theme, {}).items() if _plain(name) in text
        }
    return {name: f"{LIST}#{known}" for name, known in found.items()}


def _plain(words: str) -> str:
    """Only the words, in small letters, a space around each."""
    return " ".join(["", *WORD.findall(words.casefold()), ""])
