"""Numbers as people type them, and what fits into a text."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from livingwell.core.errors import Refusal
from livingwell.messaging import addresses, texts


@pytest.mark.parametrize(
    "typed",
    ["07700 900123", "07700900123", "+44 7700 900123", "+44 (0)7700 900 123", "0044 7700 900123", "447700900123",
     "7700-900-123", " 07700.900.123 "],
)  # fmt: skip
def test_a_mobile_number_is_known_however_it_is_typed(typed: str) -> None:
    assert addresses.uk_mobile(typed) == "+447700900123"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("020 7946 0018", "not a mobile number"),
        ("0800 123 4567", "not a mobile number"),
        ("07700 90012", "11 digits. You typed 10"),
        ("07700 9001234", "11 digits. You typed 12"),
        ("+33 6 12 34 56 78", "UK mobile numbers"),
        ("070 1234 5678", "cannot get texts"),
        ("ring me", "such as 07700 900123"),
        ("", "such as 07700 900123"),
    ],
)
def test_any_other_number_is_refused_in_a_sentence(typed: str, said: str) -> None:
    with pytest.raises(Refusal, match=said):
        addresses.uk_mobile(typed)


@given(st.text())
def test_whatever_is_typed_is_a_whole_number_or_a_refusal(typed: str) -> None:
    try:
        number = addresses.uk_mobile(typed)
    except Refusal:
        return
    assert addresses.uk_mobile(number) == number


@pytest.mark.parametrize(
    ("text", "places", "messages"),
    [
        ("a" * 160, 160, 1),
        ("a" * 161, 161, 2),
        ("a" * 307, 307, 3),
        ("€" * 80, 160, 1),
        ("é" * 160, 160, 1),
        ("ê" * 70, 70, 1),
        ("ê" * 71, 71, 2),
        ("🙂" * 35, 70, 1),
        ("", 0, 1),
    ],
)
def test_texts_are_counted_as_phones_count(text: str, places: int, messages: int) -> None:
    assert (texts.length(text), texts.segments(text)) == (places, messages)


@given(st.text() | st.text(alphabet=st.characters(max_codepoint=0x9F)))
@example("0 \x1f 0")
@example("\x00\x1f")
def test_plain_words_are_plain_and_stay_so(text: str) -> None:
    plain = texts.plain(text)
    assert texts.is_plain(plain)
    assert texts.plain(plain) == plain


@pytest.mark.parametrize("between", ["\t", "\x1f", "\x00", "\x85", "\u2028", "\u2003", " \x1f "])
def test_words_stay_apart_whatever_stood_between_them(between: str) -> None:
    assert texts.plain(f"Anna{between}Bell") == "Anna Bell"


@given(st.text(alphabet="ab €,.", max_size=300), st.integers(4, 160))
def test_a_shortened_text_fits(text: str, places: int) -> None:
    assert texts.length(texts.shortened(text, places)) <= places


def test_addresses_are_masked() -> None:
    assert addresses.masked("text", "+447700900123") == "+44 … 123"
    assert addresses.masked("email", "magda@example.com") == "m…@example.com"
    assert addresses.masked("letter", "A Neighbour\n1 High Street\nSW2 1RW") == "… SW2"
