"""What is done about messages to persons without anybody pressing a button."""

from django.utils import timezone
from procrastinate.contrib.django import app

from livingwell.contacting import actions


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="letters-taken-back", pass_context=False)
def take_back(timestamp: int) -> None:
    """Each minute: what waits although its person has closed that way since is not sent."""
    actions.take_back(at=timezone.now())
