"""What was chosen, as texts of 160 signs: name, phone, when, short link; several to a text where they fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from livingwell.messaging.texts import ONE, length, plain, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MOST: Final = 3


@dataclass(frozen=True, slots=True)
class Line:
    """What is said of one service."""

    name: str
    phone: str
    when: str
    link: str


def line(said: Line) -> str:
    """One service in at most 160 signs. The link and the phone are kept whole; the name gives way last."""
    name, when = plain(said.name), plain(said.when).rstrip(" .;,")
    fixed = " ".join(part for part in (plain(said.phone), said.link) if part)
    room = ONE - length(fixed) - 2
    name = shortened(name, max(room, 20))
    left = room - length(name) - 2
    when = shortened(when, left) if when and left >= 15 else ""
    head = f"{name}, {when}" if when else name
    return f"{head}: {fixed}"


def packed(lines: Iterable[str]) -> list[str]:
    """Lines put together into texts, in their order."""
    made: list[str] = []
    for each in lines:
        together = f"{made[-1]}\n{each}" if made else ""
        if together and length(together) <= ONE:
            made[-1] = together
        else:
            made.append(each)
    return made


def texts(said: Sequence[Line]) -> tuple[list[str], int]:
    """The texts to send, no more than MOST, and how many of the services are in them."""
    lines = [line(each) for each in said]
    for count in range(len(lines), 0, -1):
        made = packed(lines[:count])
        if len(made) <= MOST:
            return made, count
    return [], 0
