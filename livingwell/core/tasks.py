"""The nightly tidying of what every app shares."""

from django.utils import timezone
from procrastinate.contrib.django import app

from livingwell.core import actions


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="forget_old_counts")
def forget_old_counts(timestamp: int) -> None:
    actions.forget_old_counts(at=timezone.now())
