"""People's own words are read for what they mean: loved, hard, offered, wanted, over, or somebody else's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livingwell.themes.story import read
from livingwell.themes.tests.few_themes import FEW, assert_heard, made


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        ("I am so lonely.", ["loneliness hard: lonely"]),
        ("I miss singing.", ["singing loved past: miss singing"]),
        ("I love my dog", ["dogs loved: love my dog"]),
        ("Gardening is my passion", ["gardening loved: Gardening is my passion"]),
        ("I enjoy walking, swimming and football", ["walking", "swimming", "football"]),
        ("I would like to get back to singing", ["singing wanted: would like to get back to singing"]),
        ("I want to learn to cook a few dishes", ["cooking wanted: want to learn to cook"]),
        ("I would like to get out, meet people and sing", ["singing wanted: sing"]),
        ("I want to stop drinking", ["alcohol wanted: want to stop drinking"]),
        ("I need help with my debts", ["debt wanted: need help with my debts"]),
        ("Looking for counselling", ["talking-therapy wanted: Looking for counselling"]),
        ("I can cook", ["cooking offered: I can cook", "offer-cooking offered: I can cook"]),
        ("She sews beautifully.", ["sewing offered: sews beautifully", "offer-sewing offered"]),
        ("He can fix bikes", ["bicycle-repair offered", "offer-bicycle-repair offered"]),
        ("I know how to crochet", ["knitting offered: know how to crochet", "offer-sewing offered"]),
        ("I know my way round a computer", ["computers offered", "offer-digital offered"]),
        ("He knows the building trade inside out", ["offer-building offered: building trade inside out"]),
        ("I am a plumber", ["offer-building offered: I am a plumber"]),
        ("I used to be a plumber", ["offer-building offered"]),
        ("I need a plumber", []),
        (
            "I mend bikes for people on bikes, and I cook for others",
            ["offer-bicycle-repair", "offer-cooking", "cooking"],
        ),
        ("I can dance", ["dancing offered: I can dance"]),
    ],
)
def test_the_words_around_a_theme_say_what_it_is_to_the_person(story: str, expected: list[str]) -> None:
    assert_heard(story, expected)


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        ("I don't drink any more", []),
        ("I don’t really smoke", []),
        ("No trouble with money", []),
        ("I have no problem with my sleep", []),
        ("I'm not lonely", []),
        ("I am not depressed or anxious", []),
        ("I don't smoke, drink or gamble", []),
        ("I never gambled", []),
        ("not ill but lonely", ["loneliness hard: lonely"]),
        ("I'm not well, lonely and in debt", ["loneliness", "debt"]),
        ("I am not only lonely", ["loneliness hard"]),
        ("not just depressed", ["low-mood hard"]),
        ("I can't cook", ["cooking wanted: can't cook"]),
        ("no friends", ["loneliness hard: no friends"]),
        ("nothing to eat", ["food-today hard"]),
        ("He don't sleep", ["sleep hard: don't sleep"]),
        ("He hasn’t worked for years", ["unemployment hard: hasn’t worked for years"]),
        ("I don't have any clothes", ["clothes-and-essentials hard: clothes"]),
        ("I don't understand my benefits", ["benefits hard: benefits"]),
        ("I can't manage my diabetes", ["diabetes hard"]),
        ("I don't know how to deal with my debts", ["debt hard"]),
        ("I don't want to lose my flat", ["home-at-risk hard: don't want to lose my flat"]),
        ("I hate football", []),
        ("Football bores me", []),
        ("I don't like football", []),
        ("I don't want counselling", []),
        ("I'm not gay", []),
        ("I am not hungry", []),
        ("I'm not taking any clothes", ["clothes-and-essentials hard"]),
        ("I don't want to stop singing", ["singing loved"]),
        ("I can't stop drinking", ["alcohol hard"]),
    ],
)
def test_what_is_denied_is_not_found(story: str, expected: list[str]) -> None:
    assert_heard(story, expected)


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        ("I used to sing", ["singing loved past: used to sing"]),
        ("I no longer go to choir", ["singing loved past"]),
        ("I haven't sung for months", ["singing loved past: haven't sung"]),
        ("I gave up the choir", ["singing loved past: gave up the choir"]),
        ("I can't sing any more", ["singing loved past"]),
        ("Before I got ill I ran marathons", ["running loved past"]),
        ("As a boy the gardening was the one thing that calmed him.", ["gardening loved past"]),
        ("I used to go running but have no time", ["running loved past: used to go running"]),
        ("I stopped drinking two years ago", ["recovery hard: stopped drinking"]),
        ("I stopped smoking years ago", []),
        ("Used to gamble", ["recovery hard: Used to gamble"]),
        ("I used to be depressed", ["low-mood hard past"]),
        ("I used to sing and I would like to sing again", ["singing loved past"]),
    ],
)
def test_what_is_over_or_lost_is_known_as_such(story: str, expected: list[str]) -> None:
    assert_heard(story, expected)


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        ("im so lonley", ["loneliness hard: lonley"]),
        ("alchohol", ["alcohol hard"]),
        ("My benifits", ["benefits hard: benifits"]),
        ("depresed and anxous", ["low-mood hard", "anxiety hard"]),
        ("the aniversary", ["anniversaries hard"]),
        ("I love gardning", ["gardening loved: love gardning"]),
        ("I bake bread in Brixton with Magda and Abdul", []),
        ("LONLEY", ["loneliness hard: LONLEY"]),
        ("I cant sleep", ["sleep hard: cant sleep"]),
        ("I can’t sleep", ["sleep hard: can’t sleep"]),
        ("I cannot sleep", ["sleep hard: cannot sleep"]),
        ("kicked out of her flat", ["home-at-risk hard: kicked out of her flat"]),
        ("They want her out", ["home-at-risk hard"]),
        ("walked, walks", ["walking loved: walked"]),
        ("I lost all my confidence", ["confidence hard: lost all my confidence"]),
        ("I lost. Confidence", ["confidence hard: Confidence"]),
        ("there is no one to talk to", ["loneliness hard: no one to talk to"]),
        ("I can't lift boxes", []),
        ("I run out of milk", []),
        ("I want to die", ["suicidal-thoughts hard: want to die"]),
        ("dép­ression", []),
        ("Dépressed 😀 lonely", ["low-mood hard: Dépressed", "loneliness hard: lonely"]),
        ("", []),
    ],
)
def test_people_write_as_they_like(story: str, expected: list[str]) -> None:
    assert_heard(story, expected)


PIECES = [
    *[
        "i",
        "my",
        "not",
        "no",
        "don't",
        "can't",
        "want",
        "to",
        "love",
        "miss",
        "used",
        "sing",
        "singing",
        "drinks",
    ],
    *[
        "husband",
        "mum",
        "died",
        "lonely",
        "lonley",
        "*",
        ",",
        ".",
        "|",
        ";",
        "but",
        "and",
        "or",
        "who",
        "he",
        "she",
    ],
    *[
        "her",
        "😀",
        "é",
        "ﷺ",
        "'",
        "’",
        "-",
        "stop",
        "stopped",
        "football",
        "bores",
        "me",
        "beautifully",
        "£5",
        "3.5",
    ],
]
TEXTS = st.text(max_size=300) | st.lists(
    st.sampled_from(PIECES),
    max_size=60,
).map(" ".join)


@given(TEXTS)
def test_any_text_can_be_read_and_is_quoted_word_for_word(story: str) -> None:
    found = read(story, FEW)
    assert all(each.because == story[each.start : each.end] != "" for each in found)
    assert len({each.theme.slug for each in found}) == len(found)
    assert read(story, FEW) == found


def test_a_very_long_story_can_be_read() -> None:
    story = "I miss singing and my partner drinks, but I don't. " * 400
    assert [found.theme.slug for found in read(story, FEW)] == ["singing", "someone-elses-drinking"]
    assert read("x" * 20_000, FEW) == ()


def test_a_theme_without_its_carers_theme_in_the_vocabulary_stays_and_is_marked() -> None:
    alone = made({"need": {"alcohol": "drinks"}})
    (found,) = read("my partner drinks", alone)
    assert (found.theme.slug, found.other) == ("alcohol", True)


def test_phrases_of_the_same_words_belong_to_all_their_themes() -> None:
    both = made({"need": {"debt": "owe rent"}, "practical": {"advice": "owe rent"}})
    assert [found.theme.slug for found in read("we owe rent", both)] == ["debt", "advice"]


def test_the_longer_phrase_wins_over_a_shorter_one_within_it() -> None:
    assert [found.theme.slug for found in read("my dog died", FEW)] == ["pet-loss"]


def test_what_happens_in_a_gap_is_found_too() -> None:
    gap = made({"need": {"unemployment": "lost my job", "confidence": "lost * confidence"}})
    found = {each.theme.slug for each in read("lost my job and confidence", gap)}
    assert found == {"unemployment", "confidence"}


# On the vocabulary that is shipped: each of these must be in the story, none of those.
SHIPPED = [
    ("I don't drink now, no trouble with money, but I miss singing", "singing", "alcohol debt low-income"),
    ("My dad has dementia and I can't sleep", "caring-for-someone sleep", "memory"),
    ("I'm tired and my brother drinks", "fatigue someone-elses-drinking", "alcohol"),
    ("im so lonley since my wife died", "loneliness bereavement", ""),
    ("kicked out of my flat and no money for food", "home-at-risk food-today", ""),
    ("I stopped drinking two years ago", "recovery", "alcohol"),
    ("I hate football but I love dogs and gardening", "dogs gardening", "football"),
    ("I can fix bikes", "offer-bicycle-repair", ""),
    ("She sews beautifully", "sewing offer-sewing", ""),
    ("He knows the building trade inside out", "offer-building", "prison"),
    ("My husband is depressed", "caring-mental-health", "low-mood"),
    ("My daughter cuts herself", "young-mind", "self-harm"),
    ("I would like to learn to cook a few dishes", "cooking", ""),
    ("I have type 1 diabetes and I used to go running", "diabetes running", ""),
    ("I bake bread in Brixton with Magda and Abdul", "baking", "anxiety"),
]  # fmt: skip


@pytest.mark.parametrize(("story", "themes", "not_these"), SHIPPED)
def test_the_shipped_vocabulary_is_read(story: str, themes: str, not_these: str) -> None:
    found = {each.theme.slug for each in read(story)}
    assert set(themes.split()) <= found
    assert found.isdisjoint(not_these.split())
