"""A message is asked for once, leaves once, and what breaks on the way is known."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from procrastinate.jobs import Job

from livingwell.core.errors import Refusal
from livingwell.messaging import actions
from livingwell.messaging.actions.delivering import MOST_ATTEMPTS, deliver
from livingwell.messaging.actions.keeping import erase_old, pick_up
from livingwell.messaging.adapters.port import Passing, Refused, Unclear
from livingwell.messaging.models import Channel, Message, Status
from livingwell.messaging.tasks import BackOff
from livingwell.messaging.tests.make import MOBILE, NOW, Provider, queued

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=5)


def jobs() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'livingwell.messaging.tasks.deliver'"
        )
        return int(cursor.fetchone()[0])


def carry(message: Message, provider: Provider, at: object = NOW) -> Message:
    deliver(message.pk, by="worker", at=at, adapter=lambda _name: provider)  # type: ignore[arg-type]
    message.refresh_from_db()
    return message


def test_a_message_waits_with_a_job_and_its_number_in_one_form() -> None:
    message = queued()

    assert (message.status, message.to, message.attempts) == (Status.QUEUED, "+447700900123", 0)
    assert jobs() == 1


def test_the_same_key_is_never_sent_twice() -> None:
    assert queued().pk == queued().pk
    assert (Message.objects.count(), jobs()) == (1, 1)


def test_what_is_rolled_back_is_not_sent() -> None:
    with transaction.atomic():
        queued()
        transaction.set_rollback(True)
    assert (Message.objects.count(), jobs()) == (0, 0)


def test_a_carried_message_is_sent_and_remembers_each_step() -> None:
    provider = Provider()
    message = carry(queued(), provider)

    assert (message.status, message.reference) == (Status.SENT, "its-1")
    assert [move.status for move in message.moves.order_by("pk")] == ["queued", "sending", "sent"]
    assert provider.taken[0].reference == str(message.pk)
    carry(message, provider, LATER)
    assert len(provider.taken) == 1


def test_a_passing_fault_is_tried_again_and_a_lasting_one_is_not() -> None:
    provider = Provider(answers=[Passing("They are busy.", after=9)])
    message = queued()
    with pytest.raises(Passing):
        carry(message, provider)
    message.refresh_from_db()
    assert (message.status, message.problem) == (Status.QUEUED, "They are busy.")
    assert carry(message, provider, LATER).status == Status.SENT

    refused = carry(queued("occasion:2"), Provider(answers=[Refused("No such number.")]))
    assert (refused.status, refused.problem) == (Status.FAILED, "No such number.")


def test_after_enough_tries_it_is_over() -> None:
    message = queued()
    provider = Provider(answers=[Passing("Busy.")] * MOST_ATTEMPTS)
    for _ in range(MOST_ATTEMPTS - 1):
        with pytest.raises(Passing):
            carry(message, provider)
    assert carry(message, provider).status == Status.FAILED


def test_what_broke_off_is_looked_up_before_it_is_sent_again() -> None:
    message = queued()
    broken = Provider(answers=[Unclear("No answer came.")])
    with pytest.raises(Passing):
        carry(message, broken)
    known = carry(message, Provider(finds="theirs"), LATER)
    assert (known.status, known.reference, known.in_doubt) == (Status.SENT, "theirs", False)


def test_a_doubt_outlives_further_faults_until_it_is_settled() -> None:
    message = queued()
    with pytest.raises(Passing):
        carry(message, Provider(answers=[Unclear("No answer came.")]))
    with pytest.raises(Passing):
        carry(message, Provider(finds=Passing("Busy.")), LATER)
    provider = Provider(finds=None)
    assert carry(message, provider, LATER).status == Status.SENT
    assert len(provider.taken) == 1


def test_where_nobody_can_say_whether_it_went_a_person_decides() -> None:
    message = queued()
    with pytest.raises(Passing):
        carry(message, Provider(answers=[Unclear("No answer came.")]))
    provider = Provider(finds=Unclear("They keep no list."))
    assert carry(message, provider, LATER).status == Status.UNKNOWN
    assert provider.taken == []
    assert list(Message.objects.for_a_person()) == [message]


def test_who_stopped_is_not_written_to_until_they_start_again() -> None:
    waiting = queued()
    actions.stop(Channel.TEXT, "+447700900123", by="them", at=NOW)
    with pytest.raises(Refusal, match="asked us to send nothing more"):
        queued("occasion:2")
    assert carry(waiting, Provider()).status == Status.CANCELLED
    actions.start(Channel.TEXT, "+447700900123", by="them", at=NOW)
    assert carry(queued("occasion:3"), Provider()).status == Status.SENT


def test_a_stop_that_only_the_provider_knew_is_kept_here_too() -> None:
    carry(queued(), Provider(answers=[Refused("They said STOP.", stopped=True)]))
    assert actions.is_stopped(Channel.TEXT, "+447700900123")


def test_what_has_not_left_can_be_taken_back() -> None:
    message = queued()
    assert actions.cancel(message.key, by="editor", at=LATER)
    assert not actions.cancel(message.key, by="editor", at=LATER)
    assert carry(message, Provider()).status == Status.CANCELLED


@pytest.mark.parametrize(
    ("channel", "to", "subject", "body"),
    [
        (Channel.TEXT, "020 7946 0018", "", "words"),
        (Channel.TEXT, MOBILE, "", " "),
        (Channel.EMAIL, "nobody", "Subject", "words"),
        (Channel.EMAIL, "name@example.com", "", "words"),
        (Channel.LETTER, "one line", "Subject", "words"),
    ],
)
def test_what_cannot_be_sent_is_refused(channel: Channel, to: str, subject: str, body: str) -> None:
    with pytest.raises(Refusal):
        actions.send(channel=channel, to=to, subject=subject, body=body, key="k", at=NOW, by="test")


def test_a_message_that_is_to_be_forgotten_is_empty_once_it_is_sent() -> None:
    message = carry(queued(forget=True), Provider())
    assert (message.to, message.body, message.erased_by) == ("", "", "worker")


def test_old_messages_are_erased_and_waiting_ones_are_not() -> None:
    old = carry(queued(), Provider())
    waiting = queued("occasion:2")
    assert erase_old(at=NOW + timedelta(days=31), after=timedelta(days=30), by="worker") == 1
    old.refresh_from_db()
    waiting.refresh_from_db()
    assert (old.to, old.body) == ("", "")
    assert waiting.body


def test_what_was_to_be_forgotten_is_forgotten_even_if_nobody_knows_whether_it_went() -> None:
    message = queued(forget=True)
    Message.objects.filter(pk=message.pk).update(status=Status.UNKNOWN)
    assert erase_old(at=LATER, after=timedelta(days=30), by="worker") == 0
    assert erase_old(at=NOW + timedelta(hours=25), after=timedelta(days=30), by="worker") == 1
    message.refresh_from_db()
    assert (message.status, message.to) == (Status.CANCELLED, "")


def test_waits_double_with_chance_in_them_and_only_passing_faults_are_tried_again() -> None:
    def seconds(attempts: int, fault: Exception) -> float | None:
        job = Job(id=1, queue="default", lock=None, queueing_lock=None, task_name="t", attempts=attempts)
        decision = BackOff().get_retry_decision(exception=fault, job=job)
        return (
            (decision.retry_at - datetime.now(UTC)).total_seconds()
            if decision and decision.retry_at
            else None
        )

    for attempts in range(9):
        wait = seconds(attempts, Passing("Busy.", after=60))
        assert wait is not None
        usual = 30 * 2**attempts
        assert 60 + usual * 0.5 - 3 <= wait <= 60 + usual * 1.5 + 3
    assert seconds(0, ValueError()) is None


def test_a_message_whose_job_is_gone_gets_a_new_one() -> None:
    queued()
    assert pick_up(at=LATER) == 0
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")
    assert pick_up(at=LATER) == 1
