"""What is done about introductions without anybody pressing a button."""

from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from livingwell.referrals import actions


@app.periodic(cron="10 6 * * *")
@app.task(queueing_lock="introductions-back", pass_context=False)
def bring_back(timestamp: int) -> None:
    """Each morning: what nobody has answered comes back to whoever sees to it."""
    actions.bring_back(at=timezone.now())


@app.periodic(cron="20 10 * * *")
@app.task(queueing_lock="introductions-helped", pass_context=False)
def ask_whether_it_helped(timestamp: int) -> None:
    """Each forenoon: a fortnight after they met somebody, people are asked whether it helped."""
    actions.ask_whether_it_helped(at=timezone.now())


@app.task
def tell(referral: str, news: str, by: str) -> None:
    """That an introduction came back, or waits, to those it concerns. Deferred with what happened; safe to repeat."""
    actions.tell(UUID(referral), actions.News(news), by=UUID(by) if by else None, at=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="introductions-without-consent", pass_context=False)
def stop_without_consent(timestamp: int) -> None:
    """Each minute: what rests on a consent that has ended is stopped. Nobody could read it since that moment."""
    actions.withdraw_without_consent(at=timezone.now())
