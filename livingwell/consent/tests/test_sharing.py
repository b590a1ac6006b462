"""Sharing with one organization, seeing who sees what, stopping in one press and taking that back."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from livingwell.consent import actions
from livingwell.consent.models import Consent, Event, How, Kind, Part, Person, Purpose
from livingwell.consent.tests import make
from livingwell.core.errors import Refusal
from livingwell.people.tests.make import signed_in

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db
UNTIL = "2031-05-04"


def browser(person: Person) -> Client:
    assert person.account
    return signed_in(person.account)


def at(person: Person, rest: str = "") -> str:
    return f"/page/{person.pk}/who-sees/{rest}"


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_a_person_shares_with_one_organization_in_three_screens_and_types_no_fact_twice() -> None:
    person, place = make.page_of(), make.organization()
    make.worker("lena")
    client = browser(person)
    who = client.post(at(person, "share/"), {"name": "river"}).content.decode()
    assert f"share/{place.pk}/" in who
    what = client.get(at(person, f"share/{place.pk}/")).content.decode()
    year_on = timezone.localdate().replace(year=timezone.localdate().year + 1)
    assert f'value="{year_on.isoformat()}"' in what
    said = {"parts": ["story", "plan"], "purpose": "help", "until": UNTIL}
    read_back = client.post(at(person, f"share/{place.pk}/"), said).content.decode()
    assert "Riverside Surgery will be able to see" in read_back
    assert "Sunday 4 May 2031" in read_back
    assert "Lena, Link worker" in read_back
    assert not Consent.objects.exists()
    hidden = re.findall(r'type="hidden" name="(parts|purpose|until)" value="([^"]+)"', read_back)
    confirmed = {"parts": [value for name, value in hidden if name == "parts"], **dict(hidden[-2:])}
    assert client.post(at(person, f"share/{place.pk}/yes/"), confirmed).status_code == 302

    consent = Consent.objects.get()
    assert (consent.parts, consent.purpose, consent.how) == (["plan", "story"], "help", How.SCREEN)
    assert timezone.localtime(consent.until).isoformat() == "2031-05-05T00:00:00+01:00"
    assert not consent.may_change
    shown = text(client, at(person))
    for words in (
        "Riverside Surgery",
        "Help me with what I want",
        "What matters to me",
        "Until Sunday 4 May 2031",
    ):
        assert words in shown


@pytest.mark.parametrize("name", ["partner agencies", "all professionals", "the NHS", "any organisations"])
def test_a_category_is_refused_in_a_sentence(name: str) -> None:
    person = make.page_of()
    make.organization()
    answer = browser(person).post(at(person, "share/"), {"name": name})
    assert answer.status_code == 422
    assert "Name one organisation" in answer.content.decode()
    assert f'value="{name}"' in answer.content.decode()


def test_an_organization_with_such_a_word_in_its_name_is_found_all_the_same() -> None:
    person, place = make.page_of(), make.organization("Partners of Hope")
    answer = browser(person).post(at(person, "share/"), {"name": "partners"})
    assert str(place.pk) in answer.content.decode()


def test_what_is_missing_is_said_and_what_was_typed_stays() -> None:
    person, place = make.page_of(), make.organization()
    answer = browser(person).post(at(person, f"share/{place.pk}/"), {"purpose": "care", "until": "4.5.1999"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose at least one part of the page." in page
    assert "Choose a last day that is still to come." in page
    assert 'value="4.5.1999"' in page
    assert re.search(r'value="care"\s+checked', page) or re.search(r'value="care"[^>]*checked', page)


def test_a_worker_who_keeps_a_page_writes_down_how_and_what_was_said() -> None:
    lena = make.worker()
    person, clinic = make.kept_with(lena), make.organization("Bay Clinic")
    client = signed_in(lena)
    said = {"parts": ["medication"], "purpose": "care", "until": UNTIL}
    refused = client.post(at(person, f"share/{clinic.pk}/yes/"), said)
    assert refused.status_code == 422
    assert "Write down what they said when they agreed." in refused.content.decode()
    heard = {**said, "how": "phone", "said": "Yes, the clinic may know."}
    assert (
        "Yes, the clinic may know." in client.post(at(person, f"share/{clinic.pk}/"), heard).content.decode()
    )
    client.post(at(person, f"share/{clinic.pk}/yes/"), heard)
    consent = Consent.objects.get(organization=clinic)
    assert (consent.how, consent.said, consent.given_by) == (How.PHONE, heard["said"], lena)
    assert "Lena wrote it down." in text(client, at(person))


def test_one_press_stops_it_and_one_press_takes_that_back() -> None:
    person, lena = make.page_of(), make.worker()
    consent = make.shared(person, Part.CONTACT, organization=make.organization())
    client, hers = browser(person), signed_in(lena)
    reach = f"/page/{person.pk}/reach-me/"
    assert hers.get(reach).status_code == 200

    client.post(at(person, f"{consent.pk}/stop/"))

    assert hers.get(reach).status_code == 404
    assert "Stopped. Riverside Surgery can no longer see" in text(client, at(person))
    client.post(at(person, f"{consent.pk}/take-back/"))
    again = Consent.objects.live(timezone.now()).get()
    assert again.pk != consent.pk
    assert (again.parts, again.until, again.purpose) == (consent.parts, consent.until, consent.purpose)
    assert hers.get(reach).status_code == 200
    shown = text(client, at(person))
    assert "can no longer see" not in shown
    assert "Who could see something before" in shown
    assert Event.objects.filter(kind=Kind.CONSENT_WITHDRAWN, about=consent.pk).count() == 1


def test_a_stop_cannot_be_taken_back_later_or_by_somebody_else() -> None:
    lena, max_ = make.worker(), make.worker("max")
    person = make.kept_with(lena)
    consent = Consent.objects.get(person=person)
    now = timezone.now()
    actions.withdraw(consent, by=lena, at=now)
    consent.refresh_from_db()
    with pytest.raises(Refusal, match="not stopped just now"):
        actions.give_again(consent, by=max_, at=now)
    with pytest.raises(Refusal, match="a while ago"):
        actions.give_again(consent, by=lena, at=now + timedelta(minutes=10))


def test_somebody_without_the_right_neither_stops_nor_shares() -> None:
    person, lena, place = make.page_of(), make.worker(), make.organization()
    consent = make.shared(person, Part.STORY, organization=place, may_change=True)
    client = signed_in(lena)
    for address in (f"{consent.pk}/stop/", "share/", f"share/{place.pk}/yes/", ""):
        assert client.post(at(person, address)).status_code in {404, 405}
    assert Consent.objects.live(timezone.now()).count() == 1


def test_another_pages_consent_is_not_stopped_from_here() -> None:
    mine, theirs = make.page_of(), make.page_of("olive")
    consent = make.shared(theirs, Part.STORY, organization=make.organization())
    assert browser(mine).post(at(mine, f"{consent.pk}/stop/")).status_code == 404


def test_what_came_to_its_end_by_itself_is_told_so() -> None:
    person = make.page_of()
    make.shared(
        person, Part.STORY, organization=make.organization(), until=timezone.now() - timedelta(days=3)
    )
    shown = text(browser(person), at(person))
    assert "Nobody but you can see your page." in shown
    assert "Came to its end" in shown


def test_keeping_a_page_with_somebody_lets_them_write_in_it() -> None:
    person, place = make.page_of(), make.organization()
    said = {"parts": ["contact"], "purpose": Purpose.KEEP.value, "until": UNTIL}
    browser(person).post(at(person, f"share/{place.pk}/yes/"), said)
    assert Consent.objects.get().may_change


def test_the_screen_asks_as_often_of_the_database_however_many_consents_there_are(
    django_assert_max_num_queries: object,
) -> None:
    person = make.page_of()
    client = browser(person)
    for number in range(12):
        make.shared(person, Part.STORY, organization=make.organization(f"Place {number}"))
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        client.get(at(person))
