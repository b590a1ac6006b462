"""Signing in with a code, as an invented person, and out."""

import re

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from livingwell.messaging.models import Channel, Message
from livingwell.people import actions
from livingwell.people.invented import INVENTED
from livingwell.people.models import Account
from livingwell.people.tests import make

pytestmark = pytest.mark.django_db


def newest_code() -> str:
    found = re.search(r"\d{6}", Message.objects.latest("queued_at").body)
    assert found
    return found[0]


def asked(address: str, next_page: str = "") -> Client:
    client = Client()
    response = client.post("/sign-in/", {"address": address, "next": next_page})
    assert response.status_code == 302, response.content.decode()
    assert response["Location"] == "/sign-in/code/"
    return client


@pytest.mark.parametrize(
    ("typed", "channel", "kept"),
    [("Pat@Example.ORG", Channel.EMAIL, "pat@example.org"), ("07700 900123", Channel.TEXT, "+447700900123")],
)
def test_a_code_that_came_back_makes_an_account_and_signs_in(typed: str, channel: Channel, kept: str) -> None:
    client = asked(typed)

    response = client.post("/sign-in/code/", {"code": newest_code()}, follow=True)

    assert response.redirect_chain[-1][0] == "/account/"
    account = Account.objects.get()
    assert kept == (account.email or account.phone)
    assert Message.objects.get().channel == channel
    assert response.wsgi_request.user == account


def test_a_code_is_never_in_the_subject() -> None:
    asked("pat@example.org")

    message = Message.objects.get()
    assert not re.search(r"\d", message.subject)
    assert "Living Well" not in message.subject + message.body


def test_known_and_unknown_addresses_get_the_same_answer() -> None:
    make.person("known@example.org")
    pages = []
    for address in ("known@example.org", "other@example.org"):
        client = asked(address)
        page = client.get("/sign-in/code/").content.decode()
        pages.append(re.sub(r'value="\w{64}"', "", page).replace(address[0] + "…", "…"))

    assert pages[0] == pages[1]
    assert Account.objects.count() == 1


def test_a_code_can_be_tried_five_times() -> None:
    client = asked("pat@example.org")
    code = newest_code()
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(5):
        assert client.post("/sign-in/code/", {"code": wrong}).status_code == 422

    assert client.post("/sign-in/code/", {"code": code}).status_code == 410
    assert not Account.objects.exists()


def test_somebody_closed_out_is_told_so_only_after_the_code() -> None:
    account = make.person()
    Account.objects.filter(pk=account.pk).update(is_active=False)
    client = asked(account.email)

    response = client.post("/sign-in/code/", {"code": newest_code()}, follow=True)

    assert "This account is closed" in response.content.decode()
    assert not response.wsgi_request.user.is_authenticated


def test_outside_the_demonstration_nobody_is_signed_in_by_one_press() -> None:
    actions.let_in_the_invented(at=timezone.now())
    for one in INVENTED:
        assert Client().post(f"/sign-in/as/{one.slug}/").status_code == 404
    assert "/sign-in/as/" not in Client().get("/sign-in/").content.decode()


@pytest.mark.parametrize("slug", ["editor", "volunteer"])
def test_in_the_demonstration_one_press_signs_in(settings: LazySettings, slug: str) -> None:
    settings.DEMONSTRATION = True
    actions.let_in_the_invented(at=timezone.now())
    client = Client()

    response = client.post(f"/sign-in/as/{slug}/")

    assert response.status_code == 302
    assert client.get("/account/").status_code == 200
