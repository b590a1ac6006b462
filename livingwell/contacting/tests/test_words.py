"""Each message fits into one text, and gives nothing away."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livingwell.contacting.models import About
from livingwell.contacting.words import WORDS, Words, as_mail, as_text
from livingwell.messaging.texts import is_plain, segments


def test_there_are_words_for_all_that_a_message_may_be_about() -> None:
    assert set(WORDS) == set(About)


@pytest.mark.parametrize("about", About)
@pytest.mark.parametrize("opening", ["", "It is Lena", "Here is “Lena” from the choir — " + "la " * 99])
def test_a_text_fits_and_ends_with_how_to_stop(about: About, opening: str) -> None:
    text = as_text(WORDS[about], opening)
    assert is_plain(text)
    assert segments(text) == 1
    assert text.endswith("STOP ends these texts.")


@pytest.mark.parametrize("about", About)
def test_nothing_tells_who_writes_or_why(about: About) -> None:
    assert WORDS[about].neutral


@pytest.mark.parametrize(
    "tells", ["Your clinic wrote", "The Living Well Network", "See https://here.example"]
)
def test_words_that_would_tell_are_known(tells: str) -> None:
    assert not Words("A hello", tells).neutral


def test_what_a_person_asks_of_themself_may_tell_but_nothing_of_ours_beside_it() -> None:
    assert Words("A hello", "How was the clinic?", theirs=True).neutral
    assert not Words("The clinic", "How are you?", theirs=True).neutral


@given(st.text(max_size=300), st.text(max_size=300))
def test_whatever_they_ask_in_their_own_words_fits(opening: str, own: str) -> None:
    text = as_text(Words("A hello", own or "?", "Reply 1, 2 or SKIP.", theirs=True), opening)
    assert segments(text) == 1
    assert text.endswith("Reply 1, 2 or SKIP. STOP ends these texts.")


@given(st.text(max_size=300), st.sampled_from(About))
def test_whatever_a_person_wants_said_fits(opening: str, about: About) -> None:
    text = as_text(WORDS[about], opening)
    assert segments(text) == 1
    assert is_plain(text)
    assert as_mail(WORDS[about], opening)
