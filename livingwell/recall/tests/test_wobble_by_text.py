"""The word WOBBLE, from the provider's signed knock to the texts that leave; and names that no text can hold."""

from __future__ import annotations

import os
import signal
import time
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from twilio.request_validator import RequestValidator

from livingwell.consent import actions as consent
from livingwell.contacting.models import About, Letter
from livingwell.messaging.models import Inbound, Message
from livingwell.messaging.tests import standin
from livingwell.messaging.tests.test_killed import empty_outbox, worker
from livingwell.messaging.texts import is_plain, segments
from livingwell.people.actions import account_for
from livingwell.recall import actions
from livingwell.recall.models import Telling, Wobble
from livingwell.recall.tests import make

if TYPE_CHECKING:
    from livingwell.consent.models import Person

__all__ = ["empty_outbox"]
NUMBER, DEE = "+447700900100", "+447700900321"
TOKEN, SITE, ADDRESS = "twilio-token", "https://livingwell.example", "/messages/twilio/inbound/"


@pytest.fixture(autouse=True)
def twilio(settings: pytest.FixtureRequest) -> None:
    settings.TWILIO_AUTH_TOKEN, settings.SITE_URL = TOKEN, SITE  # type: ignore[attr-defined]


def with_a_number(called: str = "Pat") -> Person:
    """Somebody who signs in by text, and chose Dee."""
    person = consent.start(by=account_for("text", NUMBER), at=make.LONG_AGO, called=called)
    dee = make.friend(person)
    actions.choose_allies(person, [dee.pk], by=make.owner(person), at=make.LONG_AGO)
    return person


def knock(token: str = TOKEN, sid: str = "SM1") -> int:
    form = {"MessageSid": sid, "From": NUMBER, "To": "+4477", "Body": "Wobble"}
    signature = RequestValidator(token).compute_signature(f"{SITE}{ADDRESS}", form)
    return Client().post(ADDRESS, form, headers={"X-Twilio-Signature": signature}).status_code


@pytest.mark.usefixtures("empty_outbox")
def test_a_signed_wobble_tells_those_chosen_once_and_answers_and_stands_on_the_page() -> None:
    person = with_a_number()
    assert [knock(), knock(), knock(sid="SM2")] == [200, 200, 200]
    with standin.running() as provider:
        running = worker(provider)
        try:
            _wait_until_taken(provider, 3)
        finally:
            os.killpg(running.pid, signal.SIGTERM)
            running.wait(timeout=15)
    said = sorted(
        (one["said"]["phone_number"], one["said"]["personalisation"]["body"]) for one in provider.taken
    )
    assert [number for number, _words in said] == [NUMBER, NUMBER, DEE]
    assert {words.split(".")[0] for number, words in said if number == NUMBER} == {
        "Done",
        "Those you chose were told already today",
    }
    assert said[-1][1].startswith("Pat would be glad to hear from you today.")
    assert Telling.objects.count() == 1
    letter = Letter.objects.get()
    assert (letter.person, letter.about, letter.receiver) == (person, About.BAD_DAY, "Dee")


def _wait_until_taken(provider: standin.Standin, number: int) -> None:
    for _ in range(300):
        if len(provider.taken) >= number and not Message.objects.waiting().exists():
            return
        time.sleep(0.1)
    raise AssertionError(provider.taken)


@pytest.mark.django_db
def test_a_wobble_that_the_provider_did_not_sign_tells_nobody() -> None:
    with_a_number()
    assert knock("another token") == 403
    assert not Inbound.objects.exists()
    assert not Wobble.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("called", "opens"),
    [("Łukasz Wiśniewski", "Lukasz Wisniewski would"), ("Мария", "Somebody who"), ("Zoë", "Zoe would")],
)
def test_a_name_that_phones_may_not_know_is_told_in_plain_signs(called: str, opens: str) -> None:
    person = with_a_number(called)
    actions.wobble(person, by=make.owner(person), at=make.LATER)
    body = Message.objects.get().body
    assert body.startswith(opens)
    assert is_plain(body)
    assert segments(body) == 1
