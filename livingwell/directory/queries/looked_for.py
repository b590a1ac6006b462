"""What people looked for and did not find, as far as it may be told: never a number under five, nor one by subtraction.

Each number is of one theme in one area in one block of four weeks that is over (`directory.blocks`). There are no sums,
and no other periods, so that no two numbers share anything and none can be taken from another.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db.models import Sum

from livingwell.directory.blocks import BLOCK, ended_before
from livingwell.directory.models import LookedFor
from livingwell.themes.vocabulary import vocabulary

if TYPE_CHECKING:
    from datetime import date

FEWEST: Final = 5


@dataclass(frozen=True, slots=True)
class Missed:
    """How often a theme was looked for in vain in an area: theme and area may be empty."""

    theme: str
    label: str
    area: str
    count: int


@dataclass(frozen=True, slots=True)
class Block:
    """Four weeks, and what was looked for in vain in them, most often first."""

    first: date
    last: date
    missed: tuple[Missed, ...]


def blocks(*, on: date, weeks: int) -> list[Block]:
    """The blocks of the last so many weeks that are over, the latest first."""
    return [_block(first) for first in ended_before(on, weeks=weeks)]


def _block(first: date) -> Block:
    labels = vocabulary().themes
    rows = (
        LookedFor.objects.filter(day__gte=first, day__lt=first + BLOCK)
        .values_list("theme", "area")
        .annotate(total=Sum("count"))
        .filter(total__gte=FEWEST)
        .order_by("-total", "theme", "area")
    )
    return Block(
        first,
        first + BLOCK - timedelta(days=1),
        tuple(
            Missed(theme, labels[theme].label if theme in labels else theme, area, total)
            for theme, area, total in rows
        ),
    )
