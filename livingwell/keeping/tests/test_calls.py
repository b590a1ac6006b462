"""The verification round: one volunteer a place, another time where nobody answers, an editor after three."""

import pytest

from livingwell.core.errors import Refusal
from livingwell.core.tests.at_once import at_once
from livingwell.directory.models import Service
from livingwell.keeping.actions import calls
from livingwell.keeping.models import Call, Heard, Part
from livingwell.keeping.queries import ringing
from livingwell.keeping.tests.make import entry, moment

AT = moment(100)  # Wednesday 10 June 2026, 11am here
ONE, TWO = "one@example.org", "two@example.org"


def take(by: str = ONE, at: object = AT) -> Call:
    call = calls.take_next(by=by, at=at)  # type: ignore[arg-type]
    assert call
    return call


@pytest.mark.django_db
def test_the_riskiest_comes_first_and_what_nobody_ever_confirmed_last() -> None:
    entry("A hall", kind="place", assured_date=moment(-150).date())
    entry("Never confirmed", assured_date=None)
    entry("A choir")
    entry("Not due", assured_date=moment(90).date())

    found = ringing.due_to_ring(AT, ONE).values_list("name", flat=True)

    assert list(found) == ["A choir", "A hall", "Never confirmed"]


@pytest.mark.django_db
def test_a_turn_is_somebodys_for_fifteen_minutes_and_then_anybodys() -> None:
    entry()
    mine = take(ONE)

    assert take(ONE) == mine
    assert calls.take_next(by=TWO, at=AT + calls.HELD / 2) is None
    theirs = take(TWO, AT + calls.HELD)
    assert theirs.service == mine.service
    with pytest.raises(Refusal, match="ran out"):
        calls.confirmed(mine, by=ONE, at=AT + calls.HELD)
    calls.confirmed(theirs, by=TWO, at=AT + calls.HELD * 1.5)
    assert Call.objects.get(pk=theirs.pk).lasted == calls.HELD / 2


@pytest.mark.django_db
def test_a_slow_call_counts_as_long_as_nobody_else_has_begun() -> None:
    entry()
    mine = take(ONE)

    calls.confirmed(mine, by=ONE, at=AT + calls.HELD * 2)

    assert Service.objects.get().assured_date == AT.date()
    assert Service.objects.get().assured_how == "phone"


@pytest.mark.django_db
def test_what_was_not_rung_goes_back_to_the_others() -> None:
    entry()
    calls.let_go(take(ONE), by=ONE, at=AT)

    assert calls.take_next(by=ONE, at=AT) is None
    assert take(TWO).opened_by == TWO


@pytest.mark.django_db
def test_where_nobody_answers_it_is_tried_another_day_at_another_time_and_an_editor_is_told_after_three() -> (
    None
):
    service = entry()
    first = calls.no_answer(take(), by=ONE, at=AT)
    assert (first.try_on, first.try_in) == (moment(102).date(), Part.AFTERNOON)
    assert calls.take_next(by=TWO, at=AT) is None
    assert calls.take_next(by=TWO, at=moment(102, 9)) is None

    second = calls.no_answer(take(TWO, moment(102, 14)), by=TWO, at=moment(102, 14))
    assert (second.try_on, second.try_in) == (moment(105).date(), Part.EVENING)  # not on a Sunday
    assert not ringing.unreached().exists()
    third = calls.no_answer(take(ONE, moment(106, 9)), by=ONE, at=moment(106, 9))

    assert third.try_on is None
    assert list(ringing.unreached()) == [service]
    assert calls.take_next(by=ONE, at=moment(120)) is None


@pytest.mark.django_db
def test_a_call_is_written_down_once_by_whoever_made_it() -> None:
    entry()
    call = take()
    with pytest.raises(Refusal, match="else is ringing"):
        calls.confirmed(call, by=TWO, at=AT)
    calls.confirmed(call, by=ONE, at=AT)
    with pytest.raises(Refusal, match="already"):
        calls.no_answer(call, by=ONE, at=AT)

    assert ringing.day_of(ONE, at=AT) == ringing.Day(rung=1, reached=1, left=0, never=0)


@pytest.mark.django_db(transaction=True)
def test_volunteers_who_ask_in_the_same_moment_never_ring_the_same_place() -> None:
    for number in range(6):
        entry(f"Choir {number}")
    people = [f"{number}@example.org" for number in range(8)]

    calling = at_once(lambda by: calls.take_next(by=by, at=AT), people)
    taken = [call.service_id for call in calling if call]

    assert len(taken) == len(set(taken)) == 6
    assert Call.objects.filter(outcome="").count() == 6
    assert not Call.objects.filter(outcome=Heard.LET_GO).exists()
