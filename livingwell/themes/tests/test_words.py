"""Words that are the same are made to look the same, and small slips are put right."""

import pytest

from livingwell.themes.phrasebook import Phrasebook, longest
from livingwell.themes.spelling import Speller, is_english
from livingwell.themes.words import CLAUSE, NONE, PAUSE, SENTENCE, stem, tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("walks", "walking"),
        ("walked", "walk"),
        ("baking", "bake"),
        ("dancing", "dance"),
        ("running", "runs"),
        ("ran", "run"),
        ("sung", "singing"),
        ("worried", "worries"),
        ("worrying", "worry"),
        ("dying", "died"),
        ("caring", "cares"),
        ("used", "using"),
        ("agreed", "agreeing"),
        ("counselling", "counsel"),
        ("bullied", "bullying"),
        ("housing", "houses"),
        ("children", "child"),
        ("buses", "bus"),
        ("drank", "drinking"),
        ("retired", "retiring"),
    ],
)
def test_a_word_is_the_same_with_another_ending(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("dying", "dye"),
        ("caring", "car"),
        ("sing", "sin"),
        ("need", "nee"),
        ("bus", "bu"),
        ("news", "new"),
        ("evening", "even"),
        ("hoping", "hopping"),
        ("lonely", "lone"),
        ("thing", "th"),
        ("counsel", "council"),
    ],
)
def test_words_that_only_look_alike_stay_apart(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I can't", "i can not"),
        ("I can’t", "i can not"),
        ("I cannot", "i can not"),
        ("dont", "do not"),
        ("I'm ill", "i am ill"),
        ("I'll be well", "i will be well"),
        ("she'd", "she would"),
        ("mum's", "mum"),
        ("there's", "there is"),
        ("Café", "cafe"),
        ("Cafe\u0301", "cafe"),
        ("self-harm", "self harm"),
        ("o'clock", "oclock"),
        ("_lonely_", "lonely"),
        ("😀 ok", "ok"),
        ("", ""),
    ],
)
def test_each_way_of_writing_a_word_is_folded_into_one(text: str, words: str) -> None:
    assert [token.word for token in tokens(text)] == words.split()


@pytest.mark.parametrize(
    ("text", "stop"),
    [
        ("one two", NONE),
        ("one-two", NONE),
        ("one, two", PAUSE),
        ("one (two", PAUSE),
        ("one - two", PAUSE),
        ("one\ntwo", PAUSE),
        ("one; two", CLAUSE),
        ("one. two", SENTENCE),
        ("one.two", SENTENCE),
        ("one\n\ntwo", SENTENCE),
        ("one\n- two", SENTENCE),
        ("one? two", SENTENCE),
        ("3.50", NONE),
        ("e.g", NONE),
    ],
)
def test_the_stop_before_a_word_is_heard(text: str, stop: int) -> None:
    assert tokens(text)[-1].stop == stop


def test_a_contraction_is_two_words_in_one_place() -> None:
    text = "so I don't"
    assert [(token.word, text[token.start : token.end]) for token in tokens(text)][2:] == [
        ("do", "don't"),
        ("not", "don't"),
    ]


SPELLER = Speller(
    ["lonely", "alcohol", "benefits", "depressed", "anniversary", "gardening", "dread", "magic", "tooth"]
)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("lonley", "lonely"),
        ("alchohol", "alcohol"),
        ("benifits", "benefits"),
        ("depresed", "depressed"),
        ("aniversary", "anniversary"),
        ("gardning", "gardening"),
        ("bread", None),
        ("lone", None),
        ("magda", None),
        ("brixton", None),
        ("tooting", None),
        ("zlonely", None),
        ("£££££", None),
    ],
)
def test_a_slip_is_put_right_and_a_name_or_an_english_word_is_not(written: str, meant: str | None) -> None:
    assert SPELLER.meant(written) == meant


@pytest.mark.parametrize("word", ["neighbour", "organise", "centre", "counselling", "behaviours", "curtains"])
def test_british_spelling_is_english(word: str) -> None:
    assert is_english(word)


@pytest.mark.parametrize("word", ["lonley", "benifits", "brixton"])
def test_what_is_in_no_dictionary_is_not_english(word: str) -> None:
    assert not is_english(word)


def found(text: str, *phrases: str) -> list[str]:
    book = Phrasebook(((phrase, phrase) for phrase in phrases), endings=True)
    return [value for match in longest(book.find(tokens(text))) for value in match.values]


@pytest.mark.parametrize(
    ("text", "phrases", "expected"),
    [
        ("I lost all my confidence", ["lost * confidence"], ["lost * confidence"]),
        ("lost confidence", ["lost * confidence"], ["lost * confidence"]),
        ("lost a b c d confidence", ["lost * confidence"], []),
        ("lost it. confidence", ["lost * confidence"], []),
        ("they want her out", ["they want me out"], ["they want me out"]),
        ("I miss my choir", ["miss her"], []),
        ("boxes", ["boxing"], []),
        ("my stroking hand", ["stroke"], []),
        ("he boxed; boxing", ["boxing"], ["boxing"]),
        ("my dog died", ["dog", "dog died"], ["dog died"]),
        ("walk the dog walk", ["walk the dog", "dog walk"], ["walk the dog", "dog walk"]),
    ],
)
def test_phrases_are_found_in_a_text(text: str, phrases: list[str], expected: list[str]) -> None:
    assert found(text, *phrases) == expected
