"""Keeping the order of changes up to date where no system asks."""

from procrastinate.contrib.django import app

from livingwell.exchange import actions


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="exchange-settle", pass_context=False)
def settle_changes(timestamp: int) -> None:
    """Each minute: what changed gets its place in the order."""
    actions.settle_all()
