"""What somebody may look for in the directory, and what is found: the terms of a search."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from datetime import datetime, time

    from livingwell.directory.queries.words import Point

COUNTED: Final = 1_000  # beyond this the number is "more than"
FARTHEST_AREA_KM: Final = 45.0  # how far away the middle of an area that one lives in may be
HERE: Final = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for. Everything is optional; all that is given must hold together.

    `day`: 0 Monday to 6 Sunday. `start`, `end`: on for some of the time between these, on that day if one is
    given, else on any; one alone means from then on, or until then. `open_at`: open at that moment. `themes`,
    `groups`: slugs, all must be there. `about`: slugs, one must be there; those it is mainly about come first.
    `access`: terms of `directory.access` that are known to be there, all of them. `language`: a code of ISO 639.
    `literal`: these very words, not what they may be about.
    """

    words: str = ""
    literal: bool = False
    themes: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    near: Point | None = None
    within_km: float = 8.0
    day: int | None = None
    start: time | None = None
    end: time | None = None
    open_at: datetime | None = None
    free: bool = False
    access: tuple[str, ...] = ()
    language: str = ""
    online: bool = False
    by_phone: bool = False
    age: int | None = None
    on: datetime | None = None  # things that were over before this are left out


@dataclass(frozen=True, slots=True)
class Hit:
    """A listing found, and how far away it is in kilometres, where that means anything.

    `beside`: not what was asked for, but near to it; it comes after all that was.
    """

    listing: int
    km: float | None
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what was found. `total` is at most COUNTED + 1; `themes`: what the words speak of.

    `beside`: how many of the total are only near to what was asked for.
    """

    hits: tuple[Hit, ...]
    total: int
    themes: tuple[str, ...] = ()
    any_word: bool = False
    beside: int = 0

    @property
    def meant(self) -> int:
        """How many are what was asked for; at most COUNTED + 1."""
        return self.total - self.beside


@dataclass(frozen=True, slots=True)
class Asked:
    """A search as an engine gets it: the themes that the words speak of, and what PostgreSQL makes of the words.

    `lexemes`: a tsquery as text; empty where the words hold nothing to search by. `any_word`: one of them is enough.
    `beside`: themes that are near to those; what is mainly about one of them comes after all else.
    """

    wanted: Wanted
    themes: tuple[str, ...]
    lexemes: str
    any_word: bool = False
    beside: tuple[str, ...] = ()

    @property
    def slots(self) -> tuple[int, ...] | None:
        """The hours of the week (see `directory.models.Listing`) one of which must be open; None if any will do."""
        if self.wanted.open_at:
            local = self.wanted.open_at.astimezone(HERE)
            return (local.weekday() * 24 + local.hour,)
        if self.wanted.start is None and self.wanted.end is None:
            return None
        first = self.wanted.start.hour if self.wanted.start else 0
        last = self.wanted.end.hour + (self.wanted.end.minute > 0) if self.wanted.end else 24
        if last <= first:
            last += 24
        days = range(7) if self.wanted.day is None else (self.wanted.day,)
        return tuple(sorted({(day * 24 + hour) % 168 for day in days for hour in range(first, last)}))
