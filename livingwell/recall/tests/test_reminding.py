"""On the day on which somebody wanted to be asked again they are reminded, once, and of nothing by name."""

from __future__ import annotations

from datetime import timedelta

import pytest

from livingwell.consent import actions as consent
from livingwell.core.dates import day_of
from livingwell.messaging.models import Message
from livingwell.recall import actions
from livingwell.recall.tests import make
from livingwell.steps.actions import ask_later
from livingwell.steps.models import Status, Step
from livingwell.steps.tests import make as steps

pytestmark = pytest.mark.django_db
NOON = steps.NOW
DAY = timedelta(days=1)


def asked_on(days: int, *ways: str, number: int = 1, status: Status = Status.PLANNED) -> None:
    """So many steps, of which somebody wants to be asked in so many days."""
    person = make.rung()
    consent.reach(person, {"ways": list(ways), "email": "pat@example.org"})
    for each in range(number):
        step = steps.step(person, f"Ring the choir {each}", status)
        Step.objects.filter(pk=step.pk).update(ask_on=day_of(NOON) + days * DAY)


def test_on_its_day_they_are_reminded_once_however_many_steps_and_of_none_by_name() -> None:
    asked_on(1, "text", number=3)
    assert actions.remind_of_steps(at=NOON) == 0
    later = (NOON + DAY, NOON + DAY + timedelta(minutes=1), NOON + 2 * DAY)
    assert [actions.remind_of_steps(at=at) for at in later] == [1, 0, 0]
    (told,) = Message.objects.all()
    assert "reminded of something today" in told.body
    assert "choir" not in told.body


@pytest.mark.parametrize(("ways", "channels"), [(["email"], ["email"]), (["phone", "text"], []), ([], [])])
def test_only_in_the_way_they_allow(ways: list[str], channels: list[str]) -> None:
    asked_on(0, *ways)
    actions.remind_of_steps(at=NOON)
    assert list(Message.objects.values_list("channel", flat=True)) == channels


def test_what_is_done_or_long_past_is_not_reminded_of() -> None:
    asked_on(0, "text", status=Status.COMPLETED)
    assert actions.remind_of_steps(at=NOON) == 0
    Step.objects.update(status=Status.PLANNED)
    assert actions.remind_of_steps(at=NOON + 3 * DAY) == 0
    assert actions.remind_of_steps(at=NOON + 2 * DAY) == 1


def test_of_a_suggestion_put_off_too() -> None:
    person = make.rung()
    consent.reach(person, {"ways": ["text"]})
    ask_later(person, steps.service(), by=make.owner(person), at=NOON, on=day_of(NOON) + DAY)
    assert [actions.remind_of_steps(at=NOON + day * DAY) for day in range(2)] == [0, 1]
