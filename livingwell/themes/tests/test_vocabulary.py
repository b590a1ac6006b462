"""The shared vocabulary: what comes with the network, and what is said about a file that is wrong."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from livingwell.themes.vocabulary import KINDS, VocabularyError, load, vocabulary

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = """\
group: Home
themes:
  - slug: homelessness
    label: Nowhere to live
    kind: need
    level: 1
    phrases: [no home, sofa surfing]
    helped_by: [choir]
  - slug: choir
    label: Singing
    kind: interest
    level: 4
    phrases: |
      choir, love to (sing|hum),
      # what singers say
      lost * voice
    services: [community choir]
    related: [homelessness]
    broader: null
    codes:
      open-eligibility: Music
"""


def written(folder: Path, text: str, name: str = "home.yaml") -> Path:
    folder.joinpath(name).write_text(text, encoding="utf-8")
    return folder


def test_a_theme_holds_what_its_file_says(tmp_path: Path) -> None:
    choir = load(written(tmp_path, WHOLE)).themes["choir"]
    assert (choir.label, choir.kind, choir.level, choir.group) == ("Singing", "interest", 4, "Home")
    assert choir.services == ("community choir",)
    assert choir.related == ("homelessness",)
    assert choir.broader is None
    assert choir.codes == {"open-eligibility": "Music"}


def test_phrases_may_be_a_text_with_commas_choices_and_remarks(tmp_path: Path) -> None:
    choir = load(written(tmp_path, WHOLE)).themes["choir"]
    assert choir.phrases == ("choir", "love to sing", "love to hum", "lost * voice")


def test_themes_may_point_at_themes_of_another_file(tmp_path: Path) -> None:
    first, second = WHOLE.split("  - slug: choir")
    written(tmp_path, first)
    written(tmp_path, "group: Arts\nthemes:\n  - slug: choir" + second, "arts.yaml")
    assert set(load(tmp_path).themes) == {"homelessness", "choir"}


@pytest.mark.parametrize(
    ("old", "new", "where", "what"),
    [
        ("helped_by: [choir]", "helped_by: [chior]", 8, "no theme “chior”"),
        ("related: [homelessness]", "related: [home]", 18, "no theme “home”"),
        ("broader: null", "broader: music", 19, "no theme “music”"),
        ("related: [homelessness]", "related: [choir]", 18, "points at itself"),
        ("[no home, sofa surfing]", "[no home, no home]", 7, "stands twice"),
        ("choir, love to", "love to sing, love to", 14, "stands twice"),
        ("lost * voice", "choir", 16, "stands twice"),
        ("kind: need", "kind: wish", 5, "kind “wish”"),
        ("level: 1", "level: 6", 6, "level “6”"),
        ("level: 1", "level: low", 6, "level “low”"),
        ("sofa surfing]", "Sofa surfing]", 7, "lower case"),
        ("sofa surfing]", '""]', 7, "empty"),
        ("choir, love", "choir,, love", 14, "empty"),
        ("[no home, sofa surfing]", "[]", 7, "no phrases"),
        ("[no home, sofa surfing]", "no home", 7, "should be a list"),
        ("[no home, sofa surfing]", "[no home, [sofa]]", 7, "plain words"),
        ("[no home, sofa surfing]", "[no home\n      sofa surfing]", 7, "comma"),
        ("lost * voice", "lost * my * voice", 16, "one *"),
        ("lost * voice", "lost voice *", 16, "one *"),
        ("(sing|hum)", "(sing|hum", 14, "choices"),
        ("(sing|hum)", "(sing|)", 14, "choices"),
        ("label: Nowhere to live", "lable: Nowhere to live", 4, "“lable”"),
        ("    label: Nowhere to live\n", "", 3, "“label” is missing"),
        ("label: Singing", "label: Singing\n    label: Choirs", 11, "written twice"),
        ("open-eligibility: Music", "dewey: Music", 21, "“dewey”"),
        ("group: Home", "team: Home", 1, "“team”"),
        ("[no home, sofa surfing]", "[no home, sofa surfing", 8, ""),
    ],
)
def test_what_is_wrong_is_said_with_file_and_line(
    tmp_path: Path, old: str, new: str, where: int, what: str
) -> None:
    assert WHOLE.count(old) == 1
    with pytest.raises(VocabularyError) as refused:
        load(written(tmp_path, WHOLE.replace(old, new)))
    assert str(refused.value).startswith(f"home.yaml, line {where}: ")
    assert what in str(refused.value)


def test_a_theme_of_another_file_is_not_written_again(tmp_path: Path) -> None:
    written(tmp_path, WHOLE)
    written(tmp_path, WHOLE, "house.yaml")
    with pytest.raises(VocabularyError, match=r"^house\.yaml, line 3: .*“homelessness” is already there"):
        load(tmp_path)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match=r"^home\.yaml, line 1: the file is empty"):
        load(written(tmp_path, "# nothing yet\n"))


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    tmp_path.joinpath("home.yaml").write_bytes(b"group: Home\nthemes: caf\xe9\n")
    with pytest.raises(VocabularyError, match=r"^home\.yaml, line 2: .*UTF-8"):
        load(tmp_path)


def test_a_folder_without_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match=r"no \.yaml files"):
        load(tmp_path)


def test_the_shipped_vocabulary_is_broad() -> None:
    themes = vocabulary().themes
    assert len(themes) >= 150
    assert {theme.kind for theme in themes.values()} == KINDS
    assert {theme.level for theme in themes.values()} == {1, 2, 3, 4, 5}
    assert {slug: len(theme.phrases) for slug, theme in themes.items() if len(theme.phrases) < 12} == {}


def test_each_need_has_something_that_could_help() -> None:
    themes = vocabulary().themes.values()
    assert [theme.slug for theme in themes if theme.kind == "need" and len(theme.helped_by) < 3] == []


def test_clinical_help_is_never_all_that_a_theme_is_offered() -> None:
    clinical = {"gp", "talking-therapy", "crisis-help", "medication"}
    themes = vocabulary().themes.values()
    assert [theme.slug for theme in themes if theme.helped_by and clinical.issuperset(theme.helped_by)] == []


def test_a_phrase_belongs_to_three_themes_at_most() -> None:
    shared = Counter(phrase for theme in vocabulary().themes.values() for phrase in theme.phrases)
    assert {phrase: times for phrase, times in shared.items() if times > 3} == {}


def test_no_theme_lies_within_itself() -> None:
    themes = vocabulary().themes
    for theme in themes.values():
        above, steps = theme.broader, 0
        while above:
            assert above != theme.slug
            above, steps = themes[above].broader, steps + 1
            assert steps < 10
