"""The list of those to ring: nobody drops off it, two callers never get the same, nobody is on it unasked."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from livingwell.consent import actions as consent
from livingwell.consent.acting import acting
from livingwell.consent.models import Access, Consent, Event, Kind, Part, Person
from livingwell.core.dates import day_of
from livingwell.core.errors import Refusal
from livingwell.core.tests.at_once import at_once
from livingwell.linkwork.tests.make import away
from livingwell.messaging.models import Message
from livingwell.people.actions import dismiss
from livingwell.people.models import Account, Membership, Role
from livingwell.people.tests.make import signed_in
from livingwell.plans.actions import name_date
from livingwell.plans.days import Day
from livingwell.recall import actions, queries
from livingwell.recall.models import Attempt, Because, Entry, Missed, Next, NotRung, Outcome, Rung, Why
from livingwell.recall.tests import make

db = pytest.mark.django_db


def now() -> datetime:
    return timezone.now()


@db
def test_the_empty_list_says_so() -> None:
    page = signed_in(make.worker()).get("/recall/").content.decode()
    assert "The list is empty." in page
    assert "Somebody may be harmed" in page


@db
def test_an_entry_says_why_who_is_worried_and_when_and_the_person_reads_it_too() -> None:
    lena, person = make.worker(), make.rung()
    signed_in(lena).post("/recall/add/", {
        "person": str(person.pk), "organization": str(make.organization().pk), "why": "worry",
        "words": "He was quiet on Monday", "worried": "Dr Shah", "due_on": f"{day_of(now()):%d/%m/%Y}",
    })  # fmt: skip

    page = signed_in(lena).get("/recall/").content.decode()
    own = signed_in(make.owner(person)).get(f"/page/{person.pk}/keeping-in-touch/").content.decode()

    for words in ("He was quiet on Monday", "Dr Shah"):
        assert words in page
        assert words in own
    assert "After ten" in page


@db
def test_nobody_is_put_on_a_list_who_did_not_say_that_they_may_be_rung() -> None:
    lena = make.worker()
    closed, silent = make.page_of("kim"), make.rung("pat")
    consent.reach(silent, {"ways": ["text"]})
    for person in (closed, silent):
        with pytest.raises(Refusal, match="Ask them first"):
            make.on_list(person, lena, now())
    assert "Pat" not in signed_in(lena).get("/recall/add/").content.decode()


@db
def test_outcome_and_next_step_are_kept_together_or_not_at_all() -> None:
    lena, person = make.worker(), make.rung()
    entry = make.on_list(person, lena, now())
    client, here = signed_in(lena), f"/recall/{entry.pk}/"
    assert client.post(here, {"outcome": "spoke"}).status_code == 422
    assert client.post(here, {"next": "ring", "days": "7"}).status_code == 422
    assert client.post(here, {"outcome": "spoke", "next": "close"}).status_code == 422
    assert not Attempt.objects.exists()

    client.post(here, {"outcome": "spoke", "next": "ring", "days": "14"})

    entry.refresh_from_db()
    assert entry.due_on == day_of(now()) + timedelta(days=14)
    assert Event.objects.filter(person=person, kind=Kind.CALL).count() == 1
    assert "The list is empty." in client.get("/recall/").content.decode()


@db
def test_the_database_refuses_an_outcome_without_a_next_step_and_closing_without_a_reason() -> None:
    lena, person = make.worker(), make.rung()
    entry = make.on_list(person, lena, now())
    half = {"person": person, "entry": entry, "outcome": "spoke", "done_at": now(), "done_by": lena}
    for missing in ({"next": "ring"}, {"next": "close"}, {"next": ""}, {"next": "ladder", "next_on": now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Attempt.objects.create(**half, **missing)
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.filter(pk=entry.pk).update(closed_at=now(), closed_by=lena)


@db
def test_whoever_asked_not_to_be_rung_is_off_the_list_and_not_put_on_again() -> None:
    lena, person = make.worker(), make.rung()
    entry = make.on_list(person, lena, now())
    actions.say_what_came(
        entry, Outcome.NOT_TO_BE_RUNG, Next.RING, next_on=date(2030, 1, 1), by=lena, at=now()
    )
    entry.refresh_from_db()
    assert entry.because == Because.THEY_SAID
    with pytest.raises(Refusal):
        make.on_list(person, lena, now())


@db
def test_the_person_takes_themself_off() -> None:
    lena, person = make.worker(), make.rung()
    entry = make.on_list(person, lena, now())
    signed_in(make.owner(person)).post(f"/page/{person.pk}/keeping-in-touch/not-ring/{entry.pk}/")
    entry.refresh_from_db()
    assert entry.because == Because.THEY_SAID


@db
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


@db
def test_taking_it_back_brings_nobody_onto_the_list_of_those_they_let_in_no_more() -> None:
    lena, person = make.worker(), make.rung()
    entry = make.on_list(person, lena, now())
    actions.take_off(entry, by=make.owner(person), at=now())
    consent.withdraw(Consent.objects.get(person=person), by=make.owner(person), at=now())
    actions.may_ring_again(NotRung.objects.get(), by=make.owner(person), at=now())
    assert not Entry.objects.open().exists()


@db
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


@pytest.mark.django_db(transaction=True)
def test_two_callers_at_once_never_get_the_same_person() -> None:
    callers = [make.worker(name) for name in ("lena", "max", "ama", "joe")]
    for number in range(4):
        make.on_list(make.rung(f"p{number}"), callers[0], now())

    taken = at_once(lambda caller: actions.take_next(by=caller, at=now()), callers)
    got = [entry.pk if entry else None for entry in taken]

    assert len(got) == len(set(got)) == 4
    assert None not in got


@db
def test_ringing_one_after_another_on_one_screen_until_the_list_is_empty() -> None:
    lena = make.worker()
    for name in ("Ann", "Bea"):
        make.on_list(make.rung(name.lower(), name), lena, now())
    client = signed_in(lena)
    seen = client.post("/recall/calling/", follow=True).content.decode()
    for _call in range(2):
        pk = Entry.objects.get(calling_by=lena).pk
        assert "07700 900100" in seen
        assert "Leave no message" in seen
        seen = client.post(
            f"/recall/{pk}/", {"outcome": "spoke", "next": "close", "because": "well"}, follow=True
        ).content.decode()
    assert "The list is empty." in seen
    assert Access.objects.filter(done_by=lena, part=Part.CONTACT).count() == 2


@db
def test_who_is_left_in_a_call_comes_back_to_the_list() -> None:
    lena, max_ = make.worker(), make.worker("max")
    entry = make.on_list(make.rung(), lena, now())
    assert actions.take_next(by=lena, at=now()) == entry
    assert actions.take_next(by=max_, at=now()) is None
    assert actions.take_next(by=max_, at=now() + timedelta(minutes=31)) == entry


@db
def test_handing_over_and_standing_in() -> None:
    lena, max_ = make.worker(), make.worker("max")
    entry = make.on_list(make.rung(), lena, now(), owner=lena)
    assert not queries.listed(max_, at=now(), mine=True).due
    away(lena, max_)
    assert queries.listed(max_, at=now(), mine=True).due[0].stands_in
    client = signed_in(lena)
    client.post(f"/recall/{entry.pk}/hand-over/", {"to": str(max_.pk)})
    entry.refresh_from_db()
    assert entry.owner == max_
    assert client.post(f"/recall/{entry.pk}/hand-over/", {"to": str(make.somebody().pk)}).status_code == 404


@db
def test_stranger_other_organization_withdrawn_and_former_member_see_no_entry() -> None:
    lena, person = make.worker(), make.rung()
    entry = make.on_list(person, lena, now())
    here = f"/recall/{entry.pk}/"
    other = make.worker("olga", at_place="Other Surgery")
    assert signed_in(lena).get(here).status_code == 200
    assert signed_in(other).get(here).status_code == 404
    assert signed_in(make.somebody("sid")).get("/recall/").status_code == 403
    assert signed_in(make.owner(person)).get("/recall/").status_code == 403
    consent.withdraw(Consent.objects.get(person=person), by=make.owner(person), at=now())
    assert signed_in(lena).get(here).status_code == 404
    assert "Pat" not in signed_in(lena).get("/recall/").content.decode()
    make.shared(person, Part.CONTACT, organization=make.organization(), at=now())
    dismiss(Membership.objects.get(account=lena), by="Rita", at=now())
    lena.refresh_from_db()
    assert signed_in(lena).get("/recall/").status_code == 403


@db
def test_many_on_the_list_cost_no_more_questions_than_few() -> None:
    lena = make.worker()
    make.on_list(make.rung("a"), lena, now())
    client = signed_in(lena)
    client.get("/recall/")
    with CaptureQueriesContext(connection) as few:
        client.get("/recall/")
    for number in range(12):
        make.on_list(make.rung(f"p{number}"), lena, now())
    with CaptureQueriesContext(connection) as many:
        client.get("/recall/")
    assert len(many) <= len(few)


@db
def test_a_hard_day_comes_up_the_chosen_days_before_and_once() -> None:
    lena = make.worker()
    person = make.own_page_with(lena, Part.CONTACT, Part.CRISIS_CARD)
    consent.reach(person, {"ways": ["phone"], "phone": "07700 900100"})
    falls = day_of(now()) + timedelta(days=9)
    name_date(
        person, what="Mum died", falls=Day(falls.day, falls.month), days_before=7,
        by=make.owner(person), at=make.LONG_AGO,
    )  # fmt: skip
    assert actions.bring_up_hard_days(at=now()) == 0
    later = now() + timedelta(days=2)
    assert actions.bring_up_hard_days(at=later) == 1
    entry = Entry.objects.get()
    assert (entry.why, entry.by_on, entry.owner) == (Why.HARD_DAY, falls, lena)
    assert "Mum" not in entry.words
    actions.say_what_came(entry, Outcome.SPOKE, Next.CLOSE, because=Because.WELL, by=lena, at=later)
    assert actions.bring_up_hard_days(at=later + timedelta(days=1)) == 0


def missed(person: Person, by: Account) -> Missed:
    found = actions.note_missed(person, make.organization(), day_of(now()), by=by, at=now())
    actions.see_to_missed(found.pk, at=now())
    actions.see_to_missed(found.pk, at=now())
    return found


@db
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


@db
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
        assert len(queries.listed(viewer, at=now()).due) == number
        with acting(viewer, at=now()):
            assert Entry.objects.count() == number, "the wall itself"
        assert signed_in(viewer).get(f"/recall/{entry.pk}/").status_code == (200 if number else 404)
        assert bool(actions.take_next(by=viewer, at=now())) is bool(number)
    assert "cleo" not in signed_in(peer).get(f"/recall/{entry.pk}/").content.decode()
    with pytest.raises(Refusal, match="Choose from the list"):
        actions.hand_over(entry, colleague, by=peer, at=now())


@db
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


@db
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


@db
def test_who_asked_not_to_be_rung_is_not_written_to_about_it() -> None:
    lena, person = make.worker(), make.rung()
    consent.reach(person, {"ways": ["text", "phone"]})
    actions.take_off(make.on_list(person, lena, now()), by=make.owner(person), at=now())
    missed(person, lena)
    assert not Message.objects.exists()


@db
def test_without_that_choice_or_its_consent_those_whose_appointment_it_was_ring() -> None:
    lena, person = make.worker(), make.rung()
    make.worker("peer", Role.PEER_SUPPORTER, "Peers Together")
    peers = make.organization("Peers Together")
    given = make.shared(person, Part.CONTACT, organization=peers)
    actions.choose_peers(person, peers, by=make.owner(person), at=now())
    consent.withdraw(given, by=make.owner(person), at=now())
    missed(person, lena)
    assert Entry.objects.get().organization == make.organization()


@db
def test_a_missed_appointment_is_entered_on_the_page_and_a_job_sees_to_it() -> None:
    lena, person = make.worker(), make.rung()
    signed_in(lena).post("/recall/add/", {
        "person": str(person.pk), "organization": str(make.organization().pk), "why": "missed",
        "due_on": f"{day_of(now()):%d/%m/%Y}",
    })  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name LIKE '%see_to_missed'")
        assert str(Missed.objects.get().pk) in str(cursor.fetchall())


@db
def test_escalation_goes_along_the_agreed_steps_in_their_order_and_no_further() -> None:
    lena, person = make.worker(), make.rung()
    actions.agree_on_ladder(
        person, ["Ring in the evening", "", "Ring Dee"], by=make.owner(person), at=make.LONG_AGO
    )
    entry = make.on_list(person, lena, now())
    day = day_of(now())
    for _step in range(2):
        actions.say_what_came(entry, Outcome.NO_ANSWER, Next.LADDER, next_on=day, by=lena, at=now())
    gone = Attempt.objects.order_by("done_at").values_list("rung__words", flat=True)
    assert list(gone) == ["Ring in the evening", "Ring Dee"]
    with pytest.raises(Refusal, match="nothing further"):
        actions.say_what_came(entry, Outcome.NO_ANSWER, Next.LADDER, next_on=day, by=lena, at=now())


@db
def test_with_the_page_all_of_it_is_deleted() -> None:
    lena, person = make.worker(), make.rung()
    entry = make.on_list(person, lena, now())
    actions.agree_on_ladder(person, ["Ring Dee"], by=make.owner(person), at=now())
    actions.say_what_came(entry, Outcome.NO_ANSWER, Next.LADDER, next_on=day_of(now()), by=lena, at=now())
    missed(person, lena)
    actions.erase(person)
    assert not Entry.objects.exists()
    assert not Rung.objects.exists()
    assert not Missed.objects.exists()
