"""Check-ins: asked as chosen and in a permitted way, skipped without fuss; two silences mean what was chosen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from livingwell.consent import actions as consent
from livingwell.consent.models import Event, Kind, Part, Way
from livingwell.contacting import actions as contacting
from livingwell.contacting import replies
from livingwell.contacting.models import About
from livingwell.core.errors import Refusal
from livingwell.messaging.actions import news
from livingwell.messaging.actions import stop as stop_texts
from livingwell.messaging.hours import quiet
from livingwell.messaging.models import Channel, Message, Status
from livingwell.messaging.texts import ONE, length
from livingwell.people.tests.make import signed_in
from livingwell.recall import actions, wording
from livingwell.recall.models import Answer, Ask, AskedBy, CheckIn, Entry, Silence, Why
from livingwell.recall.tests import make

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def test_a_text_says_the_question_and_neither_the_network_nor_health() -> None:
    make.asked_by_text(make.rung())

    assert actions.ask_due(at=NOON) == 1

    sent = Message.objects.get()
    assert sent.body == (
        "Hello. Did you sleep? Reply 1 good, 2 so-so, 3 not good, or SKIP. STOP ends these texts."
    )
    assert length(sent.body) <= ONE
    assert "http" not in sent.body
    assert actions.ask_due(at=NOON) == 0
    assert actions.ask_due(at=NOON + DAY) == 1


class Nights(TestCase):
    @settings(max_examples=30, deadline=None)
    @given(st.integers(0, 400 * 24 * 60))
    def test_nobody_is_woken_at_whatever_moment_a_question_is_due(self, minutes: int) -> None:
        make.asked_by_text(make.rung())
        at = NOON + timedelta(minutes=minutes)
        assert actions.ask_due(at=at) == 1
        with connection.cursor() as cursor:
            cursor.execute("SELECT scheduled_at FROM procrastinate_jobs WHERE task_name LIKE '%.deliver'")
            ((due,),) = cursor.fetchall()
        assert due == quiet().over(at)
        assert not quiet().holds(due)


@pytest.mark.parametrize("because", ["stopped", "closed"])
def test_who_said_stop_or_closed_that_way_is_not_texted_and_the_question_waits(because: str) -> None:
    person = make.rung()
    make.asked_by_text(person)
    if because == "stopped":
        stop_texts(Channel.TEXT, "+447700900100", by="them", at=NOON)
    else:
        consent.reach(person, {"ways": ["phone"]})

    actions.ask_due(at=NOON)

    assert not Message.objects.exists()
    assert Ask.objects.count() == 1


def test_each_message_stands_on_the_page_of_whom_it_is_about() -> None:
    person = make.rung()
    make.asked_by_text(person, silence=Silence.MEMBER, member=make.friend(person))
    silent_for(6)

    page = signed_in(make.owner(person)).get(f"/page/{person.pk}/messages/").content.decode()

    assert page.count("Did you sleep?") == Ask.objects.count() == 6
    assert "Text to Dee" in page
    assert "we have not heard from them lately" in page


def texted(body: str, number: str = "+447700900100") -> list[str]:
    """What we text back to this."""
    inbound = news.receive(provider="twilio", reference=uuid4().hex, sender=number, body=body, at=NOON)
    news.handle(inbound.pk, at=NOON)
    return list(Message.objects.filter(key__startswith=f"reply:{inbound.pk}").values_list("body", flat=True))


def asked_at_noon(**named: object) -> Ask:
    """A question that was texted and arrived."""
    make.asked_by_text(make.rung(), **named)
    actions.ask_due(at=NOON)
    Message.objects.update(status=Status.SENT)
    return Ask.objects.get()


@pytest.mark.parametrize("word", ["YES", "no", "No thank you"])
def test_yes_and_no_to_a_question_of_their_own_are_told_how_to_answer_it(word: str) -> None:
    ask = asked_at_noon()

    (back,) = texted(word)

    assert "Reply 1 good, 2 so-so, 3 not good, or SKIP." in back
    ask.refresh_from_db()
    assert ask.answer == ""
    texted("1")
    ask.refresh_from_db()
    assert ask.answer == Answer.GOOD


def test_once_it_is_answered_yes_goes_to_what_was_asked_before() -> None:
    ask = asked_at_noon()
    before = contacting.write(
        ask.person, About.MISSED, key="missed:1", by=None, at=NOON - DAY, only=Way.TEXT
    ).letter
    assert before
    Message.objects.update(status=Status.SENT)
    assert "SKIP" in texted("YES")[0]
    texted("2")

    texted("YES")

    before.refresh_from_db()
    assert before.answer == "yes"


def test_an_answer_where_nothing_is_asked_is_not_passed_over_in_silence() -> None:
    asked_at_noon()
    assert texted("1") == []
    assert texted("2") == [replies.nothing_asked()]
    assert texted("2", number="+447700900999") == [replies.nothing_asked()]


def test_not_good_is_heard() -> None:
    asked_at_noon()
    assert texted("3") == [wording.not_good()]


def test_a_way_that_is_not_permitted_is_refused_and_one_no_longer_permitted_is_not_used() -> None:
    person = make.rung()
    with pytest.raises(Refusal, match="How to reach me"):
        make.asked_by_text(person, way=AskedBy.EMAIL)
    make.asked_by_text(person)
    consent.reach(person, {"ways": ["phone"]})

    actions.ask_due(at=NOON)

    assert not Message.objects.exists()
    assert Ask.objects.count() == 1, "it waits on the page"


def test_a_question_too_long_for_a_text_is_refused_with_a_sentence() -> None:
    with pytest.raises(Refusal, match="shorter"):
        make.asked_by_text(make.rung(), question="x" * 119)


def test_an_email_holds_a_link_only_where_that_was_allowed(settings: pytest.FixtureRequest) -> None:
    settings.SITE_URL = "https://livingwell.example"  # type: ignore[attr-defined]
    for name, may_link in (("pat", False), ("kim", True)):
        person = make.page_of(name)
        consent.reach(person, {"ways": ["email"], "email": f"{name}@example.org"})
        make.asked_by_text(person, way=AskedBy.EMAIL, may_link=may_link)

    actions.ask_due(at=NOON)

    linked = {one.to: "https" in one.body for one in Message.objects.all()}
    assert linked == {"pat@example.org": False, "kim@example.org": True}


def test_the_answer_by_text_is_theirs_and_a_skip_is_no_silence() -> None:
    make.asked_by_text(make.rung(), silence=Silence.AGAIN)
    for day, word in enumerate(("2", "skip", "SKIP")):
        actions.ask_due(at=NOON + day * DAY)
        inbound = news.receive(
            provider="twilio", reference=f"in-{day}", sender="+447700900100", body=word, at=NOON
        )
        news.handle(inbound.pk, at=NOON)
    actions.see_to_silences(at=NOON + 9 * DAY)

    said = list(Ask.objects.order_by("due_on").values_list("answer", flat=True))
    assert said == [Answer.SO_SO, Answer.SKIPPED, Answer.SKIPPED]
    assert Event.objects.filter(kind=Kind.CHECK_IN).count() == 1


def silent_for(days: int, **named: object) -> None:
    """Asked each day from now on without an answer."""
    for day in range(days):
        actions.ask_due(at=NOON + day * DAY)
        actions.see_to_silences(at=NOON + day * DAY)


def test_two_silences_mean_nothing_where_that_was_chosen() -> None:
    make.asked_by_text(make.rung())
    silent_for(5)
    assert Message.objects.count() == 5
    assert not Entry.objects.exists()


def test_two_silences_tell_the_one_who_was_chosen_once() -> None:
    person = make.rung()
    dee = make.friend(person)
    make.asked_by_text(person, silence=Silence.MEMBER, member=dee)
    silent_for(6)

    told = Message.objects.filter(to="+447700900321")
    assert [one.body for one in told] == [
        "Pat asked us to tell you that we have not heard from them lately. A call would be good."
    ]


def test_two_silences_bring_them_onto_the_link_workers_list() -> None:
    lena = make.worker()
    person = make.own_page_with(lena, Part.CONTACT)
    consent.reach(person, {"ways": ["phone", "text"], "phone": "07700 900100"})
    make.asked_by_text(person, silence=Silence.LINK_WORKER)
    silent_for(6)

    entry = Entry.objects.get()
    assert (entry.why, entry.owner, entry.worried) == (Why.SILENCE, lena, "They asked for it themselves")
    assert Message.objects.filter(to="lena@example.org").count() == 1


def test_asked_once_more_where_that_was_chosen() -> None:
    make.asked_by_text(make.rung(), silence=Silence.AGAIN)
    silent_for(4)
    assert Ask.objects.filter(again=True).count() == 1


def test_choosing_answering_and_stopping_through_the_page() -> None:
    person = make.page_of()
    client, here = signed_in(make.owner(person)), f"/page/{person.pk}/keeping-in-touch/"
    typed = {"question": "How is the garden?", "way": "site", "every": "7", "hour": "9", "silence": "nothing"}
    assert client.post(f"{here}check-in/", {**typed, "way": "text"}).status_code == 422
    client.post(f"{here}check-in/", typed)
    actions.ask_due(at=NOON + 30 * DAY)
    ask = Ask.objects.get()
    assert "How is the garden?" in client.get(here).content.decode()

    client.post(f"{here}answer/{ask.pk}/", {"answer": "good", "words": "First beans"})
    client.post(f"{here}check-in/stop/")

    page = client.get(here).content.decode()
    assert "First beans" in page
    assert "Choose a question" in page
    assert actions.ask_due(at=NOON + 60 * DAY) == 0


def test_who_sees_how_they_have_been_cannot_answer_or_change_it_and_a_stranger_sees_nothing() -> None:
    person = make.page_of()
    make.asked_by_text(person, way=AskedBy.SITE)
    actions.ask_due(at=NOON)
    lena = make.worker()
    make.shared(person, Part.CHECK_INS, organization=make.organization())
    ask, here = Ask.objects.get(), f"/page/{person.pk}/keeping-in-touch/"
    assert "Did you sleep?" in signed_in(lena).get(here).content.decode()
    assert signed_in(lena).post(f"{here}answer/{ask.pk}/", {"answer": "good"}).status_code == 404
    assert signed_in(lena).get(f"{here}check-in/").status_code == 404
    assert signed_in(make.somebody("sid")).post(f"{here}check-in/stop/").status_code == 404
    assert CheckIn.objects.get().stopped_at is None
