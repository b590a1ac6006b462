"""The worker's part in sending: carry what waits, find what a dead worker left, erase what is no longer needed."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from procrastinate import BaseRetryStrategy, RetryDecision, RetryStrategy
from procrastinate.contrib.django import app

from livingwell.messaging.actions import delivering, keeping, news
from livingwell.messaging.adapters.port import Passing

if TYPE_CHECKING:
    from procrastinate.jobs import Job

WORKER: Final = "worker"
LONGEST: Final = 4 * 3600


class BackOff(BaseRetryStrategy):
    """Twice as long after each try, from half a minute on, half of it by chance so that not all come back at once."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if not isinstance(exception, Passing):
            return None
        wait = min(settings.MESSAGES_FIRST_WAIT * 2**job.attempts, LONGEST)
        seconds = exception.after + wait * random.uniform(0.5, 1.5)  # noqa: S311 - spreads load, keeps no secret
        return RetryDecision(retry_in={"seconds": int(seconds)})


@app.task(retry=BackOff())
def deliver(message: str) -> None:
    delivering.deliver(UUID(message), by=WORKER, at=timezone.now())


@app.task(retry=RetryStrategy(max_attempts=5, exponential_wait=5))
def handle(inbound: str) -> None:
    news.handle(UUID(inbound), at=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="pick_up_messages")
def pick_up_messages(timestamp: int) -> None:
    """A job whose worker died is nobody's: its message gets a new one."""
    keeping.pick_up(at=timezone.now())


@app.periodic(cron="41 3 * * *")
@app.task(queueing_lock="erase_messages")
def erase_messages(timestamp: int) -> None:
    keeping.erase_old(at=timezone.now(), after=timedelta(days=settings.MESSAGES_KEPT_DAYS), by=WORKER)
