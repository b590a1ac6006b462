"""Who hears that an introduction came back: each once, without a word about whom."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from livingwell.consent.actions import withdraw
from livingwell.consent.models import Consent, How, Part, Way
from livingwell.consent.tests import make as persons
from livingwell.contacting.models import About, Letter
from livingwell.contacting.tests import make as contacting
from livingwell.linkwork.tests import make as walking
from livingwell.messaging.actions import news
from livingwell.messaging.models import Inbound, Message
from livingwell.messaging.models import Status as Sent
from livingwell.referrals import actions
from livingwell.referrals.models import Because, Helped, Status, Through, Weight
from livingwell.referrals.tests import make

if TYPE_CHECKING:
    from livingwell.referrals.models import Referral

pytestmark = pytest.mark.django_db
NOW = make.NOW
TASK = "livingwell.referrals.tasks.tell"


def carried_out(times: int = 1) -> None:
    """What a worker does with the jobs that were deferred, as often as it may have to."""
    for job in ProcrastinateJob.objects.filter(task_name=TASK):
        news, by = actions.News(job.args["news"]), job.args["by"]
        for _time in range(times):
            actions.tell(UUID(job.args["referral"]), news, by=UUID(by) if by else None, at=NOW)


def told() -> list[str]:
    rows = Message.objects.exclude(key__endswith=":asked").order_by("to").values_list("to", flat=True)
    return list(rows)


def declined() -> Referral:
    referral = make.sent(walking.own_page_with(persons.worker()))
    actions.decline(referral, Because.FULL, by=None, through=Through.LINK, at=NOW)
    return referral


def test_the_lead_link_worker_hears_once_that_it_was_declined_without_a_word_of_whom() -> None:
    referral = declined()
    carried_out(times=2)
    assert told() == [persons.worker().email]
    message = Message.objects.get(to=persons.worker().email)
    for words in (referral.person.called, "Choir", "Singing", "full"):
        assert words not in message.subject + message.body
    assert Letter.objects.get(message=message).receiver == str(persons.worker())


def test_who_sent_it_hears_that_nobody_answered() -> None:
    lena = persons.worker()
    person = persons.kept_with(lena)
    referral = actions.draft(
        person, make.choir(), weight=Weight.WARM, said=[("Call me", "Mo")], by=lena, at=NOW
    )
    actions.approve_and_send(
        referral, parts=[Part.CONTACT], how=How.PHONE, said="Yes", by=lena, at=NOW, site=make.SITE
    )
    actions.bring_back(at=datetime(2026, 12, 3, 6, tzinfo=UTC))
    carried_out()
    assert told() == [lena.email]


def test_whoever_stopped_it_hears_nothing_of_it_and_the_link_worker_does() -> None:
    referral = make.sent(walking.own_page_with(persons.worker()))
    assert referral.person.account
    actions.withdraw(referral, by=referral.person.account, at=NOW)
    carried_out()
    assert told() == [persons.worker().email]


def test_what_was_never_sent_is_no_news() -> None:
    referral = make.draft()
    assert referral.person.account
    actions.withdraw(referral, by=referral.person.account, at=NOW)
    assert not ProcrastinateJob.objects.filter(task_name=TASK).exists()


def test_a_link_worker_who_may_not_see_it_any_more_hears_nothing() -> None:
    referral = declined()
    assert referral.person.account
    for consent in Consent.objects.live(NOW).filter(organization=persons.organization()):
        withdraw(consent, by=referral.person.account, at=NOW - timedelta(minutes=1))
    carried_out()
    assert told() == []


@pytest.mark.parametrize("news", ["declined", "waits", "unanswered"])
def test_the_person_hears_of_it_once_in_the_way_they_chose(news: str) -> None:
    referral = make.sent(contacting.reachable(Way.TEXT))
    match news:
        case "declined":
            actions.decline(referral, Because.FULL, by=None, through=Through.LINK, at=NOW)
        case "waits":
            actions.wait(referral, 6, by=None, through=Through.LINK, at=NOW)
        case _:
            actions.bring_back(at=datetime(2026, 12, 3, 6, tzinfo=UTC))
    carried_out(times=2)
    assert Letter.objects.filter(person=referral.person, about=About.INTRODUCTION, receiver="").count() == 1
    words = Message.objects.get(to__endswith="7700900123").body
    assert "There is an answer for you" in words
    assert "Choir" not in words


def test_whoever_wants_no_messages_gets_none() -> None:
    referral = make.sent(contacting.reachable())
    actions.decline(referral, Because.FULL, by=None, through=Through.LINK, at=NOW)
    carried_out()
    assert told() == []


def test_a_fortnight_after_they_met_the_person_is_asked_once_whether_it_helped() -> None:
    referral = make.sent(contacting.reachable(Way.TEXT))
    actions.met(referral, by=None, through=Through.LINK, at=NOW)
    assert actions.ask_whether_it_helped(at=NOW + timedelta(days=13)) == 0
    assert actions.ask_whether_it_helped(at=NOW + timedelta(days=14)) == 1
    assert actions.ask_whether_it_helped(at=NOW + timedelta(days=15)) == 0
    message = Message.objects.get(to__endswith="7700900123")
    assert "Did it help?" in message.body
    assert len(message.body) <= 160


@pytest.mark.parametrize(("text", "said"), [("YES", Helped.YES), ("no", Helped.NO)])
def test_whether_it_helped_can_be_answered_by_text(text: str, said: Helped) -> None:
    referral = make.sent(contacting.reachable(Way.TEXT))
    actions.met(referral, by=None, through=Through.LINK, at=NOW)
    actions.ask_whether_it_helped(at=NOW + timedelta(days=14))
    Message.objects.filter(key=f"introduction:{referral.pk}:helped").update(status=Sent.SENT)
    inbound = Inbound.objects.create(
        provider="twilio",
        reference="one",
        sender="+447700900123",
        body=text,
        received_at=NOW + timedelta(days=15),
    )
    for _time in range(2):
        news.handle(inbound.pk, at=NOW + timedelta(days=15))
    referral.refresh_from_db()
    assert (referral.status, referral.helped) == (Status.CLOSED, said)
    assert referral.moves.get(after=Status.CLOSED).through == Through.TEXT


def test_whoever_said_so_already_is_not_asked() -> None:
    referral = make.sent(contacting.reachable(Way.TEXT))
    assert referral.person.account
    actions.met(referral, by=None, through=Through.LINK, at=NOW)
    actions.helped(referral, Helped.YES, by=referral.person.account, at=NOW)
    assert actions.ask_whether_it_helped(at=NOW + timedelta(days=14)) == 0
