"""What is done about introductions without anybody pressing a button."""

from django.utils import timezone
from procrastinate.contrib.django import app

from livingwell.referrals import actions


@app.periodic(cron="10 6 * * *")
@app.task(queueing_lock="introductions-back", pass_context=False)
def bring_back(timestamp: int) -> None:
    """Each morning: what nobody has answered comes back to whoever sees to it."""
    actions.bring_back(at=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="introductions-without-consent", pass_context=False)
def stop_without_consent(timestamp: int) -> None:
    """Each minute: what rests on a consent that has ended is stopped. Nobody could read it since that moment."""
    actions.withdraw_without_consent(at=timezone.now())
