"""What goes over the wire to Notify and Twilio, and what their answers mean for a message."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from livingwell.messaging.adapters import named
from livingwell.messaging.adapters.port import Passing, Post, Refused, Unclear
from livingwell.messaging.models import Channel
from livingwell.messaging.tests import standin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import Settings

    from livingwell.messaging.tests.standin import Answer, Standin

TEMPLATES = {"email": str(uuid4()), "text": str(uuid4()), "letter": str(uuid4())}
RATE = {"status_code": 429, "errors": [{"error": "RateLimitError", "message": "Exceeded rate limit"}]}
DAILY = {"status_code": 429, "errors": [{"error": "TooManyRequestsError", "message": "Exceeded send limits"}]}
TRIAL = {
    "status_code": 400,
    "errors": [{"error": "BadRequestError", "message": "Can't send to this recipient"}],
}
BROKEN = {"status_code": 500, "errors": [{"error": "Exception", "message": "Internal server error"}]}


@pytest.fixture
def provider(settings: Settings) -> Iterator[Standin]:
    with standin.running() as running:
        settings.NOTIFY_URL = settings.TWILIO_URL = running.address
        settings.NOTIFY_API_KEY = standin.KEY
        settings.NOTIFY_TEMPLATES = TEMPLATES
        settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN = standin.SID, standin.TOKEN
        settings.TWILIO_FROM = "+447700900000"
        settings.SITE_URL = "https://livingwell.example"
        settings.MESSAGES_TIMEOUT = 1
        yield running


def post(channel: Channel = Channel.TEXT) -> Post:
    to = {
        Channel.TEXT: "+447700900123",
        Channel.EMAIL: "name@example.com",
        Channel.LETTER: "A Neighbour\n1 High Street\nLondon\nSW2 1RW",
    }[channel]
    return Post(channel, to, "What you kept", "Choir, Tue 7pm", str(uuid4()))


def test_notify_gets_a_text_with_its_template_words_and_reference(provider: Standin) -> None:
    sent = post()
    reference = named("notify").send(sent)

    assert provider.taken[0]["id"] == reference
    assert provider.taken[0]["said"] == {
        "phone_number": "+447700900123",
        "template_id": TEMPLATES["text"],
        "personalisation": {"body": "Choir, Tue 7pm"},
        "reference": sent.reference,
    }


def test_notify_gets_an_email_with_a_subject_and_a_letter_with_its_lines(provider: Standin) -> None:
    named("notify").send(post(Channel.EMAIL))
    named("notify").send(post(Channel.LETTER))
    email, letter = (each["said"] for each in provider.taken)

    assert email["email_address"] == "name@example.com"
    assert email["personalisation"] == {"subject": "What you kept", "body": "Choir, Tue 7pm"}
    assert letter["personalisation"]["address_line_1"] == "A Neighbour"
    assert letter["personalisation"]["address_line_4"] == "SW2 1RW"


@pytest.mark.parametrize(
    ("answer", "meaning", "least"),
    [
        ((429, RATE), Passing, 60),
        ((429, DAILY), Passing, 3600),
        ((400, TRIAL), Refused, 0),
        ((500, BROKEN), Unclear, 0),
        ((503, {}), Unclear, 0),
    ],
)
def test_each_answer_of_notify_has_its_meaning(
    provider: Standin, answer: Answer, meaning: type[Exception], least: int
) -> None:
    provider.trouble = [answer]
    with pytest.raises(meaning) as said:
        named("notify").send(post())
    assert getattr(said.value, "after", 0) >= least
    assert "900123" not in str(said.value)


@pytest.mark.parametrize("name", ["notify", "twilio"])
def test_a_provider_that_is_not_there_is_tried_later_and_one_that_hangs_is_unclear(
    provider: Standin, settings: Settings, name: str
) -> None:
    provider.pause = 1.5
    with pytest.raises(Unclear):
        named(name).send(post())
    settings.NOTIFY_URL = settings.TWILIO_URL = "http://127.0.0.1:9"
    with pytest.raises(Passing, match="could not be reached"):
        named(name).send(post())


def test_a_wrong_key_is_for_whoever_runs_this_and_loses_no_message(
    provider: Standin, settings: Settings
) -> None:
    settings.NOTIFY_API_KEY = standin.KEY[:-4] + "0000"
    with pytest.raises(Passing, match="key"):
        named("notify").send(post())
    settings.TWILIO_AUTH_TOKEN = "wrong"
    with pytest.raises(Passing, match="token"):
        named("twilio").send(post())


def test_notify_knows_what_it_has_by_our_reference(provider: Standin) -> None:
    sent = post()
    reference = named("notify").send(sent)

    assert named("notify").find(sent, datetime.now(UTC)) == reference
    assert named("notify").find(post(), datetime.now(UTC)) is None


def test_twilio_gets_a_form_and_where_to_send_its_news(provider: Standin) -> None:
    sent = post()
    sid = named("twilio").send(sent)
    taken = provider.taken[0]

    assert (taken["sid"], taken["to"], taken["from"]) == (sid, "+447700900123", "+447700900000")
    assert taken["body"] == "Choir, Tue 7pm"
    assert taken["status_callback"] == (
        f"https://livingwell.example/messages/twilio/receipts/?message={sent.reference}"
    )


@pytest.mark.parametrize(
    ("answer", "meaning", "stopped"),
    [
        ((429, {"code": 20429, "message": "Too Many Requests", "status": 429}), Passing, False),
        ((400, {"code": 21211, "message": "Invalid 'To' Phone Number", "status": 400}), Refused, False),
        (
            (400, {"code": 21610, "message": "Attempt to send to unsubscribed recipient", "status": 400}),
            Refused,
            True,
        ),
        ((500, {"code": 20500, "message": "Internal Server Error", "status": 500}), Unclear, False),
    ],
)
def test_each_answer_of_twilio_has_its_meaning(
    provider: Standin, answer: Answer, meaning: type[Exception], stopped: bool
) -> None:
    provider.trouble = [answer]
    with pytest.raises(meaning) as said:
        named("twilio").send(post())
    assert getattr(said.value, "stopped", False) is stopped


def test_twilio_is_asked_for_the_same_words_and_its_silence_proves_nothing(provider: Standin) -> None:
    sent = post()
    began = datetime.now(UTC) - timedelta(seconds=1)
    sid = named("twilio").send(sent)

    assert named("twilio").find(sent, began) == sid
    with pytest.raises(Unclear):
        named("twilio").find(Post(Channel.TEXT, sent.to, "", "Other words", "other"), began)
    with pytest.raises(Unclear):
        named("twilio").find(sent, datetime.now(UTC) + timedelta(minutes=5))


@pytest.mark.parametrize(
    ("name", "channel"), [("twilio", Channel.EMAIL), ("smtp", Channel.TEXT), ("", Channel.TEXT)]
)
def test_what_an_adapter_cannot_carry_is_refused(provider: Standin, name: str, channel: Channel) -> None:
    with pytest.raises(Refused):
        named(name).send(post(channel))
