"""Keeping a place private, and looking where it is with a reason."""

import pytest
from django.test import Client

from livingwell.directory.models import SiteLook
from livingwell.directory.tests import make
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
