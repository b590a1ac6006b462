"""A feed slice by slice, cleaned and put together, ready to be written; with the account of what was not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from livingwell.directory.feeds.gather import gather, slices
from livingwell.directory.feeds.known import Known
from livingwell.directory.feeds.report import Report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from livingwell.directory.feeds.gather import Gathered
    from livingwell.directory.feeds.model import Part


@dataclass(slots=True)
class Slice:
    """A part of a feed, or a piece of a large one: what it says, and what is to be told of it."""

    said: Gathered
    told: Report
    more: bool  # of the same part


class Reader(Protocol):
    """Reads the parts of one feed, in their order, each once."""

    def slices(self, part: Part) -> Iterator[Slice]: ...

    def close(self) -> None: ...


class Here:
    """Reads in this process."""

    def __init__(self, *, day_first: bool, timezone: str) -> None:
        self.day_first, self.timezone = day_first, timezone
        self.known = Known()

    def slices(self, part: Part) -> Iterator[Slice]:
        """Between two slices memory keeps nothing of what was said: it is put away before it is handed over."""
        for pieces, more in slices(part):
            told = Report(source="", path=part.name)
            said = gather(
                pieces, known=self.known, report=told, day_first=self.day_first, timezone=self.timezone
            )
            if more:
                self.known.put_away()
            yield Slice(said, told, more)

    def close(self) -> None:
        self.known.close()
