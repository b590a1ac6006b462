"""People's own words are read for what they mean: loved, hard, offered, wanted, over, or somebody else's."""

import json
import os
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livingwell.themes.story import Stance, read
from livingwell.themes.vocabulary import Theme, Vocabulary, vocabulary

# A few themes of our own, so that these tests stay as they are when the shipped vocabulary grows.
WORDS = {
    "need": {
        "alcohol": "drinking; drinks; drink too much; wine; alcohol; beer",
        "drugs": "drugs; cocaine; heroin; on drugs",
        "gambling": "gambling; gamble; betting shop",
        "smoking": "smoking; cigarettes; smoke",
        "debt": "debt; debts; in debt; bills i can't pay; bailiffs",
        "money": "money; trouble with money; no money; money worries",
        "benefits": "benefits; universal credit; pip",
        "food-today": "nothing to eat; no food; hungry",
        "clothes-and-essentials": "clothes; shoes",
        "home-at-risk": "evicted; kicked out of my flat; they want me out; lose my flat",
        "homelessness": "homeless; nowhere to live",
        "loneliness": "lonely; loneliness; no friends; no * to talk to; on my own all day",
        "bereavement": "died; passed away; lost my wife; grief",
        "anniversaries": "birthday is coming up; anniversary",
        "low-mood": "depressed; depression; feeling down",
        "anxiety": "anxious; anxiety; panicky",
        "sleep": "don't sleep; can't sleep; sleep",
        "memory": "dementia; alzheimer's; losing my memory",
        "diabetes": "diabetes; diabetic",
        "autism": "autistic; autism",
        "pain": "pain; aches",
        "domestic-abuse": "hits me; hit me; hurts me; controls everything",
        "lost-touch": "estranged from my dad; lost touch",
        "unemployment": "out of work; hasn't worked for years; lost my job",
        "confidence": "confidence; lost * confidence",
        "suicidal-thoughts": "want to die; end my life",
        "caring-for-someone": "look after my mum; carer for; her carer",
        "caring-mental-health": "living with someone who is depressed",
        "someone-elses-drinking": "living with a drinker",
        "young-mind": "worried about my teenager",
        "pet-loss": "my dog died",
    },
    "experience": {
        "recovery": "in recovery; clean and sober",
        "prison": "prison; inside for",
        "lgbtq": "gay; lesbian",
    },
    "interest": {
        "singing": "singing; sing; choir",
        "football": "football",
        "gardening": "gardening; garden; allotment",
        "running": "running; run marathons; marathons",
        "walking": "walking",
        "swimming": "swimming",
        "cooking": "cooking; cook; can't cook",
        "reading": "reading; read books",
        "sewing": "sewing; sews; sew",
        "knitting": "knitting; crochet",
        "bicycle-repair": "fix bikes; mend bicycles; bike repair",
        "dogs": "dog; dogs",
        "boxing": "boxing",
        "peace-and-quiet": "quiet",
        "computers": "computer; computers",
        "dancing": "dancing; dance",
    },
    "offer": {
        "offer-cooking": "cook for others",
        "offer-bicycle-repair": "i mend bikes for people",
        "offer-sewing": "alterations",
        "offer-building": "building trade; plumber; electrician",
        "offer-gardening": "do people's gardens",
        "offer-digital": "show people how to use a phone",
    },
    "practical": {
        "talking-therapy": "counselling; someone to talk to; therapy",
        "forms": "help with forms; fill in forms",
        "library": "library",
    },
}
RELATED = {"offer-sewing": ("sewing", "knitting"), "offer-digital": ("computers",)}


def made(words: dict[str, dict[str, str]]) -> Vocabulary:
    return Vocabulary(
        MappingProxyType(
            {
                slug: Theme(
                    slug=slug,
                    label=slug,
                    kind=kind,
                    level=3,
                    group="Test",
                    phrases=tuple(phrases.split("; ")),
                    related=RELATED.get(slug, ()),
                )
                for kind, themes in words.items()
                for slug, phrases in themes.items()
            }
        )
    )


FEW = made(WORDS)


