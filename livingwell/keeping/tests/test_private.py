"""Keeping a place private, and looking where it is with a reason."""

import pytest
from django.test import Client

from livingwell.directory.models import Assured, PrivateSite, SiteLook
from livingwell.directory.tests import make
from livingwell.directory.tests.test_private import tables_that_tell
from livingwell.keeping.actions import proposals
from livingwell.keeping.actions.private import keep_private
from livingwell.keeping.models import Proposal
from livingwell.keeping.tests.make import entry, moment, refuge
from livingwell.keeping.tests.test_editing_pages import inside
from livingwell.people.tests.make import editor, signed_in, verifier

pytestmark = pytest.mark.django_db


def test_an_editor_keeps_a_place_private_and_looks_with_a_reason(client: Client) -> None:
    service = make.service("Harbour Refuge")
    page = f"/keeping/entries/{service.pk}/private/"
    staff = signed_in(editor())

    staff.post(page, {"outcome": "private", "site": "7 Quillfeather Mews"})
    assert "7 Quillfeather Mews" not in staff.get(page).content.decode()
    assert "Write why you need to know" in staff.post(page, {"outcome": "look", "why": ""}).content.decode()
    shown = staff.post(page, {"outcome": "look", "why": "To bring a bed"})

    assert "7 Quillfeather Mews" in shown.content.decode()
    assert shown.headers["Cache-Control"] == "private, no-store"
    assert [(look.looked_by, look.why) for look in SiteLook.objects.all()] == [
        ("edna@example.org", "To bring a bed")
    ]
    assert "kept private" in client.get(service.get_absolute_url()).content.decode()


def test_nobody_else_gets_there(client: Client) -> None:
    service = make.service("Harbour Refuge", is_confidential=True)
    page = f"/keeping/entries/{service.pk}/private/"

    assert client.post(page, {"outcome": "look", "why": "x"}).status_code == 302
    assert signed_in(verifier()).post(page, {"outcome": "look", "why": "x"}).status_code == 403
    assert not SiteLook.objects.exists()


def test_its_people_ask_for_it_and_an_editor_keeps_it_private_everywhere(client: Client) -> None:
    service = refuge()
    proposals.propose(
        service, {"name": "Harbour, 7 Quillfeather Mews", "locations": [{"name": "SE5 7QX"}]},
        how=Assured.LINK, by="choir@example.org", at=moment(1), note="We are at 7 Quillfeather Mews",
    )  # fmt: skip
    theirs, page = inside(service), f"/keeping/entries/{service.pk}/edit/private/"

    assert page in theirs.get(f"/keeping/entries/{service.pk}/edit/").content.decode()
    assert "Should nobody know where you are?" in theirs.get(page).content.decode()
    asked = theirs.post(page, follow=True).content.decode()
    theirs.post(page)
    assert "waits until one of us has looked" in asked
    assert "Quillfeather" in client.get(service.get_absolute_url()).content.decode()

    waiting = Proposal.objects.waiting().get(values={"is_confidential": True})
    staff = signed_in(editor())
    shown = staff.get(f"/keeping/proposals/{waiting.pk}/").content.decode()
    assert "They ask that where it is be kept private" in shown
    assert "Make the change by hand" not in shown
    staff.post(f"/keeping/proposals/{waiting.pk}/", {"outcome": "accept"})

    service.refresh_from_db()
    assert service.is_confidential
    assert tables_that_tell() == {"directory_privatesite"}
    assert PrivateSite.objects.get(service=service).noted_by == "choir@example.org, edna@example.org"
    assert "Quillfeather" not in client.get(service.get_absolute_url()).content.decode()
    assert page not in theirs.get(f"/keeping/entries/{service.pk}/edit/").content.decode()


def test_only_its_own_people_can_ask_and_an_editor_is_led_to_doing_it(client: Client) -> None:
    service, other = refuge(), entry("A choir", email="other@example.org")
    page = f"/keeping/entries/{service.pk}/edit/private/"

    assert client.post(page).status_code == 302
    assert inside(other).post(page).status_code == 403
    assert signed_in(verifier()).post(page).status_code == 403
    assert signed_in(editor()).get(page)["Location"] == f"/keeping/entries/{service.pk}/private/"
    assert not Proposal.objects.exists()


def test_a_place_that_its_people_write_afterwards_is_kept_apart_and_they_are_told_so() -> None:
    service = refuge()
    keep_private(service, by="edna@example.org", at=moment(2))
    theirs, page = inside(service), f"/keeping/entries/{service.pk}/edit/where/"
    assert "A place you write here is kept apart" in theirs.get(page).content.decode()

    told = theirs.post(page, {"name_0": "Quillfeather Hall", "address_1_0": "9 Gosling Row"}, follow=True)

    assert "That is kept apart" in told.content.decode()
    assert "9 Gosling Row" in PrivateSite.objects.get(service=service).words
    assert "Gosling" not in theirs.get(page).content.decode()
    assert tables_that_tell() == {"directory_privatesite"}
