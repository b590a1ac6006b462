"""What somebody says to suggestions, and taking it back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from livingwell.consent.models import Event, Kind, Part
from livingwell.consent.tests.make import page_of
from livingwell.core.errors import Refusal
from livingwell.directory.models import Service
from livingwell.directory.models import Status as Running
from livingwell.steps import actions
from livingwell.steps.because import Offered
from livingwell.steps.models import Because, Choice, Status, Step, StepMove, Verdict
from livingwell.steps.tests import make
from livingwell.steps.tests.make import NOW, owner

pytestmark = pytest.mark.django_db
BECAUSE = Offered(Part.STORY, "Because you said “I miss singing”", "I miss singing")


def test_a_suggestion_becomes_a_step_for_now_and_its_reason_is_kept() -> None:
    person, choir = page_of(), make.service()
    step = actions.choose(person, choir, by=owner(person), at=NOW, offered=BECAUSE)
    assert (step.words, step.service, step.stage, step.status) == (choir.name, choir, "now", "planned")
    choice = Choice.objects.live().get(person=person)
    assert (choice.verdict, choice.step, choice.because.quoted) == ("chosen", step, "I miss singing")
    assert [event.kind for event in Event.objects.filter(about=step.pk)] == [Kind.SUGGESTION_KEPT]


def test_a_second_press_makes_no_second_step() -> None:
    person, choir = page_of(), make.service()
    first = actions.choose(person, choir, by=owner(person), at=NOW)
    assert actions.choose(person, choir, by=owner(person), at=NOW) == first
    assert Step.objects.count() == Choice.objects.count() == 1


def test_what_is_done_can_be_chosen_afresh() -> None:
    person, choir = page_of(), make.service()
    first = actions.choose(person, choir, by=owner(person), at=NOW)
    actions.move(first, Status.COMPLETED, was=Status.PLANNED, by=owner(person), at=NOW)
    assert actions.choose(person, choir, by=owner(person), at=NOW) != first
    assert Choice.objects.live().count() == 1


def test_what_has_closed_cannot_be_chosen_and_what_was_merged_is_chosen_as_what_it_became() -> None:
    person, choir, other = page_of(), make.service(), make.service("Brixton Choir")
    Service.objects.filter(pk=choir.pk).update(merged_into=other, status=Running.DEFUNCT)
    choir.refresh_from_db()
    assert actions.choose(person, choir, by=owner(person), at=NOW).service == other
    Service.objects.filter(pk=other.pk).update(status=Running.DEFUNCT)
    other.refresh_from_db()
    with pytest.raises(Refusal, match="has closed since"):
        actions.choose(page_of("olive"), other, by=owner(person), at=NOW)


def test_a_no_is_one_press_and_keeps_a_reason_if_there_is_one() -> None:
    person, choir = page_of(), make.service()
    said = actions.turn_down(person, choir, by=owner(person), at=NOW, reason=" Too far ")
    assert (said.verdict, said.reason) == ("not for me", "Too far")
    actions.say_why(said, "I cannot sing")
    said.refresh_from_db()
    assert said.reason == "I cannot sing"
    assert actions.turn_down(person, choir, by=owner(person), at=NOW) == said


def test_later_is_in_four_weeks_or_on_a_day_ahead() -> None:
    person, choir = page_of(), make.service()
    said = actions.ask_later(person, choir, by=owner(person), at=NOW)
    assert said.ask_on == NOW.date() + timedelta(weeks=4)
    actions.put_off(said, date(2027, 1, 4), at=NOW)
    said.refresh_from_db()
    assert said.ask_on == date(2027, 1, 4)
    with pytest.raises(Refusal, match="still to come"):
        actions.put_off(said, NOW.date(), at=NOW)
    with pytest.raises(Refusal, match="still to come"):
        actions.ask_later(person, choir, by=owner(person), at=NOW, on=NOW.date())


def test_each_word_follows_the_one_before_and_one_holds() -> None:
    person, choir = page_of(), make.service()
    actions.ask_later(person, choir, by=owner(person), at=NOW)
    actions.turn_down(person, choir, by=owner(person), at=NOW)
    actions.choose(person, choir, by=owner(person), at=NOW)
    assert [choice.verdict for choice in Choice.objects.live()] == ["chosen"]
    assert Choice.objects.count() == 3


def test_a_no_can_be_taken_back_and_what_was_chosen_stays() -> None:
    person, choir = page_of(), make.service()
    said = actions.turn_down(person, choir, by=owner(person), at=NOW)
    actions.bring_back(said, by=owner(person), at=NOW)
    assert not Choice.objects.live().exists()
    actions.choose(person, choir, by=owner(person), at=NOW)
    actions.bring_back(Choice.objects.live().get(), by=owner(person), at=NOW)
    assert Choice.objects.live().count() == 1


@pytest.mark.parametrize(
    "values",
    [
        {"verdict": "later"},
        {"verdict": "not for me", "ask_on": NOW.date()},
        {"verdict": "chosen"},
        {"verdict": "perhaps"},
        {"ended_at": NOW},
    ],
    ids=str,
)
def test_the_database_refuses_a_choice_that_is_not_whole(values: dict[str, Any]) -> None:
    person = page_of()
    said = actions.turn_down(person, make.service(), by=owner(person), at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Choice.objects.filter(pk=said.pk).update(**values)


def test_the_database_refuses_a_second_word_that_holds() -> None:
    person, choir = page_of(), make.service()
    actions.turn_down(person, choir, by=owner(person), at=NOW)
    with pytest.raises(IntegrityError, match="one_live"), transaction.atomic():
        Choice.objects.create(
            person=person, service=choir, verdict=Verdict.NOT_FOR_ME, decided_at=NOW, decided_by=owner(person)
        )


def test_the_database_refuses_a_choice_of_somebody_elses_step() -> None:
    mine, theirs = page_of(), make.step(page_of("olive"))
    with pytest.raises(IntegrityError, match="of_its_steps_page"), transaction.atomic():
        Choice.objects.create(
            person=mine,
            service=make.service(),
            verdict=Verdict.CHOSEN,
            step=theirs,
            decided_at=NOW,
            decided_by=owner(mine),
        )


def test_nothing_is_left_after_an_erasure_and_nobody_else_is_touched() -> None:
    person, other = page_of(), make.step(page_of("olive"))
    step = actions.choose(person, make.service(), by=owner(person), at=NOW, offered=BECAUSE)
    actions.add(person, "Find the number", parent=step, by=owner(person), at=NOW)
    actions.turn_down(person, make.service("Gym"), by=owner(person), at=NOW, offered=BECAUSE)
    actions.erase(person)
    assert not any(
        model._default_manager.filter(person=person).exists() for model in (Step, StepMove, Choice, Because)
    )
    assert list(Step.objects.all()) == [other]
