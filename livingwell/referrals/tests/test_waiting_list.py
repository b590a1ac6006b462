"""A yes with a wait: said by a receiver, shown to everybody it concerns, asked after when the weeks are over."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from livingwell.consent.tests import make as persons
from livingwell.core.errors import Refusal
from livingwell.linkwork.tests import make as walking
from livingwell.people.tests.make import signed_in
from livingwell.referrals import actions
from livingwell.referrals.models import MOST_WEEKS, Because, Referral, Status, Through
from livingwell.referrals.tests import make

pytestmark = pytest.mark.django_db
NOW = make.NOW


def waiting(weeks: int = 6) -> Referral:
    referral = make.sent(walking.own_page_with(persons.worker()))
    actions.wait(referral, weeks, by=None, through=Through.LINK, at=NOW)
    referral.refresh_from_db()
    return referral


def test_a_receiver_says_by_a_code_that_there_is_a_wait_and_everybody_sees_it() -> None:
    referral = make.sent()
    person = referral.person
    assert person.account
    client = Client()
    path = client.post("/answer/", {"code": actions.code_for(referral, by=person.account, at=NOW)})[
        "Location"
    ]
    assert client.post(path, {"say": "wait", "weeks": ""}).status_code == 422
    assert client.post(path, {"say": "wait", "weeks": "6"}).status_code == 302
    referral.refresh_from_db()
    assert (referral.status, referral.wait_weeks) == (Status.ACCEPTED, 6)
    assert "on your waiting list, for about 6 weeks" in client.get(path).content.decode()
    own = signed_in(person.account).get(f"/page/{person.pk}/introductions/{referral.pk}/").content.decode()
    assert "There is a wait of about 6 weeks" in own
    assert "Show me what else is around" in own
    inbox = signed_in(persons.worker("sol", at_place="Singing Neighbours")).get("/introductions/")
    assert "On your waiting list, about 6 weeks" in inbox.content.decode()


def test_a_receiver_says_so_in_the_inbox() -> None:
    referral = make.sent()
    receiver = signed_in(persons.worker("sol", at_place="Singing Neighbours"))
    assert receiver.post(f"/introductions/{referral.pk}/", {"say": "wait", "weeks": "1"}).status_code == 302
    assert "about 1 week." in receiver.get(f"/introductions/{referral.pk}/").content.decode()


def test_it_does_not_come_back_as_unanswered_but_once_the_weeks_are_over() -> None:
    referral = waiting()
    assert referral.ask_on == date(2027, 1, 6)
    assert actions.bring_back(at=datetime(2027, 1, 5, 12, tzinfo=UTC)) == 0
    assert actions.bring_back(at=datetime(2027, 1, 6, 6, tzinfo=UTC)) == 1
    assert actions.bring_back(at=datetime(2027, 1, 7, 6, tzinfo=UTC)) == 0
    referral.refresh_from_db()
    assert (referral.status, referral.owner.name) == (Status.ACCEPTED, persons.worker().name)


def test_a_new_wait_is_asked_after_anew() -> None:
    referral = waiting(1)
    assert actions.bring_back(at=NOW + timedelta(weeks=1)) == 1
    actions.wait(referral, 2, by=None, through=Through.LINK, at=NOW + timedelta(weeks=1))
    assert actions.bring_back(at=NOW + timedelta(weeks=2)) == 0
    assert actions.bring_back(at=NOW + timedelta(weeks=3)) == 1


def test_whoever_is_rung_or_stopped_waits_no_longer() -> None:
    referral = waiting()
    actions.contacted(referral, by=None, through=Through.LINK, at=NOW)
    referral.refresh_from_db()
    assert (referral.wait_weeks, referral.ask_on) == (None, None)
    with pytest.raises(Refusal, match="in touch already"):
        actions.wait(referral, 3, by=None, through=Through.LINK, at=NOW)
    other = make.sent(persons.page_of("olive"), make.choir("Another", at_place="Other Singers"))
    actions.wait(other, 3, by=None, through=Through.LINK, at=NOW)
    actions.decline(other, Because.FULL, by=None, through=Through.LINK, at=NOW)
    other.refresh_from_db()
    assert (other.status, other.wait_weeks) == (Status.DECLINED, None)


@pytest.mark.parametrize("weeks", [0, MOST_WEEKS + 1])
def test_a_wait_has_a_length_that_can_be_waited(weeks: int) -> None:
    with pytest.raises(Refusal, match="in weeks"):
        actions.wait(make.sent(), weeks, by=None, through=Through.LINK, at=NOW)


@pytest.mark.parametrize(
    "values",
    [
        {"ask_on": None},
        {"wait_weeks": 0},
        {"wait_weeks": MOST_WEEKS + 1},
        {"contacted_on": date(2026, 11, 26)},
        {"status": Status.MET},
    ],
)
def test_the_database_knows_what_a_wait_is(values: dict[str, object]) -> None:
    referral = waiting()
    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.filter(pk=referral.pk).update(**values)
