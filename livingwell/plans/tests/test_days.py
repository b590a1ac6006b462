"""When hard days fall: every calendar day once a year, leap days and clock changes included."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livingwell.core.dates import day_of
from livingwell.plans.days import MOST, Day, months_ahead, said

DATES = st.dates(date(1990, 1, 1), date(2190, 12, 31))
LONDON = ZoneInfo("Europe/London")


@given(DATES, DATES)
def test_a_yearly_day_comes_within_a_year_and_on_its_day(named: date, on: date) -> None:
    comes = Day(named.day, named.month).next(on)
    assert comes
    assert on <= comes <= on + timedelta(days=366)
    if (named.month, named.day) != (2, 29):
        assert (comes.month, comes.day) == (named.month, named.day)


@given(DATES, DATES)
def test_no_time_that_it_comes_is_left_out(named: date, on: date) -> None:
    day = Day(named.day, named.month)
    comes = day.next(on)
    assert comes
    assert day.next(comes) == comes
    assert all(day.in_year(year) >= comes or day.in_year(year) < on for year in (on.year, on.year + 1))


@given(st.integers(1990, 2190), DATES)
def test_a_leap_day_is_kept_on_28_february_in_other_years(year: int, on: date) -> None:
    comes = Day(29, 2).next(on)
    assert comes
    leap = comes.year % 4 == 0 and (comes.year % 100 != 0 or comes.year % 400 == 0)
    assert (comes.month, comes.day) == (2, 29 if leap else 28)
    assert (date(year, 3, 1) - Day(29, 2).in_year(year)).days == 1


@given(DATES, DATES)
def test_a_day_that_comes_once_comes_once(named: date, on: date) -> None:
    comes = Day(named.day, named.month, named.year, yearly=False).next(on)
    assert comes == (named if named >= on else None)


@given(DATES, DATES)
def test_a_yearly_day_does_not_come_before_its_first_year(named: date, on: date) -> None:
    comes = Day(named.day, named.month, named.year).next(on)
    assert comes
    assert comes >= max(named, on)


@given(DATES, DATES, st.integers(0, MOST))
def test_a_day_that_calls_for_somebody_lies_in_a_month_that_is_looked_through(
    named: date, on: date, before: int
) -> None:
    comes = Day(named.day, named.month).next(on)
    assert comes
    if Day(named.day, named.month).touch(comes, before) <= on:
        assert named.month in months_ahead(on, MOST)


@given(st.integers(0, 15 * 365 * 24 * 60))
def test_today_is_what_the_calendar_on_the_wall_says(minutes: int) -> None:
    at = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    assert day_of(at) == at.astimezone(LONDON).date()


@pytest.mark.parametrize("change", [date(2027, 3, 28), date(2026, 10, 25)], ids=["spring", "autumn"])
@pytest.mark.parametrize("hour", [0, 1, 2, 12, 23])
def test_the_days_around_a_change_of_clocks_are_whole_days(change: date, hour: int) -> None:
    """The day before has 23 or 25 hours to the next: still it is tomorrow."""
    eve = datetime(change.year, change.month, change.day, hour, 30, tzinfo=LONDON) - timedelta(days=1)
    assert day_of(eve.astimezone(UTC)) == change - timedelta(days=1)
    assert said(change, day_of(eve.astimezone(UTC))).startswith("tomorrow, Sunday")
    assert said(change + timedelta(days=1), day_of(eve.astimezone(UTC))).endswith("in 2 days")


def test_half_past_eleven_in_the_evening_by_greenwich_is_the_next_day_in_summer() -> None:
    assert day_of(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == date(2026, 7, 2)
    assert day_of(datetime(2026, 12, 1, 23, 30, tzinfo=UTC)) == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("day", "on", "words"),
    [
        (date(2025, 3, 3), date(2025, 2, 26), "Monday 3 March, in 5 days"),
        (date(2025, 3, 3), date(2025, 3, 3), "today, Monday 3 March"),
        (date(2025, 3, 3), date(2025, 3, 2), "tomorrow, Monday 3 March"),
        (date(2025, 3, 3), date(2024, 3, 4), "Monday 3 March 2025"),
        (date(2027, 1, 2), date(2026, 12, 30), "Saturday 2 January, in 3 days"),
    ],
)
def test_a_day_is_said_in_words(day: date, on: date, words: str) -> None:
    assert said(day, on) == words


@pytest.mark.parametrize("day", [Day(31, 6), Day(30, 2), Day(29, 2, 2027), Day(0, 1), Day(1, 13), Day(32, 1)])
def test_a_day_that_is_in_no_calendar_does_not_exist(day: Day) -> None:
    assert not day.exists


@given(DATES)
def test_every_day_of_the_calendar_exists(day: date) -> None:
    assert Day(day.day, day.month, day.year).exists
    assert Day(day.day, day.month).exists
