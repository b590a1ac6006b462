"""Opening one page without consent, end to end: proven again, found exactly, told, noted, ended, looked into."""

from __future__ import annotations

import time
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from livingwell.consent import actions
from livingwell.consent.acting import acting
from livingwell.consent.models import Access, Emergency, Event, Grounds, Kind, Person, Search, Verdict
from livingwell.consent.sought import Sought
from livingwell.consent.tests import make
from livingwell.consent.tests.test_looking import privacy_lead
from livingwell.consent.tests.test_sharing import at, browser, text
from livingwell.core.errors import Refusal
from livingwell.messaging.models import Message
from livingwell.people.actions import dismiss
from livingwell.people.models import Account, Membership, Role
from livingwell.people.tests.make import signed_in

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db
WORDS = "Found on the bridge. Will not speak."
WHY = {"grounds": "life", "words": WORDS}
NAMED = {"full_name": "Patricia  o’neill", "born_on": "27/3/1985"}


def known(name: str = "pat", **contact: Any) -> Person:
    """A page that says who its person is for the surgery, shared with nobody."""
    person = make.page_of(name)
    said = {"full_name": "Patricia O’Neill", "born_on": date(1985, 3, 27), "nhs_number": "9434765919"}
    actions.reach(person, {**said, "phone": "07700 900123", **contact})
    return person


def opened(client: Client, **said: str) -> Any:
    return client.post("/emergency/", {**WHY, **said})


@pytest.mark.parametrize(
    "said",
    [
        NAMED,
        {"full_name": "PATRICIA O’NEILL", "born_on": "1985-03-27"},
        {"nhs_number": "943 476 5919"},
        {"phone": "+44 (0)7700 900 123"},
        {"phone": "07700900123"},
    ],
)
def test_a_person_who_let_in_nobody_is_found_by_what_names_them_alone(said: dict[str, str]) -> None:
    person = known()
    answer = opened(signed_in(make.worker()), **said)
    assert answer["Location"] == f"/page/{person.pk}/"


@pytest.mark.parametrize(
    "said",
    [
        {"full_name": "Patricia O’Neill", "born_on": "28/3/1985"},
        {"full_name": "Patricia", "born_on": "27/3/1985"},
        {"full_name": "%", "born_on": "27/3/1985"},
        {"nhs_number": "9434765870"},
        {"phone": "07700 900 124"},
        {**NAMED, "phone": "07700 900 124", "nhs_number": "9434765870", "full_name": "Nobody"},
    ],
)
def test_anything_less_finds_nobody_and_keeps_what_was_typed(said: dict[str, str]) -> None:
    known()
    lena = make.worker()
    answer = opened(signed_in(lena), **said)
    assert answer.status_code == 422
    assert WORDS in answer.content.decode()
    assert not Emergency.objects.exists()
    assert list(Search.objects.values_list("searched_by", "found")) == [(lena.pk, False)]


def test_two_alike_are_nobody() -> None:
    known()
    known("patti", nhs_number="", phone="")
    answer = opened(signed_in(make.worker()), **NAMED)
    assert "cannot find one person with exactly these details" in answer.content.decode()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({}, "Type the full name and date of birth, or the NHS number, or the phone number."),
        ({"full_name": "Patricia O’Neill"}, "A name needs the date of birth beside it"),
        ({"nhs_number": "943 476 5918"}, "That is not an NHS number."),
        ({"phone": "12"}, "Type the whole number with its area code"),
        ({**NAMED, "words": " "}, "Write down what has happened."),
        ({**NAMED, "grounds": "curious"}, "Select a valid choice"),
    ],
)
def test_what_is_missing_is_said_beside_it(said: dict[str, str], sentence: str) -> None:
    known()
    answer = opened(signed_in(make.worker()), **said)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Search.objects.exists()


def test_it_is_told_to_the_privacy_lead_and_the_person_and_every_look_rests_on_it() -> None:
    person, lena, priya = known(), make.worker(), privacy_lead()
    hers = signed_in(lena)
    opened(hers, **NAMED)
    emergency = Emergency.objects.get()
    message = Message.objects.get()
    assert message.to == priya.email
    for personal in ("Pat", "bridge", "Lena", str(person.pk)):
        assert personal not in message.subject + message.body

    seen = text(hers, f"/page/{person.pk}/reach-me/")
    assert "07700 900123" in seen
    assert "You opened it in an emergency. It closes by itself" in seen
    assert hers.post(f"/page/{person.pk}/reach-me/", {"phone": ""}).status_code == 404
    assert hers.get(at(person)).status_code == 404
    access = Access.objects.get()
    assert (access.emergency, access.consent) == (emergency, None)

    mine = browser(person)
    shown = text(mine, at(person))
    assert "Lena of Riverside Surgery opened your page in an emergency." in shown
    assert WORDS in shown
    assert "in an emergency: Somebody’s life is in danger" in text(mine, at(person, "looks/"))
    assert Event.objects.get(kind=Kind.EMERGENCY).about == emergency.pk


def test_it_ends_by_itself_after_four_hours(monkeypatch: pytest.MonkeyPatch) -> None:
    person, lena = known(), make.worker()
    hers = signed_in(lena)
    opened(hers, **NAMED)
    emergency = Emergency.objects.get()
    assert emergency.until - emergency.opened_at == timedelta(hours=4)
    later = emergency.until
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    assert hers.get(f"/page/{person.pk}/reach-me/").status_code == 404