def heard(story: str) -> list[str]:
    """What is read, short enough for a table: theme, stance, past or somebody else's, and the words."""
    return [
        f"{found.theme.slug} {found.stance}{' past' * found.past}{' other' * found.other}: {found.because}"
        for found in read(story, FEW)
    ]


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
        ("She sews beautifully.", ["sewing offered: sews beautifully", "offer-sewing offered: sews beautifully"]),
        ("He can fix bikes", ["bicycle-repair offered", "offer-bicycle-repair offered"]),
        ("I know how to crochet", ["knitting offered: know how to crochet", "offer-sewing offered"]),
        ("I know my way round a computer", ["computers offered", "offer-digital offered"]),
        ("He knows the building trade inside out", ["offer-building offered: building trade inside out"]),
        ("I am a plumber", ["offer-building offered: I am a plumber"]),
        ("I used to be a plumber", ["offer-building offered"]),
        ("I need a plumber", []),
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
        ("My partner drinks", ["someone-elses-drinking hard other: drinks"]),
        ("my son is on drugs", ["someone-elses-drinking hard other: on drugs"]),
        ("mum has dementia", ["caring-for-someone hard other: dementia"]),
        ("My husband is depressed", ["caring-mental-health hard other: depressed"]),
        ("my daughter is so anxious", ["caring-mental-health hard other", "young-mind hard other"]),
        ("I live with my mum. She has dementia.", ["caring-for-someone hard other"]),
        (
            "My dad has dementia and I can't sleep and my brother drinks",
            ["caring-for-someone hard other", "sleep hard: can't sleep", "someone-elses-drinking hard other"],
        ),
        ("My son is depressed and drinks", ["caring-mental-health", "young-mind", "someone-elses-drinking"]),
        ("A friend of mine is diabetic", ["caring-for-someone hard other"]),
        ("His wife drinks", ["someone-elses-drinking hard other"]),
        ("He is 60. His wife drinks. He is depressed.", ["someone-elses-drinking", "low-mood hard: depressed"]),
        ("She is 65. Her husband hit her and she is anxious", ["domestic-abuse hard", "anxiety hard"]),
        ("She says “I drink too much” and she is lonely", ["alcohol hard", "loneliness hard"]),
        ("My wife died", ["bereavement hard: died"]),
        ("My mum's birthday is coming up", ["anniversaries hard"]),
        ("my partner hits me", ["domestic-abuse hard: hits me"]),
        ("I'm estranged from my dad", ["lost-touch hard"]),
        ("My older brother got me drinking", ["alcohol hard"]),
        ("My mum thinks I'm depressed", ["low-mood hard: depressed"]),
        ("He says I am depressed, my mum and dad agree", ["low-mood hard"]),
        ("My wife and I can't sleep", ["sleep hard"]),
        ("Me and my wife are diabetic", ["diabetes hard"]),
        ("Lost my wife, can't sleep, depressed", ["bereavement hard", "sleep hard", "low-mood hard"]),
        ("Mum died and depressed ever since", ["bereavement hard", "low-mood hard"]),
        ("My dad died of dementia", ["bereavement hard"]),
        ("I am a single mum with depression", ["low-mood hard"]),
        ("mum of two with anxiety", ["anxiety hard"]),
        ("My depression is bad", ["low-mood hard"]),
        ("my partner stopped drinking", []),
        ("my partner doesn't drink", []),
        ("My son loves football", ["football loved other: loves football"]),
        ("I live with my partner Sara. Sara drinks.", ["someone-elses-drinking hard other"]),
        ("my kids are hungry", ["food-today hard: hungry"]),
    ],
)
def test_somebody_elses_trouble_is_told_from_ones_own(story: str, expected: list[str]) -> None:
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


def assert_heard(story: str, expected: list[str]) -> None:
    """Each line of what is read begins with the expected one; nothing more, nothing less."""
    lines = heard(story)
    fits = len(lines) == len(expected) and all(
        line == wanted or line.startswith((f"{wanted}:", f"{wanted} "))
        for line, wanted in zip(lines, expected, strict=True)
    )
    assert fits, f"{story!r} was read as {lines}"


TEXTS = st.text(max_size=300) | st.lists(
    st.sampled_from(
        "i my not no don't can't want to love miss used sing singing drinks husband mum died lonely lonley * , . "
        "; but and or who he she her 😀 é ﷺ ' ’ - stop stopped football bores me beautifully £5 3.5 e.g. \n\n".split(
            " "
        )
    ),
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
    assert [(found.theme.slug, found.other) for found in read("my partner drinks", alone)] == [("alcohol", True)]


def test_phrases_of_the_same_words_belong_to_all_their_themes() -> None:
    both = made({"need": {"debt": "owe rent"}, "practical": {"advice": "owe rent"}})
    assert [found.theme.slug for found in read("we owe rent", both)] == ["debt", "advice"]


def test_the_longer_phrase_wins_over_a_shorter_one_within_it() -> None:
    assert [found.theme.slug for found in read("my dog died", FEW)] == ["pet-loss"]


def test_what_happens_in_a_gap_is_found_too() -> None:
    gap = made({"need": {"unemployment": "lost my job", "confidence": "lost * confidence"}})
    assert {found.theme.slug for found in read("lost my job and confidence", gap)} == {"unemployment", "confidence"}
