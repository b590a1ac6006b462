"""What was looked for and not found: counted without a trace of who, told without a number that is too small."""

import itertools
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from livingwell.directory.actions import looked_for
from livingwell.directory.blocks import BLOCK, ended_before, first_day
from livingwell.directory.models import LookedFor
from livingwell.directory.queries.looked_for import blocks
from livingwell.directory.tests.entries import BRIXTON, place_name, refreshed, service
from livingwell.directory.tests.make import tagged

pytestmark = pytest.mark.django_db
BLOCK_BEGINS = first_day(date(2026, 9, 16))
AFTER = BLOCK_BEGINS + BLOCK


def rows() -> set[tuple[str, str, int]]:
    return set(LookedFor.objects.values_list("theme", "area", "count"))


def counted(times: int, theme: str = "singing", place: str = "SW9", day: date = BLOCK_BEGINS) -> None:
    for _ in range(times):
        looked_for.count([theme] if theme else [], place=place, on=day)


def test_a_search_that_finds_nothing_leaves_a_theme_and_half_a_postcode(client: Client) -> None:
    client.get("/directory/", {"q": "I want to sing", "near": "SW9 8LF"})
    client.post("/directory/", {"q": "choir", "near": "sw9"})

    assert rows() == {("singing", "SW9", 2)}


def test_of_words_that_were_not_understood_only_their_number_is_kept(client: Client) -> None:
    client.get("/directory/", {"q": "zzzxq", "near": "SW9 8LF"})

    assert rows() == {("", "", 1)}


def test_one_machine_that_asks_all_day_is_not_a_neighbourhood(client: Client, settings: Any) -> None:
    settings.IN_VAIN_PER_HOUR = 3
    for _ in range(9):
        assert client.get("/directory/", {"q": "I want to sing"}).status_code == 200

    assert rows() == {("singing", "", 3)}


def test_what_a_browser_only_fetches_ahead_is_not_counted(client: Client) -> None:
    client.get("/directory/", {"q": "I want to sing"}, headers={"Sec-Purpose": "prefetch;prerender"})
    client.head("/directory/", {"q": "I want to sing"})

    assert rows() == set()


def test_what_is_found_is_not_counted_and_what_is_only_far_away_is(client: Client) -> None:
    tagged(service("Harbour voices"), ["singing"])
    place_name("brixton", "Brixton", BRIXTON)
    refreshed()

    client.get("/directory/", {"q": "choir"})
    assert rows() == set()
    client.get("/directory/", {"q": "choir", "near": "Brixton"})
    assert rows() == {("singing", "", 1)}


def test_what_is_only_near_to_what_was_asked_for_does_not_count_as_found(client: Client) -> None:
    tagged(service("Fiddle night"), ["playing-music"])
    refreshed()

    client.get("/directory/", {"q": "choir"})
    assert rows() == {("singing", "", 1)}


def test_a_story_that_nothing_answers_is_counted_by_its_themes(client: Client) -> None:
    client.post("/suggestions/", {"story": "I used to sing", "near": "SW9 8LF"})

    assert rows() == {("singing", "SW9", 1)}


def test_a_number_under_five_is_never_told() -> None:
    counted(4)
    counted(5, place="SE11")

    (block,) = blocks(on=AFTER, weeks=4)
    assert [(each.area, each.count) for each in block.missed] == [("SE11", 5)]


def test_four_weeks_that_are_not_over_are_not_told() -> None:
    counted(9)

    for days in range(BLOCK.days):
        told = blocks(on=BLOCK_BEGINS + timedelta(days=days), weeks=48)
        assert not [block for block in told if block.missed]


@given(st.dates(date(2024, 6, 1), date(2040, 1, 1)), st.integers(0, 400))
def test_no_two_periods_overlap_whenever_and_however_far_back_one_looks(on: date, later: int) -> None:
    firsts = {
        first
        for day in (on, on + timedelta(days=later))
        for weeks in (4, 12, 24, 48)
        for first in ended_before(day, weeks=weeks)
    }
    ordered = sorted(firsts)
    assert all((after - before) % BLOCK == timedelta(0) for before, after in itertools.pairwise(ordered))
    assert all(first.weekday() == 0 for first in firsts)


def test_all_is_forgotten_within_a_year_and_never_a_part_of_what_is_told() -> None:
    counted(3)
    counted(6, day=BLOCK_BEGINS + timedelta(days=27))
    oldest = BLOCK_BEGINS + timedelta(days=365)

    looked_for.forget(on=oldest - timedelta(days=1))
    assert sum(LookedFor.objects.values_list("count", flat=True)) == 9
    looked_for.forget(on=oldest)
    assert not LookedFor.objects.exists()
