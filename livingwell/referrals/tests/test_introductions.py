"""Introductions: what may happen to them and what may not."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from livingwell.consent.acting import acting
from livingwell.consent.actions import withdraw as withdraw_consent
from livingwell.consent.models import Consent, How, Part, Purpose
from livingwell.consent.tests import make as persons
from livingwell.core.errors import Refusal
from livingwell.directory.days import Calendar
from livingwell.linkwork.roles import BEGIN
from livingwell.linkwork.tests import make as walking
from livingwell.messaging.models import Message
from livingwell.people.actions import dismiss
from livingwell.people.models import Membership, Role
from livingwell.people.tests.make import signed_in
from livingwell.referrals import actions, links
from livingwell.referrals.models import NEXT, Because, Helped, Link, Move, Referral, Said, Status, Through
from livingwell.referrals.tests import make

if TYPE_CHECKING:
    from livingwell.consent.models import Person

pytestmark = pytest.mark.django_db
NOW = make.NOW


def path_in_the_message() -> str:
    found = re.search(r"https://here\.example(/answer/\S+/)", Message.objects.get().body)
    assert found
    return found.group(1)


def test_what_is_sent_rests_on_a_consent_that_names_the_receiver() -> None:
    referral = make.sent()
    consent = Consent.objects.get()
    assert referral.consent == consent
    assert (consent.organization, consent.purpose) == (referral.organization, Purpose.INTRODUCTION)
    assert referral.answer_by == date(2026, 12, 2)


def test_the_database_sends_nothing_without_a_live_consent() -> None:
    referral = make.sent()
    other = make.draft(persons.page_of("olive"), referral.service)
    values = {"status": "sent", "sent_at": NOW, "sent_by": referral.sent_by, "answer_by": date(2026, 12, 2)}
    with pytest.raises(DatabaseError), transaction.atomic():
        Referral.objects.filter(pk=other.pk).update(**values, consent=None)
    with pytest.raises(DatabaseError, match="live consent"), transaction.atomic():
        Referral.objects.filter(pk=other.pk).update(**values, consent=referral.consent)


def test_one_open_introduction_for_a_person_and_a_service() -> None:
    referral = make.sent()
    with pytest.raises(Refusal, match="already"):
        make.draft(referral.person, referral.service)
    actions.decline(referral, Because.FULL, by=None, through=Through.LINK, at=NOW)
    make.draft(referral.person, referral.service)


def test_a_second_introduction_to_the_same_organization_leaves_the_first_standing() -> None:
    referral = make.sent()
    other = make.sent(referral.person, make.choir("Choir of a morning"))
    referral.refresh_from_db()
    assert referral.consent == other.consent
    assert Consent.objects.live(NOW).count() == 1


def test_the_message_says_nothing_about_the_person() -> None:
    referral = make.sent()
    message = Message.objects.get()
    words = message.subject + message.body
    assert not [said.words for said in referral.said.all() if said.words in words]


def test_the_receiver_reads_what_was_said_and_says_yes_without_an_account() -> None:
    referral = make.sent()
    client, path = Client(), path_in_the_message()
    page = client.get(path).content.decode()
    assert "07700 900123" in page
    referral.refresh_from_db()
    assert referral.read_on
    assert client.post(path, {"say": "yes"}).status_code == 302
    referral.refresh_from_db()
    assert referral.status == Status.ACCEPTED
    assert Move.objects.filter(referral=referral, after="accepted", moved_by=None, through="link").exists()
    assert client.post(path, {"say": "yes"}).status_code == 302
    assert Move.objects.filter(referral=referral, after="accepted").count() == 1


def test_a_no_needs_a_reason_and_keeps_what_was_typed() -> None:
    referral = make.sent()
    client, path = Client(), path_in_the_message()
    answer = client.post(path, {"say": "no", "instead": "Ask the Tuesday group"})
    assert answer.status_code == 422
    assert "Ask the Tuesday group" in answer.content.decode()
    client.post(path, {"say": "no", "because": "full", "instead": "Ask the Tuesday group"})
    referral.refresh_from_db()
    assert (referral.status, referral.instead) == (Status.DECLINED, "Ask the Tuesday group")
    assert "07700 900123" not in client.get(path).content.decode()


def test_a_code_read_on_the_phone_opens_the_same() -> None:
    referral = make.sent()
    assert referral.person.account
    code = actions.code_for(referral, by=referral.person.account, at=NOW)
    client = Client()
    wrong = client.post("/answer/", {"code": "bcdf-234-ghj"})
    assert wrong.status_code == 422
    right = client.post("/answer/", {"code": code.upper().replace("-", " ")})
    assert "07700 900123" in client.get(right.headers["Location"]).content.decode()
    assert not Link.objects.filter(secret__contains=code).exists()


@pytest.mark.parametrize("end", ["introduction", "consent"])
def test_a_receiver_reads_nothing_more_from_the_moment_it_is_stopped(end: str) -> None:
    referral = make.sent()
    account = referral.person.account
    assert account
    assert referral.consent
    if end == "introduction":
        actions.withdraw(referral, by=account, at=NOW)
    else:
        withdraw_consent(referral.consent, by=account, at=NOW)
    page = Client().get(path_in_the_message()).content.decode()
    assert "Delete what you noted" in page
    assert "07700 900123" not in page
    worker = signed_in(persons.worker("sol", at_place="Singing Neighbours"))
    assert "07700 900123" not in worker.get(f"/introductions/{referral.pk}/").content.decode()


def test_an_ended_consent_stops_what_rests_on_it() -> None:
    referral = make.sent()
    assert referral.consent
    assert referral.person.account
    withdraw_consent(referral.consent, by=referral.person.account, at=NOW)
    assert actions.withdraw_without_consent(at=NOW + timedelta(minutes=1)) == 1
    referral.refresh_from_db()
    assert referral.status == Status.WITHDRAWN


def test_those_who_receive_find_it_in_their_inbox_and_others_do_not() -> None:
    referral = make.sent()
    receiver = signed_in(persons.worker("sol", at_place="Singing Neighbours"))
    assert "Choir for everyone" in receiver.get("/introductions/").content.decode()
    assert "07700 900123" in receiver.get(f"/introductions/{referral.pk}/").content.decode()
    assert receiver.get(f"/page/{referral.person_id}/").status_code == 404
    other = signed_in(persons.worker("max"))
    assert other.get(f"/introductions/{referral.pk}/").status_code == 404
    assert Client().get(f"/introductions/{referral.pk}/").status_code == 302


def test_a_draft_is_seen_by_nobody_it_would_go_to() -> None:
    referral = make.draft()
    receiver = signed_in(persons.worker("sol", at_place="Singing Neighbours"))
    assert receiver.get(f"/introductions/{referral.pk}/").status_code == 404
    assert referral.person.account
    actions.withdraw(referral, by=referral.person.account, at=NOW)
    assert receiver.get(f"/introductions/{referral.pk}/").status_code == 404
    with acting(persons.worker("sol", at_place="Singing Neighbours"), at=NOW):
        assert not Referral.objects.exists()


def test_the_person_writes_reads_back_and_sends_in_two_screens() -> None:
    person, service = persons.page_of(), make.choir()
    assert person.account
    client = signed_in(person.account)
    base = f"/page/{person.pk}/introductions/"
    nothing = client.post(f"{base}to/{service.pk}/", {"weight": "referral"})
    assert nothing.status_code == 422
    written = client.post(
        f"{base}to/{service.pk}/", {"weight": "warm", "items": ["called"], "words": "I sing alto."}
    )
    page = client.get(written.headers["Location"]).content.decode()
    assert "I sing alto." in page
    assert not Consent.objects.exists()
    client.post(written.headers["Location"])
    assert [said.words for said in Said.objects.order_by("place")] == ["Pat", "I sing alto."]
    assert Referral.objects.get().status == Status.SENT
    assert Message.objects.count() == 1


def test_who_only_sees_the_plan_cannot_send_in_the_persons_name() -> None:
    person, lena = persons.page_of(), persons.worker()
    persons.shared(person, Part.PLAN, organization=persons.organization(), may_change=True)
    service = make.choir()
    client = signed_in(lena)
    written = client.post(
        f"/page/{person.pk}/introductions/to/{service.pk}/", {"weight": "referral", "words": "Sings alto."}
    )
    referral = Referral.objects.get()
    assert written.status_code == 302
    client.post(written.headers["Location"], {"how": "phone", "said": "Yes"})
    referral.refresh_from_db()
    assert referral.status == Status.DRAFT


def test_a_carer_with_permission_writes_it_and_the_person_sends_it() -> None:
    person, carer = persons.page_of(), persons.somebody("carol")
    assert person.account
    persons.shared(person, Part.PLAN, account=carer, may_change=True)
    path = f"/page/{person.pk}/introductions/to/{make.choir().pk}/"
    written = signed_in(carer).post(path, {"weight": "warm", "words": "Sings alto."})["Location"]
    assert "It waits on their page" in signed_in(carer).get(written).content.decode()
    assert signed_in(carer).post(written, {"how": "phone", "said": "Yes"}).status_code == 403
    assert signed_in(person.account).post(written).status_code == 302
    referral = Referral.objects.get()
    assert (referral.status, referral.owner, referral.sender) == (Status.SENT, carer, None)


def test_a_carer_who_may_only_look_introduces_nobody() -> None:
    person, carer = persons.page_of(), persons.somebody("carol")
    persons.shared(person, Part.PLAN, account=carer)
    path = f"/page/{person.pk}/introductions/to/{make.choir().pk}/"
    assert signed_in(carer).post(path, {"weight": "warm", "words": "Sings."}).status_code in {403, 404}
    assert not Referral.objects.exists()


@pytest.mark.parametrize(
    ("role", "place"), [(Role.CLINICIAN, "Riverside Surgery"), (Role.PEER_SUPPORTER, "Peers Together")]
)
def test_a_member_organization_writes_it_and_stands_as_its_sender(role: Role, place: str) -> None:
    someone = persons.worker("sam", role, place)
    person = persons.page_of()
    assert person.account
    persons.shared(person, Part.PLAN, organization=persons.organization(place), may_change=True)
    path = f"/page/{person.pk}/introductions/to/{make.choir().pk}/"
    written = signed_in(someone).post(path, {"weight": "warm", "words": "Sings alto."})["Location"]
    assert signed_in(person.account).post(written).status_code == 302
    referral = Referral.objects.get()
    assert (referral.status, referral.owner) == (Status.SENT, someone)
    assert referral.sender == persons.organization(place)
    begins = "Begin a page with the next person" in signed_in(someone).get(written).content.decode()
    assert begins == (role in BEGIN)


def test_a_keeper_sends_with_the_persons_word() -> None:
    lena = persons.worker()
    person = persons.kept_with(lena)
    client = signed_in(lena)
    written = client.post(
        f"/page/{person.pk}/introductions/to/{make.choir().pk}/",
        {"weight": "referral", "words": "Sings alto."},
    )
    client.post(written.headers["Location"], {"how": "in person", "said": "Yes, tell them"})
    referral = Referral.objects.get()
    assert referral.status == Status.SENT
    assert referral.sender == persons.organization()
    assert referral.consent
    assert (referral.consent.how, referral.consent.said) == (How.IN_PERSON, "Yes, tell them")


def test_unanswered_ones_come_back_once_and_may_still_be_answered() -> None:
    referral = make.sent()
    assert actions.bring_back(at=datetime(2026, 12, 2, 12, tzinfo=UTC)) == 0
    assert actions.bring_back(at=datetime(2026, 12, 3, 6, tzinfo=UTC)) == 1
    assert actions.bring_back(at=datetime(2026, 12, 4, 6, tzinfo=UTC)) == 0
    assert Client().post(path_in_the_message(), {"say": "yes"}).status_code == 302
    referral.refresh_from_db()
    assert referral.status == Status.ACCEPTED


@pytest.mark.parametrize("stays", [True, False])
def test_unanswered_ones_come_back_to_the_link_worker_whom_the_person_chose(stays: bool) -> None:
    lena = persons.worker()
    referral = make.sent(walking.own_page_with(lena))
    if not stays:
        dismiss(Membership.objects.get(account=lena), by="Rita", at=NOW)
    actions.bring_back(at=datetime(2026, 12, 3, 6, tzinfo=UTC))
    referral.refresh_from_db()
    assert referral.owner == (lena if stays else referral.person.account)


def test_who_sees_to_it_is_said_to_them_and_to_others() -> None:
    referral = make.sent(walking.own_page_with(persons.worker()))
    path = f"/page/{referral.person_id}/introductions/"
    assert referral.person.account
    for end in ("", f"{referral.pk}/"):
        assert (
            "You look after this one." in signed_in(referral.person.account).get(path + end).content.decode()
        )
        assert "Now with: " in signed_in(persons.worker()).get(path + end).content.decode()


def test_it_is_done_when_the_person_said_whether_it_helped() -> None:
    referral = make.accepted()
    assert referral.person.account
    actions.met(referral, by=None, through=Through.LINK, at=NOW)
    actions.helped(referral, Helped.A_BIT, by=referral.person.account, at=NOW)
    referral.refresh_from_db()
    assert (referral.status, referral.helped) == (Status.CLOSED, Helped.A_BIT)


def test_an_erasure_leaves_no_words() -> None:
    referral = make.sent()
    assert referral.person.account
    actions.erase(referral.person, by=referral.person.account, at=NOW)
    assert not Said.objects.exists()
    assert not Link.objects.exists()
    referral.refresh_from_db()
    assert referral.status == Status.WITHDRAWN


def test_the_table_of_moves_is_whole_and_nothing_leaves_an_end() -> None:
    assert set(NEXT) == set(Status)
    assert [status for status in Status if not NEXT[status]] == [
        Status.DECLINED,
        Status.CLOSED,
        Status.WITHDRAWN,
    ]


@pytest.mark.parametrize("status", [Status.DECLINED, Status.CLOSED, Status.WITHDRAWN])
def test_what_is_over_stays_over(status: Status) -> None:
    referral = make.sent()
    Referral.objects.filter(pk=referral.pk).update(status=status, because="full")
    referral.refresh_from_db()
    with pytest.raises(Refusal, match="moved on"):
        actions.accept(referral, by=None, through=Through.LINK, at=NOW)


@given(st.dates(date(2024, 1, 1), date(2030, 12, 31)), st.integers(1, 12))
def test_working_days_are_counted(day: date, number: int) -> None:
    calendar = Calendar()
    last = calendar.working_days_after(day, number)
    between = [day + timedelta(days=n) for n in range(1, (last - day).days + 1)]
    working = [one for one in between if one.weekday() < 5 and not calendar.bank_holiday(one)]
    assert len(working) == number
    assert working[-1] == last


@given(st.text(max_size=60))
def test_a_code_is_the_same_however_it_is_typed(around: str) -> None:
    code = links.new_code()
    noise = "".join(letter for letter in around if letter.lower() not in links.LETTERS)[:5]
    assert links.hash_of(f" {noise}{code.upper()} ") == links.hash_of(code.replace("-", ""))
    assert links.hash_of(links.new_secret()) != links.hash_of(code)


def page_of_each(person: Person) -> list[str]:
    return [f"/page/{person.pk}/introductions/"]


def test_a_stranger_sees_no_introductions() -> None:
    referral = make.sent()
    stranger = signed_in(persons.somebody("sid"))
    for path in page_of_each(referral.person):
        assert stranger.get(path).status_code == 404
        assert stranger.get(f"{path}{referral.pk}/").status_code == 404
