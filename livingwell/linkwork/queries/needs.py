"""What may need a human today, for all the people of a list at once: what several needs ask for is read once.

Nobody's words are read here, only that there is something: the list is not a look at a page. Opening one is.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID, uuid5

from django.db.models import Exists, OuterRef, Q
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from livingwell.consent.models import Emergency, Event, Kind, Person
from livingwell.contacting.queries import to_follow_up
from livingwell.core.dates import day_of
from livingwell.core.kept import among, kept
from livingwell.linkwork.models import Need
from livingwell.linkwork.queries.companions import without_companion
from livingwell.linkwork.queries.known import let_in
from livingwell.linkwork.queries.overlaps import By, overlaps_each
from livingwell.linkwork.queries.walking import label_of
from livingwell.plans.queries import hard_dates_near
from livingwell.steps.queries import put_off_each, standing_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from datetime import datetime

    from django.db.models import QuerySet

    from livingwell.linkwork.queries.known import LetIn
    from livingwell.linkwork.queries.overlaps import Overlap
    from livingwell.people.models import Account
    from livingwell.plans.queries import HardDay
    from livingwell.steps.queries import Standing

ENDS_SOON: Final = timedelta(days=14)
EMERGENCY_STAYS: Final = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Needed:
    """One thing that needs a human: for whom, what, in a sentence. `about`: which, for saying that it is seen to.

    The sentence is put together when it is read: of a long list only one screen is.
    """

    person: UUID
    need: Need
    about: UUID
    tell: Callable[[], str]

    @property
    def sentence(self) -> str:
        return self.tell()


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person whose page is open to the viewer. `unread`: it is kept with them, and was never read back to them."""

    called: str
    started_at: datetime
    unread: bool

    @property
    def label(self) -> str:
        return label_of(self.called, self.started_at)


def people_of(persons: Collection[UUID], viewer: Account, *, at: datetime) -> dict[UUID, Somebody]:
    """Those of them of whose page something is open to the viewer. One query."""
    return {pk: Somebody(*row) for pk, *row in _people_of(viewer, at, list(persons))}


@kept
def _people_of(viewer: Account, at: datetime, persons: list[UUID]) -> QuerySet[Person, tuple[Any, ...]]:
    read = Event.objects.filter(person=OuterRef("pk"), kind=Kind.READ_BACK)
    rows = Person.objects.visible_to(viewer, at=at).filter(pk__in=among(persons))
    unread = Q(account=None) & ~Exists(read)
    return rows.annotate(unread=unread).values_list("pk", "called", "started_at", "unread")


def needs(persons: Mapping[UUID, Somebody], viewer: Account, *, at: datetime) -> Iterator[Needed]:
    """Everything that needs a human with these people today, as far as the viewer may know of it."""
    yield from _emergencies(persons, viewer, at)
    yield from _messages(persons, viewer, at)
    yield from _hard_days(persons, viewer, at)
    steps = standing_of(persons, viewer, at=at)
    yield from _companions(steps, viewer, at)
    yield from _to_ask(persons, steps, viewer, at)
    yield from _not_read_back(persons)
    consents = let_in(persons, viewer, at=at)
    yield from _ending(consents, at)
    yield from _twice(steps, consents)


def _day(at: datetime) -> str:
    return formats.date_format(day_of(at), "l j F")


def _emergencies(persons: Collection[UUID], viewer: Account, at: datetime) -> Iterator[Needed]:
    rows = _opened_since(viewer, at, list(persons), at - EMERGENCY_STAYS)
    for pk, person, opened_at, organization in rows:
        yield Needed(person, Need.EMERGENCY, pk, partial(_tell_emergency, opened_at, organization))


@kept
def _opened_since(
    viewer: Account, at: datetime, persons: list[UUID], since: datetime
) -> QuerySet[Emergency, tuple[UUID, UUID, datetime, str]]:
    rows = Emergency.objects.visible_to(viewer, at=at).filter(person__in=among(persons), opened_at__gt=since)
    others = rows.exclude(opened_by=viewer).order_by("opened_at")
    return others.values_list("pk", "person", "opened_at", "organization__name")


