"""Texts that come in, through the signed webhooks: each is answered once, and of who asks nothing is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from twilio.request_validator import RequestValidator

from livingwell.contacting import asking, queries, replies
from livingwell.contacting.models import About, Answer, Letter
from livingwell.contacting.tests import make
from livingwell.contacting.words import WORDS
from livingwell.directory.actions.listing import refresh_all
from livingwell.directory.tests import make as directory
from livingwell.messaging.actions import news, stop
from livingwell.messaging.models import Channel, Inbound, Message
from livingwell.messaging.texts import is_plain, segments

if TYPE_CHECKING:
    from datetime import datetime

    from pytest_django import Settings

pytestmark = pytest.mark.django_db
NUMBER = "+447700900123"


@pytest.fixture(autouse=True)
def twilio(settings: Settings) -> None:
    settings.TWILIO_AUTH_TOKEN = "twilio-token"
    settings.SITE_URL = "https://livingwell.example"


def texted(body: str, *, sid: str = "", number: str = NUMBER) -> list[str]:
    """Text us twice, as providers do that heard no answer, and let the worker do its work twice; what we text back."""
    form = {"MessageSid": sid or uuid4().hex, "From": number, "To": "+4477", "Body": body}
    address = "/messages/twilio/inbound/"
    signature = RequestValidator("twilio-token").compute_signature(
        f"https://livingwell.example{address}", form
    )
    for _time in range(2):
        assert Client().post(address, form, headers={"X-Twilio-Signature": signature}).status_code == 200
    inbound = Inbound.objects.get(reference=form["MessageSid"])
    for _time in range(2):
        news.handle(inbound.pk, at=timezone.now())
    return list(
        Message.objects.filter(key__startswith=f"reply:{inbound.pk}")
        .order_by("key")
        .values_list("body", flat=True)
    )


def kept() -> list[tuple[str, str, str]]:
    return [(each.keyword, each.sender, each.body) for each in Inbound.objects.all()]


@pytest.mark.parametrize(
    "text",
    [
        replies.help_now(),
        replies.what_works(),
        replies.nothing_asked(),
        replies.nothing_found(),
        replies.answer_so(WORDS[About.CHECK_IN].reply),
        replies.thanks(call=True),
        replies.thanks(call=False),
        replies.found("Food for “everyone” – " + "very " * 40, "020 7946 0123"),
    ],
)
def test_each_reply_fits_one_text(text: str) -> None:
    assert is_plain(text)
    assert segments(text) == 1


def test_help_brings_the_numbers_that_matter_and_nothing_is_kept_of_who_asked() -> None:
    (reply,) = texted("help!")
    for number in ("999", "111", "116 123", "85258"):
        assert number in reply
    assert kept() == [("HELP", "", "")]
    assert Message.objects.get().forget


def food(name: str, latitude: float, phone: str) -> None:
    service = directory.tagged(directory.service(name), ["food-banks"])
    directory.at(service, directory.location(latitude=latitude, longitude=-0.115))
    if phone:
        directory.phone(service, phone)


def test_a_search_word_brings_the_three_nearest_with_a_number_and_nothing_is_kept() -> None:
    directory.place_name("SW2", 51.45, -0.115)
    for name, latitude, phone in (
        ("Far food bank", 51.5, "020 7946 0004"),
        ("Near food bank", 51.451, "020 7946 0001"),
        ("Silent food bank", 51.4501, ""),
        ("Next food bank", 51.455, "020 7946 0002"),
        ("Third food bank", 51.46, "020 7946 0003"),
    ):
        food(name, latitude, phone)
    refresh_all()
    assert texted("FOOD SW2") == [
        "Near food bank: 020 7946 0001",
        "Next food bank: 020 7946 0002",
        "Third food bank: 020 7946 0003",
    ]
    assert kept() == [("SEARCH", "", "")]


def test_what_is_only_near_to_the_word_comes_after_what_was_asked_for() -> None:
    directory.place_name("SW2", 51.45, -0.115)
    for name, theme, latitude in (("Far choir", "singing", 51.5), ("Near fiddles", "playing-music", 51.451)):
        service = directory.tagged(directory.service(name), [theme])
        directory.at(service, directory.location(latitude=latitude, longitude=-0.115))
        directory.phone(service, "020 7946 0001")
    refresh_all()
    assert texted("SINGING SW2") == ["Far choir: 020 7946 0001", "Near fiddles: 020 7946 0001"]


def test_a_word_that_nobody_knows_is_answered_kindly_once_and_a_person_reads_it() -> None:
    assert texted("qwxz zzxq vvkk") == [replies.what_works()]
    assert texted("vvkk zzxq qwxz") == []  # no two machines talk to each other
    assert [(keyword, body) for keyword, _sender, body in kept()] == [
        ("", "qwxz zzxq vvkk"),
        ("", "vvkk zzxq qwxz"),
    ]
    assert Inbound.objects.for_a_person().count() == 2


def test_words_of_danger_bring_the_numbers_and_a_person_reads_them() -> None:
    (reply,) = texted("want to die")
    assert "116 123" in reply
    assert Inbound.objects.for_a_person().count() == 1


def test_who_said_stop_gets_no_reply() -> None:
    stop(Channel.TEXT, NUMBER, by="them", at=timezone.now())
    assert texted("HELP") == []


def asked(about: About = About.MISSED, key: str = "hello:1") -> Letter:
    letter = make.sent(make.reachable("text", name=f"p{key[-1]}"), about, key=key)
    Letter.objects.filter(pk=letter.pk).update(queued_at=timezone.now())
    return letter


@pytest.mark.parametrize(("word", "call"), [("Yes", True), ("No thanks", False)])
def test_an_answer_is_taken_for_the_last_question_and_a_call_is_owed_where_they_want_one(
    word: str, call: bool
) -> None:
    letter = asked()
    assert texted(word) == [replies.thanks(call=call)]
    letter.refresh_from_db()
    assert letter.answer == word.split()[0].lower()
    assert kept()[0][1:] == ("", "")
    person = letter.person
    assert person.account
    owed = queries.to_follow_up(person.account, at=timezone.now(), persons=[person.pk])
    assert [(one.letter, one.wants_call) for one in owed] == ([(letter.pk, True)] if call else [])


def test_a_second_answer_finds_no_question() -> None:
    asked()
    texted("YES")
    assert texted("NO") == [replies.nothing_asked()]


def test_another_number_answers_nothing_of_theirs() -> None:
    letter = asked()
    assert texted("NO", number="+447700900999") == [replies.nothing_asked()]
    letter.refresh_from_db()
    assert letter.answer == ""


def test_an_app_above_hears_of_an_answer_once() -> None:
    heard: list[Answer] = []

    def hear(_letter: Letter, answer: Answer, _at: datetime) -> None:
        heard.append(answer)

    asking.when_answered(About.MISSED, hear)
    try:
        asked(About.MISSED)
        texted("YES")
    finally:
        asking.forget(About.MISSED)
    assert heard == [Answer.YES]


def test_words_of_danger_beside_an_answer_bring_the_numbers_too() -> None:
    asked()
    assert texted("No I want to die") == [replies.thanks(call=False), replies.help_now()]


def test_words_of_danger_bring_the_numbers_where_nothing_was_asked_too() -> None:
    assert texted("No I want to die") == [replies.nothing_asked(), replies.help_now()]
