"""What is typed into a search box: bare words, other languages, words that say nothing."""

from pathlib import Path

import pytest
import yaml
from django.conf import settings

from livingwell.themes.searching import in_bare_words, in_other_languages, search_words, without_fillers


@pytest.mark.parametrize(
    ("typed", "theme"),
    [
        ("banco de alimentos", "food-today"),
        ("Aprender inglês", "learning-english"),
        ("me siento solo", "loneliness"),
        ("arrêter de fumer", "smoking"),
        ("shaqo", "unemployment"),
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
