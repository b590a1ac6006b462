"""Keeping the order of changes up to date where nobody asks for them."""

from procrastinate.contrib.django import app

from livingwell.opendata import actions


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="settle_changes")
def settle_changes(timestamp: int) -> None:
    actions.settle_all()
