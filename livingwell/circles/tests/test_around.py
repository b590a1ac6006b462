"""The people around somebody: what may be said of them, and what the database refuses."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, connection, transaction

from livingwell.circles import actions, queries
from livingwell.circles.models import CarerInvitation, CircleMember, Close, Reason, Ring, Who
from livingwell.circles.tests import make
from livingwell.consent.acting import acting
from livingwell.consent.models import Event, Kind, Part, Purpose
from livingwell.consent.tests import make as consent
from livingwell.core.errors import Refusal

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def test_a_name_is_all_that_has_to_be_said() -> None:
    person = consent.page_of()
    make.member(person, "Dee")
    assert person.account
    (dee,) = queries.circle_of(person, person.account, at=NOW).members
    assert (dee.called, dee.who, dee.close, dee.ring) == ("Dee", "", Close.MIDDLE, None)
    with pytest.raises(Refusal, match="what they are called"):
        make.member(person, "  ")


def test_no_number_is_kept_of_somebody_who_must_not_be_rung() -> None:
    person = consent.page_of()
    dad = make.member(person, "Dad", phone="020 7946 0123", ring=Ring.MAY)
    assert person.account
    actions.change(dad, {"ring": Ring.NEVER, "reason": "He shouts."}, by=person.account, at=NOW)
    dad.refresh_from_db()
    assert (dad.ring, dad.phone) == (Ring.NEVER, "")


def test_the_database_refuses_a_number_beside_must_not_be_rung() -> None:
    dad = make.member(consent.page_of(), "Dad", ring=Ring.NEVER)
    with pytest.raises(IntegrityError, match="no_number_of_never_rung"), transaction.atomic():
        CircleMember.objects.filter(pk=dad.pk).update(phone="020 7946 0123")


def test_only_a_number_that_may_be_rung_is_given_for_ringing() -> None:
    person = consent.page_of()
    for called, ring in (("Ama", Ring.MAY), ("Bo", Ring.ASK), ("Cy", ""), ("Di", Ring.NEVER)):
        make.member(person, called, ring=ring, phone="020 7946 0123")
    assert person.account
    circle = queries.circle_of(person, person.account, at=NOW)
    assert [one.called for one in circle.members if one.number_to_ring] == ["Ama"]


def test_the_closest_come_first_and_each_in_the_order_of_naming() -> None:
    person = consent.page_of()
    assert person.account
    for called, close in (("Out", Close.OUTER), ("In", Close.INNER), ("Mid", Close.MIDDLE)):
        make.member(person, called, close=close)
    walkers = queries.companions_of(person, person.account, at=NOW)
    assert [one.called for one in walkers] == ["In", "Mid", "Out"]


def test_own_words_come_before_what_was_chosen() -> None:
    person = consent.page_of()
    assert person.account
    make.member(person, "Nan", who=Who.FAMILY, who_words="My nan in all but blood")
    make.member(person, "Rex", who=Who.PET)
    assert {one.who for one in queries.companions_of(person, person.account, at=NOW)} == {
        "My nan in all but blood",
        "My pet",
    }


def test_the_reason_is_seen_by_its_owner_and_by_who_keeps_the_page_but_by_nobody_who_sees_the_circle() -> (
    None
):
    person, carer = consent.page_of(), consent.somebody("carol")
    make.member(person, "Dad", ring=Ring.NEVER, reason="He shouts.")
    consent.shared(person, Part.CIRCLE, account=carer, purpose=Purpose.FAMILY, may_change=True)
    assert person.account
    with acting(person.account, at=NOW):
        assert queries.circle_of(person, person.account, at=NOW).members[0].reason == "He shouts."
    with acting(carer, at=NOW):
        (dad,) = queries.circle_of(person, carer, at=NOW).members
        assert (dad.never_rung, dad.reason) == (True, "")
        assert not Reason.objects.exists()


def test_taking_somebody_away_leaves_nothing_of_them() -> None:
    person = consent.page_of()
    dee = make.member(person, "Dee", ring=Ring.ASK, reason="She works nights.")
    make.link_for(dee, at=NOW)
    assert person.account
    with acting(person.account, at=NOW):
        actions.take_away(dee, by=person.account, at=NOW)
    assert not CircleMember.objects.exists()
    assert not Reason.objects.exists()
    assert not CarerInvitation.objects.exists()


def test_only_the_name_stays_of_somebody_whom_a_step_still_names() -> None:
    person = consent.page_of()
    dee = make.member(person, "Dee", phone="07700900123", who_words="My rock")
    assert person.account
    with connection.cursor() as cursor:  # a table of an app above, hidden behind its own wall
        cursor.execute(
            "CREATE TABLE names_a_member (member uuid REFERENCES circles_circlemember DEFERRABLE INITIALLY DEFERRED)"
        )
        cursor.execute("ALTER TABLE names_a_member ENABLE ROW LEVEL SECURITY")
        cursor.execute("INSERT INTO names_a_member VALUES (%s)", [dee.pk])
    with acting(person.account, at=NOW):
        actions.take_away(dee, by=person.account, at=NOW)
        assert queries.circle_of(person, person.account, at=NOW).members == ()
    dee.refresh_from_db()
    assert (dee.called, dee.phone, dee.who_words, dee.left_at) == ("Dee", "", "", NOW)


def test_each_change_is_noted_without_words() -> None:
    person = consent.page_of()
    dee = make.member(person)
    assert person.account
    actions.move(dee, Close.INNER, by=person.account, at=NOW)
    assert (
        Event.objects.filter(person=person, kind=Kind.CIRCLE_CHANGED, part=Part.CIRCLE, about=dee.pk).count()
        == 2
    )


def test_erasing_leaves_no_row() -> None:
    person = consent.page_of()
    dad = make.member(person, "Dad", ring=Ring.NEVER, reason="He shouts.")
    make.link_for(dad, at=NOW)
    assert person.account
    with acting(person.account, at=NOW):
        actions.erase(person)
    assert not any(model.objects.exists() for model in (CircleMember, Reason, CarerInvitation))


def test_a_circle_costs_three_queries_however_large(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    person = consent.page_of()
    assert person.account
    for number in range(12):
        friend = make.member(person, f"Friend {number}", ring=Ring.ASK, reason="Ask.")
        if number < 9:
            make.link_for(friend, at=NOW)
    with django_assert_num_queries(3):
        assert len(queries.circle_of(person, person.account, at=NOW).members) == 12
