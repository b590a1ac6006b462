"""Lists with a column for each day of the week: the hours of all of them as one text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from livingwell.directory.feeds.clean import line, silent, yes_or_no

if TYPE_CHECKING:
    from collections.abc import Mapping

DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
COLUMN: Final = re.compile(
    r"(?:opening_(?:hours|times)_|hours_|open_|times_)?"
    r"(mon|tues?|weds?|wednes|thur?s?|fri|sat|satur|sun)(?:day)?s?"
    r"(?:_(?:opening_|open_)?(hours|times?|opens?|start|from|closes?|closing|end|to|until|finish|am|pm|[12]))?(?:_time|_at)?"
)
OPENS: Final = frozenset(["open", "opens", "start", "from"])
CLOSES: Final = frozenset(["close", "closes", "closing", "end", "to", "until", "finish"])
SHUT: Final = frozenset(["closed", "shut", "no", "none", "n/a", "x closed", "not open", "-"])


def day_of(name: str) -> tuple[str, str]:
    """The day that a heading names, and whether its cell is the start, the end or all of the hours."""
    found = COLUMN.fullmatch(name)
    if not found:
        return "", ""
    day = next(day for day in DAYS if day.startswith(found[1][:3]))
    part = found[2] or ""
    return day, "opens" if part in OPENS else "closes" if part in CLOSES else "hours"


def in_words(cells: Mapping[str, str]) -> str:
    """Monday 10:00-12:00; Thursday 14:00-16:00: of the cells that stand under days."""
    said: dict[str, dict[str, list[str]]] = {}
    for name, cell in cells.items():
        day, part = day_of(name)
        if day and (words := line(cell, silent)):
            said.setdefault(day, {}).setdefault(part, []).append(words)
    found = []
    for day in DAYS:
        found += [f"{day.capitalize()} {hours}".strip() for hours in _hours(said.get(day, {}))]
    return "; ".join(found)


def _hours(said: Mapping[str, list[str]]) -> list[str]:
    opens, closes = said.get("opens", []), said.get("closes", [])
    hours = [
        f"{first}-{last}" for first, last in zip(opens, closes, strict=False) if first.lower() not in SHUT
    ]
    hours += [f"from {first}" for first in opens[len(closes) :] if first.lower() not in SHUT]
    for words in said.get("hours", []):
        if words.lower() in SHUT or yes_or_no(words, silent) is False:
            continue
        hours.append("" if yes_or_no(words, silent) else words)
    return hours
