"""The way in by short questions."""

import re

import pytest
from django.test import Client

from livingwell.directory.models import LookedFor
from livingwell.directory.tests.entries import refreshed, service
from livingwell.directory.tests.make import tagged

pytestmark = pytest.mark.django_db
HERE = "/directory/questions/"


def test_answers_travel_in_the_form_and_lead_to_what_fits(client: Client) -> None:
    tagged(service("Debt desk"), ["debt"])
    tagged(service("Choir"), ["singing"])
    refreshed()

    assert "What is it about?" in client.get(HERE).content.decode()
    second = client.post(HERE, {"about": "money", "go": "1"}).content.decode()
    assert 'name="about" value="money"' in second
    answer = client.post(HERE, {"about": "money", "go": "5"}).content.decode()
    assert "Debt desk" in answer
    assert "Choir" not in answer
    back = client.post(HERE, {"about": "money", "go": "0"}).content.decode()
    assert "checked" in back


def test_every_question_may_be_passed_over(client: Client) -> None:
    service("Anything at all")
    refreshed()

    assert "Anything at all" in client.post(HERE, {"go": "5"}).content.decode()


def test_what_cannot_be_read_is_passed_over_too(client: Client) -> None:
    answer = client.post(HERE, {"about": "x", "group": "y", "go": "99", "near": "nowhere"})
    assert answer.status_code == 200
    assert client.post(HERE, {"about": "x", "near": "nowhere", "go": "5"}).status_code == 200


def test_an_answer_that_finds_nothing_is_counted_by_its_themes(client: Client) -> None:
    client.post(HERE, {"about": "food", "near": "SW9", "go": "5"})

    assert set(LookedFor.objects.values_list("theme", "area")) >= {("food-today", "SW9")}


def test_answers_go_on_from_page_to_page_until_all_were_shown(client: Client) -> None:
    for number in range(45):
        tagged(service(f"Debt desk {number}"), ["debt"])
    refreshed()
    seen: set[str] = set()
    for page in ("1", "2", "3"):
        shown = client.post(HERE, {"about": "money", "go": "5", "page": page}).content.decode()
        assert "45 found" in shown
        assert f"Page {page} of 3" in shown
        assert 'name="about" value="money"' in shown
        assert ("Next page" in shown) == (page != "3")
        seen |= set(re.findall(r"/directory/services/[0-9a-f-]+/", shown))
    assert len(seen) == 45


def test_an_address_leads_to_each_question_and_holds_no_answer(client: Client) -> None:
    for number, question in enumerate(("is it about?", "is it for?", "Near where?", "Which day", "easier?")):
        assert question in client.get(f"{HERE}?go={number}").content.decode()
    assert 'name="about"' not in client.get(HERE, {"go": "1", "about": "money"}).content.decode()
