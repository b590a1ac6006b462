"""Who knocks must prove who it is; then receipts move messages, and STOP is obeyed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.test import Client
from twilio.request_validator import RequestValidator

from livingwell.core.errors import Refusal
from livingwell.messaging import actions, keywords
from livingwell.messaging.actions import news
from livingwell.messaging.actions.delivering import deliver
from livingwell.messaging.adapters.port import Passing, Unclear
from livingwell.messaging.models import Channel, Inbound, Message, Status
from livingwell.messaging.tests.make import MOBILE, NOW, Provider, queued

if TYPE_CHECKING:
    from datetime import datetime

    from pytest_django import Settings

pytestmark = pytest.mark.django_db
NUMBER = "+447700900123"


@pytest.fixture(autouse=True)
def providers(settings: Settings) -> None:
    settings.NOTIFY_CALLBACK_TOKEN = "notify-token"
    settings.TWILIO_AUTH_TOKEN = "twilio-token"
    settings.SITE_URL = "https://livingwell.example"


def sent(provider: str) -> Message:
    message = queued()
    Message.objects.filter(pk=message.pk).update(provider=provider)
    deliver(message.pk, by="worker", at=NOW, adapter=lambda _name: Provider())
    message.refresh_from_db()
    return message


def notify(path: str, said: object, token: str = "notify-token") -> int:  # noqa: S107
    return (
        Client()
        .post(
            f"/messages/notify/{path}/",
            json.dumps(said),
            content_type="application/json",
            headers={"Authorization": f"Bearer {token}"},
        )
        .status_code
    )


def twilio(path: str, form: dict[str, str], token: str = "twilio-token") -> int:  # noqa: S107
    address = f"/messages/twilio/{path}"
    signature = RequestValidator(token).compute_signature(f"https://livingwell.example{address}", form)
    return Client().post(address, form, headers={"X-Twilio-Signature": signature}).status_code


def receipt(message: Message, status: str) -> dict[str, Any]:
    return {
        "id": str(uuid4()),
        "reference": str(message.pk),
        "to": "07700900123",
        "status": status,
        "created_at": "2026-03-03T10:00:00.000000Z",
        "completed_at": "2026-03-03T10:00:02.000000Z",
        "sent_at": "2026-03-03T10:00:01.000000Z",
        "notification_type": "sms",
        "template_id": str(uuid4()),
        "template_version": 1,
    }


def test_a_receipt_of_notify_says_that_it_arrived_once() -> None:
    message = sent("notify")
    assert [notify("receipts", receipt(message, "delivered")) for _ in range(2)] == [204, 204]
    message.refresh_from_db()
    assert message.status == Status.DELIVERED
    assert message.moves.filter(status=Status.DELIVERED).count() == 1


def test_a_receipt_says_in_plain_words_why_it_did_not_arrive() -> None:
    message = sent("notify")
    notify("receipts", receipt(message, "temporary-failure"))
    message.refresh_from_db()
    assert (message.status, "phone was off" in message.problem) == (Status.FAILED, True)


def test_news_of_twilio_finds_its_message_and_late_news_changes_nothing() -> None:
    message = sent("twilio")
    path = f"receipts/?message={message.pk}"
    assert twilio(path, {"MessageSid": "SM1", "MessageStatus": "delivered"}) == 204
    assert twilio(path, {"MessageSid": "SM1", "MessageStatus": "sent"}) == 204
    message.refresh_from_db()
    assert message.status == Status.DELIVERED


def test_strangers_are_turned_away(settings: Settings) -> None:
    message = sent("notify")
    assert notify("receipts", receipt(message, "delivered"), token="guess") == 403
    assert twilio("receipts/", {"MessageSid": "SM1", "MessageStatus": "delivered"}, token="guess") == 403
    assert notify("inbound", [1, 2]) == 400
    assert Client().get("/messages/notify/receipts/").status_code == 405
    settings.NOTIFY_CALLBACK_TOKEN = ""
    assert notify("receipts", receipt(message, "delivered"), token="") == 404
    assert Client().post("/messages/pigeon/receipts/").status_code == 404
    message.refresh_from_db()
    assert message.status == Status.SENT


def test_news_settles_what_nobody_knew() -> None:
    message = queued()
    Message.objects.filter(pk=message.pk).update(provider="notify")
    lost = Provider(answers=[Unclear("No answer came.")], finds=Unclear("Nobody knows."))
    with pytest.raises(Passing):
        deliver(message.pk, by="worker", at=NOW, adapter=lambda _name: lost)
    deliver(message.pk, by="worker", at=NOW, adapter=lambda _name: lost)
    notify("receipts", receipt(message, "delivered"))
    message.refresh_from_db()
    assert (message.status, message.in_doubt) == (Status.DELIVERED, False)


@pytest.mark.parametrize("provider", ["notify", "twilio"])
def test_stop_is_obeyed_and_start_lifts_it(provider: str) -> None:
    def text(word: str) -> int:
        if provider == "twilio":
            return twilio(
                "inbound/", {"MessageSid": uuid4().hex, "From": NUMBER, "To": "+4477", "Body": word}
            )
        said = {"id": str(uuid4()), "source_number": "447700900123", "destination_number": "07700900000"}
        return notify("inbound", said | {"message": word, "date_received": "2026-03-03T10:00:00.000000Z"})

    assert text(" stop. ") in {200, 204}
    with pytest.raises(Refusal):
        queued("after stop")
    assert text("START") in {200, 204}
    assert queued("after start").status == Status.QUEUED


def test_a_text_that_comes_twice_is_taken_once_and_one_without_a_keyword_waits_for_a_person() -> None:
    form = {"MessageSid": "SM9", "From": NUMBER, "To": "+4477", "Body": "thank you"}
    assert [twilio("inbound/", form), twilio("inbound/", form)] == [200, 200]
    assert [(each.keyword, each.body) for each in Inbound.objects.all()] == [("", "thank you")]


def test_a_keyword_is_handled_once_by_whoever_registered_it() -> None:
    seen: list[str] = []

    def handler(inbound: Inbound, _at: datetime) -> None:
        seen.append(inbound.body)

    keywords.when("HERE", handler)
    try:
        inbound = news.receive(provider="twilio", reference="SM2", sender=NUMBER, body="Here now", at=NOW)
        news.handle(inbound.pk, at=NOW)
        news.handle(inbound.pk, at=NOW)
    finally:
        keywords.forget("HERE")
    assert seen == ["Here now"]
    with pytest.raises(ValueError, match="taken"):
        keywords.when("STOP", handler)


def test_a_person_settles_what_nobody_knew_once() -> None:
    message = queued()
    Message.objects.filter(pk=message.pk).update(status=Status.UNKNOWN, in_doubt=True)
    message.refresh_from_db()
    news.settle(message, Status.QUEUED, by="editor", at=NOW)
    with pytest.raises(Refusal):
        news.settle(message, Status.QUEUED, by="editor", at=NOW)
    message.refresh_from_db()
    assert (message.status, message.in_doubt) == (Status.QUEUED, False)


def test_only_a_hash_of_a_stopped_address_is_kept() -> None:
    actions.stop(Channel.TEXT, NUMBER, by="them", at=NOW)
    assert actions.is_stopped(Channel.TEXT, NUMBER)
    from livingwell.messaging.models import Stopped

    assert MOBILE.replace(" ", "")[1:] not in Stopped.objects.get().address
