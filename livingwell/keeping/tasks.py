"""What is done by itself each day: asking those who know, and looking over what silence has done."""

import logging

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from livingwell.keeping.actions import answers, asking, private, reports

log = logging.getLogger(__name__)


@app.periodic(cron="10 9 * * 1-5")
@app.task(queueing_lock="ask_those_who_know")
def ask_those_who_know(timestamp: int) -> None:
    """On working mornings, so that whoever is asked is there."""
    if not settings.SITE_URL:
        log.warning(
            "Nobody was asked whether entries are right: set SITE_URL, so that there is a link to send."
        )
        return
    asking.ask_those_who_know(site=settings.SITE_URL, at=timezone.now())


@app.periodic(cron="40 3 * * *")
@app.task(queueing_lock="look_over_entries")
def look_over_entries(timestamp: int) -> None:
    asking.look_over(at=timezone.now())
    answers.look_at_room(at=timezone.now())
    private.silence_all()


@app.periodic(cron="25 3 * * *")
@app.task(queueing_lock="forget_reports")
def forget_reports(timestamp: int) -> None:
    reports.forget(at=timezone.now())
