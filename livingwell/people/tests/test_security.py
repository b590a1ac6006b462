"""What somebody with bad intentions tries at the door."""

import subprocess
import sys
import threading
import time
from collections import Counter

import pytest
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from livingwell.messaging.models import Message
from livingwell.people import actions
from livingwell.people.models import Account
from livingwell.people.tests import make
from livingwell.people.tests.test_sign_in import asked, newest_code

pytestmark = pytest.mark.django_db
PRODUCTION = {
    "LIVINGWELL_ENVIRONMENT": "production",
    "ALLOWED_HOSTS": "livingwell.example",
    "SECRET_KEY": "only-for-this-test-0123456789-abcdefghijklmnopqrstuvwxyz",
    "DATABASE_URL": "postgresql://nobody@/nothing",
}


def with_password(email: str = "pat@example.org") -> Account:
    account = make.person(email)
    account.set_password("three plain words")
    account.save()
    return account


@pytest.mark.parametrize(
    "address", ["/sign-in/", "/sign-in/code/", "/sign-in/password/", "/sign-out/", "/sign-in/as/editor/"]
)
def test_every_form_of_the_door_must_come_from_our_own_page(address: str) -> None:
    assert Client(enforce_csrf_checks=True).post(address, {"address": "pat@example.org"}).status_code == 403
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "http:///evil.example",
    ],
)
def test_signing_in_leads_nowhere_else(wanted: str) -> None:
    client = asked("pat@example.org", wanted)

    assert client.post("/sign-in/code/", {"code": newest_code()})["Location"] == "/sign-in/done/"

    with_password("other@example.org")
    said = {"address": "other@example.org", "password": "three plain words", "next": wanted}
    assert Client().post("/sign-in/password/", said)["Location"] == "/sign-in/done/"
    assert client.post(f"/sign-out/?next={wanted}")["Location"] == "/"


def test_signing_in_leads_back_to_where_one_was() -> None:
    client = asked("pat@example.org", "/account/name/?a=b")

    assert client.post("/sign-in/code/", {"code": newest_code()})["Location"] == "/account/name/?a=b"


def test_a_session_has_a_new_key_once_somebody_is_signed_in() -> None:
    client = asked("pat@example.org")
    before = client.cookies["sessionid"].value

    client.post("/sign-in/code/", {"code": newest_code()})

    assert client.cookies["sessionid"].value != before
    stale = Client()
    stale.cookies["sessionid"] = before
    assert stale.get("/account/").status_code == 302


def test_looking_at_the_way_out_signs_nobody_out() -> None:
    client = make.signed_in(make.person())

    client.get("/sign-out/")
    assert client.get("/account/").status_code == 200
    client.post("/sign-out/")
    assert client.get("/account/").status_code == 302


def test_cookies_are_out_of_reach_of_scripts_and_other_sites() -> None:
    client = asked("pat@example.org")
    client.post("/sign-in/code/", {"code": newest_code()})

    for name in ("sessionid", "csrftoken"):
        client.get("/sign-in/password/")
        assert client.cookies[name]["httponly"], name
        assert client.cookies[name]["samesite"] == "Lax", name