@pytest.mark.parametrize("who", ["whoever opened it", "the person"])
def test_it_can_be_ended_early(who: str) -> None:
    person, lena = known(), make.worker()
    hers = signed_in(lena)
    opened(hers, **NAMED)
    emergency = Emergency.objects.get()
    if who == "the person":
        browser(person).post(at(person, f"emergencies/{emergency.pk}/shut/"))
    else:
        hers.post(f"/emergency/{emergency.pk}/end/")
    assert hers.get(f"/page/{person.pk}/reach-me/").status_code == 404
    emergency.refresh_from_db()
    assert emergency.until < timezone.now()


def test_nobody_else_ends_it_and_nobody_makes_it_longer() -> None:
    known()
    lena, max_ = make.worker(), make.worker("max")
    opened(signed_in(lena), **NAMED)
    emergency = Emergency.objects.get()
    assert signed_in(max_).post(f"/emergency/{emergency.pk}/end/").status_code == 404
    now = timezone.now()
    with acting(max_, at=now):
        actions.end(emergency, by=max_, at=now)
    with acting(max_, at=now):
        actions.end(emergency, by=lena, at=now)
    with acting(lena, at=now):
        actions.end(emergency, by=lena, at=emergency.until + timedelta(hours=1))
    until = emergency.until
    emergency.refresh_from_db()
    assert emergency.until == until


def test_the_privacy_lead_owes_a_verdict_which_the_person_reads() -> None:
    person, lena, priya = known(), make.worker(), privacy_lead()
    hers = signed_in(lena)
    opened(hers, **NAMED)
    hers.get(f"/page/{person.pk}/reach-me/")
    emergency = Emergency.objects.get()
    staff = signed_in(priya)
    assert "Lena of Riverside Surgery" in text(staff, "/privacy-lead/")
    address = f"/privacy-lead/emergencies/{emergency.pk}/"
    assert "looked at how to reach them" in text(staff, address)
    assert staff.post(address, {"verdict": "", "words": ""}).status_code == 422
    found = {"verdict": Verdict.IN_ORDER.value, "words": "The police had rung the surgery."}
    assert staff.post(address, found).status_code == 302
    shown = text(browser(person), at(person))
    assert "It was right to look" in shown
    assert found["words"] in shown
    assert Event.objects.filter(person=person, kind=Kind.EMERGENCY_REVIEWED).exists()
    assert staff.post(address, found).status_code == 404


def test_a_privacy_lead_never_sees_whose_page_it_is() -> None:
    person, priya = known(), privacy_lead()
    opened(signed_in(make.worker()), **NAMED)
    staff = signed_in(priya)
    for address in ("/privacy-lead/", f"/privacy-lead/emergencies/{Emergency.objects.get().pk}/"):
        assert "Patricia" not in text(staff, address)
    assert staff.get(f"/page/{person.pk}/reach-me/").status_code == 404


@pytest.mark.parametrize("role", [None, Role.PROVIDER, Role.COMMISSIONER])
def test_only_those_who_work_with_people_come_to_the_door(role: Role | None) -> None:
    known()
    account = make.worker("olu", role) if role else make.somebody("sid")
    assert signed_in(account).get("/emergency/").status_code == 403
    assert opened(signed_in(account), **NAMED).status_code == 403
    now = timezone.now()
    with pytest.raises(Refusal, match="Only somebody who works with people"), acting(account, at=now):
        actions.open_in_emergency(
            Sought(phone="07700900123"),
            organization=make.organization(),
            grounds=Grounds.LIFE,
            words="Curious.",
            site="",
            by=account,
            at=now,
        )
    assert not Emergency.objects.exists()


def test_one_shows_again_who_one_is_first() -> None:
    client = signed_in(make.worker())
    session = client.session
    eleven_minutes_ago = time.time() - 11 * 60
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": eleven_minutes_ago}]
    session.save()
    assert client.get("/emergency/")["Location"].startswith("/sign-in/again/")
    known()
    assert opened(client, **NAMED)["Location"].startswith("/sign-in/again/")
    assert not Emergency.objects.exists()


def test_after_ten_tries_within_an_hour_one_has_to_wait() -> None:
    known()
    client = signed_in(make.worker())
    for number in range(10):
        opened(client, phone=f"020 7946 00{number:02}")
    answer = opened(client, **NAMED)
    assert "10 people within an hour" in answer.content.decode()
    assert not Emergency.objects.exists()
    assert "tried 10, found 0" in text(signed_in(privacy_lead()), "/privacy-lead/")


def test_leaving_the_organization_ends_it() -> None:
    person, lena = known(), make.worker()
    hers = signed_in(lena)
    opened(hers, **NAMED)
    dismiss(Membership.objects.get(account=lena), by="Rita", at=timezone.now())
    assert hers.get(f"/page/{person.pk}/reach-me/").status_code == 302
    assert signed_in(Account.objects.get(pk=lena.pk)).get(f"/page/{person.pk}/reach-me/").status_code == 404


def find(asking: Account, name: str, born: date | None) -> object:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT livingwell_find_one(%s, %s, %s, %s, '', '')", [asking.pk, timezone.now(), name, born]
        )
        return cursor.fetchone()[0]


def test_the_database_itself_finds_nobody_for_others_or_in_anothers_name() -> None:
    person, lena, sid = known(), make.worker(), make.somebody("sid")
    name, born = "Patricia O’Neill", date(1985, 3, 27)
    now = timezone.now()
    with acting(lena, at=now):
        assert find(lena, name, born) == person.pk
    with acting(sid, at=now):
        assert find(sid, name, born) is None
        assert find(lena, name, born) is None
