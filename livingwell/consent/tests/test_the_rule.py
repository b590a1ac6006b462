"""The rule who may see what, in SQL, against the same rule told in plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from livingwell.consent.models import PARTS, Basis, Consent, How, Part, Person, Purpose
from livingwell.consent.tests import make
from livingwell.people.actions import appoint, dismiss
from livingwell.people.models import WITH_PEOPLE, Role

BEGAN = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOURS = st.integers(-6, 6).map(lambda hours: timedelta(hours=hours))


@dataclass(frozen=True)
class Given:
    """A consent, as it may have been given: to the viewer or to where they may work, from when until when."""

    to_account: bool
    parts: frozenset[Part]
    purpose: Purpose
    may_change: bool
    begins: timedelta
    lasts: timedelta
    withdrawn: timedelta | None

    def opens(self, part: Part | None, *, change: bool, works_there: bool) -> bool:
        """Whether at BEGAN this lets the viewer see, or change, a part."""
        live = self.begins <= timedelta() < self.begins + self.lasts
        if self.withdrawn is not None:
            live = live and self.begins + self.withdrawn > timedelta()
        names = part is None or part in self.parts or (part is Part.CONSENTS and self.purpose is Purpose.KEEP)
        live = live and self.purpose is not Purpose.INTRODUCTION
        return live and names and (self.may_change or not change) and (self.to_account or works_there)


CONSENTS = st.builds(
    Given,
    to_account=st.booleans(),
    parts=st.frozensets(st.sampled_from(PARTS), min_size=1, max_size=3),
    purpose=st.sampled_from(Purpose),
    may_change=st.booleans(),
    begins=HOURS,
    lasts=st.integers(1, 6).map(lambda hours: timedelta(hours=hours)),
    withdrawn=st.none() | st.integers(0, 6).map(lambda hours: timedelta(hours=hours)),
)


class TestTheRule(TestCase):
    @settings(max_examples=60, deadline=None)
    @given(
        st.lists(CONSENTS, max_size=3, unique_by=lambda one: (one.to_account, one.purpose)),
        st.sampled_from(Role),
        st.booleans(),
        st.sampled_from([None, *Part]),
        st.booleans(),
    )
    def test_what_is_open_is_what_the_person_said(
        self, given_: list[Given], role: Role, left: bool, part: Part | None, change: bool
    ) -> None:
        person, viewer = make.page_of(), make.somebody("viv")
        held = appoint(
            viewer.email, role, by="setting up", at=make.LONG_AGO, organization=make.organization()
        )
        if left:
            dismiss(held, by="setting up", at=BEGAN - timedelta(hours=1))
        assert person.account
        for one in given_:
            start = BEGAN + one.begins
            ended = start + one.withdrawn if one.withdrawn is not None else None
            Consent.objects.create(
                person=person,
                account=viewer if one.to_account else None,
                organization=None if one.to_account else make.organization(),
                parts=[part.value for part in one.parts],
                purpose=one.purpose,
                may_change=one.may_change,
                given_at=start,
                given_by=person.account,
                until=start + one.lasts,
                how=How.SCREEN,
                lawful_basis=Basis.CONSENT,
                withdrawn_at=ended,
                withdrawn_by=person.account if ended else None,
            )
        works_there = role in WITH_PEOPLE and not left
        expected = any(one.opens(part, change=change, works_there=works_there) for one in given_)
        seen = Person.objects.visible_to(viewer, part, at=BEGAN, change=change)
        assert seen.exists() == expected


@pytest.mark.django_db
def test_an_account_that_is_closed_sees_not_even_its_own_page() -> None:
    person = make.page_of()
    assert person.account
    person.account.is_active = False
    person.account.save()
    assert not Person.objects.visible_to(person.account, at=BEGAN).exists()
