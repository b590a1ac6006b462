"""Two screens at once: consents given and withdrawn by several threads, against PostgreSQL."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from livingwell.consent import actions
from livingwell.consent.acting import acting
from livingwell.consent.models import Consent, How, Part, Person, Purpose
from livingwell.consent.tests import make
from livingwell.core.tests.at_once import at_once


@pytest.mark.django_db(transaction=True)
def test_giving_and_withdrawing_at_once_never_leaves_two() -> None:
    person, place = make.page_of(), make.organization()
    owner = person.account
    assert owner
    make.shared(person, Part.STORY, organization=place)
    seen_live: list[int] = []

    def press(number: int) -> None:
        for _again in range(5):
            at = timezone.now()
            with acting(owner, at=at, page=person.pk):
                if number % 2:
                    for consent in Consent.objects.live(at):
                        actions.withdraw(consent, by=owner, at=at)
                else:
                    actions.give(
                        person,
                        organization=place,
                        parts=[Part.STORY],
                        purpose=Purpose.HELP,
                        how=How.SCREEN,
                        until=make.LATER,
                        by=owner,
                        at=at,
                    )
            seen_live.append(Consent.objects.live(timezone.now()).count())

    at_once(press, range(6))

    assert Consent.objects.count() == 16
    assert max(seen_live) == 1
    ends = [(one.given_at, one.withdrawn_at or one.until) for one in Consent.objects.all()]
    assert all(begin <= end for begin, end in ends)
    assert Consent.objects.filter(withdrawn_at=None).count() <= 1


class TestAnyOrder(TestCase):
    @settings(max_examples=20, deadline=None)
    @given(
        st.lists(
            st.tuples(st.sampled_from(["give", "withdraw", "wait"]), st.integers(0, 40), st.integers(1, 60)),
            max_size=8,
        )
    )
    def test_whatever_is_given_and_withdrawn_the_last_word_holds(
        self, said: list[tuple[str, int, int]]
    ) -> None:
        person, lena, place = make.page_of(), make.worker(), make.organization()
        owner, at, holds_until = person.account, make.LONG_AGO + timedelta(days=1), None
        assert owner
        for what, minutes, lasts in said:
            at += timedelta(minutes=minutes)
            if what == "give":
                holds_until = at + timedelta(minutes=lasts)
                make.shared(person, Part.STORY, organization=place, until=holds_until, at=at)
            elif what == "withdraw":
                for consent in Consent.objects.filter(person=person, withdrawn_at=None):
                    actions.withdraw(consent, by=owner, at=at)
                holds_until = None
            open_now = holds_until is not None and at < holds_until
            assert Person.objects.visible_to(lena, Part.STORY, at=at).exists() == open_now
            assert Consent.objects.live(at).count() == open_now
            assert not Person.objects.visible_to(lena, Part.PLAN, at=at).exists()
