"""A bad day: those chosen are told, once, without a word of why, and nobody else learns of it."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.db.utils import IntegrityError
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from livingwell.circles.actions import add
from livingwell.circles.models import Ring
from livingwell.circles.tests.make import member
from livingwell.consent import actions as consent
from livingwell.consent.models import PARTS, Event, Kind, Part, Purpose
from livingwell.consent.tests.make import kept_with
from livingwell.core.tests.at_once import at_once
from livingwell.linkwork.tests.make import away
from livingwell.messaging.actions import news, stop
from livingwell.messaging.models import Channel, Inbound, Message
from livingwell.messaging.texts import ONE, length
from livingwell.people.actions import account_for, dismiss
from livingwell.people.models import Membership
from livingwell.people.tests.make import signed_in
from livingwell.plans.actions import write
from livingwell.plans.models import Section
from livingwell.recall import actions, queries
from livingwell.recall.models import Ally, Telling, Wobble
from livingwell.recall.tests import make

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
db = pytest.mark.django_db


@db
def test_one_press_tells_those_chosen_and_says_nothing_of_why() -> None:
    person, _dee = make.with_friend()
    member(person, "Max", ring=Ring.MAY, phone="07700 900777")
    write(person, Section.HELPS, "Walking by the river", over=0, by=make.owner(person), at=make.LONG_AGO)

    page = signed_in(make.owner(person)).post("/wobble/", follow=True).content.decode()

    sent = Message.objects.get()
    assert sent.to == "+447700900321"
    assert sent.body == "Pat would be glad to hear from you today. They chose you to be told."
    assert length(sent.body) <= ONE
    assert "We told Dee." in page
    assert "Walking by the river" in page
    assert "116 123" in page


@db
def test_who_was_told_stands_under_messages_for_the_person_and_for_nobody_else() -> None:
    person, _dee = make.with_friend()
    carol = make.somebody("carol")
    make.shared(person, *PARTS, account=carol, purpose=Purpose.FAMILY)
    actions.wobble(person, by=make.owner(person), at=NOW)
    address = f"/page/{person.pk}/messages/"
    own = signed_in(make.owner(person)).get(address).content.decode()
    assert "A bad day" in own
    assert "Text to Dee" in own
    assert "would be glad to hear from you" in own
    assert "Dee" not in signed_in(carol).get(address).content.decode()


@db
def test_who_said_stop_is_neither_told_nor_counted_as_told() -> None:
    person, _dee = make.with_friend()
    stop(Channel.TEXT, "+447700900321", by="them", at=NOW)
    actions.wobble(person, by=make.owner(person), at=NOW)
    assert not Message.objects.exists()
    assert not Telling.objects.exists()


@db
def test_pressed_again_on_the_same_day_nobody_is_told_twice_and_the_next_day_they_are() -> None:
    person, _dee = make.with_friend()
    actions.wobble(person, by=make.owner(person), at=NOW)
    actions.wobble(person, by=make.owner(person), at=NOW + timedelta(hours=23, minutes=59))
    assert Message.objects.count() == 1

    actions.wobble(person, by=make.owner(person), at=NOW + timedelta(hours=24))

    assert Message.objects.count() == 2
    assert Wobble.objects.count() == 3


@db
def test_choosing_somebody_anew_does_not_tell_them_twice() -> None:
    person, dee = make.with_friend()
    actions.wobble(person, by=make.owner(person), at=NOW)
    actions.choose_allies(person, [], by=make.owner(person), at=NOW)
    actions.choose_allies(person, [dee.pk], by=make.owner(person), at=NOW)

    actions.wobble(person, by=make.owner(person), at=NOW + timedelta(hours=1))

    assert Message.objects.count() == 1


@db
def test_the_database_itself_refuses_a_second_telling_within_a_day() -> None:
    person, _dee = make.with_friend()
    actions.wobble(person, by=make.owner(person), at=NOW)
    told = Telling.objects.get()
    later = NOW + timedelta(hours=5)

    with pytest.raises(IntegrityError, match="recall_telling_once_a_day"):
        Telling.objects.create(
            person=person, wobble=told.wobble, whom=told.whom, called="Dee", told_at=later,
            told_by=make.owner(person), rests_until=later + timedelta(hours=24),
        )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_five_presses_at_the_same_moment_tell_each_once() -> None:
    person, _dee = make.with_friend()
    ann = make.friend(person, "Ann", "07700 900322")
    actions.choose_allies(
        person, [one.whom for one in queries.allies_of(person, make.owner(person), at=NOW, chosen=False)],
        by=make.owner(person), at=NOW,
    )  # fmt: skip

    at_once(lambda _press: actions.wobble(person, by=make.owner(person), at=timezone.now()), range(5))

    assert sorted(Message.objects.values_list("to", flat=True)) == ["+447700900321", "+447700900322"]
    assert Telling.objects.filter(whom=ann.pk).count() == 1


class Presses(TestCase):
    @settings(max_examples=25, deadline=None)
    @given(st.lists(st.integers(0, 5 * 24 * 60), min_size=1, max_size=8))
    def test_however_often_it_is_pressed_a_day_lies_between_two_tellings(self, minutes: list[int]) -> None:
        person, _dee = make.with_friend()
        for minute in sorted(minutes):
            actions.wobble(person, by=make.owner(person), at=NOW + timedelta(minutes=minute))
        told = list(Telling.objects.order_by("told_at").values_list("told_at", flat=True))

        assert told[0] == NOW + timedelta(minutes=min(minutes))
        assert all(b - a >= timedelta(hours=24) for a, b in itertools.pairwise(told))
        assert Message.objects.count() == len(told)


@db
def test_the_link_worker_can_be_chosen_and_whoever_stands_in_is_told() -> None:
    lena, max_ = make.worker("lena"), make.worker("max")
    person = make.own_page_with(lena)
    actions.choose_allies(person, [person.pk], by=make.owner(person), at=make.LONG_AGO)
    away(lena, max_)

    actions.wobble(person, by=make.owner(person), at=timezone.now())

    assert Message.objects.get().to == "max@example.org"


@db
def test_a_link_worker_who_left_is_not_told() -> None:
    lena = make.worker("lena")
    person = make.own_page_with(lena)
    actions.choose_allies(person, [person.pk], by=make.owner(person), at=make.LONG_AGO)
    dismiss(Membership.objects.get(account=lena), by="Rita", at=NOW)

    actions.wobble(person, by=make.owner(person), at=NOW + timedelta(hours=1))

    assert not Message.objects.exists()


@db
def test_only_those_who_may_be_rung_and_can_be_reached_are_offered() -> None:
    person = make.page_of()
    make.friend(person, "Landline", "020 7946 0123")
    make.friend(person, "Mobile")
    member(person, "Asks first", ring=Ring.ASK, phone="07700 900555")
    member(person, "Never", ring=Ring.NEVER)
    member(person, "Mail", ring=Ring.MAY, email="mail@example.org")
    offered = queries.allies_of(person, make.owner(person), at=NOW, chosen=False)
    assert {one.called for one in offered} == {"Mobile", "Mail"}


@db
def test_somebody_else_cannot_be_smuggled_into_those_who_are_told() -> None:
    person, _dee = make.with_friend()
    other, _ = make.with_friend("sid", "Sid")
    stranger = make.friend(other, "Stranger", "07700 900999")
    client = signed_in(make.owner(person))

    answer = client.post(f"/page/{person.pk}/keeping-in-touch/who-is-told/", {"allies": [str(stranger.pk)]})

    assert answer.status_code == 422
    assert "Choose from the list." in answer.content.decode()


@db
def test_choosing_through_the_page_and_pressing_there() -> None:
    person = make.page_of()
    dee = make.friend(person)
    client = signed_in(make.owner(person))
    here = f"/page/{person.pk}/keeping-in-touch/"

    client.post(f"{here}who-is-told/", {"allies": [str(dee.pk)]})
    assert "Today is a bad day" in client.get(here).content.decode()
    client.post(f"{here}bad-day/")

    assert Message.objects.get().to == "+447700900321"
    assert Event.objects.filter(person=person, kind=Kind.WOBBLE).count() == 1


@db
def test_nobody_but_the_person_and_who_keeps_the_page_learns_of_it() -> None:
    person, _dee = make.with_friend()
    sees_all, works = make.somebody("carol"), make.worker("lena")
    make.shared(person, *PARTS, account=sees_all, purpose=Purpose.FAMILY, may_change=True)
    make.shared(person, *PARTS, organization=make.organization(), may_change=True)
    actions.wobble(person, by=make.owner(person), at=timezone.now())
    here = f"/page/{person.pk}/keeping-in-touch/"
    for viewer in (sees_all, works):
        client = signed_in(viewer)
        assert "bad day" not in client.get(here).content.decode().lower()
        assert client.get(f"{here}who-is-told/").status_code == 404
        assert client.post(f"{here}bad-day/").status_code == 404
        assert "a bad day" not in client.get(f"/page/{person.pk}/happened/").content.decode()
    assert signed_in(make.somebody("sid")).get(here).status_code == 404
    assert Wobble.objects.count() == 1


@db
def test_after_withdrawal_and_for_a_former_member_the_page_is_closed() -> None:
    person, lena = make.page_of(), make.worker()
    given_ = make.shared(person, Part.CHECK_INS, organization=make.organization())
    here = f"/page/{person.pk}/keeping-in-touch/"
    assert signed_in(lena).get(here).status_code == 200
    consent.withdraw(given_, by=make.owner(person), at=timezone.now())
    assert signed_in(lena).get(here).status_code == 404
    make.shared(person, Part.CHECK_INS, organization=make.organization(), at=timezone.now())
    dismiss(Membership.objects.get(account=lena), by="Rita", at=timezone.now())
    lena.refresh_from_db()
    assert signed_in(lena).get(here).status_code == 404


@db
def test_who_keeps_a_page_presses_with_its_person() -> None:
    lena = make.worker()
    person = kept_with(lena)
    dee = add(person, {"called": "Dee", "ring": Ring.MAY, "phone": "07700 900321"}, by=lena, at=make.LONG_AGO)
    client = signed_in(lena)
    client.post(f"/page/{person.pk}/keeping-in-touch/who-is-told/", {"allies": [str(dee.pk)]})

    page = client.post(f"/page/{person.pk}/keeping-in-touch/bad-day/", follow=True).content.decode()

    assert "Told in the last 24 hours: Dee." in page
    assert Message.objects.get().body.startswith("Mo would be glad")


def texted(sender: str, body: str = "WOBBLE") -> Inbound:
    inbound = news.receive(provider="twilio", reference=f"in-{sender}", sender=sender, body=body, at=NOW)
    news.handle(inbound.pk, at=NOW)
    return inbound


@db
def test_the_word_by_text_from_the_number_one_signs_in_with() -> None:
    person = consent.start(by=account_for("text", "+447700900100"), at=make.LONG_AGO, called="Pat")
    dee = make.friend(person)
    actions.choose_allies(person, [dee.pk], by=make.owner(person), at=make.LONG_AGO)

    texted("+447700900100", "Wobble please")
    texted("+447700900100")

    to_dee = Message.objects.filter(to="+447700900321")
    back = Message.objects.get(to="+447700900100")
    assert to_dee.count() == 1
    assert (
        back.body
        == "Done. Those you chose have been told. To talk to somebody now, free, day or night: 116 123."
    )


@db
def test_the_word_from_a_number_that_is_only_written_on_a_page_tells_nobody() -> None:
    person, _dee = make.with_friend()
    consent.reach(person, {"phone": "07700900100"})

    texted("+447700900100")

    assert Message.objects.get().body.startswith("We do not know this number")
    assert length(Message.objects.get().body) <= ONE


@db
def test_whoever_has_no_page_finds_whom_to_ring() -> None:
    page = signed_in(make.somebody()).get("/wobble/").content.decode()
    assert "116 123" in page
    assert "Tell them" not in page


@db
def test_many_allies_cost_no_more_questions_than_one() -> None:
    person, _dee = make.with_friend()
    client = signed_in(make.owner(person))
    client.get("/wobble/")
    with CaptureQueriesContext(connection) as few:
        client.get("/wobble/")
    everybody = [make.friend(person, f"F{n}", f"07700 9004{n:02}").pk for n in range(12)]
    actions.choose_allies(person, everybody, by=make.owner(person), at=NOW)
    with CaptureQueriesContext(connection) as many:
        client.get("/wobble/")
    assert len(many) <= len(few)


@db
def test_with_the_page_all_of_it_is_deleted() -> None:
    person, _dee = make.with_friend()
    actions.wobble(person, by=make.owner(person), at=NOW)
    actions.erase(person)
    assert not Ally.objects.exists()
    assert not Telling.objects.exists()
    assert not Wobble.objects.exists()
