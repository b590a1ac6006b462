"""Those who keep the network settle what nobody knew, and read what came in; strangers see none of it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from livingwell.messaging.actions import news
from livingwell.messaging.models import Inbound, Message, Status
from livingwell.messaging.tests.make import queued
from livingwell.people.tests import make as people

pytestmark = pytest.mark.django_db


def unknown() -> Message:
    message = queued()
    Message.objects.filter(pk=message.pk).update(status=Status.UNKNOWN, problem="No clear answer came.")
    return message


@pytest.mark.parametrize(
    ("outcome", "status"), [("went", Status.SENT), ("again", Status.QUEUED), ("leave", Status.CANCELLED)]
)
def test_an_editor_settles_a_message_that_nobody_knew(outcome: str, status: Status) -> None:
    message = unknown()
    client = people.signed_in(people.editor())
    page = client.get("/keeping/messages/").content.decode()
    assert "No clear answer came." in page
    assert "+44 … 123" in page
    assert "900123" not in page
    assert "One message needs a look" in client.get("/keeping/").content.decode()
    client.post(f"/keeping/messages/{message.pk}/settle/", {"outcome": outcome})
    message.refresh_from_db()
    assert (message.status, message.moved_by) == (status, "edna@example.org")


def test_a_text_that_came_in_is_read_once() -> None:
    inbound = news.receive(
        provider="twilio", reference="SM1", sender="+447700900123", body="thank you", at=timezone.now()
    )
    client = people.signed_in(people.editor())
    assert "thank you" in client.get("/keeping/messages/").content.decode()
    client.post(f"/keeping/messages/{inbound.pk}/read/")
    assert Inbound.objects.get().read_by == "edna@example.org"
    assert "thank you" not in client.get("/keeping/messages/").content.decode()


def test_strangers_and_volunteers_see_none_of_it() -> None:
    message = unknown()
    for client, answer in ((Client(), 302), (people.signed_in(people.verifier()), 403)):
        assert client.get("/keeping/messages/").status_code == answer
        assert (
            client.post(f"/keeping/messages/{message.pk}/settle/", {"outcome": "went"}).status_code == answer
        )
    message.refresh_from_db()
    assert message.status == Status.UNKNOWN
