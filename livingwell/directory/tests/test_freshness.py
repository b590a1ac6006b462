"""How long a confirmation holds, and what silence does to an entry."""

import itertools
from datetime import date, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from livingwell.directory import freshness
from livingwell.directory.actions.listing import refresh
from livingwell.directory.freshness import PACES, Pace, Question, Risk, Standing
from livingwell.directory.models import ListingTheme, Service
from livingwell.directory.queries.search import Wanted, search
from livingwell.directory.tests import make

MARCH = date(2026, 3, 1)
paces = st.sampled_from(list(PACES.values()))
days = st.integers(0, 400).map(lambda number: MARCH + timedelta(days=number))
questions = st.lists(st.builds(Question, on=days, told=st.booleans()), max_size=6)


@pytest.mark.parametrize(
    ("kind", "themes", "risk"),
    [
        ("line", ["suicidal-thoughts"], Risk.CRISIS),
        ("service", ["domestic-abuse", "housing"], Risk.CRISIS),
        ("group", ["domestic-abuse"], Risk.GROUP),
        ("line", ["debt"], Risk.GROUP),
        ("place", [], Risk.BUILDING),
    ],
)
def test_the_worse_it_is_to_be_wrong_the_sooner_it_is_due(kind: str, themes: list[str], risk: Risk) -> None:
    assert freshness.risk_of(kind, themes) is risk


def test_silence_lowers_then_marks_then_hides() -> None:
    pace = PACES[Risk.GROUP]
    asked: list[Question] = []
    due = freshness.due_on(MARCH, pace)
    assert due == date(2026, 5, 30)
    for number in (1, 2, 3):
        on = due + timedelta(days=14 * (number - 2))
        assert freshness.to_be_asked(MARCH, asked, on, pace) == number
        asked.append(Question(on, told=number == 3))

    found = [freshness.standing(MARCH, asked, due + timedelta(days=14 * step), pace) for step in range(-1, 3)]

    assert found == [Standing.FRESH, Standing.LOWERED, Standing.MARKED, Standing.HIDDEN]
    assert freshness.to_be_asked(MARCH, asked, due + timedelta(days=200), pace) == 0


@given(asked=questions, on=days, pace=paces)
def test_what_nobody_ever_confirmed_is_not_called_silent(asked: list[Question], on: date, pace: Pace) -> None:
    assert freshness.standing(None, asked, on, pace) == Standing.FRESH
    assert freshness.to_be_asked(None, asked, on, pace) == 0


@given(assured=days, asked=questions, on=days, later=st.integers(0, 200), pace=paces)
def test_more_silence_never_lifts_an_entry(
    assured: date, asked: list[Question], on: date, later: int, pace: Pace
) -> None:
    now = freshness.standing(assured, asked, on, pace)

    assert now <= freshness.standing(assured, asked, on + timedelta(days=later), pace)
    assert now <= freshness.standing(assured, [*asked, Question(on)], on, pace)


@given(assured=days, asked=questions, on=days, pace=paces)
def test_nothing_is_hidden_before_its_people_were_asked_three_times_and_told(
    assured: date, asked: list[Question], on: date, pace: Pace
) -> None:
    if freshness.standing(assured, asked, on, pace) == Standing.HIDDEN:
        waited = [each for each in asked if assured < each.on <= on - timedelta(days=pace.wait)]
        assert len(waited) >= 3
        assert any(each.told for each in waited)
    if not asked:
        assert freshness.standing(assured, asked, on, pace) == Standing.FRESH


@given(asked=questions, answered=days, pace=paces)
def test_an_answer_always_makes_it_fresh_again(asked: list[Question], answered: date, pace: Pace) -> None:
    before = [each for each in asked if each.on <= answered]

    for later in range(pace.holds):
        on = answered + timedelta(days=later)
        assert freshness.standing(answered, before, on, pace) == Standing.FRESH


@given(assured=days, pace=paces, on=days)
def test_asking_day_by_day_asks_three_times_and_waits_each_time(assured: date, pace: Pace, on: date) -> None:
    asked: list[Question] = []
    for step in range(pace.holds + 10 * pace.wait):
        today = assured + timedelta(days=step)
        if number := freshness.to_be_asked(assured, asked, today, pace):
            assert number == len(asked) + 1
            asked.append(Question(today, told=number == freshness.QUESTIONS))

    assert len(asked) == 3
    assert all((b.on - a.on).days >= pace.wait for a, b in itertools.pairwise(asked))


@pytest.mark.django_db
def test_a_lowered_entry_comes_after_the_others_and_a_hidden_one_is_found_but_not_suggested() -> None:
    make.theme("singing")
    for name, standing in (("Singing A", 3), ("Singing B", 1), ("Singing C", 0)):
        refresh([make.tagged(make.service(name, standing=standing), ["singing"]).pk])

    found = search(Wanted(themes=("singing",)))

    assert found.total == 3
    order = [Service.objects.get(listings=hit.listing).name for hit in found.hits]
    assert order[0] == "Singing C"
    assert sorted(
        ListingTheme.objects.filter(theme="singing").values_list("listing__service__name", flat=True)
    ) == ["Singing B", "Singing C"]


@pytest.mark.django_db
def test_a_marked_entry_says_so_on_its_page_and_card() -> None:
    quiet = make.tagged(make.service("Quiet choir", standing=2, assured_date=MARCH), ["singing"])
    refresh([quiet.pk])

    said = "Nobody has told us since March 2026 that this is still right. Ring before you go."
    assert said in Client().get(quiet.get_absolute_url()).content.decode()
    assert said in Client().get("/directory/?q=choir").content.decode()
