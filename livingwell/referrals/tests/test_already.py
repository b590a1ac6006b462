"""What is happening already, as whoever is about to send sees it: what consent lets them see, and nothing more."""

from __future__ import annotations

import pytest
from django.utils import timezone

from livingwell.consent.models import Part, Person, Purpose
from livingwell.consent.tests import make as persons
from livingwell.directory.models import Service
from livingwell.linkwork.tests import make as walking
from livingwell.people.tests.make import signed_in
from livingwell.referrals.models import Referral, Status
from livingwell.referrals.tests import make
from livingwell.steps.actions import choose

pytestmark = pytest.mark.django_db
WARNS = "Something like it is happening already"


def choir() -> Service:
    return walking.about("Choir for everyone", "Singing Neighbours", "singing")


def chosen(person: Person, *services: Service) -> None:
    assert person.account
    for service in services:
        choose(person, service, by=person.account, at=timezone.now())


def read_back(person: Person, viewer: str, service: Service) -> str:
    """What this one reads before sending, having written the introduction."""
    account = persons.worker(viewer) if viewer != "pat" else person.account
    assert account
    client = signed_in(account)
    path = f"/page/{person.pk}/introductions/to/{service.pk}/"
    written = client.post(path, {"weight": "referral", "words": "I sing alto."})
    return client.get(written.headers["Location"]).content.decode()


def test_a_step_of_the_kind_is_shown_to_the_person_and_they_send_all_the_same() -> None:
    person = persons.page_of()
    assert person.account
    chosen(
        person, walking.about("Sing along", "Tunes", "singing"), walking.about("Beds", "Green", "gardening")
    )
    page = read_back(person, "pat", choir())
    assert WARNS in page
    assert "Sing along, Tunes" in page
    assert "Beds" not in page
    signed_in(person.account).post(f"/page/{person.pk}/introductions/{Referral.objects.get().pk}/")
    assert Referral.objects.get().status == Status.SENT


def test_the_step_it_is_sent_for_is_no_reason_to_warn() -> None:
    person, service = persons.page_of(), choir()
    chosen(person, service)
    assert WARNS not in read_back(person, "pat", service)


def test_an_open_introduction_of_the_kind_is_shown_to_a_worker_who_sees_the_plan() -> None:
    person = walking.own_page_with(persons.worker(), Part.PLAN)
    persons.shared(person, Part.PLAN, organization=persons.organization(), may_change=True)
    make.sent(person, walking.about("Sing along", "Tunes", "singing"), at=timezone.now())
    page = read_back(person, "lena", choir())
    assert "Sing along, Tunes" in page
    assert "an introduction that is open" in page


def test_a_worker_does_not_learn_who_else_is_let_in_and_the_person_does() -> None:
    person = walking.own_page_with(persons.worker(), Part.PLAN)
    persons.shared(person, Part.PLAN, organization=persons.organization(), may_change=True)
    walking.about("Debt help", "Advice Centre", "debt")
    persons.shared(
        person, Part.STORY, organization=persons.organization("Advice Centre"), purpose=Purpose.CARE
    )
    assert "Advice Centre" not in read_back(
        person, "lena", walking.about("Debt talk", "Money Neighbours", "debt")
    )
    Referral.objects.all().update(status=Status.WITHDRAWN)
    page = read_back(person, "pat", Service.objects.get(name="Debt talk"))
    assert "Advice Centre" in page
    assert "they may see this page, and offer this too" in page


def test_who_does_not_see_the_plan_is_told_nothing() -> None:
    person = walking.own_page_with(persons.worker(), Part.STORY)
    chosen(person, walking.about("Sing along", "Tunes", "singing"))
    client = signed_in(persons.worker())
    assert client.get(f"/page/{person.pk}/introductions/to/{choir().pk}/").status_code in {403, 404}
