"""Today's list: those who need a human, and nobody else; with as many queries for many as for one."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from livingwell.consent.actions import give
from livingwell.consent.models import Consent, Emergency, Grounds, How, Part, Person, Purpose
from livingwell.linkwork.models import Need, SeenTo
from livingwell.linkwork.tests import make
from livingwell.people.actions import dismiss
from livingwell.people.models import Account, Membership, Role
from livingwell.people.tests.make import signed_in
from livingwell.plans.actions import name_date
from livingwell.plans.days import Day
from livingwell.steps import actions as steps
from livingwell.steps.companions import Companion
from livingwell.steps.models import Status, Walks

pytestmark = pytest.mark.django_db


def needs(viewer: Account) -> list[Need]:
    return [one.need for row in make.today(viewer).rows for one in row.needs]


def test_the_list_is_empty_when_nobody_needs_anybody() -> None:
    lena = make.worker()
    make.walked_with(lena)

    page = signed_in(lena).get("/walking-with/").content.decode()

    assert "The list is empty." in page
    assert "/page/" not in page


def test_a_page_just_begun_waits_to_be_read_back() -> None:
    lena = make.worker()
    person = make.kept_with(lena)
    assert needs(lena) == [Need.READ_BACK]

    signed_in(lena).post(f"/page/{person.pk}/link-worker/read-back/")

    assert needs(lena) == []


def test_what_somebody_wanted_to_be_asked_again() -> None:
    lena = make.worker()
    person = make.walked_with(lena)
    step = steps.add(person, "Ring the choir", by=lena, at=make.LONG_AGO)
    steps.move(
        step,
        Status.ON_HOLD,
        was=Status.PLANNED,
        ask_on=(make.LONG_AGO + timedelta(days=7)).date(),
        by=lena,
        at=make.LONG_AGO,
    )

    assert needs(lena) == [Need.ASK_AGAIN]
    page = signed_in(lena).get("/walking-with/").content.decode()
    assert "Mo" in page
    assert "Ring the choir" not in page  # the list is no look at a page


def test_a_hard_day_that_is_near() -> None:
    lena = make.worker()
    person = make.walked_with(lena)
    soon = timezone.localdate() + timedelta(days=3)
    name_date(
        person,
        what="The day she died",
        falls=Day(soon.day, soon.month, None, yearly=True),
        days_before=7,
        by=lena,
        at=make.LONG_AGO,
    )

    assert needs(lena) == [Need.HARD_DAY]
    assert "The day she died" not in signed_in(lena).get("/walking-with/").content.decode()


def test_an_emergency() -> None:
    lena = make.worker()
    person = make.walked_with(lena)
    gail = make.worker("gail", Role.CLINICIAN, at_place="The hospital")
    now = timezone.now()
    Emergency.objects.create(
        person=person,
        opened_at=now - timedelta(hours=1),
        opened_by=gail,
        organization=make.organization("The hospital"),
        until=now + timedelta(hours=1),
        grounds=Grounds.LIFE,
        words="Found.",
    )

    assert needs(lena) == [Need.EMERGENCY]
    assert "The hospital" in signed_in(lena).get("/walking-with/").content.decode()


def test_a_yes_that_ends_within_two_weeks() -> None:
    lena = make.worker()
    person = make.own_page_with(lena)
    now = timezone.now()
    make.shared(person, Part.STORY, organization=make.organization(), until=now + timedelta(days=13))
    assert needs(lena) == [Need.ENDING]

    make.shared(person, Part.STORY, organization=make.organization(), until=now + timedelta(days=15))
    assert needs(lena) == []


def walking_along(person: Person, along: Account, by: Account) -> None:
    """That somebody who works with the person walks along on a step in progress."""
    step = steps.add(person, "Ring the choir", by=by, at=make.LONG_AGO)
    companion = Companion(Walks.ACCOUNT, account=along)
    steps.move(step, Status.ACTIVE, was=Status.PLANNED, companion=companion, by=by, at=make.LONG_AGO)


def test_a_step_whose_companion_left() -> None:
    lena, max_ = make.worker(), make.worker("max")
    person = make.walked_with(lena)
    walking_along(person, max_, by=lena)
    assert needs(lena) == []

    dismiss(Membership.objects.get(account=max_), by="Prue", at=timezone.now())

    assert needs(lena) == [Need.COMPANION_LEFT]


def test_a_step_whose_companion_may_not_see_it_any_more() -> None:
    lena, gus = make.worker(), make.worker("gus", at_place="The allotment")
    person = make.walked_with(lena)
    until = timezone.now() + timedelta(days=40)
    give(
        person,
        parts=[Part.PLAN],
        purpose=Purpose.HELP,
        how=How.IN_PERSON,
        until=until,
        by=lena,
        at=make.LONG_AGO,
        organization=make.organization("The allotment"),
        said="Yes",
    )
    walking_along(person, gus, by=lena)
    assert needs(lena) == []

    Consent.objects.filter(organization__name="The allotment").update(until=timezone.now())

    assert needs(lena) == [Need.COMPANION_LEFT]


def test_to_whom_it_is_not_open_who_is_let_in_is_not_told_that_a_companion_is_shut_out() -> None:
    lena, gus = make.worker(), make.worker("gus", at_place="The allotment")
    person = make.own_page_with(lena)
    assert person.account
    walking_along(person, gus, by=person.account)

    assert needs(lena) == []


def test_two_organizations_doing_the_same() -> None:
    lena = make.worker()
    person = make.walked_with(lena)
    for name, place in (("Choir", "Voices"), ("Sing along", "Tunes")):
        steps.choose(person, make.about(name, place, "singing"), by=lena, at=make.LONG_AGO)

    assert needs(lena) == [Need.TWICE]


def test_what_is_seen_to_goes_and_comes_back_with_a_new_reason_only() -> None:
    lena = make.worker()
    person = make.own_page_with(lena)
    now = timezone.now()
    make.shared(person, Part.STORY, organization=make.organization(), until=now + timedelta(days=13))
    client = signed_in(lena)
    need = make.today(lena, at=now).rows[0].needs[0]
    said = {"person": person.pk, "need": need.need, "about": need.about}

    for _ in range(2):
        assert client.post("/walking-with/seen-to/", said).status_code == 302

    assert "The list is empty." in client.get("/walking-with/").content.decode()
    assert SeenTo.objects.get().seen_by == lena


def test_nobody_sees_to_what_is_not_on_their_list() -> None:
    lena = make.worker()
    person = make.own_page_with(lena)
    now = timezone.now()
    make.shared(person, Part.STORY, organization=make.organization(), until=now + timedelta(days=13))
    need = make.today(lena, at=now).rows[0].needs[0]
    said = {"person": person.pk, "need": need.need, "about": need.about}

    assert (
        signed_in(make.worker("otto", at_place="Elsewhere")).post("/walking-with/seen-to/", said).status_code
        == 404
    )
    assert signed_in(make.somebody("sid")).post("/walking-with/seen-to/", said).status_code == 403
    signed_in(make.worker("max")).post("/walking-with/seen-to/", said)
    signed_in(lena).post("/walking-with/seen-to/", said | {"about": uuid4()})

    assert not SeenTo.objects.exists()


def test_what_another_link_worker_walks_with_is_not_on_ones_list() -> None:
    lena, max_ = make.worker(), make.worker("max")
    make.kept_with(lena)

    assert needs(max_) == []
    assert make.everyone(max_).number == 1


def test_nobody_is_lost_when_a_link_worker_leaves() -> None:
    lena, max_ = make.worker(), make.worker("max")
    make.kept_with(lena)

    dismiss(Membership.objects.get(account=lena), by="Prue", at=timezone.now())

    assert needs(max_) == [Need.READ_BACK]


def test_a_clinician_sees_those_with_whom_they_began() -> None:
    gail = make.worker("gail", Role.CLINICIAN)
    make.kept_with(gail)
    make.kept_with(make.worker())

    assert needs(gail) == [Need.READ_BACK]


def test_everyone_is_found_by_part_of_a_name_and_the_name_stands_in_no_address() -> None:
    lena = make.worker()
    make.kept_with(lena, called="Mo")
    make.kept_with(lena, called="Zora")
    client = signed_in(lena)

    page = client.post("/walking-with/everyone/", {"words": "zor"}).content.decode()

    assert "Zora" in page
    assert ">Mo<" not in page
    assert "?words" not in page


def test_everyone_is_paged_and_leaves_out_ones_own_family() -> None:
    from livingwell.consent.models import Purpose

    lena = make.worker()
    for number in range(51):
        make.kept_with(lena, called=f"Person {number:02}")
    aunt = make.page_of("aunt", called="My aunt")
    make.shared(aunt, Part.STORY, account=lena, purpose=Purpose.FAMILY)
    client = signed_in(lena)

    first = client.get("/walking-with/everyone/").content.decode()
    second = client.get("/walking-with/everyone/?page=2").content.decode()

    assert "51 people" in first
    assert "My aunt" not in first + second
    assert "Person 50" not in first
    assert "Person 50" in second


def test_a_page_has_as_many_queries_for_many_as_for_few() -> None:
    lena = make.worker()
    counts: dict[str, set[int]] = {"/walking-with/": set(), "/walking-with/everyone/": set()}
    client = signed_in(lena)
    for more in (2, 8, 30):
        for number in range(more):
            person = make.kept_with(lena, called=f"{more} {number}")
            everything_about(person, lena)
        for address, found in counts.items():
            with CaptureQueriesContext(connection) as captured:
                assert client.get(address).status_code == 200
            found.add(len(captured))

    assert all(len(found) == 1 and found.pop() > 5 for found in counts.values()), counts


def everything_about(person: Person, lena: Account) -> None:
    """Somebody of whom each reason for being on the list holds, as far as can be without others."""
    day = make.LONG_AGO + timedelta(days=7)
    step = steps.add(person, "Ring the choir", by=lena, at=make.LONG_AGO)
    steps.change(step, {"ask_on": day.date()}, version=1, by=lena, at=make.LONG_AGO)
