"""What people ask that nobody thought of: too long, too far, beyond the end, in danger, only a postcode."""

import pytest
from django.test import Client

from livingwell.directory.tests.entries import BRIXTON, place_name, refreshed, service, text_of

pytestmark = pytest.mark.django_db
SEARCH = "/directory/"
DANGER = "You don’t have to be alone with this right now"


def test_a_page_beyond_the_last_leads_to_the_last(client: Client) -> None:
    for number in range(25):
        service(f"Choir {number}")
    refreshed()

    answer = client.get(SEARCH, {"q": "choir", "page": "99"})
    assert answer.headers["Location"] == f"{SEARCH}?q=choir&page=2"
    theme = client.get("/directory/themes/singing/?page=99")
    assert theme.headers["Location"] == "/directory/themes/singing/?page=2"


def test_a_long_search_is_answered_in_plain_words_and_kept(client: Client) -> None:
    page = client.get(SEARCH, {"q": "x" * 300, "near": "y" * 90})

    assert "That is long for a search. Use a few words" in text_of(page)
    assert "Write a postcode or an area, like SW9 or Brixton." in text_of(page)
    assert "at most" not in text_of(page)
    assert 'value="' + "x" * 300 in page.content.decode()


def test_a_place_that_is_too_far_is_not_answered_with_how_to_write_a_postcode(client: Client) -> None:
    refreshed(service("Effra Choir"))
    for page in (
        client.get(SEARCH, {"q": "choir", "near": "EH1 1AA"}),
        client.post("/directory/questions/", {"near": "EH1 1AA", "go": "5"}),
    ):
        assert "It may be too far from here for this list." in text_of(page)
        assert "first half" not in text_of(page)


@pytest.mark.parametrize("typed", ["SW9", "sw9 ", "SW9 8AA"])
def test_a_postcode_by_itself_asks_what_is_near_it(client: Client, typed: str) -> None:
    place_name("sw9", "SW9", BRIXTON)
    refreshed(service("Effra Choir", at=BRIXTON))
    page = text_of(client.get(SEARCH, {"q": typed}))

    assert "Near SW9 first." in page
    assert "Effra Choir" in page


def test_words_of_danger_put_help_on_top_and_change_nothing_below(client: Client) -> None:
    refreshed(service("Effra Choir"))

    page = text_of(client.get(SEARCH, {"q": "I want to die choir"}))
    assert page.index(DANGER) < page.index("What are you looking for?") < page.index("Effra Choir")
    assert DANGER not in text_of(client.get(SEARCH, {"q": "choir"}))


def test_themes_are_folded_by_their_group_on_the_search_page(client: Client) -> None:
    refreshed(service("Effra Choir"))
    page = client.get(SEARCH).content.decode()

    assert page.index("<summary>Arts and making</summary>") < page.index("/directory/themes/singing/")


def test_who_can_be_reached_in_no_way_is_not_the_end(client: Client) -> None:
    made = service("Effra Choir")
    refreshed(made)
    assert "You can also ask a person" in text_of(client.get(made.get_absolute_url()))
