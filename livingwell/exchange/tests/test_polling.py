"""Who polls hears of each change once it is there, in an order in which nothing is skipped."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from livingwell.consent.acting import as_the_web_role
from livingwell.consent.actions import withdraw as withdraw_consent
from livingwell.exchange import actions
from livingwell.exchange.models import Change, Touch
from livingwell.exchange.tests.make import System
from livingwell.exchange.tests.test_giving import sent
from livingwell.referrals import actions as introducing
from livingwell.referrals.models import Because, Referral, Through

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

pytestmark = pytest.mark.django_db


def modified(referral: Referral) -> datetime:
    actions.settle_all()
    return Change.objects.get(referral_id=referral.pk).modified


def accept(referral: Referral) -> None:
    introducing.accept(referral, by=None, through=Through.LINK, at=timezone.now())


def end_consent(referral: Referral) -> None:
    assert referral.consent
    assert referral.person.account
    withdraw_consent(referral.consent, by=referral.person.account, at=timezone.now())


CHANGES: dict[str, Callable[[Referral], object]] = {
    "opened": lambda one: introducing.read(one, at=timezone.now()),
    "a yes": accept,
    "a wait": lambda one: introducing.wait(one, 4, by=None, through=Through.LINK, at=timezone.now()),
    "in touch": lambda one: introducing.contacted(one, by=None, through=Through.LINK, at=timezone.now()),
    "a no": lambda one: introducing.decline(
        one, Because.FULL, by=None, through=Through.LINK, at=timezone.now()
    ),
    "the consent is withdrawn": end_consent,
}


@pytest.mark.parametrize("what", CHANGES)
def test_each_change_is_one_of_the_task_and_of_no_other(what: str) -> None:
    one, other = sent(), sent("olive", service="Other choir")
    before, others = modified(one), modified(other)
    CHANGES[what](one)
    assert modified(one) > before
    assert modified(other) == others


def test_what_is_written_as_it_was_is_no_change() -> None:
    referral = sent()
    before = modified(referral)
    referral.refresh_from_db()
    referral.save()
    Referral.objects.update(owner=referral.owner)
    assert not Touch.objects.exists()
    assert modified(referral) == before


def test_the_role_that_serves_pages_has_changes_put_in_order_and_reads_none_of_the_notes() -> None:
    sent()
    with as_the_web_role(at=timezone.now()):
        assert actions.settle_all() > 0
        assert not Change.objects.exists()
        with pytest.raises(ProgrammingError), transaction.atomic():
            Touch.objects.exists()
    assert Change.objects.count() == 1


def test_no_two_changes_bear_the_same_moment() -> None:
    for number in range(8):
        sent(f"pat{number}", service=f"Choir {number}")
    actions.settle_all()
    moments = list(Change.objects.values_list("modified", flat=True))
    assert len(moments) == len(set(moments)) == 8


def polled(system: System, since: str, **asked: str) -> list[dict[str, Any]]:
    """Every Task that changed after a moment, over as many pages as it takes."""
    found: list[dict[str, Any]] = []
    page = json.loads(
        system.get("Task", {**({"_lastUpdated": f"gt{since}"} if since else {}), **asked}).content
    )
    while True:
        found += [entry["resource"] for entry in page.get("entry", [])]
        following = [link["url"] for link in page["link"] if link["relation"] == "next"]
        if not following:
            return found
        page = json.loads(system.get(following[0].partition("testserver")[2]).content)


@pytest.mark.django_db(transaction=True)
def test_a_slow_answer_that_began_earlier_is_told_later_and_not_never() -> None:
    """The trap of timestamps: what is stamped at ten and committed at twelve is missed by who reads at eleven."""
    slow, quick = sent(), sent("olive", service="Other choir")
    system = System(slow.organization)
    last = polled(system, "")[-1]["meta"]["lastUpdated"]
    wanted = {"dbname", "user", "host", "port", "password"}
    params = {name: value for name, value in connection.get_connection_params().items() if name in wanted}
    with psycopg.connect(**params) as other:
        other.execute("UPDATE referrals_referral SET read_on = '2026-11-26' WHERE id = %s", [slow.pk])
        accept(quick)
        first = polled(system, last)
        assert [one["id"] for one in first] == [str(quick.pk)]
        other.commit()
    second = polled(system, first[-1]["meta"]["lastUpdated"])
    assert [(one["id"], one["status"]) for one in second] == [(str(slow.pk), "received")]
    assert polled(system, second[-1]["meta"]["lastUpdated"]) == []


STEPS = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from(["opened", "a yes", "a wait", "poll"])), max_size=14
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS, st.integers(1, 3))
def test_whoever_polls_from_the_last_moment_they_saw_ends_with_what_is_there(
    steps: list[tuple[int, str]], size: int
) -> None:
    with transaction.atomic():
        made = [sent(f"pat{number}", service=f"Choir {number}") for number in range(4)]
        system = System(made[0].organization)
        known: dict[str, str] = {}
        last = ""

        def poll() -> None:
            nonlocal last
            for one in polled(system, last, _count=str(size)):
                known[one["id"]] = one["status"]
                assert one["meta"]["lastUpdated"] > last
                last = one["meta"]["lastUpdated"]

        for which, what in steps:
            if what == "poll":
                poll()
            else:
                made[which].refresh_from_db()
                if made[which].contacted_on is None:
                    CHANGES[what](made[which])
        poll()
        there = {one["id"]: one["status"] for one in polled(system, "")}
        assert known == there
        assert len(there) == 4
        transaction.set_rollback(True)


def test_an_end_that_comes_by_itself_is_told_with_the_move_that_follows_it() -> None:
    referral = sent()
    assert referral.consent
    type(referral.consent).objects.filter(pk=referral.consent.pk).update(
        until=timezone.now() + timedelta(seconds=1)
    )
    system = System(referral.organization)
    last = polled(system, "")[-1]["meta"]["lastUpdated"]
    later = timezone.now() + timedelta(minutes=1)
    assert introducing.withdraw_without_consent(at=later) == 1
    told = polled(system, last)
    assert [(one["id"], one["status"]) for one in told] == [(str(referral.pk), "cancelled")]
