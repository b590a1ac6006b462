"""The pages of a circle, opened by its owner, a stranger, and those who are let in."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.utils import timezone

from livingwell.circles.models import CircleMember, Close, Reason, Ring
from livingwell.circles.tests import make
from livingwell.consent import actions as consents
from livingwell.consent.models import Access, Consent, Did, Part, Purpose
from livingwell.consent.tests import make as consent
from livingwell.people.tests.make import signed_in

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from livingwell.consent.models import Person

pytestmark = pytest.mark.django_db


def owner(person: Person) -> Client:
    assert person.account
    return signed_in(person.account)


def at(person: Person, rest: str = "") -> str:
    return f"/page/{person.pk}/people/{rest}"


def every(person: Person, member: CircleMember) -> list[str]:
    ways = ("", "change/", "move/", "take-away/", "invite/", "take-back/")
    return [at(person), at(person, "add/"), *(at(person, f"{member.pk}/{way}") for way in ways)]


def test_the_owner_names_somebody_with_a_name_and_no_more() -> None:
    person = consent.page_of()
    answer = owner(person).post(at(person, "add/"), {"called": "Dee"}, follow=True)
    assert CircleMember.objects.get().called == "Dee"
    page = answer.content.decode()
    assert "Dee</a>" in page
    assert page.count(">Dee</text>") == 1


def test_whoever_writes_for_somebody_is_asked_about_them() -> None:
    person, lena = consent.page_of(), consent.worker()
    consent.shared(person, Part.CIRCLE, organization=consent.organization(), may_change=True)
    asked = signed_in(lena).get(at(person, "add/")).content.decode()
    assert "What they call them" in asked
    assert not [words for words in ("What you call", "to you<", "What you do together") if words in asked]
    assert "What you call them" in owner(person).get(at(person, "add/")).content.decode()


def test_a_mistake_is_said_and_what_was_typed_stays() -> None:
    person = consent.page_of()
    typed = {"called": " ", "phone": "ask Jo", "together": "We knit."}
    answer = owner(person).post(at(person, "add/"), typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "It can be any name you like." in page
    assert "Type a phone number in digits" in page
    assert "We knit." in page
    assert not CircleMember.objects.exists()


def test_everything_that_was_said_can_be_changed() -> None:
    person = consent.page_of()
    dad = make.member(person, "Dad", phone="020 7946 0123", ring=Ring.MAY)
    said = {
        "called": "My father",
        "close": "outer",
        "ring": "never",
        "phone": "020 7946 0123",
        "reason": "He shouts.",
    }
    owner(person).post(at(person, f"{dad.pk}/change/"), said)
    dad.refresh_from_db()
    assert (dad.called, dad.close, dad.ring, dad.phone) == ("My father", Close.OUTER, Ring.NEVER, "")
    assert Reason.objects.get().words == "He shouts."
    page = owner(person).get(at(person, f"{dad.pk}/")).content.decode()
    assert "Must not be rung" in page
    assert "He shouts." in page
    assert "tel:020" not in page


def test_one_press_moves_somebody_nearer() -> None:
    person = consent.page_of()
    dee = make.member(person)
    assert 'value="inner"' in owner(person).get(at(person, f"{dee.pk}/")).content.decode()
    owner(person).post(at(person, f"{dee.pk}/move/"), {"close": "inner"})
    dee.refresh_from_db()
    assert dee.close == Close.INNER
    assert owner(person).post(at(person, f"{dee.pk}/move/"), {"close": "nowhere"}).status_code == 404


def test_somebody_is_taken_away_after_one_question() -> None:
    person = consent.page_of()
    dee = make.member(person)
    assert "They are not told." in owner(person).get(at(person, f"{dee.pk}/take-away/")).content.decode()
    owner(person).post(at(person, f"{dee.pk}/take-away/"))
    assert not CircleMember.objects.exists()


def test_a_stranger_is_told_that_there_is_no_such_page() -> None:
    person = consent.page_of()
    dee = make.member(person)
    stranger = signed_in(consent.somebody("sid"))
    for address in every(person, dee):
        assert stranger.get(address).status_code in {404, 405}, address
        assert stranger.post(address, {"called": "X", "close": "inner"}).status_code in {404, 405}, address
    assert (CircleMember.objects.get().called, CircleMember.objects.get().close) == ("Dee", Close.MIDDLE)


def test_a_member_of_one_circle_is_not_reached_through_another_page() -> None:
    person, other = consent.page_of(), consent.page_of("olive")
    dee = make.member(other)
    for address in every(person, dee)[2:]:
        assert owner(person).get(address).status_code in {404, 405}
        assert owner(person).post(address, {"called": "X", "close": "inner"}).status_code in {404, 405}
    assert owner(person).get(at(person, f"{uuid4()}/")).status_code == 404


def test_a_carer_with_the_circle_sees_the_fact_and_not_the_reason_and_changes_nothing() -> None:
    person, carol = consent.page_of(), consent.somebody("carol")
    dad = make.member(person, "Dad", ring=Ring.NEVER, reason="He shouts.")
    consent.shared(person, Part.CIRCLE, account=carol, purpose=Purpose.FAMILY)
    carer = signed_in(carol)
    for address in (at(person), at(person, f"{dad.pk}/")):
        page = carer.get(address).content.decode()
        assert "Must not be rung" in page
        assert "He shouts." not in page
        assert "/invite/" not in page
        assert "/change/" not in page
    for address in every(person, dad)[3:]:
        assert carer.get(address).status_code in {404, 405}, address
        assert carer.post(address, {"called": "X", "close": "inner"}).status_code in {404, 405}, address
    assert Access.objects.filter(person=person, part=Part.CIRCLE, did=Did.LOOKED).count() >= 2


def test_a_carer_who_may_write_in_the_circle_neither_sees_nor_loses_the_reason() -> None:
    person, carol = consent.page_of(), consent.somebody("carol")
    dad = make.member(person, "Dad", ring=Ring.NEVER, reason="He shouts.")
    consent.shared(person, Part.CIRCLE, account=carol, purpose=Purpose.FAMILY, may_change=True)
    carer = signed_in(carol)
    assert "He shouts." not in carer.get(at(person, f"{dad.pk}/change/")).content.decode()
    answer = carer.post(
        at(person, f"{dad.pk}/change/"), {"called": "Dad", "ring": "never", "reason": "Nothing."}
    )
    assert answer.status_code == 302
    assert Reason.objects.get().words == "He shouts."
    assert carer.get(at(person, f"{dad.pk}/invite/")).status_code == 404


def test_a_receiver_of_another_part_does_not_see_the_circle() -> None:
    person, carol = consent.page_of(), consent.somebody("carol")
    make.member(person)
    consent.shared(person, Part.STORY, account=carol, purpose=Purpose.FAMILY)
    assert signed_in(carol).get(at(person)).status_code == 404


def test_after_withdrawal_the_circle_is_closed_at_once() -> None:
    person, carol = consent.page_of(), consent.somebody("carol")
    allowed = consent.shared(person, Part.CIRCLE, account=carol, purpose=Purpose.FAMILY)
    assert signed_in(carol).get(at(person)).status_code == 200
    assert person.account
    consents.withdraw(allowed, by=person.account, at=timezone.now())
    assert signed_in(carol).get(at(person)).status_code == 404


def test_taking_somebody_away_stops_what_they_see_unless_that_is_unticked() -> None:
    now = timezone.now() - timedelta(minutes=1)
    for stop, left in (("yes", 0), ("", 1)):
        person, carol = consent.page_of(f"pat{left}"), consent.somebody(f"carol{left}")
        dee = make.member(person)
        signed_in(carol).post(make.link_for(dee, at=now))
        owner(person).post(at(person, f"{dee.pk}/take-away/"), {"stop": stop})
        assert Consent.objects.filter(account=carol, withdrawn_at=None).count() == left
        assert not CircleMember.objects.filter(person=person).exists()


def test_a_large_circle_asks_no_more_than_a_small_one(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    person = consent.page_of()
    client = owner(person)
    client.get(at(person))
    for number in (1, 20):
        for each in range(number):
            make.member(person, f"Friend {number} {each}", ring=Ring.NEVER, reason="No.")
        with django_assert_num_queries(10):
            assert client.get(at(person)).status_code == 200
