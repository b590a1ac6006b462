from pathlib import Path

import pytest

from livingwell.directory.models import MAIN_THEMES
from livingwell.directory.tagging import Tagger, kind_of
from livingwell.themes import vocabulary

WORDS = """
group: Small
themes:
  - slug: singing
    label: Singing
    kind: interest
    level: 4
    phrases: [sing, choir, karaoke]
    services: [choir, community singing]
  - slug: debt
    label: Debt
    kind: need
    level: 2
    phrases: [owe money, bailiffs]
    services: [debt advice, debt]
  - slug: older-people
    label: For older people
    kind: experience
    level: 3
    phrases: [pensioner]
    services: [ageing, older people]
  - slug: talking-therapy
    label: Talking therapy
    kind: practical
    level: 3
    phrases: [counsellor]
    services: [counselling, talking therapy]
    codes: {open-eligibility: Mental Health Care}
  - slug: offer-time
    label: Some time to give
    kind: offer
    level: 5
    phrases: [spare time]
    services: [volunteers]
"""


@pytest.fixture
def tagger(tmp_path: Path) -> Tagger:
    (tmp_path / "small.yaml").write_text(WORDS)
    return Tagger(vocabulary.load(tmp_path))


def slugs(tagger: Tagger, *said: object) -> list[str]:
    return [tag.theme for tag in tagger.tags(*said)]  # type: ignore[arg-type]


def test_a_name_says_what_a_service_is_about_and_which_words_said_so(tagger: Tagger) -> None:
    tag = tagger.tags("The Gospel Choirs of Effra")[0]

    assert (tag.theme, tag.because) == ("singing", "Choirs")


def test_a_term_of_another_vocabulary_counts_and_so_does_its_own_code(tagger: Tagger) -> None:
    assert slugs(tagger, "Rosewood", "", ["Debt"]) == ["debt"]
    assert slugs(tagger, "Rosewood", "", ["Mental health care"]) == ["talking-therapy"]
    assert slugs(tagger, "Rosewood", "", ["Mental health care for horses"]) == []


def test_a_passing_word_in_a_long_description_is_not_what_a_service_is_about(tagger: Tagger) -> None:
    long = "We cook and we eat, and we look after the garden. " * 12

    assert slugs(tagger, "Rosewood", f"{long} Once we had a choir.") == []
    assert slugs(tagger, "Rosewood", f"{long} We have a choir. There is community singing, too.") == [
        "singing"
    ]
    assert slugs(tagger, "Rosewood", f"A choir for all. {long}") == ["singing"]


def test_what_a_text_says_it_is_not_does_not_count(tagger: Tagger) -> None:
    assert slugs(tagger, "Rosewood", "This is not counselling. It is a chat.") == []
    assert slugs(tagger, "Rosewood", "We do not judge. Counselling is free.") == ["talking-therapy"]


def test_the_surest_theme_comes_first(tagger: Tagger) -> None:
    assert slugs(tagger, "Debt advice", "Debt advice with counselling.") == ["debt", "talking-therapy"]


def test_doing_a_thing_is_not_the_thing(tagger: Tagger) -> None:
    assert slugs(tagger, "Middle age", "", ["Preschool Age Children"]) == []
    assert slugs(tagger, "Ageing well") == ["older-people"]


def test_peoples_own_words_count_in_a_name_and_not_in_running_text(tagger: Tagger) -> None:
    assert slugs(tagger, "Karaoke for all") == ["singing"]
    assert slugs(tagger, "Rosewood", "There is no bar, but karaoke now and then.") == []


def test_offers_are_not_what_services_are_about(tagger: Tagger) -> None:
    assert slugs(tagger, "Volunteers of Effra") == []


def test_no_service_is_about_everything() -> None:
    every = " ".join(theme.services[0] for theme in vocabulary.vocabulary().themes.values() if theme.services)
    found = Tagger(vocabulary.vocabulary()).tags(every, every)

    assert len(found) == MAIN_THEMES


@pytest.mark.parametrize(
    ("name", "has_place", "by_phone", "kind"),
    [
        ("Brixton Gospel Choir", True, True, "group"),
        ("Men's walk and talk club", True, False, "group"),
        ("Brixton Library", True, True, "place"),
        ("Brockwell Park Community Greenhouses", True, False, "place"),
        ("Domestic Abuse Helpline", False, True, "line"),
        ("Domestic Abuse Helpline", False, False, "service"),
        ("Effra Time Bank", True, True, "hours"),
        ("Befriending for older people", True, True, "person"),
        ("Self-help leaflets", False, False, "reading"),
        ("Rosewood Health Centre", True, True, "service"),
        ("Debt advice", True, True, "service"),
        ("Myatt's Fields Park after school programme", True, True, "service"),
        ("Bereavement support group", True, True, "group"),
        ("Bereavement counselling group", True, True, "service"),
    ],
)
def test_a_name_tells_the_kind(name: str, has_place: bool, by_phone: bool, kind: str) -> None:
    assert kind_of(name, has_place=has_place, by_phone=by_phone) == kind
