"""The pages of an entry's history: what changed, side by side, put back; whose word stands."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client

from livingwell.directory import comparing
from livingwell.directory.actions import editing
from livingwell.directory.models import Hold, How, Service
from livingwell.directory.tests import make
from livingwell.people.models import Role
from livingwell.people.tests.make import editor, signed_in, verifier

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


def staff(role: Role = Role.EDITOR) -> Client:
    return signed_in(editor("ann@example.org") if role == Role.EDITOR else verifier())


def corrected() -> Service:
    service = make.service()
    editing.change(
        service, {"name": "Singing on Tuesday", "phones": [{"number": "020 7946 0001"}]},
        by="Ann", how=How.PHONE, at=NOW, note="She rang us.",
    )  # fmt: skip
    return service


def test_the_history_says_who_changed_what_and_when() -> None:
    service = corrected()
    page = staff().get(f"/keeping/entries/{service.pk}/history/").content.decode()
    for words in ("Version 2", "25 November 2026", "By phone, Ann: She rang us.", "Changed: Name, Phone"):
        assert words in page


def test_two_versions_stand_side_by_side() -> None:
    service = corrected()
    client = staff()
    response = client.get(f"/keeping/entries/{service.pk}/history/?older=2&newer=1", follow=True)
    page = response.content.decode()
    assert page.index("Singing for pleasure") < page.rindex("Singing on Tuesday")
    assert "020 7946 0001" in page


def test_one_press_puts_a_version_back() -> None:
    service = corrected()
    response = staff().post(f"/keeping/entries/{service.pk}/history/1/restore/")
    assert response.status_code == 302
    service.refresh_from_db()
    assert service.name == "Singing for pleasure"
    assert service.versions.first().made_by == "ann@example.org"  # type: ignore[union-attr]


def test_staff_see_whose_word_each_field_is_and_can_let_the_source_be_right() -> None:
    service = corrected()
    client = staff()
    page = client.get(f"/keeping/entries/{service.pk}/sources/").content.decode()
    assert "confirmed by phone by Ann on 25 November 2026" in page
    assert "as it came from A test list" in page
    held = Hold.objects.live().get(field_name="name")
    Hold.objects.filter(pk=held.pk).update(source_says="Singing at noon", source_differs_since=NOW)
    page = client.get("/keeping/otherwise/").content.decode()
    assert "A test list says otherwise" in page
    assert "1 correction where the source says otherwise" in client.get("/keeping/").content.decode()
    client.post(f"/keeping/holds/{held.pk}/release/")
    service.refresh_from_db()
    assert service.name == "Singing at noon"
    assert client.post(f"/keeping/holds/{held.pk}/release/").status_code == 409


def test_a_volunteer_sees_the_history_and_cannot_rewrite_it() -> None:
    service = corrected()
    client = staff(Role.VERIFIER)
    page = client.get(f"/keeping/entries/{service.pk}/history/").content.decode()
    assert "Version 2" in page
    assert "Put version 1 back" not in page
    assert client.post(f"/keeping/entries/{service.pk}/history/1/restore/").status_code == 403
    assert client.get("/keeping/otherwise/").status_code == 403


def test_everyone_sees_that_it_was_put_right_and_nobody_sees_by_whom() -> None:
    page = Client().get(corrected().get_absolute_url()).content.decode()
    assert "Put right by phone on 25 November 2026." in page
    assert "Ann" not in page


def test_what_is_not_there_is_not_found() -> None:
    service = corrected()
    client = staff()
    missing = make.organization("x").pk
    for path in (f"{missing}/history/", f"{missing}/sources/", f"{service.pk}/history/1/9/"):
        assert client.get(f"/keeping/entries/{path}").status_code == 404


def test_a_word_that_is_kept_twice_is_read_once_and_two_numbers_stay_two() -> None:
    row = {"description": "BSL", "term": "bsl", "minimum": 18, "maximum": 18}

    assert comparing.words([row]) == ("BSL, 18, 18",)
