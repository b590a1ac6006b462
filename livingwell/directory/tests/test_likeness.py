"""Whether two entries are the same thing, and how well that is judged."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from benchmarks import doubles
from livingwell.directory import likeness
from livingwell.directory.likeness import Told, judge, keys

NAMES = st.sampled_from(
    ["Choir", "The Choir", "Chess Club", "Chess Club Monday", "Yoga 2", "", "!", "🙂", "合唱团", "Tea & Talk"]
)
SOME = st.frozensets(st.sampled_from(["SW21AA", "SW22BB", "02079460001"]), max_size=2)
ENTRIES = st.builds(
    Told,
    id=st.uuids(),
    name=NAMES,
    owner=st.sampled_from(["", "x"]),
    numbers=SOME,
    phones=SOME,
    emails=SOME,
    postcodes=SOME,
)


@given(ENTRIES, ENTRIES)
@example(
    Told(UUID(int=2), "Chess Club", numbers=frozenset({"1"})),
    Told(UUID(int=3), "Chess Club Monday", numbers=frozenset({"1"})),
)
def test_it_does_not_matter_which_of_two_is_named_first(one: Told, other: Told) -> None:
    assert judge(one, other) == judge(other, one)


@given(ENTRIES)
def test_nothing_is_its_own_double_and_its_copy_shares_a_key(one: Told) -> None:
    assert judge(one, one) is None
    copy = replace(one, id=UUID(int=1), source="another")
    assert keys(copy) == keys(one)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("+44 (0)20 7946 0001", "02079460001"), ("020 7946 0001 ext 4", "02079460001"), ("999", ""),
        ("0044 20 7946 0001", "02079460001"),
    ],
)  # fmt: skip
def test_numbers_are_known_however_they_are_written(given: str, said: str) -> None:
    assert likeness.phone(given) == said


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("1234567", "1234567"), ("GB-CHC-1234567", "1234567"), ("Registered charity no. 1234567", "1234567"),
        ("01234567", "1234567"), ("1234567-0", "1234567"), ("1234567-12", "123456712"), ("GB-SC-SC012345", "SC12345"),
        ("sc 012345", "SC12345"), ("12345678 (England and Wales)", "12345678"), ("12-3456789", "123456789"), ("", ""),
    ],
)  # fmt: skip
def test_a_registered_number_is_known_with_and_without_words_around_it(given: str, said: str) -> None:
    assert likeness.number(given) == said


def test_days_ages_and_levels_tell_two_groups_apart() -> None:
    assert likeness.plain("Café & Bar") == "cafe and bar"
    code = frozenset(["SW21AA"])
    one = Told(UUID(int=1), "Chess on Monday", owner="x", postcodes=code)
    for name, same in (("Chess on Tuesday", False), ("Chess on Mondays", True), ("Chess on Monday 2", False)):
        assert bool(judge(one, Told(UUID(int=2), name, owner="x", postcodes=code))) is same


def test_the_judged_set_is_judged_well() -> None:
    _number, _same, precision, recall = doubles.measure("doubles.txt")
    assert precision >= doubles.FLOORS[0]
    assert recall >= doubles.FLOORS[1]
