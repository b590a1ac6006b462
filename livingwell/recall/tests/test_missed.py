"""After a missed appointment those ring whom the person chose, and they are told; whoever is not to be rung is not."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone

from livingwell.consent import actions as consent
from livingwell.consent.acting import acting
from livingwell.consent.models import Consent, Part, Person
from livingwell.core.dates import day_of
from livingwell.core.errors import Refusal
from livingwell.messaging.models import Message
from livingwell.people.actions import dismiss
from livingwell.people.models import Account, Membership, Role
from livingwell.people.tests.make import signed_in
from livingwell.people.work import work_of
from livingwell.recall import actions, queries
from livingwell.recall.models import Entry, Missed, Next, NotRung, Outcome, Why
from livingwell.recall.tests import make

pytestmark = pytest.mark.django_db


def now() -> datetime:
    return timezone.now()


def missed(person: Person, by: Account) -> Missed:
    found = actions.note_missed(person, make.organization(), day_of(now()), by=by, at=now())
    actions.see_to_missed(found.pk, at=now())
    actions.see_to_missed(found.pk, at=now())
    return found


def test_after_a_missed_appointment_a_peer_rings_where_the_person_chose_that() -> None:
    lena, person = make.worker(), make.rung()
    make.worker("peer", Role.PEER_SUPPORTER, "Peers Together")
    peers = make.organization("Peers Together")
    make.shared(person, Part.CONTACT, organization=peers)
    client = signed_in(make.owner(person))
    client.post(f"/page/{person.pk}/keeping-in-touch/agreed/", {"steps": "", "peers": str(peers.pk)})

    missed(person, lena)

    entry = Entry.objects.get()
    assert (entry.organization, entry.why) == (peers, Why.MISSED)
    assert entry.by_on
    assert timedelta(days=2) <= entry.by_on - day_of(now()) <= timedelta(days=6)


def test_only_the_peer_supporters_there_are_asked_and_nobody_else_there_sees_it() -> None:
    lena, person = make.worker(), make.rung()
    peer = make.worker("peer", Role.PEER_SUPPORTER, "Peers Together")
    colleague = make.worker("cleo", Role.CLINICIAN, "Peers Together")
    peers = make.organization("Peers Together")
    make.shared(person, Part.CONTACT, organization=peers)
    actions.choose_peers(person, peers, by=make.owner(person), at=now())
    missed(person, lena)
    entry = Entry.objects.get()

    for viewer, number in ((peer, 1), (colleague, 0), (lena, 0)):
        assert len(queries.listed(viewer, work_of(viewer, at=now()), at=now()).due) == number
        with acting(viewer, at=now()):
            assert Entry.objects.count() == number, "the wall itself"
        assert signed_in(viewer).get(f"/recall/{entry.pk}/").status_code == (200 if number else 404)
        assert bool(actions.take_next(by=viewer, at=now())) is bool(number)
    assert "cleo" not in signed_in(peer).get(f"/recall/{entry.pk}/").content.decode()
    with pytest.raises(Refusal, match="Choose from the list"):
        actions.hand_over(entry, colleague, by=peer, at=now())


def test_where_the_last_peer_supporter_left_those_whose_appointment_it_was_ring() -> None:
    lena, person = make.worker(), make.rung()
    peer = make.worker("peer", Role.PEER_SUPPORTER, "Peers Together")
    make.worker("cleo", Role.CLINICIAN, "Peers Together")
    peers = make.organization("Peers Together")
    make.shared(person, Part.CONTACT, organization=peers)
    actions.choose_peers(person, peers, by=make.owner(person), at=now())
    dismiss(Membership.objects.get(account=peer), by="Rita", at=now())
    missed(person, lena)
    assert (Entry.objects.get().organization, Entry.objects.get().for_peers) == (make.organization(), False)
    page = signed_in(make.owner(person)).get(f"/page/{person.pk}/keeping-in-touch/agreed/").content.decode()
    assert "A peer supporter of" not in page


@pytest.mark.parametrize(
    ("ways", "words"),
    [
        (["text", "phone"], "Somebody from the group that you chose will ring"),
        (["text"], "Reply YES if you would like a call"),
        (["phone", "text"], ""),
        ([], ""),
    ],
)
def test_who_was_missed_is_told_once_who_rings_in_the_way_they_allow(ways: list[str], words: str) -> None:
    lena, person = make.worker(), make.rung()
    make.worker("peer", Role.PEER_SUPPORTER, "Peers Together")
    peers = make.organization("Peers Together")
    make.shared(person, Part.CONTACT, organization=peers)
    actions.choose_peers(person, peers, by=make.owner(person), at=now())
    consent.reach(person, {"ways": ways})

    missed(person, lena)

    sent = list(Message.objects.values_list("body", flat=True))
    assert len(sent) == bool(words)
    assert all(words in body and "Surgery" not in body and "Peers Together" not in body for body in sent)
    assert Entry.objects.exists() == ("phone" in ways)


def test_who_asked_not_to_be_rung_is_not_written_to_about_it() -> None:
    lena, person = make.worker(), make.rung()
    consent.reach(person, {"ways": ["text", "phone"]})
    actions.take_off(make.on_list(person, lena, now()), by=make.owner(person), at=now())
    missed(person, lena)
    assert not Message.objects.exists()


def test_without_that_choice_or_its_consent_those_whose_appointment_it_was_ring() -> None:
    lena, person = make.worker(), make.rung()
    make.worker("peer", Role.PEER_SUPPORTER, "Peers Together")
    peers = make.organization("Peers Together")
    given = make.shared(person, Part.CONTACT, organization=peers)
    actions.choose_peers(person, peers, by=make.owner(person), at=now())
    consent.withdraw(given, by=make.owner(person), at=now())
    missed(person, lena)
    assert Entry.objects.get().organization == make.organization()


def test_a_missed_appointment_is_entered_on_the_page_and_a_job_sees_to_it() -> None:
    lena, person = make.worker(), make.rung()
    signed_in(lena).post("/recall/add/", {
        "person": str(person.pk), "organization": str(make.organization().pk), "why": "missed",
        "due_on": f"{day_of(now()):%d/%m/%Y}",
    })  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name LIKE '%see_to_missed'")
        assert str(Missed.objects.get().pk) in str(cursor.fetchall())


@pytest.mark.parametrize("said", ["on the page", "on the phone"])
def test_not_to_be_rung_is_taken_back_in_one_press(said: str) -> None:
    lena, person = make.worker(), make.rung()
    entry = make.on_list(person, lena, now(), due_on=day_of(now()) - timedelta(days=3))
    other = make.on_list(person, lena, now(), why=Why.PROMISE)
    own, here = signed_in(make.owner(person)), f"/page/{person.pk}/keeping-in-touch/"
    if said == "on the page":
        own.post(f"{here}not-ring/{entry.pk}/")
    else:
        signed_in(lena).post(f"/recall/{entry.pk}/", {"outcome": "not to be rung", "next": "close"})
    assert not Entry.objects.open().exists()
    with pytest.raises(Refusal, match="asked not to be rung"):
        make.on_list(person, lena, now())
    page = own.get(here).content.decode()
    assert "Riverside Surgery does not ring" in page
    press = re.search(r'action="([^"]+may-ring[^"]+)"', page)
    assert press

    own.post(press[1])

    assert set(Entry.objects.open()) == {entry, other}
    entry.refresh_from_db()
    assert entry.due_on == day_of(now())
    page = own.get(here).content.decode()
    assert "does not ring" not in page
    assert actions.take_next(by=lena, at=now())
    own.post(press[1])  # pressed twice
    assert NotRung.objects.filter(ended_at=None).count() == 0


def test_taking_it_back_brings_nobody_onto_the_list_of_those_they_let_in_no_more() -> None:
    lena, person = make.worker(), make.rung()
    entry = make.on_list(person, lena, now())
    actions.take_off(entry, by=make.owner(person), at=now())
    consent.withdraw(Consent.objects.get(person=person), by=make.owner(person), at=now())
    actions.may_ring_again(NotRung.objects.get(), by=make.owner(person), at=now())
    assert not Entry.objects.open().exists()


def test_who_rings_does_not_take_back_that_they_do_not_want_it() -> None:
    lena, person = make.worker(), make.rung()
    entry = make.on_list(person, lena, now())
    actions.take_off(entry, by=make.owner(person), at=now())
    said = NotRung.objects.get()
    address = f"/page/{person.pk}/keeping-in-touch/may-ring/{said.pk}/"
    for somebody in (lena, make.somebody("sid")):
        assert signed_in(somebody).post(address).status_code == 404
    with acting(lena, at=now()):
        assert not NotRung.objects.filter(pk=said.pk).update(ended_at=now(), ended_by=lena)
    assert NotRung.objects.live().exists()


def no_answer(ways: list[str], step: Next = Next.RING) -> list[str]:
    """What is texted after two calls that nobody answered."""
    lena, person = make.worker(), make.rung()
    consent.reach(person, {"ways": ways})
    entry = make.on_list(person, lena, now())
    actions.agree_on_ladder(person, ["Ring in the evening", "Ring Dee"], by=make.owner(person), at=now())
    for _call in range(2):
        with acting(lena, at=now()):
            actions.say_what_came(entry, Outcome.NO_ANSWER, step, next_on=day_of(now()), by=lena, at=now())
    return list(Message.objects.values_list("body", flat=True))


@pytest.mark.parametrize("step", [Next.RING, Next.LADDER])
def test_whom_nobody_answered_is_told_once_that_somebody_tried(step: Next) -> None:
    (told,) = no_answer(["phone", "text"], step)
    assert told.startswith("Hello. Somebody tried to ring you.")


def test_who_allows_no_texts_is_not_texted_that_somebody_tried() -> None:
    assert no_answer(["phone", "email"]) == []


@pytest.mark.parametrize("outcome", [one for one in Outcome if one != Outcome.NO_ANSWER])
def test_after_any_other_call_nothing_is_texted(outcome: Outcome) -> None:
    lena, person = make.worker(), make.rung()
    entry = make.on_list(person, lena, now())
    actions.say_what_came(entry, outcome, Next.RING, next_on=day_of(now()), by=lena, at=now())
    assert not Message.objects.exists()


def test_said_to_one_who_does_not_see_the_peers_entry_it_holds_for_that_too() -> None:
    lena, person = make.worker(), make.rung()
    make.worker("peer", Role.PEER_SUPPORTER)
    actions.choose_peers(person, make.organization(), by=make.owner(person), at=now())
    missed(person, lena)
    entry = make.on_list(person, lena, now())
    with acting(lena, at=now()):
        actions.say_what_came(entry, Outcome.NOT_TO_BE_RUNG, Next.CLOSE, by=lena, at=now())
    assert Entry.objects.open().get().for_peers
    with connection.cursor() as cursor:
        cursor.execute("SELECT args ->> 'said' FROM procrastinate_jobs WHERE task_name LIKE '%close_hidden'")
        ((said,),) = cursor.fetchall()

    actions.close_hidden(UUID(said))

    assert not Entry.objects.open().exists()
    actions.may_ring_again(NotRung.objects.get(), by=make.owner(person), at=now())
    assert Entry.objects.open().count() == 2
