"""The list of those to ring: nobody drops off it, two callers never get the same, nobody is on it unasked."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from livingwell.consent import actions as consent
from livingwell.consent.models import Access, Consent, Event, Kind, Part
from livingwell.core.dates import day_of
from livingwell.core.errors import Refusal
from livingwell.core.tests.at_once import at_once
from livingwell.linkwork.tests.make import away
from livingwell.people.actions import dismiss
from livingwell.people.models import Membership
from livingwell.people.tests.make import signed_in
from livingwell.people.work import work_of
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
    assert not re.search(r"\bPat\b", signed_in(lena).get("/recall/add/").content.decode())


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
    assert not queries.listed(max_, work_of(max_, at=now()), at=now(), mine=True).due
    away(lena, max_)
    assert queries.listed(max_, work_of(max_, at=now()), at=now(), mine=True).due[0].stands_in
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
    assert not re.search(r"\bPat\b", signed_in(lena).get("/recall/").content.decode())
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
    actions.note_missed(person, make.organization(), day_of(now()), by=lena, at=now())
    actions.take_off(entry, by=make.owner(person), at=now())
    actions.erase(person)
    assert not Entry.objects.exists()
    assert not Rung.objects.exists()
    assert not Missed.objects.exists()
    assert not NotRung.objects.exists()
