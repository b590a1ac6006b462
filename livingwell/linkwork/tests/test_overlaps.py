"""Two organizations doing the same thing for one person."""

import pytest
from django.utils import timezone

from livingwell.consent.models import Part, Person, Purpose
from livingwell.directory.models import Service
from livingwell.linkwork import queries
from livingwell.linkwork.queries.overlaps import By
from livingwell.linkwork.tests import make
from livingwell.people.models import Account
from livingwell.people.tests.make import signed_in
from livingwell.steps.actions import choose

pytestmark = pytest.mark.django_db


def owner(person: Person) -> Account:
    assert person.account
    return person.account


def chosen(person: Person, *services: Service) -> None:
    for service in services:
        choose(person, service, by=owner(person), at=timezone.now())


def found(person: Person, viewer: Account) -> list[tuple[By, tuple[str, ...], tuple[str, ...]]]:
    each = queries.overlaps_of(person, viewer, at=timezone.now())
    return [(one.by, one.organizations, one.themes) for one in each]


def test_two_steps_with_two_organizations_about_the_same() -> None:
    lena = make.worker()
    person = make.own_page_with(lena)
    chosen(person, make.about("Choir", "Voices", "singing"), make.about("Sing along", "Tunes", "singing"))

    assert found(person, owner(person)) == [(By.STEPS, ("Tunes", "Voices"), ("Singing",))]
    assert found(person, lena) == found(person, owner(person))
    page = signed_in(owner(person)).get(f"/page/{person.pk}/link-worker/").content.decode()
    assert "Tunes and Voices: Singing" in page


def test_two_steps_with_one_organization_or_about_different_things_are_none() -> None:
    person = make.own_page_with(make.worker())
    chosen(
        person,
        make.about("Choir", "Voices", "singing"),
        make.about("Another choir", "Voices", "singing"),
        make.about("Beds", "Green", "gardening"),
    )

    assert found(person, owner(person)) == []


def test_only_what_a_service_is_mainly_about_counts() -> None:
    from livingwell.directory.tests.make import tagged

    person = make.own_page_with(make.worker())
    beds = tagged(make.about("Beds", "Green", "gardening"), ["singing"])
    chosen(person, make.about("Choir", "Voices", "singing"), beds)

    assert found(person, owner(person)) == []


def test_two_organizations_let_in_for_the_same_purpose_that_do_the_same() -> None:
    lena = make.worker()
    person = make.own_page_with(lena)
    make.about("Debt advice", "Riverside Surgery", "debt")
    make.about("Money help", "Advice Centre", "debt")
    make.shared(person, Part.STORY, organization=make.organization("Advice Centre"))

    assert found(person, owner(person)) == [(By.CONSENTS, ("Advice Centre", "Riverside Surgery"), ("Debt",))]


def test_for_another_purpose_is_not_the_same() -> None:
    person = make.own_page_with(make.worker())
    make.about("Debt advice", "Riverside Surgery", "debt")
    make.about("Money help", "Advice Centre", "debt")
    make.shared(person, Part.STORY, organization=make.organization("Advice Centre"), purpose=Purpose.CARE)

    assert found(person, owner(person)) == []


def test_a_link_worker_does_not_learn_by_it_who_else_is_let_in() -> None:
    lena = make.worker()
    person = make.own_page_with(lena)
    make.about("Debt advice", "Riverside Surgery", "debt")
    make.about("Money help", "Advice Centre", "debt")
    make.shared(person, Part.STORY, organization=make.organization("Advice Centre"))

    assert found(person, lena) == []


def test_who_does_not_see_the_plan_does_not_see_two_steps() -> None:
    lena = make.worker()
    person = make.own_page_with(lena, Part.STORY)
    chosen(person, make.about("Choir", "Voices", "singing"), make.about("Sing along", "Tunes", "singing"))

    assert found(person, lena) == []
