"""Taking the next entry of the round, and writing down what came of ringing it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils.translation import gettext as _

from livingwell.core.errors import Refusal
from livingwell.directory.actions.private import hidden
from livingwell.directory.models import Assured, Service
from livingwell.keeping.actions import answers, reports
from livingwell.keeping.models import Call, Confirmation, Heard, Part
from livingwell.keeping.queries.ringing import HERE, TRIES, due_to_ring, part_of_day

if TYPE_CHECKING:
    from collections.abc import Mapping

HELD: Final = timedelta(minutes=15)
NEXT_PART: Final = {Part.MORNING: Part.AFTERNOON, Part.AFTERNOON: Part.EVENING, Part.EVENING: Part.MORNING}
SATURDAY: Final = 5
LOOKED_AT: Final = 50  # more than press in the same moment; few, since locking reads and sorts all of them
GOES: Final = 20  # how often to try when others take the same entry in the same moment


def take_next(*, by: str, at: datetime) -> Call | None:
    """The entry that this volunteer rings now, theirs alone for 15 minutes; None where nothing is left.

    Whoever has one open goes on with it. Turns that ran out are free for the next.
    """
    for _go in range(GOES):
        with transaction.atomic():
            _let_go_of_those_that_ran_out(at)
            mine = Call.objects.filter(outcome="", opened_by=by).first()
            if mine is not None:
                return mine
            due = due_to_ring(at, by)
            first_few = list(due.values_list("pk", flat=True)[:LOOKED_AT])
            if not first_few:
                return None
            unlocked = due.filter(pk__in=first_few).select_for_update(
                skip_locked=True, of=("self",), no_key=True
            )
            service = unlocked.first()
            if service is None:
                continue
            turn = Call(service=service, opened_at=at, opened_by=by, held_until=at + HELD)
            # Where another took it between our look and our lock, the database says so: look again.
            Call.objects.bulk_create([turn], ignore_conflicts=True)
            taken = Call.objects.filter(service=service, outcome="", opened_by=by).first()
            if taken is not None:
                return taken
    return None


def let_go(call: Call, *, by: str, at: datetime) -> None:
    """Give it back without ringing."""
    with transaction.atomic():
        _end(call, Heard.LET_GO, by=by, at=at)


def confirmed(call: Call, *, by: str, at: datetime, note: str = "") -> None:
    """They say that all of it is right."""
    with transaction.atomic():
        ended = _end(call, Heard.CONFIRMED, by=by, at=at, note=note)
        answers.still_right(ended.service, how=Assured.PHONE, by=by, at=at, note=note)
        reports.got_through(ended.service, by=by, at=at)


def changed(call: Call, values: Mapping[str, object], *, by: str, at: datetime, note: str = "") -> None:
    """They told what has changed."""
    with transaction.atomic():
        ended = _end(call, Heard.CHANGED, by=by, at=at, note=note)
        answers.correct(ended.service, values, how=Assured.PHONE, by=by, at=at, note=note)
        reports.got_through(ended.service, by=by, at=at)


def closed(call: Call, *, by: str, at: datetime, note: str = "") -> None:
    """They say, or the line says, that it has closed."""
    with transaction.atomic():
        ended = _end(call, Heard.CLOSED, by=by, at=at, note=note)
        answers.has_closed(ended.service, how=Assured.PHONE, by=by, at=at, note=note)


def no_answer(call: Call, *, by: str, at: datetime, note: str = "") -> Call:
    """Nobody took the call. Another day and another part of it is set, until it was tried three times."""
    with transaction.atomic():
        tried = _tries(call.service) + 1
        again = (None, "") if tried >= TRIES else _another_time(at)
        return _end(call, Heard.NO_ANSWER, by=by, at=at, note=note, again=again)


def _tries(service: Service) -> int:
    """How often nobody took the call since somebody last answered."""
    said = Confirmation.objects.filter(service=service).values_list("said_at", flat=True).first()
    tries = Call.objects.filter(service=service, outcome=Heard.NO_ANSWER)
    return (tries.filter(opened_at__gt=said) if said else tries).count()


def _another_time(at: datetime) -> tuple[date, str]:
    """The next working day but one, in the next part of the day."""
    day = at.astimezone(HERE).date() + timedelta(days=2)
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return day, NEXT_PART[part_of_day(at)]


def _let_go_of_those_that_ran_out(at: datetime) -> None:
    over = Call.objects.filter(outcome="", held_until__lte=at)
    over.update(outcome=Heard.LET_GO, ended_at=at, ended_by="the clock")


def _end(
    call: Call,
    outcome: Heard,
    *,
    by: str,
    at: datetime,
    note: str = "",
    again: tuple[date | None, str] = (None, ""),
) -> Call:
    now = Call.objects.select_for_update(of=("self",)).select_related("service").get(pk=call.pk)
    if now.outcome and now.ended_by != "the clock":
        raise Refusal(_("This call is written down already."))
    if now.opened_by != by:
        raise Refusal(_("Somebody else is ringing this place now. Take the next one."))
    if Call.objects.filter(service=now.service, outcome="").exclude(pk=now.pk).exists():
        raise Refusal(_("Your 15 minutes ran out and somebody else is ringing this place now."))
    now.outcome, now.ended_at, now.ended_by, now.note = outcome, at, by, hidden(now.service_id, note)
    now.try_on, now.try_in = again
    now.save(update_fields=["outcome", "ended_at", "ended_by", "note", "try_on", "try_in"])
    return now
