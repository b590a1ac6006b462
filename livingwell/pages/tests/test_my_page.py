"""Beginning a page with nothing, and with a story that travels through signing in without being typed again."""

from __future__ import annotations

import logging
import re
from html import unescape
from typing import TYPE_CHECKING

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from livingwell.consent.models import Person
from livingwell.consent.tests import make as consent
from livingwell.messaging.models import Message
from livingwell.people.invented import INVENTED
from livingwell.people.tests.make import person as account
from livingwell.people.tests.make import signed_in
from livingwell.plans.models import PageTheme, Section, Words
from livingwell.plans.tests import make
from livingwell.themes.actions import publish
from livingwell.themes.vocabulary import vocabulary

if TYPE_CHECKING:
    from django.http import HttpResponse
    from pytest_django import Settings

pytestmark = pytest.mark.django_db
STORY = "I love gardening & <b>\u201croses\u201d</b>.\nI am Quillfeather\u2019s mum."


def hidden(page: str) -> dict[str, str]:
    """The fields that the first form in the main part would send, as a browser would."""
    main = page.split("<main")[1]
    form = main[main.index("<form") : main.index("</form>")]
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form)
    return {name: unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def newest_code() -> str:
    found = re.search(r"\d{6}", Message.objects.latest("queued_at").body)
    assert found
    return found[0]


def matters(person: Person) -> str:
    return Words.objects.get(person=person, section=Section.MATTERS).text


def posted_on(client: Client, story: str = STORY) -> HttpResponse:
    """What a browser does that is told 307: it posts the same to the other address."""
    told = client.post("/my-page/", {"story": story})
    assert told.status_code == 307
    assert "Quillfeather" not in told.headers["Location"]
    return client.post(told.headers["Location"], {"story": story})  # type: ignore[return-value]


def test_a_stranger_signs_in_and_comes_back() -> None:
    assert Client().get("/my-page/").headers["Location"] == "/sign-in/?next=%2Fmy-page%2F"


def test_a_page_begins_with_one_press_and_nothing_to_fill_in() -> None:
    client = signed_in(account())
    page = client.get("/my-page/").content.decode()
    assert "Start my page" in page
    assert 'type="text"' not in page
    assert not Person.objects.exists()
    there = client.post("/my-page/").headers["Location"]
    assert there == f"/page/{Person.objects.get().pk}/words/about/matters/"
    assert client.get(there).status_code == 200
    client.post("/my-page/")
    assert Person.objects.count() == 1


def test_whoever_has_a_page_comes_to_it() -> None:
    person = consent.page_of()
    assert person.account
    there = signed_in(person.account).get("/my-page/").headers["Location"]
    assert there.startswith(f"/page/{person.pk}/")


def test_a_story_that_is_posted_stands_on_the_page_with_themes_heard() -> None:
    publish(vocabulary())
    client = signed_in(account())
    there = client.post("/my-page/", {"story": STORY}).headers["Location"]
    assert matters(Person.objects.get()) == STORY
    assert PageTheme.objects.filter(theme="gardening").exists()
    assert "gardening" in client.get(there).content.decode()


def test_a_story_goes_below_what_stands_there_and_never_twice() -> None:
    person = consent.page_of()
    make.wrote(person, Section.MATTERS, "My dog.")
    assert person.account
    client = signed_in(person.account)
    for _ in range(2):
        client.post("/my-page/", {"story": STORY})
    assert matters(person) == f"My dog.\n\n{STORY}"


def test_a_story_travels_through_signing_in_and_stands_nowhere_on_the_way(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    client = Client()
    page = posted_on(client).content.decode()
    assert hidden(page) == {"next": "/my-page/", "story": STORY}
    code = client.post("/sign-in/", {**hidden(page), "address": "pat@example.org"})
    assert code.status_code == 200
    assert "Type the code" in code.content.decode()
    assert "Something to put right" not in code.content.decode()
    assert "no-store" in code.headers["Cache-Control"]
    wrong = client.post("/sign-in/code/", {**hidden(code.content.decode()), "code": "12345"})
    assert hidden(wrong.content.decode())["story"] == STORY
    kept = client.post("/sign-in/code/", {**hidden(wrong.content.decode()), "code": newest_code()})
    assert "Keep this on my page" in kept.content.decode()
    assert not Words.objects.exists()

    client.post("/my-page/", hidden(kept.content.decode()))

    assert matters(Person.objects.get()) == STORY
    for session in Session.objects.all():
        assert "Quillfeather" not in str(session.get_decoded())
    assert "Quillfeather" not in str(client.cookies)
    assert "Quillfeather" not in caplog.text
    assert not any("Quillfeather" in message.body for message in Message.objects.all())


def test_a_story_travels_with_a_password_too() -> None:
    pat = account()
    pat.set_password("a long enough one")
    pat.save()
    client = Client()
    page = client.post("/sign-in/password/", hidden(posted_on(client).content.decode()))
    assert page.status_code == 200
    said = {**hidden(page.content.decode()), "address": "pat@example.org", "password": "a long enough one"}
    kept = client.post("/sign-in/password/", said)
    assert hidden(kept.content.decode()) == {"story": STORY}


def test_a_story_travels_with_somebody_invented(settings: Settings) -> None:
    settings.DEMONSTRATION = True
    client = Client()
    page = posted_on(client).content.decode()
    assert page.count("story") > 2
    kept = client.post(f"/sign-in/as/{INVENTED[0].slug}/", hidden(page))
    assert hidden(kept.content.decode()) == {"story": STORY}


def test_a_story_travels_through_a_second_step() -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal import auth as totp

    pat = account()
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(pat, secret)
    RecoveryCodes.activate(pat)
    client = Client()
    said = {**hidden(posted_on(client).content.decode()), "address": "pat@example.org"}
    code = client.post("/sign-in/", said).content.decode()
    step = client.post("/sign-in/code/", {**hidden(code), "code": newest_code()}).content.decode()
    assert "Your second step" in step
    assert 'action="/account/second-step/authenticate/"' in step
    shown = totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))
    said = {"story": STORY, "code": shown}
    kept = client.post("/account/second-step/authenticate/", said)
    assert hidden(kept.content.decode()) == {"story": STORY}


def test_a_code_that_is_over_does_not_take_the_story_with_it() -> None:
    client = Client()
    said = {**hidden(posted_on(client).content.decode()), "address": "pat@example.org"}
    page = client.post("/sign-in/", said).content.decode()
    for _ in range(6):
        page = client.post("/sign-in/code/", {**hidden(page), "code": "000000"}).content.decode()
    assert "That code is over" in page
    assert hidden(page) == {"next": "/my-page/", "story": STORY}
    assert "Tell us where to send a code" in client.post("/sign-in/", hidden(page)).content.decode()


def test_the_answer_to_a_story_offers_to_keep_it() -> None:
    page = Client().post("/suggestions/", {"story": STORY}).content.decode()
    assert "Keep this on a page of my own" in page
    form = page[page.index('action="/my-page/"') :]
    found = re.search(r'name="story" value="([^"]*)"', form)
    assert found
    assert unescape(found[1]) == STORY


def test_the_way_to_ones_page_stands_on_every_page_and_costs_no_query() -> None:
    client = signed_in(account())
    assert 'href="/my-page/"' not in Client().get("/about/").content.decode()
    with CaptureQueriesContext(connection) as queries:
        assert 'href="/my-page/"' in client.get("/about/").content.decode()
    assert not [query for query in queries if "consent_person" in query["sql"]]
