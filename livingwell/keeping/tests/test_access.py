"""Who gets into the pages that keep the network."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, reverse

from livingwell.keeping.access import staff
from livingwell.people.actions import appoint, dismiss
from livingwell.people.models import Role
from livingwell.people.tests.make import signed_in

pytestmark = pytest.mark.django_db
AT = datetime(2026, 1, 1, tzinfo=UTC)


def somebody(role: Role) -> Client:
    return signed_in(appoint(f"{role.name.lower()}@example.org", role, by="test", at=AT).account)


def test_a_stranger_is_sent_to_sign_in_or_told_that_it_is_not_open() -> None:
    response = Client().get("/keeping/")

    try:
        door = reverse("people:sign-in")
    except NoReverseMatch:
        assert response.status_code == 403
    else:
        assert response.status_code == 302
        assert response.headers["Location"] == f"{door}?next=%2Fkeeping%2F"


@pytest.mark.parametrize("role", [Role.EDITOR, Role.VERIFIER])
def test_those_who_keep_the_directory_see_what_needs_a_human(role: Role) -> None:
    response = somebody(role).get("/keeping/")

    assert response.status_code == 200
    assert "What needs a human today" in response.content.decode()
    assert "no-store" in response.headers["Cache-Control"]


def test_somebody_signed_in_without_the_right_is_told_no() -> None:
    assert somebody(Role.COMMISSIONER).get("/keeping/").status_code == 403


def test_a_role_that_has_ended_opens_nothing() -> None:
    held = appoint("was@example.org", Role.EDITOR, by="test", at=AT)
    client = signed_in(held.account)
    dismiss(held, by="test", at=AT)

    assert client.get("/keeping/").status_code in (302, 403)


def test_a_refused_page_is_not_even_made() -> None:
    made: list[int] = []

    @staff(lambda user, *, at: False)
    def page(request: object) -> HttpResponse:
        made.append(1)
        return HttpResponse()

    request = RequestFactory().get("/x/")
    request.user = AnonymousUser()

    assert page(request).status_code in (302, 403)
    assert made == []
