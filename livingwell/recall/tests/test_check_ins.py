"""Check-ins: asked as chosen and in a permitted way, skipped without fuss; two silences mean what was chosen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from livingwell.consent import actions as consent
from livingwell.consent.models import Event, Kind, Part
from livingwell.core.errors import Refusal
from livingwell.messaging.actions import news
from livingwell.messaging.models import Message
from livingwell.messaging.texts import ONE, length
from livingwell.people.tests.make import signed_in
from livingwell.recall import actions
from livingwell.recall.models import Answer, Ask, AskedBy, CheckIn, Entry, Silence, Why
from livingwell.recall.tests import make

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def test_a_text_says_the_question_and_neither_the_network_nor_health() -> None:
    make.asked_by_text(make.rung())

    assert actions.ask_due(at=NOON) == 1

    sent = Message.objects.get()
    assert sent.body == "Did you sleep? Reply 1 good, 2 so-so, 3 not good, or SKIP."
    assert length(sent.body) <= ONE
    assert "http" not in sent.body
    assert actions.ask_due(at=NOON) == 0
    assert actions.ask_due(at=NOON + DAY) == 1


@pytest.mark.parametrize("hour", [0, 8, 20, 23])
def test_nobody_is_asked_at_night(hour: int) -> None:
    make.asked_by_text(make.rung())
    assert actions.ask_due(at=NOON.replace(hour=hour)) == 0
    assert not Message.objects.exists()


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
