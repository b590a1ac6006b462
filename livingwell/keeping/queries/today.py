"""What needs a human today: each part of keeping says its own in a line or two.

To add to the page, write a function that takes the moment and yields lines, and put it into `PARTS`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from livingwell.keeping.access import Permission


@dataclass(frozen=True, slots=True)
class Line:
    """One kind of thing that waits, in a sentence; where it is done; who may do it.

    `number`: how many wait, 0 where nothing does (then the line is quiet, and still leads there).
    """

    text: str
    number: int
    address: str
    permission: Permission


PARTS: tuple[Callable[[datetime], Iterable[Line]], ...] = ()


def lines(*, at: datetime) -> list[Line]:
    """All lines, those where somebody waits first."""
    return sorted((line for part in PARTS for line in part(at)), key=lambda line: line.number == 0)
