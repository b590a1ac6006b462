"""Who walks with whom: chosen among those who are let in, changed by the person at any time, one at a time."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from livingwell.consent.acting import acting
from livingwell.consent.actions import withdraw
from livingwell.consent.models import Consent, Event, Kind, Part, Person
from livingwell.core.errors import Refusal
from livingwell.linkwork import actions, queries
from livingwell.linkwork.models import Lead
from livingwell.linkwork.tests import make
from livingwell.people.actions import dismiss
from livingwell.people.models import Account, Membership, Role
from livingwell.people.tests.make import signed_in
from livingwell.people.tests.test_sign_in import newest_code

pytestmark = pytest.mark.django_db


def owner(person: Person) -> Account:
    assert person.account
    return person.account


def address(person: Person) -> str:
    return f"/page/{person.pk}/link-worker/"


def key(account: Account, at_place: str = "Riverside Surgery") -> str:
    return f"{account.pk}:{make.organization(at_place).pk}"


def test_a_person_chooses_changes_and_lets_go() -> None:
    lena, max_ = make.worker(), make.worker("max")
    person = make.own_page_with(lena)
    client = signed_in(owner(person))
    assert "Lena, Riverside Surgery" in client.get(address(person)).content.decode()

    client.post(address(person), {"lead": key(max_)})
    assert Lead.objects.live().get(person=person).account == max_
    client.post(address(person), {"lead": "nobody"})

    assert not Lead.objects.live().exists()
    assert Lead.objects.filter(ended_by=owner(person)).count() == 2
    kinds = list(Event.objects.filter(person=person).order_by("happened_at").values_list("kind", flat=True))
    assert kinds.count(Kind.LEAD_CHOSEN) == 2
    assert kinds.count(Kind.LEAD_ENDED) == 1


def test_choosing_the_same_again_changes_nothing() -> None:
    lena = make.worker()
    person = make.own_page_with(lena)

    signed_in(owner(person)).post(address(person), {"lead": key(lena)})

    assert Lead.objects.count() == 1


def test_who_is_not_let_in_cannot_be_chosen() -> None:
    lena, otto = make.worker(), make.worker("otto", at_place="Elsewhere")
    person = make.own_page_with(lena)

    response = signed_in(owner(person)).post(address(person), {"lead": key(otto, "Elsewhere")})

    assert response.status_code == 422
    with pytest.raises(Refusal):
        actions.choose(person, otto, make.organization("Elsewhere"), by=owner(person), at=timezone.now())


def test_a_clinician_is_not_chosen_as_link_worker() -> None:
    person = make.own_page_with(make.worker())
    gail = make.worker("gail", Role.CLINICIAN)

    assert signed_in(owner(person)).post(address(person), {"lead": key(gail)}).status_code == 422


def test_who_keeps_a_page_chooses_with_its_person() -> None:
    lena, max_ = make.worker(), make.worker("max")
    person = make.kept_with(lena)

    signed_in(max_).post(address(person), {"lead": key(max_)})

    assert Lead.objects.get(person=person).chosen_by == max_


def test_who_may_only_see_a_page_does_not_say_who_walks_with_its_person() -> None:
    lena, max_ = make.worker(), make.worker("max")
    person = make.own_page_with(lena)

    assert signed_in(max_).get(address(person)).status_code == 404
    assert signed_in(make.somebody("sid")).post(address(person), {"lead": key(max_)}).status_code == 404
    with pytest.raises(DatabaseError), acting(max_, at=timezone.now()):
        Lead.objects.create(
            person=person,
            account=max_,
            organization=make.organization(),
            chosen_at=timezone.now(),
            chosen_by=max_,
        )


def test_there_is_one_link_worker_at_a_time() -> None:
    lena = make.worker()
    person = make.walked_with(lena)
    with pytest.raises(IntegrityError), transaction.atomic():
        Lead.objects.create(
            person=person,
            account=make.worker("max"),
            organization=make.organization(),
            chosen_at=timezone.now(),
            chosen_by=lena,
        )


def test_when_they_leave_the_person_is_told_and_may_choose_another() -> None:
    lena = make.worker()
    make.worker("max")
    person = make.own_page_with(lena)
    dismiss(Membership.objects.get(account=lena), by="Prue", at=timezone.now())

    page = signed_in(owner(person)).get(address(person)).content.decode()

    assert "Lena does not work at Riverside Surgery any more" in page
    assert "Max, Riverside Surgery" in page


def test_who_left_sees_nothing_any_more() -> None:
    lena = make.worker()
    person = make.walked_with(lena)
    client = signed_in(lena)
    assert "Mo" in client.get("/walking-with/everyone/").content.decode()

    dismiss(Membership.objects.get(account=lena), by="Prue", at=timezone.now())

    assert client.get("/walking-with/")["Location"].startswith("/sign-in/")
    again = signed_in(Account.objects.get(pk=lena.pk))
    for gone in ("/walking-with/", "/walking-with/everyone/", "/walking-with/cover/"):
        assert again.get(gone).status_code == 403
    for gone in ("", "read-back/", "sheet/"):
        assert again.get(f"/page/{person.pk}/link-worker/{gone}").status_code == 404
    with acting(lena, at=timezone.now() + timedelta(seconds=1)):
        assert not Lead.objects.exists()


def test_after_a_withdrawal_they_stand_on_no_list_and_are_not_told_of() -> None:
    lena = make.worker()
    person = make.own_page_with(lena)
    now = timezone.now()
    assert make.everyone(lena, at=now).number == 1
    withdraw(Consent.objects.get(person=person), by=owner(person), at=now)

    assert make.everyone(lena, at=now).number == 0
    assert make.today(lena, at=now).walked_with == 0
    assert queries.lead_of(person, lena, at=now) is None


def test_a_carer_who_sees_the_circle_does_not_see_who_walks_along() -> None:
    from livingwell.consent.models import Purpose

    person = make.own_page_with(make.worker())
    carer = make.somebody("carol")
    make.shared(person, Part.CIRCLE, account=carer, purpose=Purpose.FAMILY)

    assert queries.lead_of(person, carer, at=timezone.now()) is None
    with acting(carer, at=timezone.now()):
        assert not Lead.objects.exists()


def test_an_erasure_ends_the_walk() -> None:
    lena = make.worker()
    person = make.own_page_with(lena)
    now = timezone.now()
    with acting(owner(person), at=now):
        actions.erase(person, by=owner(person), at=now)

    assert not Lead.objects.live().exists()


def test_the_way_to_their_people_is_in_the_header_from_signing_in_on_without_a_query() -> None:
    lena = make.worker()
    client = Client()
    client.post("/sign-in/", {"address": lena.email})
    client.post("/sign-in/code/", {"code": newest_code()})

    assert client.session["walks"] is True
    assert 'href="/walking-with/"' in client.get("/about/").content.decode()
    assert client.get("/walking-with/")["Location"].startswith("/sign-in/second-step/")
    with CaptureQueriesContext(connection) as captured:
        client.get("/about/")
    assert not [query for query in captured.captured_queries if "people_membership" in query["sql"]]
