"""The front door: one question, ways in without words, and numbers that are always there."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from livingwell.home import numbers, ways_in
from livingwell.themes.vocabulary import vocabulary

PAGES = ("front", "numbers", "about", "your-words", "privacy", "accessibility")


def _page(name: str) -> str:
    response = Client().get(reverse(f"home:{name}"))
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_one_heading_a_title_and_a_description(name: str) -> None:
    page = _page(name)

    assert len(re.findall(r"<h1[ >]", page)) == 1
    assert re.search(r"<title>[^<]*Living Well Network</title>", page)
    assert re.search(r'<meta name="description" content="[^"]{40,}">', page)


def test_a_page_says_its_own_address_for_search_engines() -> None:
    assert '<link rel="canonical" href="http://testserver/about/">' in _page("about")


def test_the_front_page_asks_one_question_and_sends_the_answer_unseen() -> None:
    page = _page("front")
    form = re.search(r'<form id="ask"[^>]*>', page)

    assert form is not None
    assert 'method="post"' in form[0]
    assert f'action="{reverse("suggestions:suggest")}"' in form[0]
    assert "csrfmiddlewaretoken" in page
    assert re.search(r'<h1[^>]*><label[^>]*for="id_story">', page)


@pytest.mark.parametrize("way", [*ways_in.LIKED, *ways_in.HARD], ids=lambda way: way.slug)
def test_a_way_in_without_words_is_a_theme_that_exists(way: ways_in.WayIn) -> None:
    assert way.slug in vocabulary().themes
    assert f'name="theme" value="{way.slug}"' in _page("front")


def test_a_number_that_is_pressed_rings_what_is_written() -> None:
    every = [number for group in (numbers.NOW, *numbers.MORE) for number in group.numbers]

    for number in every:
        digits = re.sub(r"\D", "", str(number.written).partition(",")[0])
        assert digits in number.link
        assert re.match(r"tel:|sms:", number.link)


def test_every_number_is_on_its_page() -> None:
    page = _page("numbers")

    for group in (numbers.NOW, *numbers.MORE):
        for number in group.numbers:
            assert f'href="{number.link}"' in page


def test_search_engines_are_let_in_and_kept_from_answers_to_stories() -> None:
    response = Client().get("/robots.txt")

    assert response.headers["Content-Type"].startswith("text/plain")
    assert "Disallow: /suggestions/" in response.content.decode().splitlines()
    assert f"Sitemap: http://testserver{reverse('sitemap')}" in response.content.decode().splitlines()
