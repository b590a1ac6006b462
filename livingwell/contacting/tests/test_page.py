"""Every message to or about a person is shown to them, and to those who see that part of their page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from livingwell.consent import actions as consent
from livingwell.consent.acting import acting
from livingwell.consent.models import Part
from livingwell.consent.tests import make as persons
from livingwell.contacting import actions, queries
from livingwell.contacting.models import About, Letter
from livingwell.contacting.tests import make
from livingwell.messaging.models import Message, Status
from livingwell.people.tests.make import signed_in

pytestmark = pytest.mark.django_db


def test_what_was_sent_is_shown_and_whether_it_arrived() -> None:
    person = make.reachable("text")
    assert person.account
    letter = make.sent(person)
    client, address = signed_in(person.account), f"/page/{person.pk}/messages/"
    page = client.get(address).content.decode()
    assert "How are you today?" in page
    assert "It was sent" in page
    Message.objects.filter(pk=letter.message_id).update(status=Status.DELIVERED)
    assert "It arrived" in client.get(address).content.decode()


def test_words_are_shown_as_long_as_they_are_kept() -> None:
    person = make.reachable("text")
    assert person.account
    letter = make.sent(person)
    Message.objects.filter(pk=letter.message_id).update(
        body="", to="", erased_at=make.NOON, erased_by="worker"
    )
    page = signed_in(person.account).get(f"/page/{person.pk}/messages/").content.decode()
    assert "We no longer keep the words." in page


def test_strangers_find_no_such_page_and_those_let_in_see_their_part() -> None:
    person = make.reachable("text")
    make.sent(person)
    sid, carol, cora = (persons.somebody(name) for name in ("sid", "carol", "cora"))
    persons.shared(person, Part.STORY, account=carol)
    allowed = persons.shared(person, Part.CONTACT, account=cora)
    address = f"/page/{person.pk}/messages/"
    assert signed_in(sid).get(address).status_code == 404
    assert "How are you today?" not in signed_in(carol).get(address).content.decode()
    assert "How are you today?" in signed_in(cora).get(address).content.decode()
    consent.withdraw(allowed, by=person.account, at=timezone.now())  # type: ignore[arg-type]
    assert signed_in(cora).get(address).status_code == 404


def test_a_message_that_did_not_arrive_stands_on_the_front_until_one_does() -> None:
    person = make.reachable("text")
    assert person.account
    letter = make.failed(person)
    Letter.objects.filter(pk=letter.pk).update(queued_at=timezone.now())
    client, front = signed_in(person.account), f"/page/{person.pk}/"
    assert "did not arrive" in client.get(front).content.decode()
    later = make.sent(person, key="hello:2")
    Letter.objects.filter(pk=later.pk).update(queued_at=timezone.now() + timedelta(minutes=1))
    Message.objects.filter(pk=later.message_id).update(status=Status.DELIVERED)
    assert "did not arrive" not in client.get(front).content.decode()


def test_what_did_not_arrive_is_followed_up_by_those_who_may_see_it() -> None:
    person = make.reachable("text")
    lena, omar = persons.worker("lena"), persons.worker("omar", at_place="Another Surgery")
    persons.shared(person, Part.CONTACT, organization=persons.organization())
    letter = make.failed(person)
    sam = make.reachable("text", name="sam")
    make.sent(sam, key="hello:2")
    both, found = [person.pk, sam.pk], []
    for worker in (omar, lena):
        with acting(worker, at=make.NOON):
            owed = queries.to_follow_up(worker, at=make.NOON, persons=both)
            found.append([(one.letter, one.wants_call) for one in owed])
    assert found == [[], [(letter.pk, False)]]
    assert queries.to_follow_up(lena, at=make.NOON + timedelta(days=29), persons=both) == ()


def test_a_page_that_is_deleted_takes_its_messages_along() -> None:
    person = make.reachable("text")
    assert person.account
    waiting, gone = make.letter(person), make.sent(person, About.PAGE, key="hello:2")
    with acting(person.account, at=make.NOON, page=person.pk):
        actions.erase(person, by=person.account, at=make.NOON)
    assert not Letter.objects.exists()
    for letter, status in ((waiting, Status.CANCELLED), (gone, Status.SENT)):
        message = Message.objects.get(pk=letter.message_id)
        assert (message.status, message.to, message.body) == (status, "", "")


def test_nobody_writes_in_somebody_elses_name() -> None:
    """The wall: a letter says who wrote it, and nobody else can be named; none is changed afterwards."""
    person = make.reachable("text")
    lena = persons.worker("lena")
    persons.shared(person, Part.CONTACT, organization=persons.organization())
    letter = make.sent(person)
    with pytest.raises(DatabaseError), transaction.atomic(), acting(lena, at=make.NOON):
        actions.write(person, About.RING, key="ring:1", by=person.account, at=make.NOON)
    with pytest.raises(DatabaseError), transaction.atomic(), acting(lena, at=make.NOON):
        Letter.objects.filter(pk=letter.pk).update(receiver="Somebody else")


def test_a_kept_page_that_is_deleted_at_its_persons_word_takes_them_along_too() -> None:
    lena = persons.worker()
    person = persons.kept_with(lena)
    consent.reach(person, {"phone": make.MOBILE, "ways": ["text"]})
    make.letter(person)
    with acting(lena, at=make.NOON, page=person.pk):
        actions.erase(person, by=lena, at=make.NOON)
    assert not Letter.objects.exists()


def test_no_message_of_one_moment_is_passed_over_between_two_screens() -> None:
    person = make.reachable("email")
    assert person.account
    wanted = {make.letter(person, key=f"hello:{number}").pk for number in range(queries.A_PAGE + 5)}
    first = queries.letters_of(person, person.account, at=make.NOON)
    rest = queries.letters_of(person, person.account, at=make.NOON, before=first[-1].id)
    assert {one.id for one in (*first, *rest)} == wanted
    assert len(rest) == 5
