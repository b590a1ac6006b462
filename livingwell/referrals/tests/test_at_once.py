"""Introductions: what happens when two act at once, and at the border of a day or of a link."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from livingwell.consent.tests import make as persons
from livingwell.core.dates import day_of
from livingwell.core.errors import Refusal
from livingwell.core.tests.at_once import at_once
from livingwell.directory.days import Calendar
from livingwell.referrals import actions
from livingwell.referrals.acting import by_link
from livingwell.referrals.models import Because, Link, Move, Referral, Through
from livingwell.referrals.queries import received_by_link
from livingwell.referrals.tests import make

pytestmark = pytest.mark.django_db
NOW = make.NOW


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_once_one_counts() -> None:
    referral = make.sent()

    def answer(number: int) -> str:
        later = datetime.now(UTC)
        try:
            with transaction.atomic():
                found = Referral.objects.get(pk=referral.pk)
                if number % 2:
                    actions.decline(found, Because.FULL, by=None, through=Through.LINK, at=later)
                else:
                    actions.accept(found, by=None, through=Through.LINK, at=later)
        except Refusal:
            return "refused"
        return "done"

    answers = at_once(answer, range(8))
    moves = sorted(Move.objects.filter(referral=referral).values_list("before", "after"))
    assert moves in (
        [("draft", "sent"), ("sent", "accepted")],
        [("draft", "sent"), ("sent", "declined")],
        [("accepted", "declined"), ("draft", "sent"), ("sent", "accepted")],
    )
    assert "done" in answers


@pytest.mark.django_db(transaction=True)
def test_of_a_yes_and_a_stop_at_once_nothing_is_told_after_the_stop() -> None:
    referral = make.sent()
    account = referral.person.account
    assert account

    def act(number: int) -> str:
        try:
            with transaction.atomic():
                found = Referral.objects.get(pk=referral.pk)
                if number % 2:
                    actions.withdraw(found, by=account, at=NOW)
                else:
                    actions.accept(found, by=None, through=Through.LINK, at=NOW)
        except Refusal:
            return "refused"
        return "done"

    at_once(act, range(8))
    moves = set(Move.objects.filter(referral=referral).values_list("before", "after"))
    assert moves in (
        {("draft", "sent"), ("sent", "withdrawn")},
        {("draft", "sent"), ("sent", "accepted"), ("accepted", "withdrawn")},
        {("draft", "sent"), ("sent", "accepted")},
    )
    assert Move.objects.filter(referral=referral).count() == len(moves)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_write_to_one_service_at_once_one_introduction_comes() -> None:
    person, service = persons.page_of(), make.choir()

    def write(_number: int) -> str:
        try:
            make.draft(person, service)
        except Refusal:
            return "refused"
        return "done"

    answers = at_once(write, range(6))
    assert answers.count("done") == 1
    assert Referral.objects.count() == 1


def test_a_link_opens_until_its_last_moment_and_not_after() -> None:
    referral = make.sent()
    link = Link.objects.get(referral=referral)
    with by_link(link.secret, at=link.until - timedelta(microseconds=1)):
        assert received_by_link() is not None
    with by_link(link.secret, at=link.until):
        assert received_by_link() is None


@given(st.integers(0, 2 * 365 * 24 * 60))
def test_the_last_day_for_an_answer_is_counted_from_the_day_in_london(minutes: int) -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    calendar, here = Calendar(), moment.astimezone(ZoneInfo("Europe/London"))
    day = day_of(moment)
    assert day == here.date()
    last = calendar.working_days_after(day, 5)
    assert last.weekday() < 5
    assert not calendar.bank_holiday(last)
    assert timedelta(days=5) <= last - day <= timedelta(days=13)
