"""The page of what people looked for and did not find."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from livingwell.directory.actions import looked_for
from livingwell.directory.queries.looked_for import blocks
from livingwell.people.tests.make import editor

pytestmark = pytest.mark.django_db


def counted(times: int, theme: str, place: str) -> None:
    day = blocks(on=timezone.localdate(), weeks=4)[0].first + timedelta(days=3)
    for _ in range(times):
        looked_for.count([theme] if theme else [], place=place, on=day)


def test_strangers_go_to_sign_in(client: Client) -> None:
    assert client.get("/keeping/looked-for/").status_code == 302


def test_page_and_table_tell_the_same_and_nothing_under_five(client: Client) -> None:
    client.force_login(editor())
    counted(7, "singing", "SW9")
    counted(4, "debt", "SE27")
    counted(5, "", "SE27")

    page = client.get("/keeping/looked-for/").content.decode()
    assert "SW9" in page
    assert "Words that we did not understand" in page
    assert "SE27" not in page
    table = client.get("/keeping/looked-for/?as=csv").content.decode().splitlines()
    assert [line.split(",")[2:] for line in table] == [
        ["theme", "area", "searches"],
        ["singing", "SW9", "7"],
        ["", "", "5"],
    ]
