"""What is done about keeping in touch without anybody pressing a button. Each may be begun again at any point."""

from uuid import UUID

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from livingwell.recall import actions


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="check-ins-due")
def ask_due(timestamp: int) -> None:
    """Each minute: ask what is due by now."""
    actions.ask_due(at=timezone.now())


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="check-ins-silent")
def see_to_silences(timestamp: int) -> None:
    """Every ten minutes: do what was chosen where two questions got no answer."""
    actions.see_to_silences(at=timezone.now())


@app.periodic(cron="5 6 * * *")
@app.task(queueing_lock="hard-days-near")
def bring_up_hard_days(timestamp: int) -> None:
    """Each morning: hard days come up as many days before as was chosen."""
    actions.bring_up_hard_days(at=timezone.now())


@app.periodic(cron="15 8 * * *")
@app.task(queueing_lock="steps-to-ask-about")
def remind_of_steps(timestamp: int) -> None:
    """Each morning: remind those who wanted to be asked again today."""
    actions.remind_of_steps(at=timezone.now())


@app.task(retry=RetryStrategy(max_attempts=5, exponential_wait=5))
def see_to_missed(missed: str) -> None:
    """Somebody did not come: see to it that they are rung."""
    actions.see_to_missed(UUID(missed), at=timezone.now())


@app.task(retry=RetryStrategy(max_attempts=5, exponential_wait=5))
def close_hidden(said: str) -> None:
    """Somebody does not want to be rung: close what whoever noted it could not see."""
    actions.close_hidden(UUID(said))
