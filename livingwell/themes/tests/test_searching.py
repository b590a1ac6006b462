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
    search_words,
    without_fillers,
)
from livingwell.themes.spelling import english
from livingwell.themes.vocabulary import vocabulary


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
    assert in_set_phrases("walking my dogs in the park") == (("dogs",), ". my . in the park")
    assert in_set_phrases("a song") == ((), "a song")


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("meu marido bebe muito", "someone-elses-drinking"),
        ("mi madre se cae", "falls"),
        ("inscrire mon enfant à l'école", "school-place"),
        ("zgubiłam dowód osobisty", "id-documents"),
        ("o meu bebé tem asma", "breathing"),
        ("mi hija quiere jugar baloncesto", "team-sport"),
        ("mi hija", "parenting"),
        ("mi hijo fuma demasiado", "smoking"),
        ("a minha vizinha está sempre sozinha", "loneliness"),
        ("ma voisine est très seule, je me sens seule", "loneliness"),
        ("meu filho morreu", "bereavement"),
        ("papiery żeby zostać w Anglii", "immigration"),
        ("bolą mnie zęby", "teeth"),
        ("no tengo ganas de vivir", "crisis-help"),
    ],
)
def test_what_is_the_matter_counts_before_whom_it_is_about(typed: str, first: str) -> None:
    assert in_other_languages(typed)[0] == first


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("tive um bebé e estou sempre triste", "postnatal"),
        ("mon père a besoin d'aide pour se laver", "personal-care"),
        ("no puedo ya pagar todas mis deudas", "debt"),
    ],
)
def test_a_phrase_is_known_with_other_small_words_or_one_more_between_its_own(typed: str, first: str) -> None:
    assert in_other_languages(typed)[0] == first


def test_a_word_of_the_english_phrases_is_never_a_sign_of_another_language() -> None:
    assert in_other_languages("tomar un café") == ("coffee-and-chat",)
    assert not search_words().foreign & {"cafe", "hiv", "wifi", "adhd"}
    assert not in_another_language("cafe near me")


@pytest.mark.parametrize(
    ("language", "at_most"),
    [("portuguese", 0), ("spanish", 0), ("french", 0), ("polish", 0), ("somali", 6)],
)
def test_every_theme_is_understood_in_the_languages_of_the_search(language: str, at_most: int) -> None:
    said = yaml.safe_load(
        (Path(settings.BASE_DIR) / "livingwell" / "themes" / "search_words.yaml").read_text()
    )
    themes = {slug for slug, theme in vocabulary().themes.items() if theme.kind != "offer"}
    assert len(themes - said[language].keys()) <= at_most


@pytest.mark.parametrize(
    ("said", "theme"),
    [
        ("my son is on crack", "someone-elses-drinking"),  # written once for everybody close
        ("nan fell again", "falls"),
        ("i am 13 and i look after my dad", "young-carer"),
        ("sitting service for my mother", "carer-break"),
        ("stay in bed all day", "low-mood"),
        ("someone to cut my grass", "gardening"),
    ],
)
def test_what_somebody_has_is_read_with_whose_it_is(said: str, theme: str) -> None:
    assert theme in in_set_phrases(said).themes


@pytest.mark.parametrize(
    ("said", "theme"),
    [
        ("my car broke down", "learning-disability"),  # of "downs"
        ("a veg box", "boxing"),
        ("i ran from my country", "running"),
        ("weight management", "gym"),  # of "weights"
        ("looking after my mum", "young-carer"),
        ("teenagers", "young-mind"),  # of "my teenager"
        ("care act assessment", "drama"),  # of "acting"
    ],
)
def test_a_word_without_its_ending_is_not_another(said: str, theme: str) -> None:
    assert theme not in in_set_phrases(said).themes


def test_an_ending_that_changes_what_is_meant_is_heeded() -> None:
    assert in_set_phrases("my mum is dying").themes == ("end-of-life",)
    assert in_set_phrases("my mum died").themes == ("bereavement",)
    assert in_set_phrases("downs syndrome").themes == ("learning-disability",)
    assert "learning-disability" not in in_set_phrases("step down").themes


def test_no_set_phrase_is_all_small_words_or_names_a_theme_twice() -> None:
    assert all(search_words().typed)
    assert all(len(themes) == len(set(themes)) for themes in search_words().typed.values())
