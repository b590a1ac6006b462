"""Whether words of immediate danger are noticed, and ordinary sadness and sayings are left in peace."""

import json
import os
import shutil
import sys
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from livingwell.themes import danger_rules
from livingwell.themes.danger import look
from livingwell.themes.danger_rules import KINDS, DangerRulesError

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("LIVINGWELL_SHARED", HERE.parents[3] / "shared"))

Sentences = dict[str, dict[str, list[str]]]


def sentences(name: str) -> Sentences:
    read: Sentences = yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
    return read


def every(groups: dict[str, list[str]]) -> list[str]:
    return [sentence for group in groups.values() for sentence in group]


def measure(name: str, capsys: pytest.CaptureFixture[str]) -> tuple[float, float, str]:
    """Recall and precision over a file of sentences, printed, and the sentences that went wrong."""
    read = sentences(name)
    urgent, calm = every(read["urgent"]), every(read["not urgent"])
    missed = [sentence for sentence in urgent if not look(sentence)]
    alarms = [f"{sentence} {look(sentence)}" for sentence in calm if look(sentence)]
    found = len(urgent) - len(missed)
    recall, precision = found / len(urgent), found / (found + len(alarms))
    with capsys.disabled():
        sys.stdout.write(f"\n{name}: {len(urgent)} urgent, {len(calm)} not; ")
        sys.stdout.write(f"recall {recall:.3f}, precision {precision:.3f}\n")
    return recall, precision, "\n".join(["Missed:", *missed, "Shown without need:", *alarms])


def test_the_reviewed_sentences_are_told_apart(capsys: pytest.CaptureFixture[str]) -> None:
    recall, precision, wrong = measure("danger_sentences.yaml", capsys)

    assert recall >= 0.98, wrong
    assert precision >= 0.98, wrong


def test_the_held_out_sentences_are_told_apart(capsys: pytest.CaptureFixture[str]) -> None:
    recall, precision, wrong = measure("danger_held_out.yaml", capsys)

    assert recall >= HELD_OUT_RECALL, wrong
    assert precision >= HELD_OUT_PRECISION, wrong


# What the rules reach now. Raise them when they reach more; a fall needs a reason.
HELD_OUT_RECALL = 0.98
HELD_OUT_PRECISION = 0.99


def test_there_are_enough_sentences_and_none_twice() -> None:
    reviewed, held_out = sentences("danger_sentences.yaml"), sentences("danger_held_out.yaml")
    all_of_them = [
        sentence for read in (reviewed, held_out) for groups in read.values() for sentence in every(groups)
    ]

    assert min(len(every(groups)) for groups in reviewed.values()) >= 150
    assert min(len(every(groups)) for groups in held_out.values()) >= 80
    assert sorted(set(all_of_them)) == sorted(all_of_them)


def test_the_kind_that_is_told_is_among_those_found() -> None:
    groups = sentences("danger_sentences.yaml")["urgent"]
    wrong = [
        (kind, sentence, look(sentence))
        for kind, group in groups.items()
        for sentence in group
        if kind not in {danger.kind for danger in look(sentence)}
    ]

    assert set(groups) == set(KINDS)
    # "Slit my wrists" is noticed as self-harm, voices that say "hurt people" as suicide: help is shown.
    assert len(wrong) <= 2, wrong


@pytest.mark.parametrize(
    ("story", "kind", "because"),
    [
        ("Since Tom left, I don’t want to be here any more.", "suicide", "don’t want to be here any more"),
        ("It is LATE. He’s going to\nkill me!", "violence", "He’s going to\nkill me"),
        ("I've taken  all my pills…", "overdose", "taken  all my pills"),
        ("i want 2 kil mysef", "suicide", "kil mysef"),
    ],
)
def test_the_exact_words_are_given(story: str, kind: str, because: str) -> None:
    assert [(danger.kind, danger.because) for danger in look(story)] == [(kind, because)]


def test_each_kind_is_told_once_in_the_order_of_the_story() -> None:
    story = "My husband hits me. I cut myself. I want to die. My husband hits me again. I want to die."

    assert [danger.kind for danger in look(story)] == ["violence", "self-harm", "suicide"]


def test_a_denial_quiets_only_what_it_denies() -> None:
    assert not look("I am not suicidal and I would never hurt myself.")
    assert look("I am not suicidal, but I want to die.")
    assert look("I'm trying not to kill myself.")
    assert look("I can't stop thinking about killing myself.")


def test_what_is_long_ago_is_quiet_unless_it_is_back() -> None:
    assert not look("I tried to kill myself in 1998.")
    assert not look("I used to self-harm years ago.")
    assert look("I used to self-harm years ago and last night I did it again.")
    assert look("My wife died ten years ago and I want to die.")


def test_the_stories_of_the_shared_cases() -> None:
    path = SHARED / "data" / "cases.jsonl"
    if not path.exists():
        pytest.skip("The shared cases are not here: set LIVINGWELL_SHARED to where data/cases.jsonl is.")
    cases = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]

    # A teenager who has tried to end their life; a father who has been violent and still comes and goes.
    assert {case["id"] for case in cases if look(case["story"])} == {"case-29", "case-50"}


@given(st.text(max_size=400))
def test_no_text_is_too_strange(story: str) -> None:
    for danger in look(story):
        assert danger.kind in KINDS
        assert danger.because in story


@given(st.text(max_size=60), st.text(alphabet=" \n\t'’…-—,.", max_size=20))
def test_words_of_danger_are_found_in_the_middle_of_anything(before: str, after: str) -> None:
    story = f"{before}. I want to die.{after}"

    assert "want to die" in {danger.because for danger in look(story)} or look(before)


def rules_with(folder: Path, name: str, old: str, new: str) -> int:
    """Copies of the rule files with one change; the line where it stands."""
    for path in (*danger_rules.RULES, danger_rules.WORDS):
        shutil.copy(path, folder)
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize(
    ("name", "old", "new", "what"),
    [
        ("danger.yaml", "- end/ending it all\n", "- end/ending <nobody> all\n", "no word list called"),
        ("danger.yaml", "- end/ending it all\n", "- end/ending it all *3\n", "must stand between words"),
        ("danger.yaml", "- end/ending it all\n", "- end? it all\n", "the first word cannot be"),
        ("danger.yaml", "- end/ending it all\n", "- end it(all\n", "is not a word"),
        ("danger.yaml", "- end/ending it all\n", "- end it UNLESS a, , b\n", "words are missing"),
        ("danger.yaml", "- end/ending it all\n", "- {end: it}\n", "here must be some words"),
        ("danger_others.yaml", "  violence:\n", "  violins:\n", "“violins” is not one of"),
        ("danger_words.yaml", "  - killing me/us softly", "  - killing *12 softly", "is not a word"),
    ],
)
def test_a_mistake_in_the_rules_is_named_with_file_and_line(
    tmp_path: Path, name: str, old: str, new: str, what: str
) -> None:
    line = rules_with(tmp_path, name, old, new)

    with pytest.raises(DangerRulesError) as error:
        danger_rules.load(
            [tmp_path / path.name for path in danger_rules.RULES], tmp_path / "danger_words.yaml"
        )

    named, place = str(error.value).split(", line ")
    assert named == name
    assert place.startswith(f"{line}: ")
    assert what in place
