"""What is sent and given out about a refuge tells no more than its pages: introductions, FHIR, letters, messages."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from livingwell.consent.tests import make as persons
from livingwell.directory.actions.editing import change
from livingwell.directory.models import How, Service
from livingwell.exchange.tests.make import System
from livingwell.keeping.actions import doors
from livingwell.keeping.links import door_token, token_of
from livingwell.keeping.models import Door
from livingwell.keeping.tests.make import asked
from livingwell.messaging.models import Message
from livingwell.people.tests.make import signed_in, verifier
from livingwell.referrals.tests import make as introductions
from tests.test_confidential import SIGNS, refuge, told_by, walk

if TYPE_CHECKING:
    from livingwell.referrals.models import Referral

pytestmark = pytest.mark.django_db
__all__ = ["refuge"]
ROOT = Path(__file__).parents[1]


@pytest.fixture
def introduced(refuge: Service) -> Referral:
    """Somebody who has a page has asked to be introduced to the refuge."""
    now = timezone.now()
    change(refuge, {"email": "harbour@example.org"}, by="edna", how=How.SCREEN, at=now)
    return introductions.sent(persons.page_of(), refuge, at=now)


def tells(words: str) -> list[str]:
    return [sign for sign in SIGNS if sign in words.lower()]


def test_whoever_is_introduced_to_it_is_not_told(
    introduced: Referral, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    account = introduced.person.account
    assert account
    page = f"/page/{introduced.person_id}/"
    own = [
        page, f"{page}take-away/page.pdf", f"{page}take-away/page.json", f"{page}take-away/page.fhir.json",
        f"{page}introductions/", f"{page}introductions/{introduced.pk}/", f"{page}steps/",
        f"{page}introductions/to/{introduced.service_id}/",
    ]  # fmt: skip

    assert walk(signed_in(account), introduced.service, own) == []
    assert not tells(caplog.text)


def test_a_volunteer_and_its_own_people_find_it_in_no_page(introduced: Referral) -> None:
    service, client = introduced.service, Client()
    doors.send_link(service, site="https://here.example", at=timezone.now())
    client.post(f"/your-entries/open/{door_token(Door.objects.latest('made_at').pk)}/")
    Service.objects.filter(pk=service.pk).update(assured_date="2026-03-02")
    link = f"/keeping/answer/{token_of(asked(service).pk)}/"
    edit = f"/keeping/entries/{service.pk}/edit/"
    theirs = ["/your-entries/", f"/your-entries/{service.pk}/history/", edit, f"{edit}where/", link]

    assert walk(client, service, theirs) == []
    assert "harbour refuge" in told_by(client.get("/your-entries/"))
    caller = signed_in(verifier())
    turn = caller.post("/keeping/round/", follow=True)
    assert "harbour" in told_by(turn)
    assert walk(caller, service, ["/keeping/round/", turn.request["PATH_INFO"]]) == []


def test_a_linked_up_system_is_not_told(introduced: Referral) -> None:
    system = System(introduced.service.organization)
    answers = [
        system.get(path)
        for path in (
            "metadata",
            "Task",
            "ServiceRequest",
            f"Task/{introduced.pk}",
            f"ServiceRequest/{introduced.pk}",
        )
    ]

    assert "harbour refuge" in " ".join(map(told_by, answers))
    assert not [sign for each in answers for sign in tells(told_by(each))]


def test_no_message_and_no_letter_tells(introduced: Referral, client: Client) -> None:
    service = introduced.service
    for way, to in (("text", "07700 900123"), ("email", "ada@example.org")):
        client.post(f"/my-list/services/{service.pk}/{way}/", {"to": to, "occasion": str(uuid4())})
    sent = "\n".join(f"{each.subject}\n{each.body}" for each in Message.objects.all())

    assert len(Message.objects.all()) >= 3
    assert "Harbour Refuge" in sent
    assert not tells(sent)
    for paper in ("leaflet.pdf", "folded.pdf"):
        words = told_by(client.get(f"/my-list/services/{service.pk}/{paper}"))
        assert "harbour refuge" in words
        assert not tells(words)


def test_nothing_but_the_one_look_reads_the_table_of_private_sites() -> None:
    readers = {
        str(path.relative_to(ROOT / "livingwell"))
        for path in (ROOT / "livingwell").rglob("*.py")
        if {"tests", "migrations"}.isdisjoint(path.parts)
        and ("PrivateSite" in path.read_text() or "directory_privatesite" in path.read_text())
    }

    assert readers == {
        "directory/models/__init__.py",
        "directory/models/private.py",
        "directory/models/service.py",  # in words only
        "directory/actions/private.py",
        "keeping/views/private.py",
    }
