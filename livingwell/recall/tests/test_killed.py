"""A thousand reminders are due and the worker is killed outright, twice: each is asked, and texted, exactly once."""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from livingwell.consent.models import Contact, Person
from livingwell.messaging.actions.keeping import pick_up
from livingwell.messaging.models import Message
from livingwell.messaging.tests import standin
from livingwell.messaging.tests.test_killed import empty_outbox, worker
from livingwell.recall.models import Ask, CheckIn
from livingwell.recall.tests import make

if TYPE_CHECKING:
    import subprocess

    from livingwell.people.models import Account

__all__ = ["empty_outbox"]
DUE = 1000
KILLED_AT = (60, 500)
ASK = "livingwell.recall.tasks.ask_due"


def a_thousand_due(by: Account) -> None:
    """A thousand persons who want to be asked by text, each with a number and a question of their own."""
    now = timezone.now()
    people = [Person(id=uuid4(), called=f"P{number}", started_at=now, started_by=by) for number in range(DUE)]
    Person.objects.bulk_create(people)
    Contact.objects.bulk_create(
        Contact(person=person, ways=["text"], phone=f"07700 900{number:03}")
        for number, person in enumerate(people)
    )
    CheckIn.objects.bulk_create(
        CheckIn(
            person=person, way="text", every=7, hour=9, question=f"Question {number}?", silence="nothing",
            next_on=now.date() - timedelta(days=1), agreed_at=now, agreed_by=by,
        )
        for number, person in enumerate(people)
    )  # fmt: skip


def begin() -> None:
    """What the clock does each minute."""
    with suppress(AlreadyEnqueued):  # the dead worker's clock has done it
        app.configure_task(ASK).defer(timestamp=0)


@pytest.mark.usefixtures("empty_outbox")
def test_a_thousand_reminders_are_each_sent_once_though_the_worker_was_killed_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("QUIET_FROM", "00:00")
    monkeypatch.setenv("QUIET_UNTIL", "00:00")
    a_thousand_due(make.worker())
    begin()
    with standin.running() as provider:
        running: list[subprocess.Popen[bytes]] = []

        def kill(count: int) -> None:
            if count in KILLED_AT:
                os.killpg(running[-1].pid, signal.SIGKILL)

        provider.before_answer = kill
        try:
            for _ in KILLED_AT:
                running.append(worker(provider))
                assert running[-1].wait(timeout=60) == -signal.SIGKILL
                pick_up(at=datetime.now(UTC) + timedelta(minutes=2))
                begin()
            running.append(worker(provider))
            _wait_until_all_is_sent()
        finally:
            for each in running:
                if each.poll() is None:
                    os.killpg(each.pid, signal.SIGTERM)
                    each.wait(timeout=15)
    found = Counter(each["said"]["personalisation"]["body"].split(" Reply")[0] for each in provider.taken)
    assert found == {f"Hello. Question {number}?": 1 for number in range(DUE)}
    assert Ask.objects.count() == Message.objects.count() == DUE


def _wait_until_all_is_sent() -> None:
    for _ in range(900):
        if Message.objects.count() == DUE and not Message.objects.waiting().exists():
            return
        time.sleep(0.1)
    raise AssertionError(Counter(Message.objects.values_list("status", "attempts", "problem")))