def test_in_production_the_cookies_are_secure_and_nothing_of_the_demonstration_is_open() -> None:
    said = (
        "from django.conf import settings as s; import django; django.setup();"
        "print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.DEMONSTRATION, s.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN)"
    )
    answer = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", said],
        env={**PRODUCTION, "DJANGO_SETTINGS_MODULE": "livingwell.config.settings"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert answer.stdout.split() == ["True", "True", "False", "False"]


def test_a_visitor_who_never_signed_in_costs_no_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(0):
        response = Client().get("/about/")

    assert response.headers["Vary"] == "Cookie, Accept-Language, Accept-Encoding", "the language, no more"
    assert 'href="/sign-in/"' in response.content.decode()


def test_pages_of_the_door_are_kept_by_nobody() -> None:
    client = make.signed_in(make.person())

    for page in ("/account/", "/account/sessions/", "/account/second-step/totp/activate/"):
        assert "no-store" in client.get(page).headers["Cache-Control"], page
    assert "no-store" in Client().get("/sign-in/").headers["Cache-Control"]


def test_no_more_than_five_codes_go_to_one_address_in_a_quarter_of_an_hour() -> None:
    statuses = [Client().post("/sign-in/", {"address": "pat@example.org"}).status_code for _ in range(6)]

    assert statuses == [302] * 5 + [429]
    assert Message.objects.count() == 5


def test_a_password_that_is_wrong_too_often_closes_the_way_for_a_while() -> None:
    account = with_password()
    wrong = {"address": account.email, "password": "not that"}
    pages = [Client().post("/sign-in/password/", wrong).content.decode() for _ in range(6)]

    assert "That does not match" in pages[4]
    assert "tried too often" in pages[5]
    right = Client().post("/sign-in/password/", {**wrong, "password": "three plain words"})
    assert right.status_code == 422


def test_wrong_passwords_of_one_number_do_not_close_the_way_for_another() -> None:
    other = actions.account_for("text", "+447700900456")
    other.set_password("three plain words")
    other.save()
    for _ in range(6):
        Client().post("/sign-in/password/", {"address": "07700 900123", "password": "not that"})

    right = {"address": "07700 900456", "password": "three plain words"}
    assert Client().post("/sign-in/password/", right).status_code == 302


def test_a_password_says_the_same_for_known_and_unknown_and_takes_as_long() -> None:
    known = with_password()
    took: dict[str, list[float]] = {known.email: [], "other@example.org": []}
    said = set()
    for address, times in took.items():
        for _ in range(3):
            began = time.perf_counter()
            page = Client().post("/sign-in/password/", {"address": address, "password": "not that"})
            times.append(time.perf_counter() - began)
            said.add(page.content.decode().count("That does not match"))

    assert len(said) == 1
    fastest = [min(times) for times in took.values()]
    assert max(fastest) < 3 * min(fastest)


def test_signing_out_everywhere_ends_each_session_and_one_can_be_ended_alone() -> None:
    account = with_password()
    said = {"address": account.email, "password": "three plain words"}
    first, second, third = Client(), Client(), Client()
    for client in (first, second, third):
        assert client.post("/sign-in/password/", said).status_code == 302
    ending = second.session.session_key
    pk = UserSession.objects.get(user=account, session_key=ending).pk

    first.post("/account/sessions/", {"session": pk})
    assert second.get("/account/").status_code == 302
    assert third.get("/account/").status_code == 200

    first.post("/account/sessions/", {"session": "all"})
    assert {client.get("/account/").status_code for client in (first, third)} == {302}


def test_nobody_ends_a_session_of_somebody_else() -> None:
    account = with_password()
    theirs = Client()
    theirs.post("/sign-in/password/", {"address": account.email, "password": "three plain words"})
    pk = UserSession.objects.get(user=account).pk

    make.signed_in(make.person("other@example.org")).post("/account/sessions/", {"session": pk})

    assert theirs.get("/account/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_guesses_made_at_once_count_as_many_as_they_are() -> None:
    client = asked("pat@example.org")
    key, right = client.cookies["sessionid"].value, newest_code()
    guesses = [f"{number:06d}" for number in range(12) if f"{number:06d}" != right]
    statuses: list[int] = []

    def guess(code: str) -> None:
        try:
            browser = Client()
            browser.cookies["sessionid"] = key
            statuses.append(browser.post("/sign-in/code/", {"code": code}).status_code)
        finally:
            connection.close()

    guessing = [threading.Thread(target=guess, args=(code,)) for code in guesses]
    for one in guessing:
        one.start()
    for one in guessing:
        one.join()

    assert Counter(statuses)[422] <= 5
    assert client.post("/sign-in/code/", {"code": right}).status_code in {410, 302}
    assert not Account.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_passwords_tried_at_once_count_as_many_as_they_are() -> None:
    account = with_password()
    pages: list[str] = []

    def attempt() -> None:
        try:
            said = {"address": account.email, "password": "not that"}
            pages.append(Client().post("/sign-in/password/", said).content.decode())
        finally:
            connection.close()

    trying = [threading.Thread(target=attempt) for _ in range(12)]
    for one in trying:
        one.start()
    for one in trying:
        one.join()

    assert sum("That does not match" in page for page in pages) <= 5
