"""What needs a human today: each part of keeping says its own in a line or two.

To add to the page, write a function that takes the moment and yields lines, and put it into `PARTS`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from livingwell.directory.queries.doubles import waiting
from livingwell.directory.queries.history import held_otherwise
from livingwell.directory.queries.sources import health
from livingwell.directory.queries.visits import how_many_wait
from livingwell.keeping.queries.proposals import how_many_wait as proposed
from livingwell.keeping.queries.reports import how_many_wait as reported
from livingwell.keeping.queries.ringing import due_to_ring, unreached
from livingwell.messaging.queries import waiting_for_a_person
from livingwell.people.permissions import may_edit_the_directory, may_verify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
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


def _line(
    page: str, quiet: str, number: int = 0, waits: str = "", *, who: Permission = may_edit_the_directory
) -> Line:
    """A line that says how many wait; where nothing does, only what the page is about."""
    return Line(waits % {"number": number} if number else quiet, number, reverse(page), who)


def reports(_at: datetime) -> Iterator[Line]:
    """What people say is wrong."""
    number = reported()
    waits = ngettext(
        "%(number)s time somebody said that something is wrong",
        "%(number)s times somebody said that something is wrong",
        number,
    )
    yield _line("keeping:reports", gettext("What people say is wrong"), number, waits)


def proposals(_at: datetime) -> Iterator[Line]:
    """Changes that wait for an editor, and a new entry by hand."""
    number = proposed()
    waits = ngettext("%(number)s change waits for you", "%(number)s changes wait for you", number)
    yield _line("keeping:proposals", gettext("Changes that providers ask for"), number, waits)
    yield _line("keeping:add", gettext("Write a new entry"))


def corrections(_at: datetime) -> Iterator[Line]:
    """Corrections that stand although their source says something new."""
    number = held_otherwise()
    waits = ngettext(
        "%(number)s correction where the source says otherwise",
        "%(number)s corrections where the source says otherwise",
        number,
    )
    yield _line("keeping:otherwise", gettext("Where a source says otherwise"), number, waits)


def doubles(_at: datetime) -> Iterator[Line]:
    """Entries that may be here twice."""
    number = waiting()
    waits = ngettext(
        "%(number)s pair may be the same thing twice", "%(number)s pairs may be the same thing twice", number
    )
    yield _line("keeping:doubles", gettext("What may be here twice"), number, waits)


def sources(at: datetime) -> Iterator[Line]:
    """Sources that need a look."""
    number = sum(one.state == "trouble" for one in health(at=at))
    waits = ngettext("One source needs a look", "%(number)s sources need a look", number)
    yield _line("keeping:source-list", gettext("Where entries come from"), number, waits)


def messages(_at: datetime) -> Iterator[Line]:
    """Messages that nobody knows of whether they went, and texts that came in."""
    number = waiting_for_a_person()
    waits = ngettext("One message needs a look", "%(number)s messages need a look", number)
    yield _line("keeping:messages", gettext("Messages that were sent"), number, waits)


def round_of_calls(at: datetime) -> Iterator[Line]:
    """Entries to ring because somebody's word has run out, and those where nobody ever answers."""
    number = due_to_ring(at, "").exclude(assured_date=None).count()
    waits = ngettext("%(number)s entry to check by phone", "%(number)s entries to check by phone", number)
    yield _line("keeping:round", gettext("Checking by phone"), number, waits, who=may_verify)
    number = unreached().count()
    waits = ngettext(
        "%(number)s entry where nobody answered three calls",
        "%(number)s entries where nobody answered three calls",
        number,
    )
    yield _line("keeping:not-reached", gettext("Where nobody answers"), number, waits)


def visits(_at: datetime) -> Iterator[Line]:
    """What people who went wrote, and nobody has read."""
    number = how_many_wait()
    waits = ngettext(
        "%(number)s person tells what to expect somewhere",
        "%(number)s people tell what to expect somewhere",
        number,
    )
    yield _line("keeping:visits", gettext("What people found who went"), number, waits)


def ways(_at: datetime) -> Iterator[Line]:
    """Nothing that waits, only ways there."""
    yield _line("keeping:looked-for", gettext("What people looked for and did not find"))
    yield _line("people:belonging", gettext("Who does what in the network"))


PARTS: tuple[Callable[[datetime], Iterable[Line]], ...] = (
    reports,
    proposals,
    corrections,
    doubles,
    sources,
    messages,
    round_of_calls,
    visits,
    ways,
)


def lines(*, at: datetime) -> list[Line]:
    """All lines, those where somebody waits first."""
    return sorted((line for part in PARTS for line in part(at)), key=lambda line: line.number == 0)
