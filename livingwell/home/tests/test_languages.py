"""Pages in other languages: chosen, remembered, complete, and with what services wrote left as it is."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from django.conf import settings
from django.test import Client
from django.utils import translation

from livingwell.core import languages
from livingwell.core.catalogues import read, translated
from livingwell.directory.tests import make
from livingwell.home import texts

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
TAG = re.compile(r"<[^>]*>")
LONGEST = 2.2
SHORT = 25  # letters: a word or two may well be three times as long in another language
NUMBERS = re.compile(r"\d[\d ]{2,}\d")
SAME = {"999", "111", "116 123", "85258", "SHOUT"}


@pytest.fixture(params=translated())
def catalogue(request: pytest.FixtureRequest) -> Catalog:
    return read(request.param)


def pairs(catalogue: Catalog) -> Iterator[tuple[str, str]]:
    for message in catalogue:
        if message.id and not message.context:
            ids = [message.id] if isinstance(message.id, str) else list(message.id)
            said = strings(message.string)
            for number, words in enumerate(said):
                yield ids[min(number, len(ids) - 1)], words


def strings(words: Any) -> list[str]:
    return [words] if isinstance(words, str) else list(words or [""])


def key(message_id: object, context: str | None) -> tuple[str, str | None]:
    return (message_id if isinstance(message_id, str) else message_id[0], context)  # type: ignore[index]


def test_each_catalogue_has_every_text_of_the_public_pages(catalogue: Catalog) -> None:
    needed = {key(message.id, message.context) for message in texts.texts() if message.id}
    there = {
        key(message.id, message.context)
        for message in catalogue
        if message.id and all(strings(message.string))
    }

    assert sorted(needed - there, key=str) == [], "run: ./lw manage collect_texts, then translate"
    assert not [message.id for message in catalogue if message.fuzzy and message.id]


def test_translations_keep_placeholders_markup_and_the_numbers_of_those_who_help(catalogue: Catalog) -> None:
    for source, words in pairs(catalogue):
        assert sorted(PLACEHOLDER.findall(source)) == sorted(PLACEHOLDER.findall(words)), words
        assert TAG.findall(source) == TAG.findall(words), words
        assert set(NUMBERS.findall(source)) == set(NUMBERS.findall(words)), words
        assert {word for word in SAME if word in source} == {word for word in SAME if word in words}, words
        assert "%%" not in words


def test_no_translation_is_so_long_that_it_breaks_the_page(catalogue: Catalog) -> None:
    long = [
        (source, words)
        for source, words in pairs(catalogue)
        if len(source) > SHORT and len(words) > LONGEST * len(source) and "My mum died" not in source
    ]

    assert long == []


@pytest.mark.parametrize("code", translated())
def test_every_catalogue_can_be_used_and_counts_rightly(code: str) -> None:
    with translation.override(code):
        assert translation.gettext("Privacy") != "Privacy" or code == "en"
        one, two = (translation.ngettext("%(num)s found", "%(num)s found", n) for n in (1, 2))
        assert "%(num)s" in one
        assert "%(num)s" in two


def test_a_visitor_chooses_a_language_and_it_is_remembered() -> None:
    client = Client()

    first = client.get("/about/?lang=pt")
    second = client.get("/numbers/")

    assert '<html lang="pt" dir="ltr">' in first.content.decode()
    assert first.headers["Content-Language"] == "pt"
    assert client.cookies[languages.COOKIE]["samesite"] == "Lax"
    assert '<html lang="pt"' in second.content.decode()
    assert "Números importantes" in second.content.decode()


def test_a_page_names_itself_in_every_language_to_search_engines() -> None:
    html = Client().get("/about/?lang=es").content.decode()

    assert '<link rel="canonical" href="http://testserver/about/?lang=es">' in html
    assert '<link rel="alternate" hreflang="pt" href="http://testserver/about/?lang=pt">' in html
    assert '<link rel="alternate" hreflang="x-default" href="http://testserver/about/">' in html


def test_a_browser_that_asks_for_portuguese_is_offered_it_in_portuguese_once() -> None:
    client = Client(headers={"accept-language": "pt-BR,pt;q=0.9,en;q=0.5"})

    html = client.get("/about/").content.decode()
    client.get("/about/?lang=en")

    assert '<html lang="en-GB"' in html
    assert languages.OFFERS["pt"] in html
    assert languages.OFFERS["pt"] not in client.get("/about/").content.decode()


def test_nobody_is_offered_a_language_that_they_like_less_than_english() -> None:
    html = Client(headers={"accept-language": "en-GB,pt;q=0.5"}).get("/about/").content.decode()

    assert languages.OFFERS["pt"] not in html


def test_a_language_we_do_not_have_changes_nothing() -> None:
    client = Client()

    html = client.get("/about/?lang=tlh").content.decode()

    assert '<html lang="en-GB"' in html
    assert languages.COOKIE not in client.cookies


def test_each_page_in_another_language_says_that_a_machine_wrote_it() -> None:
    html = Client().get("/?lang=pt").content.decode()

    assert "feita por uma máquina" in html
    assert 'href="/accessibility/#tell-us"' in html
    assert "Estes números atendem em inglês" in html


@pytest.mark.django_db
def test_what_a_service_wrote_stays_and_is_marked_as_english() -> None:
    service = make.service("Brixton Singers", description="We sing old songs together.")
    client = Client()

    html = client.get(f"{service.get_absolute_url()}?lang=pt").content.decode()
    english = Client().get(service.get_absolute_url()).content.decode()

    assert '<h1><span lang="en">Brixton Singers</span></h1>' in html
    assert '<span lang="en">We sing old songs together.</span>' in html
    assert "<h1>Brixton Singers</h1>" in english


def test_pages_of_staff_stay_in_english_and_say_so() -> None:
    client = Client()
    client.get("/about/?lang=pt")

    html = client.get("/sign-in/").content.decode()

    assert '<html lang="en-GB"' in html
    assert f'lang="pt">{languages.ONLY_ENGLISH["pt"]}' in html


def test_the_languages_of_the_settings_are_those_that_are_offered() -> None:
    assert {code.split("-")[0] for code, _name in settings.LANGUAGES} >= set(languages.OWN_NAMES)
