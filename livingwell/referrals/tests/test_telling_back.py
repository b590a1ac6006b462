"""Whom the person chose is told once what came of it, by a link that opens until they stop it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from livingwell.consent.actions import withdraw
from livingwell.consent.models import Consent, Part
from livingwell.consent.tests import make as persons
from livingwell.contacting.models import Letter
from livingwell.core.errors import Refusal
from livingwell.directory.models import Organization
from livingwell.messaging.models import Message, Status
from livingwell.people.tests.make import signed_in
from livingwell.referrals import actions
from livingwell.referrals.models import Because, Helped, MessageBack, Through
from livingwell.referrals.tests import make

if TYPE_CHECKING:
    from pytest_django import Settings

    from livingwell.people.models import Account
    from livingwell.referrals.models import Referral

pytestmark = pytest.mark.django_db
SURGERY = "desk@riverside.example"


@pytest.fixture(autouse=True)
def site(settings: Settings) -> None:
    settings.SITE_URL = make.SITE


def surgery() -> Organization:
    found = persons.organization()
    Organization.objects.filter(pk=found.pk).update(email=SURGERY)
    found.refresh_from_db()
    return found


def sent() -> Referral:
    """An introduction of somebody who lets their surgery see their plan."""
    person = persons.page_of()
    persons.shared(person, Part.PLAN, organization=surgery())
    return make.sent(person, at=timezone.now() - timedelta(hours=2))


def owner(referral: Referral) -> Account:
    assert referral.person.account
    return referral.person.account


def chosen(referral: Referral, *, helped: bool = False) -> MessageBack:
    return actions.tell_them(referral, surgery(), helped=helped, by=owner(referral), at=timezone.now())


def met(referral: Referral) -> Referral:
    actions.met(referral, by=None, through=Through.LINK, at=timezone.now())
    return referral


def carried_out(times: int = 1) -> None:
    """What a worker does with the jobs that were deferred, as often as it may have to."""
    for job in ProcrastinateJob.objects.filter(task_name="livingwell.referrals.tasks.tell"):
        by = UUID(job.args["by"]) if job.args["by"] else None
        for _time in range(times):
            actions.tell(UUID(job.args["referral"]), actions.News(job.args["news"]), by=by, at=timezone.now())


def link() -> str:
    """The address in the one message to the surgery."""
    found = re.search(r"(/message-back/\S+/)", Message.objects.get(to=SURGERY).body)
    assert found
    return found[1]


def opened() -> tuple[int, str]:
    answer = Client().get(link())
    return answer.status_code, answer.content.decode()


def test_once_they_met_the_surgery_is_told_once_and_the_message_says_nothing_of_whom() -> None:
    referral = sent()
    chosen(referral)
    carried_out()
    assert not Message.objects.filter(to=SURGERY).exists()
    met(referral)
    carried_out(times=2)
    message = Message.objects.get(to=SURGERY)
    for words in ("Pat", "Choir", "Singing", "met"):
        assert words not in message.subject + message.body
    assert Letter.objects.get(message=message).receiver == "Riverside Surgery"
    status, page = opened()
    assert status == 200
    assert "Pat" in page
    assert "The person and the service have met." in page
    assert "07700 900123" not in page


def test_the_end_is_not_told_again_and_the_link_shows_it() -> None:
    referral = met(sent())
    chosen(referral, helped=True)
    actions.helped(referral, Helped.A_BIT, by=owner(referral), at=timezone.now())
    carried_out()
    assert Message.objects.filter(to=SURGERY).count() == 1
    _status, page = opened()
    assert "It is done." in page
    assert "A bit" in page


def test_whether_it_helped_is_told_only_where_they_chose_that() -> None:
    referral = met(sent())
    telling = chosen(referral)
    actions.helped(referral, Helped.A_BIT, by=owner(referral), at=timezone.now())
    carried_out()
    assert "A bit" not in opened()[1]
    chosen(referral, helped=True)
    assert "A bit" in opened()[1]
    assert MessageBack.objects.get() == telling


def test_a_no_is_told_with_its_reason() -> None:
    referral = sent()
    chosen(referral)
    actions.decline(
        referral, Because.FULL, instead="Tuesdays", by=None, through=Through.LINK, at=timezone.now()
    )
    carried_out()
    _status, page = opened()
    assert "We are full at the moment" in page
    assert "Tuesdays" in page


def test_who_is_chosen_afterwards_is_told_at_once() -> None:
    referral = met(sent())
    carried_out()
    assert not Message.objects.filter(to=SURGERY).exists()
    chosen(referral)
    carried_out(times=2)
    assert opened()[0] == 200


def test_its_opening_is_noted_and_the_person_sees_when() -> None:
    referral = sent()
    chosen(referral)
    met(referral)
    carried_out()
    page = signed_in(owner(referral))
    address = f"/page/{referral.person_id}/introductions/{referral.pk}/"
    assert "They have not opened it yet." in page.get(address).content.decode()
    opened()
    assert "Riverside Surgery was told. They opened it on" in page.get(address).content.decode()


@pytest.mark.parametrize("end", ["stopped", "consent withdrawn", "introduction stopped", "erased", "too old"])
def test_the_link_opens_nothing_any_more(end: str) -> None:
    referral = sent()
    chosen(referral)
    met(referral)
    carried_out()
    assert opened()[0] == 200
    address = link()
    by, at = owner(referral), timezone.now()
    match end:
        case "stopped":
            actions.tell_nobody(referral, by=by, at=at)
        case "consent withdrawn":
            withdraw(Consent.objects.live(at).get(organization=surgery()), by=by, at=at)
        case "introduction stopped":
            actions.withdraw(referral, by=by, at=at)
        case "erased":
            actions.erase(referral.person, by=by, at=at)
        case _:
            MessageBack.objects.update(until=at)
    for path in (address, f"{address}letter.pdf"):
        answer = Client().get(path)
        assert answer.status_code == 410
        assert not re.search(rb"\bPat\b", answer.content)


def test_a_link_of_this_kind_answers_nothing_and_one_to_answer_shows_no_outcome() -> None:
    referral = sent()
    asked = Message.objects.get(to="choir@example.org").body
    answer = re.search(r"/answer/(\S+)/", asked)
    assert answer
    chosen(referral)
    met(referral)
    carried_out()
    assert Client().get(f"/message-back/{answer[1]}/").status_code == 410
    secret = link().split("/")[2]
    assert Client().get(f"/answer/{secret}/").status_code == 410


def test_what_was_stopped_before_it_left_does_not_leave() -> None:
    referral = met(sent())
    chosen(referral)
    carried_out()
    actions.tell_nobody(referral, by=owner(referral), at=timezone.now())
    assert Message.objects.get(key__endswith=":back").status == Status.CANCELLED


@pytest.mark.parametrize(("sees", "email"), [(Part.STORY, SURGERY), (Part.PLAN, "")])
def test_who_may_not_see_the_plan_or_has_no_address_cannot_be_chosen(sees: Part, email: str) -> None:
    person = persons.page_of()
    persons.shared(person, sees, organization=surgery())
    referral = make.sent(person)
    organization = surgery()
    Organization.objects.filter(pk=organization.pk).update(email=email)
    with pytest.raises(Refusal):
        actions.tell_them(referral, organization, helped=False, by=owner(referral), at=timezone.now())


def test_whose_yes_has_ended_meanwhile_is_not_told() -> None:
    referral = sent()
    chosen(referral)
    withdraw(
        Consent.objects.live(timezone.now()).get(organization=surgery()),
        by=owner(referral),
        at=timezone.now(),
    )
    met(referral)
    carried_out()
    assert not Message.objects.filter(to=SURGERY).exists()


def test_without_a_public_address_nothing_goes(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    settings.SITE_URL = ""
    referral = sent()
    chosen(referral)
    met(referral)
    carried_out()
    assert not Message.objects.filter(to=SURGERY).exists()
    assert "SITE_URL" in caplog.text
    assert MessageBack.objects.get().sent_on is None


def test_it_is_chosen_where_it_is_read_back_and_changed_later() -> None:
    person = persons.page_of()
    persons.shared(person, Part.PLAN, organization=surgery())
    referral = make.draft(person)
    page = signed_in(owner(referral))
    address = f"/page/{person.pk}/introductions/{referral.pk}/"
    assert "Who shall be told what comes of it?" in page.get(address).content.decode()
    page.post(address, {"organization": str(surgery().pk)})
    assert MessageBack.objects.live().get().organization == surgery()
    assert "is told as soon as there is something to tell" in page.get(address).content.decode()
    page.post(f"{address}told/", {"organization": ""})
    assert not MessageBack.objects.live().exists()
    page.post(f"{address}told/", {"organization": str(surgery().pk), "helped": "on"})
    assert MessageBack.objects.live().get().helped


def test_nobody_is_chosen_by_itself_and_only_who_stood_there_can_be() -> None:
    person = persons.page_of()
    persons.shared(person, Part.PLAN, organization=surgery())
    referral = make.draft(person)
    page = signed_in(owner(referral))
    address = f"/page/{person.pk}/introductions/{referral.pk}/"
    page.post(address)
    assert not MessageBack.objects.exists()
    clinic = persons.organization("Clinic")
    assert page.post(f"{address}told/", {"organization": str(clinic.pk)}).status_code == 404


def test_who_may_not_write_down_a_yes_changes_nothing() -> None:
    referral = sent()
    lena = signed_in(persons.worker())
    address = f"/page/{referral.person_id}/introductions/{referral.pk}/"
    assert lena.post(f"{address}told/", {"organization": str(surgery().pk)}).status_code in {403, 404}
    assert not MessageBack.objects.exists()
