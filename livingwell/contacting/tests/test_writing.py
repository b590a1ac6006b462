"""A person is written to by the first way they allow, in their hours, and in no other way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from livingwell.consent.acting import acting
from livingwell.consent.actions import reach
from livingwell.consent.models import Contact, Event, Kind, Part, Way
from livingwell.consent.tests import make as persons
from livingwell.contacting import actions
from livingwell.contacting.models import About, Letter
from livingwell.contacting.tests import make
from livingwell.contacting.words import Words
from livingwell.messaging.actions import keeping, stop
from livingwell.messaging.actions.delivering import deliver
from livingwell.messaging.adapters.port import Passing
from livingwell.messaging.models import Channel, Message, Status
from livingwell.messaging.tests.make import Provider

if TYPE_CHECKING:
    from collections.abc import Callable

    from livingwell.contacting.actions import Written

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 26, 8, tzinfo=UTC)


def due(message: Message) -> list[datetime | None]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT scheduled_at FROM procrastinate_jobs WHERE args ->> 'message' = %s", [str(message.pk)]
        )
        return [at for (at,) in cursor.fetchall()]


@pytest.mark.parametrize("way", ["text", "email", "letter"])
def test_the_first_way_they_allow_is_taken(way: str) -> None:
    written = make.written(make.reachable(way, "phone"))
    assert written.way == Way(way)
    assert written.letter
    assert written.letter.message.channel == way


def test_by_the_way_that_was_chosen_for_it_or_not_at_all() -> None:
    person = make.reachable("phone", "email", "text")
    ways = [
        actions.write(person, About.CHECK_IN, key=way, by=None, at=make.NOON, only=way).way for way in Way
    ]
    assert ways == [Way.PHONE, Way.TEXT, Way.EMAIL, None]
    assert sorted(Message.objects.values_list("channel", flat=True)) == ["email", "text"]


def test_who_wants_to_be_rung_is_sent_nothing_and_a_call_is_owed() -> None:
    written = make.written(make.reachable("phone", "text", best_time="After the school run"))
    assert (written.call_owed, written.best_time) == (True, "After the school run")
    assert not Message.objects.exists()


def test_who_allows_no_way_is_left_alone() -> None:
    assert make.written(make.reachable()).way is None
    assert make.written(persons.page_of("nobody")).way is None
    assert not Message.objects.exists()


def test_never_against_stop_but_by_another_way_they_allow() -> None:
    stop(Channel.TEXT, "+447700900123", by="them", at=make.NOON)
    assert make.written(make.reachable("text", name="sam")).way is None
    assert make.written(make.reachable("text", "email"), key="hello:2").way == Way.EMAIL


@pytest.mark.parametrize("said", [{"phone": "020 7946 0123"}, {"phone": ""}])
def test_a_number_that_takes_no_texts_is_passed_over(said: dict[str, str]) -> None:
    assert make.written(make.reachable("text", "email", **said)).way == Way.EMAIL


def test_their_own_words_open_it_only_where_they_allowed_them() -> None:
    lena = {"word_to_leave": "It is Lena from the choir"}
    silent, speaking = make.reachable("text", **lena), make.reachable("text", name="sam", **lena)
    reach(speaking, {"may_leave_word": True})
    assert make.letter(silent).message.body.startswith("Hello. How are you")
    assert make.letter(speaking, key="hello:2").message.body.startswith("It is Lena from the choir. How are")


def test_an_email_names_nobody_and_nothing_in_its_subject() -> None:
    message = make.letter(make.reachable("email"), About.MISSED).message
    assert message.subject == "A hello"
    assert "Pat" not in message.subject + message.body


def test_words_that_would_tell_are_not_sent() -> None:
    person = make.reachable("text")
    with pytest.raises(ValueError, match="tell"):
        actions.write(
            person, About.PAGE, key="k", by=None, at=make.NOON, words=Words("Hello", "Your clinic wrote.")
        )


def test_an_occasion_is_written_for_once() -> None:
    person = make.reachable("text", "email")
    first, second = make.written(person), make.written(person)
    assert first.letter == second.letter
    assert (Letter.objects.count(), Message.objects.count()) == (1, 1)


def test_what_is_due_in_the_night_waits_for_the_morning() -> None:
    written = make.written(make.reachable("text"), at=make.NIGHT)
    assert written.letter
    assert due(written.letter.message) == [MORNING]


def test_no_worker_sends_it_in_the_night_even_when_a_lost_job_is_picked_up() -> None:
    written = make.written(make.reachable("text"), at=make.NIGHT)
    assert written.letter
    message, provider = written.letter.message, Provider()
    with pytest.raises(Passing) as passing:
        deliver(message.pk, by="worker", at=make.NIGHT, adapter=lambda _name: provider)
    assert make.NIGHT + timedelta(seconds=passing.value.after) >= MORNING
    assert provider.taken == []
    assert keeping.pick_up(at=make.NIGHT + timedelta(hours=1)) == 0  # its job waits for the morning
    deliver(message.pk, by="worker", at=MORNING, adapter=lambda _name: provider)
    assert len(provider.taken) == 1


def test_a_letter_by_post_does_not_wait() -> None:
    written = make.written(make.reachable("letter"), at=make.NIGHT)
    assert written.letter
    assert due(written.letter.message) == [None]


def test_what_waits_is_taken_back_when_they_close_that_way() -> None:
    person, other = make.reachable("text"), make.reachable("email", name="sam")
    closed = make.written(person, at=make.NIGHT).letter
    open_still = make.written(other, key="hello:2", at=make.NIGHT).letter
    assert closed
    assert open_still
    reach(person, {"ways": ["email"]})
    assert [actions.take_back(at=make.NIGHT), actions.take_back(at=make.NIGHT)] == [1, 0]
    closed.message.refresh_from_db()
    open_still.message.refresh_from_db()
    assert (closed.message.status, open_still.message.status) == (Status.CANCELLED, Status.QUEUED)


def test_what_waits_for_an_old_number_is_taken_back() -> None:
    person = make.reachable("text")
    make.written(person, at=make.NIGHT)
    reach(person, {"phone": "07700 900456"})
    assert actions.take_back(at=make.NIGHT) == 1


def test_what_is_written_while_the_clock_looks_is_let_be() -> None:
    """A letter that comes between the clock's two questions was once taken for one that nobody allowed."""
    person, other = make.reachable("text"), make.reachable("email", name="sam")
    make.written(person, at=make.NIGHT)
    between: list[Written] = []
    asked: list[str] = []

    def ask(execute: Callable[..., object], sql: str, *rest: object) -> object:
        answer = execute(sql, *rest)
        if not asked and Contact._meta.db_table in sql:
            asked.append(sql)
            between.append(make.written(other, key="hello:2", at=make.NIGHT))
        return answer

    with connection.execute_wrapper(ask):
        assert actions.take_back(at=make.NIGHT) == 0
    assert set(Message.objects.values_list("status", flat=True)) == {Status.QUEUED}
    assert [written.way for written in between] == [Way.EMAIL]


def test_a_worker_writes_as_far_as_they_are_let_in() -> None:
    """Under the walls: who sees how to reach the person may write; who does not finds no way open."""
    person = make.reachable("text")
    lena, omar = persons.worker("lena"), persons.worker("omar", at_place="Another Surgery")
    persons.shared(person, Part.CONTACT, organization=persons.organization())
    persons.shared(person, Part.STORY, organization=persons.organization("Another Surgery"))
    ways = []
    for number, worker in enumerate((omar, lena)):
        with acting(worker, at=make.NOON):
            written = actions.write(person, About.RING, key=f"ring:{number}", by=worker, at=make.NOON)
        ways.append(written.way)
    assert ways == [None, Way.TEXT]
    assert Event.objects.filter(person=person, kind=Kind.MESSAGE, happened_by=lena).count() == 1
