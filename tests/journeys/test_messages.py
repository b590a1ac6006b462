"""Somebody reads every message that went to them or to others about them."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect

from livingwell.consent.actions import reach, start
from livingwell.contacting.actions import note, write
from livingwell.contacting.models import About
from livingwell.messaging.actions import send
from livingwell.messaging.models import Channel, Message, Status
from livingwell.people.actions import account_for
from tests.journeys.conftest import DESK, PHONE, for_good
from tests.journeys.test_every_page import complaints
from tests.journeys.test_own_words import sign_in


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_somebody_reads_what_was_sent(chromium: Browser, site: str, size: object) -> None:
    account, at = for_good(lambda: account_for("email", f"{uuid4().hex}@example.org")), timezone.now()

    def made() -> str:
        person = start(by=account, at=at, called="Pat")
        reach(person, {"phone": "07700 900123", "ways": ["text"]})
        lost = write(person, About.CHECK_IN, key=uuid4().hex, by=None, at=at).letter
        assert lost
        Message.objects.filter(pk=lost.message_id).update(status=Status.FAILED)
        told = send(
            channel=Channel.EMAIL,
            to="choir@example.org",
            subject="Somebody would like to be introduced to you",
            body="Hello,\n\nwhat they want you to know is behind this link:\n\nhttps://here.example/answer/x/",
            key=uuid4().hex,
            at=at,
            by="test",
        )
        note(person, told, About.INTRODUCTION, receiver="Choir for everyone", by=account, at=at)
        return f"/page/{person.pk}/"

    page_address = for_good(made)
    context = chromium.new_context(base_url=site, viewport=size)  # type: ignore[arg-type]
    sign_in(context, account, site)
    page = context.new_page()
    page.goto(page_address)
    expect(page.get_by_text("A message to you did not arrive.")).to_be_visible()
    page.get_by_role("link", name="Messages").click()
    expect(page.get_by_text("How are you today?")).to_be_visible()
    expect(page.get_by_text("E-mail to Choir for everyone")).to_be_visible()
    expect(page.get_by_text("(a link)")).to_be_visible()
    assert complaints(page) == []
    context.close()
