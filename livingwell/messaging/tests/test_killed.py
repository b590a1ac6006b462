"""A worker that is killed outright, between the provider's yes and our own note of it, sends nothing twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection

from livingwell.messaging import actions
from livingwell.messaging.actions.keeping import pick_up
from livingwell.messaging.models import Channel, Message, Move, Status
from livingwell.messaging.tests import standin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from livingwell.messaging.tests.standin import Standin

DUE = 40
KILLED_AT = (3, 17)


def worker(provider: Standin) -> subprocess.Popen[bytes]:
    parts = urlsplit(os.environ["DATABASE_URL"])
    database = urlunsplit(parts._replace(path=f"/{connection.settings_dict['NAME']}"))
    surroundings = {
        "DATABASE_URL": database,
        "LIVINGWELL_ENVIRONMENT": "test",
        "MESSAGES_TEXT": "notify",
        "MESSAGES_TIMEOUT": "1",
        "MESSAGES_FIRST_WAIT": "0",
        "NOTIFY_URL": provider.address,
        "NOTIFY_API_KEY": standin.KEY,
        "NOTIFY_TEXT_TEMPLATE": "f33517ff-2a88-4f6e-b855-c550268ce08a",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "livingwell", "procrastinate", "worker", "--concurrency", "2"],
        env={**os.environ, **surroundings},
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@pytest.fixture
def empty_outbox(transactional_db: None) -> Iterator[None]:
    """This test commits: what it leaves in tables that nobody else empties goes with it."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_events; DELETE FROM procrastinate_jobs")
        cursor.execute("DELETE FROM procrastinate_workers")


@pytest.mark.usefixtures("empty_outbox")
def test_each_message_is_found_exactly_once_after_the_worker_was_killed_twice() -> None:
    for number in range(DUE):
        actions.send(
            channel=Channel.TEXT, to="07700 900123", subject="", body=f"Number {number}", key=f"due:{number}",
            at=datetime.now(UTC), by="test",
        )  # fmt: skip
    with standin.running() as provider:
        running: list[subprocess.Popen[bytes]] = []

        def kill(count: int) -> None:
            if count in KILLED_AT:
                os.killpg(running[-1].pid, signal.SIGKILL)

        provider.before_answer = kill
        try:
            for _ in range(len(KILLED_AT)):
                running.append(worker(provider))
                assert running[-1].wait(timeout=30) == -signal.SIGKILL
                assert Message.objects.filter(status=Status.SENDING).exists()
                pick_up(at=datetime.now(UTC) + timedelta(minutes=2))
            running.append(worker(provider))
            _wait_until_nothing_waits()
        finally:
            for each in running:
                if each.poll() is None:
                    os.killpg(each.pid, signal.SIGTERM)
                    each.wait(timeout=15)
    found = Counter(each["said"]["personalisation"]["body"] for each in provider.taken)
    assert found == {f"Number {number}": 1 for number in range(DUE)}
    assert set(Message.objects.values_list("status", flat=True)) == {Status.SENT}
    assert Message.objects.filter(attempts__gt=1).count() >= len(KILLED_AT)
    assert Move.objects.filter(status=Status.SENT).count() == DUE


def _wait_until_nothing_waits() -> None:
    for _ in range(300):
        if not Message.objects.waiting().exists():
            return
        time.sleep(0.1)
    raise AssertionError(Counter(Message.objects.values_list("status", "attempts", "problem")))
