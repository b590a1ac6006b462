"""Counting what was looked for and not found, and forgetting it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import connection

from livingwell.directory.blocks import first_day
from livingwell.directory.derive import outward
from livingwell.directory.models import LookedFor

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

KEPT: Final = timedelta(days=365)
MOST: Final = 5  # themes counted of one search


def count(themes: Iterable[str], *, place: str, on: date) -> None:
    """One search that found nothing, or nothing near, for these themes; none of them: it was not understood.

    `place`: as it was typed; only the first half of a postcode is kept of it.
    """
    area = outward(place)
    cells = [(slug, area) for slug in list(dict.fromkeys(themes))[:MOST]] or [("", "")]
    with connection.cursor() as cursor:
        cursor.executemany(
            """
            INSERT INTO directory_lookedfor AS old (theme, area, day, count) VALUES (%s, %s, %s, 1)
            ON CONFLICT (day, theme, area) DO UPDATE SET count = old.count + 1
            """,
            [(theme, each, on) for theme, each in cells],
        )


def forget(*, on: date) -> int:
    """Erase what is a year old, by whole blocks: a number that was shown never grows smaller day by day."""
    blocks = {first_day(day) for day in LookedFor.objects.values_list("day", flat=True).distinct()}
    gone = 0
    for first in blocks:
        if first + KEPT <= on:
            gone += LookedFor.objects.filter(day__gte=first, day__lt=first + timedelta(weeks=4)).delete()[0]
    return gone