def _tell_emergency(opened_at: datetime, name: str) -> str:
    said = _("Their page was opened in an emergency on %(day)s, by %(name)s. Ask how they are.")
    return said % {"day": _day(opened_at), "name": name}


def _hard_days(persons: Collection[UUID], viewer: Account, at: datetime) -> Iterator[Needed]:
    for one in hard_dates_near(viewer, at=at, persons=persons):
        if one.next_on is not None:
            about = uuid5(one.id, str(one.next_on))
            yield Needed(one.person, Need.HARD_DAY, about, partial(_tell_hard_day, one))


def _tell_hard_day(day: HardDay) -> str:
    return _("A hard day comes for them: %(when)s.") % {"when": day.when}


def _companions(steps: Collection[Standing], viewer: Account, at: datetime) -> Iterator[Needed]:
    for step, account in without_companion(steps, viewer, at=at):
        yield Needed(step.person, Need.COMPANION_LEFT, uuid5(step.pk, str(account)), _tell_companion_left)


def _tell_companion_left() -> str:
    return _(
        "Who walked with them on a step has left, or cannot see it any more. Ask who should walk with them now."
    )


def _to_ask(
    persons: Collection[UUID], steps: Collection[Standing], viewer: Account, at: datetime
) -> Iterator[Needed]:
    on = day_of(at)
    waiting = Counter(step.person for step in steps if step.asks)
    waiting.update(put_off_each(viewer, at=at, on=on, persons=persons))
    for person, number in waiting.items():
        yield Needed(person, Need.ASK_AGAIN, uuid5(person, str(on)), partial(_tell_to_ask, number))


def _tell_to_ask(number: int) -> str:
    return ngettext(
        "They wanted to be asked again about one thing.",
        "They wanted to be asked again about %(number)s things.",
        number,
    ) % {"number": number}


def _not_read_back(persons: Mapping[UUID, Somebody]) -> Iterator[Needed]:
    for pk, one in persons.items():
        if one.unread:
            yield Needed(pk, Need.READ_BACK, pk, partial(_tell_read_back, one.started_at))


def _tell_read_back(started_at: datetime) -> str:
    return _("Their page began on %(day)s and was never read back to them.") % {"day": _day(started_at)}


def _ending(consents: Iterable[LetIn], at: datetime) -> Iterator[Needed]:
    for one in consents:
        if one.until <= at + ENDS_SOON:
            yield Needed(one.person, Need.ENDING, one.consent, partial(_tell_ending, one.name, one.until))


def _tell_ending(name: str, until: datetime) -> str:
    sentence = _("Their yes to %(name)s ends on %(day)s. Ask whether it should go on.")
    return sentence % {"name": name, "day": _day(until)}


def _messages(persons: Collection[UUID], viewer: Account, at: datetime) -> Iterator[Needed]:
    for one in to_follow_up(viewer, at=at, persons=persons):
        if one.wants_call:
            yield Needed(one.person, Need.CALL_OWED, one.letter, partial(_tell_call, one.at))
        else:
            tell = partial(_tell_unreached, one.receiver, one.at)
            yield Needed(one.person, Need.UNREACHED, one.letter, tell)


def _tell_call(asked_at: datetime) -> str:
    sentence = _("They answered the text of %(day)s that they would like a call.")
    return sentence % {"day": _day(asked_at)}


def _tell_unreached(receiver: str, sent_at: datetime) -> str:
    if receiver:
        sentence = _("The message of %(day)s about them to %(name)s did not arrive. Ring %(name)s.")
        return sentence % {"day": _day(sent_at), "name": receiver}
    sentence = _("The message of %(day)s to them did not arrive. Ask for the right number or address.")
    return sentence % {"day": _day(sent_at)}


def _twice(steps: Collection[Standing], consents: Collection[LetIn]) -> Iterator[Needed]:
    for one in overlaps_each(steps, consents):
        yield Needed(one.person, Need.TWICE, one.about, partial(_tell_twice, one))


def _tell_twice(one: Overlap) -> str:
    names = _(" and ").join(one.organizations)
    if one.by == By.STEPS:
        sentence = _("They have steps with %(names)s about the same: %(themes)s.")
    else:
        sentence = _("%(names)s are both let in, and both do: %(themes)s.")
    return sentence % {"names": names, "themes": ", ".join(one.themes[:3])}
