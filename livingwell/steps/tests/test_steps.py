"""Steps: what the actions do and refuse, and what the database refuses whoever asks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from livingwell.circles import actions as circle
from livingwell.consent.models import Event, Kind
from livingwell.consent.tests.make import page_of, worker
from livingwell.core.errors import Refusal
from livingwell.core.tests.at_once import at_once
from livingwell.steps import actions
from livingwell.steps.companions import MYSELF, Companion
from livingwell.steps.models import LIVE, OUTCOMES, Stage, Status, Step, StepMove, Walks
from livingwell.steps.models.step import NEXT
from livingwell.steps.tests import make
from livingwell.steps.tests.make import NOW, owner

if TYPE_CHECKING:
    from livingwell.consent.models import Person

pytestmark = pytest.mark.django_db


def moved(step: Step, to: Status, **more: Any) -> Step:
    return actions.move(step, to, was=Status(step.status), by=step.chosen_by, at=NOW, **more)


def test_a_step_in_somebodys_own_words_is_for_now_and_chosen() -> None:
    person = page_of()
    step = actions.add(person, "  Ring the choir ", by=owner(person), at=NOW)
    assert (step.words, step.stage, step.status, step.walks) == ("Ring the choir", "now", "planned", "")
    assert [move.status for move in step.moves.all()] == ["planned"]
    assert Event.objects.filter(kind=Kind.STEP_CHOSEN, about=step.pk).count() == 1


def test_a_step_says_what_there_is_to_do() -> None:
    person = page_of()
    with pytest.raises(Refusal, match="A few words are enough"):
        actions.add(person, "  ", by=owner(person), at=NOW)


def test_a_step_is_begun_with_somebody_beside_it() -> None:
    step = make.step()
    with pytest.raises(Refusal, match="who walks with you"):
        moved(step, Status.ACTIVE)
    begun = moved(step, Status.ACTIVE, companion=MYSELF)
    assert (begun.status, begun.walks) == ("active", "self")


def test_the_database_refuses_a_step_in_progress_that_nobody_walks_along() -> None:
    step = make.step()
    with pytest.raises(IntegrityError, match="in_progress_has_a_companion"), transaction.atomic():
        Step.objects.filter(pk=step.pk).update(status=Status.ACTIVE)
    begun = make.step(step.person, status=Status.ACTIVE)
    with pytest.raises(IntegrityError, match="in_progress_has_a_companion"), transaction.atomic():
        Step.objects.filter(pk=begun.pk).update(walks="")


@pytest.mark.parametrize(
    "values",
    [
        {"walks": "name"},
        {"walks": "account"},
        {"walks": "member"},
        {"walks": "self", "walks_name": "Ola"},
        {"walks_name": "Ola"},
        {"walks": "anyone"},
        {"status": "overdue"},
        {"stage": "soon"},
        {"words": ""},
        {"status": "on-hold", "ask_on": None},
    ],
    ids=str,
)
def test_the_database_refuses_a_row_that_is_not_whole(values: dict[str, Any]) -> None:
    step = make.step()
    with pytest.raises(IntegrityError), transaction.atomic():
        Step.objects.filter(pk=step.pk).update(**values)


def test_one_of_the_circle_walks_along_but_nobody_of_another_page() -> None:
    step, olive = make.step(), page_of("olive")
    sister = circle.add(step.person, {"called": "Ada"}, by=step.chosen_by, at=NOW)
    theirs = circle.add(olive, {"called": "Bo"}, by=owner(olive), at=NOW)
    begun = moved(step, Status.ACTIVE, companion=Companion(Walks.MEMBER, member=sister))
    assert begun.walks_member == sister
    for nobody in (Companion(Walks.MEMBER), Companion(Walks.MEMBER, member=theirs)):
        with pytest.raises(Refusal, match="people around you"):
            actions.walk_with(begun, nobody, by=step.chosen_by, at=NOW)


def test_who_is_taken_out_of_the_circle_still_walks_along_by_name() -> None:
    step = make.step()
    sister = circle.add(step.person, {"called": "Ada"}, by=step.chosen_by, at=NOW)
    moved(step, Status.ACTIVE, companion=Companion(Walks.MEMBER, member=sister))
    circle.take_away(sister, by=step.chosen_by, at=NOW)
    step.refresh_from_db()
    assert step.walks_member is not None
    assert step.walks_member.called == "Ada"


def test_who_walks_along_can_be_somebody_by_name_or_by_account() -> None:
    step, lena = make.step(), worker()
    by_name = actions.walk_with(step, Companion(Walks.NAME, name=" My sister "), by=step.chosen_by, at=NOW)
    assert by_name.walks_name == "My sister"
    by_account = actions.walk_with(step, Companion(Walks.ACCOUNT, account=lena), by=step.chosen_by, at=NOW)
    assert (by_account.walks_account, by_account.walks_name) == (lena, "")
    for nobody in (Companion(Walks.NAME, name="  "), Companion(Walks.ACCOUNT)):
        with pytest.raises(Refusal):
            actions.walk_with(step, nobody, by=step.chosen_by, at=NOW)


@pytest.mark.parametrize("outcome", OUTCOMES)
@pytest.mark.parametrize("start", LIVE)
def test_each_outcome_is_one_move_and_leads_back_by_one(start: Status, outcome: Status) -> None:
    step = make.step(status=start)
    over = moved(step, outcome)
    assert over.status == outcome
    back = actions.again(over, was=outcome, by=step.chosen_by, at=NOW)
    assert back.status == (Status.ACTIVE if start == Status.ACTIVE else Status.PLANNED)
    assert back.walks == step.walks


@pytest.mark.parametrize(
    ("before", "to"),
    [(before, to) for before in Status for to in Status if to not in NEXT[before]],
    ids=str,
)
def test_a_move_that_the_table_does_not_know_is_refused(before: Status, to: Status) -> None:
    step = make.step(status=before)
    with pytest.raises(Refusal, match="already"):
        moved(step, to, companion=MYSELF)
    step.refresh_from_db()
    assert step.status == before


def test_not_now_is_asked_again_in_four_weeks_or_on_the_day_that_is_said() -> None:
    assert moved(make.step(), Status.ON_HOLD).ask_on == NOW.date() + timedelta(weeks=4)
    assert moved(make.step(), Status.ON_HOLD, ask_on=date(2027, 3, 1)).ask_on == date(2027, 3, 1)
    with pytest.raises(Refusal, match="still to come"):
        moved(make.step(), Status.ON_HOLD, ask_on=NOW.date())


def test_what_was_put_off_and_begun_again_asks_no_more() -> None:
    step = moved(make.step(), Status.ON_HOLD)
    assert actions.again(step, was=Status.ON_HOLD, by=step.chosen_by, at=NOW).ask_on is None


def test_a_day_to_ask_again_stays_while_a_step_goes_on() -> None:
    step = make.step()
    asked = actions.change(
        step, {"ask_on": date(2026, 12, 9)}, version=step.version, by=step.chosen_by, at=NOW
    )
    assert moved(asked, Status.ACTIVE, companion=MYSELF).ask_on == date(2026, 12, 9)


def test_two_who_write_at_once_are_told() -> None:
    step = make.step()
    actions.change(step, {"why": "I miss it"}, version=step.version, by=step.chosen_by, at=NOW)
    with pytest.raises(Refusal, match="while you were writing"):
        actions.change(step, {"why": "For the company"}, version=step.version, by=step.chosen_by, at=NOW)
    step.refresh_from_db()
    assert step.why == "I miss it"


def test_who_moves_a_step_that_has_just_moved_is_told_what_it_says() -> None:
    step = make.step()
    moved(step, Status.COMPLETED)
    with pytest.raises(Refusal, match="It says “Done”"):
        actions.move(step, Status.CANCELLED, was=Status.PLANNED, by=step.chosen_by, at=NOW)


def test_a_change_keeps_a_step_whole() -> None:
    step = moved(make.step(), Status.ON_HOLD)
    for values, sentence in (
        ({"words": " "}, "A few words are enough"),
        ({"ask_on": None}, "when we may ask"),
        ({"ask_on": date(2026, 11, 1)}, "still to come"),
    ):
        with pytest.raises(Refusal, match=sentence):
            actions.change(step, values, version=step.version, by=step.chosen_by, at=NOW)
    with pytest.raises(ValueError, match="status"):
        actions.change(step, {"status": "active"}, version=step.version, by=step.chosen_by, at=NOW)


def test_a_step_is_moved_to_next_and_the_timeline_hears_of_it() -> None:
    step = make.step()
    actions.change(step, {"stage": Stage.NEXT}, version=step.version, by=step.chosen_by, at=NOW)
    assert Event.objects.filter(kind=Kind.STEP_MOVED, about=step.pk).count() == 1


def test_a_step_is_broken_into_pieces_and_a_piece_no_further() -> None:
    step = make.step()
    piece = actions.add(step.person, "Find the number", parent=step, by=step.chosen_by, at=NOW)
    with pytest.raises(Refusal, match="small piece already"):
        actions.add(step.person, "Open the phone book", parent=piece, by=step.chosen_by, at=NOW)


def test_the_database_refuses_a_third_level_from_either_side() -> None:
    step = make.step()
    piece = actions.add(step.person, "Find the number", parent=step, by=step.chosen_by, at=NOW)
    other = make.step(step.person)
    for child, parent in ((other, piece), (step, other)):
        with pytest.raises(IntegrityError, match="two_levels"), transaction.atomic():
            Step.objects.filter(pk=child.pk).update(parent=parent)


def test_the_database_refuses_what_hangs_on_somebody_elses_step() -> None:
    mine, theirs = make.step(), make.step(page_of("olive"))
    with pytest.raises(IntegrityError, match="two_levels"), transaction.atomic():
        Step.objects.filter(pk=mine.pk).update(parent=theirs)
    with pytest.raises(IntegrityError, match="of_its_steps_page"), transaction.atomic():
        StepMove.objects.create(
            person=mine.person,
            step=theirs,
            number=2,
            before="planned",
            status="completed",
            moved_at=NOW,
            moved_by=mine.chosen_by,
        )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(presses=st.lists(st.tuples(st.sampled_from(Status), st.booleans(), st.booleans()), max_size=12))
def test_the_history_of_any_presses_leads_to_what_the_step_says(
    presses: list[tuple[Status, bool, bool]],
) -> None:
    """Whatever is pressed in whatever order, also on a page that is out of date."""
    person = _somebody()
    step = make.step(person)
    expected = [Status.PLANNED]
    for to, with_companion, stale in presses:
        step.refresh_from_db()
        held, seen = Status(step.status), expected[0] if stale else Status(step.status)
        allowed = seen == held and to in NEXT[held] and (to != Status.ACTIVE or with_companion or step.walks)
        try:
            actions.move(
                step, to, was=seen, by=owner(person), at=NOW, companion=MYSELF if with_companion else None
            )
        except Refusal:
            assert not allowed
        else:
            assert allowed
            expected.append(to)
    moves = list(StepMove.objects.filter(step=step).order_by("number"))
    step.refresh_from_db()
    assert [move.status for move in moves] == expected
    assert [move.before for move in moves] == ["", *expected[:-1]]
    assert step.status == expected[-1]
    assert all(Status(move.status) in NEXT[Status(move.before)] for move in moves[1:])


def _somebody() -> Person:
    return page_of(f"pat-{uuid4()}")


@pytest.mark.django_db(transaction=True)
def test_of_two_who_begin_and_finish_one_step_at_once_exactly_one_does() -> None:
    person = page_of()
    by = owner(person)
    step = make.step(person)

    def press(to: Status) -> str:
        try:
            actions.move(step, to, was=Status.PLANNED, by=by, at=NOW, companion=MYSELF)
        except Refusal as refusal:
            return str(refusal)
        else:
            return "moved"

    said = at_once(press, (Status.ACTIVE, Status.COMPLETED))

    assert said.count("moved") == 1
    assert any("just now" in one for one in said)
    assert not Step.objects.filter(status=Status.ACTIVE, walks="").exists()
    step.refresh_from_db()
    assert [move.status for move in step.moves.order_by("number")] == ["planned", step.status]


@pytest.mark.django_db(transaction=True)
def test_a_double_press_on_a_suggestion_makes_one_step() -> None:
    person = page_of()
    by, choir = owner(person), make.service()

    first, second = at_once(lambda _which: actions.choose(person, choir, by=by, at=NOW).pk, range(2))

    assert first == second
    assert Step.objects.filter(person=person).count() == 1
