"""Introductions among many: as many queries for a long list as for a short one, and waits counted rightly."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from livingwell.consent.tests import make as persons
from livingwell.people.tests.make import signed_in
from livingwell.referrals import actions, links, queries
from livingwell.referrals.models import Because, Link, Referral, Through
from livingwell.referrals.tests import make

pytestmark = pytest.mark.django_db


def copied(referral: Referral, number: int) -> None:
    """As many more of the same kind, each for another service of the organization."""
    services = [make.choir(f"Choir number {n}") for n in range(number)]
    values = {name: getattr(referral, name) for name in ("weight", "status", "sent_at", "answer_by")}
    Referral.objects.bulk_create(
        Referral(
            person_id=referral.person_id,
            service=service,
            organization_id=referral.organization_id,
            consent_id=referral.consent_id,
            started_at=referral.started_at,
            started_by_id=referral.started_by_id,
            sent_by_id=referral.sent_by_id,
            owner_id=referral.owner_id,
            **values,
        )
        for service in services
    )


@pytest.mark.parametrize("number", [10, 200])
def test_an_inbox_asks_as_little_for_many_as_for_few(number: int) -> None:
    copied(make.sent(at=timezone.now() - timedelta(days=2)), number - 1)
    receiver = signed_in(persons.worker("sol", at_place="Singing Neighbours"))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page = receiver.get("/introductions/").content.decode()
    assert "2 days ago" in page
    assert f"({number})" in page
    assert len(asked) <= 13, [one["sql"][:90] for one in asked]


def test_a_yes_by_link_asks_little() -> None:
    referral = make.sent(at=timezone.now())
    secret = links.new_secret()
    Link.objects.filter(referral=referral).update(secret=links.hash_of(secret))
    with CaptureQueriesContext(connection) as asked:
        assert Client().post(f"/answer/{secret}/", {"say": "yes"}).status_code == 302
    assert len(asked) <= 13, [one["sql"][:90] for one in asked]
    with CaptureQueriesContext(connection) as asked:
        assert Client().get(f"/answer/{secret}/").status_code == 200
    assert len(asked) <= 8, [one["sql"][:90] for one in asked]


def test_a_wait_ends_with_the_first_answer_and_those_still_waiting_count() -> None:
    first = make.sent()
    second = make.sent(persons.page_of("olive"), first.service)
    make.sent(persons.page_of("ada"), first.service)
    actions.accept(first, by=None, through=Through.LINK, at=make.NOW + timedelta(days=2))
    actions.decline(second, Because.FULL, by=None, through=Through.LINK, at=make.NOW + timedelta(days=5))
    actions.met(first, by=None, through=Through.LINK, at=make.NOW + timedelta(days=8))
    sol = persons.worker("sol", at_place="Singing Neighbours")
    inbox = queries.inbox_of(first.organization_id, sol, at=make.NOW + timedelta(days=9))
    assert (inbox.sent, inbox.median, inbox.ninetieth) == (3, 5, 9)
