"""What is typed into a search box: bare words, other languages, words that say nothing."""

from pathlib import Path

import pytest
import yaml
from django.conf import settings

from livingwell.themes.searching import (
    in_another_language,
    in_bare_words,
    in_other_languages,
    in_set_phrases,
    says_only_in_names,
    search_words,
    without_fillers,
)
from livingwell.themes.spelling import english


@pytest.mark.parametrize(
    ("typed", "theme"),
    [
        ("banco de alimentos", "food-today"),
        ("Aprender inglês", "learning-english"),
        ("me siento solo", "loneliness"),
        ("arrêter de fumer", "smoking"),
        ("shaqo", "unemployment"),
        ("szukam pracy", "unemployment"),
        ("mam duzo długów", "debt"),
        ("mon mari me bat", "domestic-abuse"),  # each of these words is in the English list
        ("help with deudas", "debt"),
    ],
)
def test_a_need_is_understood_in_another_language(typed: str, theme: str) -> None:
    assert theme in in_other_languages(typed)


def test_nobody_who_writes_english_is_taken_to_write_another_language() -> None:
    people = Path(settings.BASE_DIR) / "demo" / "people"
    stories = [yaml.safe_load(path.read_text()).get("story", "") for path in people.glob("[a-z]*.yaml")]
    assert any(stories)
    assert not [themes for story in stories if (themes := in_other_languages(story))]
    assert not in_other_languages("I sin in a casa with a bank, on a sole dance")


def test_a_bare_word_points_to_what_is_likely_meant() -> None:
    assert in_bare_words("Where eat free?") == ("food-today",)
    assert in_bare_words("landlord") == ("home-at-risk",)


def test_words_that_say_nothing_are_left_aside_unless_nothing_else_is_there() -> None:
    assert without_fillers("help with my landlord, please") == "with my landlord,"
    assert without_fillers("help please") == "help please"
    assert without_fillers('"start something"') == '"start something"'
    assert not search_words().fillers & {"free", "food", "women", "night"}


@pytest.mark.parametrize(
    "text", ["para mi madre", "szukam pracy", "j'ai trop de dettes", "waxaan u baahanahay shaqo"]
)
def test_a_text_in_another_language_is_known_as_one(text: str) -> None:
    assert in_another_language(text)


@pytest.mark.parametrize(
    "text",
    [
        "help with deudas",
        "me and my mum",
        "no money",
        "cookery clases",
        "learn english portugues",
        "depresed",
    ],
)
def test_a_text_that_is_english_in_the_main_is_not_taken_for_another(text: str) -> None:
    assert not in_another_language(text)


def test_no_common_english_word_begins_as_a_word_of_another_language_does() -> None:
    common = [word for word, count in english().items() if count > 50]
    beginnings = tuple(search_words().beginnings)
    assert beginnings
    assert not [word for word in common if word.startswith(beginnings)]


def test_a_set_phrase_is_read_without_regard_to_endings_and_small_words_and_only_once() -> None:
    assert in_set_phrases("walking my dogs in the park") == (("dogs",), "my in the park")
    assert in_set_phrases("a song") == ((), "a song")


def test_an_ending_that_changes_what_is_meant_is_heeded() -> None:
    assert in_set_phrases("my mum is dying").themes == ("end-of-life",)
    assert in_set_phrases("my mum died").themes == ("bereavement",)
    assert in_set_phrases("downs").themes == ("learning-disability",)
    assert "learning-disability" not in in_set_phrases("step down").themes


def test_what_only_a_name_says_is_not_meant_by_who_types_it() -> None:
    assert says_only_in_names("Dad")
    assert not says_only_in_names("dads")


def test_no_set_phrase_is_all_small_words_or_names_a_theme_twice() -> None:
    assert all(search_words().typed)
    assert all(len(themes) == len(set(themes)) for themes in search_words().typed.values())
