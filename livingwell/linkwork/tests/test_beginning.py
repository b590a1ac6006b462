"""A page begun in the room: only the yes is asked for, and the next person may come in."""

import pytest
from django.test import Client
from django.utils import timezone

from livingwell.consent.models import Consent, Event, How, Kind, Part, Person, Purpose
from livingwell.core.errors import Refusal
from livingwell.directory.actions import listing
from livingwell.linkwork import actions
from livingwell.linkwork.forms import SENTENCE
from livingwell.linkwork.models import Lead
from livingwell.linkwork.tests import make
from livingwell.people.actions import dismiss
from livingwell.people.models import Account, Membership, Role
from livingwell.people.tests.make import signed_in
from livingwell.plans.models import Section, Words

pytestmark = pytest.mark.django_db
BEGIN = "/walking-with/begin/"
YES = {"said": str(SENTENCE), "how": "in person"}


def begun(client: Client, **said: str) -> Person:
    response = client.post(BEGIN, YES | said)
    assert response.status_code == 302, response.content.decode()
    return Person.objects.get(pk=response["Location"].partition("begun=")[2])


@pytest.mark.parametrize("role", [Role.LINK_WORKER, Role.CLINICIAN])
def test_nothing_is_required_but_the_yes(role: Role) -> None:
    client = signed_in(make.worker("lena", role))

    person = begun(client)

    assert (person.called, person.account) == ("", None)
    consent = Consent.objects.get(person=person)
    assert (consent.purpose, consent.how, consent.said) == (Purpose.KEEP, How.IN_PERSON, str(SENTENCE))
    assert 364 <= (consent.until - timezone.now()).days <= 365


def test_without_a_yes_there_is_no_page_and_what_was_typed_stays() -> None:
    client = signed_in(make.worker())

    response = client.post(BEGIN, {"said": str(SENTENCE), "matters": "My allotment"})

    assert response.status_code == 422
    page = response.content.decode()
    assert "Press how they said yes" in page
    assert "My allotment" in page
    assert not Person.objects.exists()


def test_afterwards_the_empty_form_is_there_again_with_the_page_and_what_is_around() -> None:
    client = signed_in(make.worker())
    response = client.post(BEGIN, YES | {"called": "Mo", "matters": "I miss singing."}, follow=True)

    page = response.content.decode()
    person = Person.objects.get()

    assert f"/page/{person.pk}/" in page
    assert "There is a page now: Mo" in page
    assert page.count("I miss singing") == 0
    assert Words.objects.get(person=person, section=Section.MATTERS).text == "I miss singing."


def test_what_is_around_answers_what_matters_to_them() -> None:
    listing.refresh([make.about("Brixton Community Choir", "Voices", "singing").pk])
    client = signed_in(make.worker())

    page = client.post(BEGIN, YES | {"matters": "I miss singing."}, follow=True).content.decode()

    assert "Brixton Community Choir" in page


def test_words_of_danger_are_seen_by_whoever_is_in_the_room() -> None:
    client = signed_in(make.worker())

    page = client.post(BEGIN, YES | {"matters": "I want to kill myself."}, follow=True).content.decode()

    assert "Stay with them" in page


def test_whoever_begins_a_page_becomes_their_link_worker_only_if_they_want_that() -> None:
    lena = make.worker()

    assert not Lead.objects.filter(person=begun(signed_in(lena))).exists()
    assert Lead.objects.get(person=begun(signed_in(lena), walks="on")).account == lena


def test_a_clinician_begins_a_page_and_is_nobodys_link_worker() -> None:
    begun(signed_in(make.worker("gail", Role.CLINICIAN)), walks="on")

    assert not Lead.objects.exists()


def test_whoever_works_for_two_says_for_which() -> None:
    lena = make.worker()
    make.worker(at_place="The Mosaic")
    client = signed_in(lena)

    assert client.post(BEGIN, YES).status_code == 422
    person = begun(client, organization=str(make.organization("The Mosaic").pk))

    assert Consent.objects.get(person=person).organization == make.organization("The Mosaic")


def test_no_page_is_begun_for_an_organization_of_others() -> None:
    lena = make.worker()
    make.worker(at_place="The Mosaic")
    other = make.organization("Elsewhere")

    response = signed_in(lena).post(BEGIN, YES | {"organization": str(other.pk)})

    assert response.status_code == 422
    with pytest.raises(Refusal):
        actions.begin(other, how=How.IN_PERSON, said="Yes.", until=make.LATER, by=lena, at=make.LONG_AGO)


def stranger() -> Account:
    return make.somebody("sid")


def peer() -> Account:
    return make.worker("pete", Role.PEER_SUPPORTER)


def provider() -> Account:
    return make.worker("prue", Role.PROVIDER)


def former() -> Account:
    gone = make.worker("fred")
    dismiss(Membership.objects.get(account=gone), by="Prue", at=timezone.now())
    gone.refresh_from_db()
    return gone


@pytest.mark.parametrize("who", [stranger, peer, provider, former])
def test_others_begin_no_pages(who: object) -> None:
    client = signed_in(who())  # type: ignore[operator]

    assert client.get(BEGIN).status_code == 403
    assert client.post(BEGIN, YES).status_code == 403
    assert not Person.objects.exists()


def test_nobody_signed_in_is_asked_to_sign_in() -> None:
    assert Client().get(BEGIN)["Location"].startswith("/sign-in/")


def test_the_page_is_read_back_aloud_and_that_is_noted() -> None:
    lena = make.worker()
    client = signed_in(lena)
    person = begun(client, matters="My allotment.")
    address = f"/page/{person.pk}/link-worker/read-back/"

    page = client.get(address).content.decode()
    assert "My allotment." in page
    assert "Riverside Surgery" in page
    assert not Event.objects.filter(kind=Kind.READ_BACK).exists()
    client.post(address)

    assert Event.objects.get(kind=Kind.READ_BACK).person == person
    assert "Last read back" in client.get(address).content.decode()


def test_a_page_is_read_back_by_nobody_who_does_not_keep_it() -> None:
    person = make.kept_with(make.worker())
    other = make.worker("otto", at_place="Elsewhere")

    assert signed_in(other).get(f"/page/{person.pk}/link-worker/read-back/").status_code == 404


def test_somebodys_own_page_is_not_read_back_to_them() -> None:
    person = make.page_of()
    make.shared(person, Part.STORY, organization=make.organization())
    assert person.account

    assert signed_in(person.account).get(f"/page/{person.pk}/link-worker/read-back/").status_code == 404
