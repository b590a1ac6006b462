"""The PRSB's messages: what the person agreed to stands in them, and nothing more."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone
from pypdf import PdfReader

from livingwell.consent.actions import reach
from livingwell.consent.models import Access, Part
from livingwell.consent.tests import make as persons
from livingwell.exchange.prsb import MAPPING
from livingwell.handouts import paper
from livingwell.people.tests.make import signed_in
from livingwell.referrals import actions
from livingwell.referrals.models import Because, Helped, Referral, Through
from livingwell.referrals.tests import make

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

pytestmark = pytest.mark.django_db


def done() -> Referral:
    """An introduction that came to its end, with an answer to whether it helped."""
    referral = make.accepted()
    account = referral.person.account
    assert account
    reach(referral.person, {"email": "secret@example.org", "phone": "07700900999"})
    actions.met(referral, by=account, through=Through.SCREEN, at=make.NOW)
    actions.helped(referral, Helped.A_BIT, by=account, at=make.NOW)
    return referral


def own(referral: Referral) -> Client:
    assert referral.person.account
    return signed_in(referral.person.account)


def asked(referral: Referral, end: str, client: Client | None = None) -> HttpResponse:
    path = f"/page/{referral.person_id}/introductions/{referral.pk}/{end}"
    answer: Any = (client or own(referral)).get(path)
    found: HttpResponse = answer
    return found


def items(referral: Referral, end: str) -> dict[str, str]:
    made = json.loads(asked(referral, end).content)
    return {item["name"]: item["value"] for group in made["groups"] for item in group["items"]}


def test_the_referral_says_what_was_said_under_the_headings_of_the_standard() -> None:
    found = items(make.sent(), "referral.json")
    assert (found["Preferred name"], found["Telephone number"]) == ("Pat", "07700 900123")
    assert found["Referred to"] == "Choir for everyone"
    assert "Outcome" not in found


def test_the_message_back_says_what_came_of_it_and_no_more() -> None:
    referral = done()
    made = json.loads(asked(referral, "message-back.json").content)
    said = json.dumps(made)
    for words in ("07700 900123", "07700900999", "secret@example.org", "A bit"):
        assert words not in said
    found = items(referral, "message-back.json")
    assert (found["Preferred name"], found["Outcome"]) == ("Pat", "It is done.")
    assert items(referral, "message-back.json?helped=on")["Did it help"] == "A bit"


def test_a_no_is_told_with_its_reason_and_what_is_offered() -> None:
    referral = make.sent()
    actions.decline(
        referral, Because.FULL, instead="The Tuesday group", by=None, through=Through.LINK, at=make.NOW
    )
    found = items(referral, "message-back.json")
    assert (found["Reason"], found["Offered instead"]) == ("We are full at the moment", "The Tuesday group")


def test_each_heading_says_where_it_was_seen_and_codes_whether_they_were_verified() -> None:
    made = json.loads(asked(make.sent(), "referral.json").content)
    groups = {group["name"]: group["heading seen"] for group in made["groups"]}
    assert "simplified-v1.1.json" in groups.pop("Person demographics")
    assert set(groups.values()) == {"not verified"}
    told = {item["name"]: item["heading seen"] for group in made["groups"] for item in group["items"]}
    assert "local authority" in told["Preferred name"]
    assert told["Referred to"] == told["Telephone number"] == "not verified"
    assert all(row.seen for row in MAPPING)
    assert {code["code"] for code in made["codes to record"] if not code["verified"]} == {"871691000000100"}
    assert made["not said"] == ["Person demographics: Address"]
    assert len({(row.group, row.item) for row in MAPPING}) == len(MAPPING)


@pytest.mark.parametrize("end", ["message-back.pdf", "message-back.json"])
def test_there_is_no_message_back_before_there_is_an_outcome(end: str) -> None:
    assert asked(make.accepted(), end).status_code == 404


def test_of_what_was_stopped_there_is_no_message() -> None:
    referral = make.sent()
    assert referral.person.account
    actions.withdraw(referral, by=referral.person.account, at=make.NOW)
    assert [asked(referral, f"{name}.json").status_code for name in ("referral", "message-back")] == [
        404,
        404,
    ]


def test_the_letter_is_linked_from_the_introduction_and_can_be_read() -> None:
    if not paper.can_be_made():
        pytest.skip("Pango is not installed.")
    referral = done()
    assert "message-back.pdf" in asked(referral, "").content.decode()
    letter = PdfReader(io.BytesIO(asked(referral, "message-back.pdf").content))
    words = " ".join(page.extract_text() for page in letter.pages)
    assert "It is done." in words
    assert "07700 900123" not in words


def test_who_sees_the_plan_may_take_it_and_that_is_written_down_and_nobody_else() -> None:
    referral = done()
    persons.shared(referral.person, Part.PLAN, organization=persons.organization(), at=timezone.now())
    lena = persons.worker()
    assert asked(referral, "message-back.json", signed_in(lena)).status_code == 200
    assert b"A bit" not in asked(referral, "message-back.json?helped=on", signed_in(lena)).content
    assert Access.objects.filter(done_by=lena, did="took").exists()
    assert asked(referral, "message-back.json", signed_in(persons.somebody("sid"))).status_code == 404
