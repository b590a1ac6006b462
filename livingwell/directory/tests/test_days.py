"""Days that are not like others: bank holidays, school terms, and days on which a place is closed."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livingwell.directory import opening
from livingwell.directory.days import Calendar, NoTerms, read_terms
from livingwell.directory.opening import DAYS, Times

LONDON = ZoneInfo("Europe/London")
OFFICE = Times("WEEKLY", "MO,TU,WE,TH,FR", opens_at=time(9), closes_at=time(17))
ALWAYS = Times("WEEKLY", ",".join(DAYS), opens_at=time(0), closes_at=time(0))
BOXING_DAY_OFF = "2026-12-28T12:00"  # a Monday in the place of Saturday 26 December
TERMS = Calendar(terms=((date(2026, 9, 1), date(2026, 10, 23)), (date(2026, 11, 2), date(2026, 12, 18))))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("said", "answer"), [("closed", False), ("open", True), ("", None), ("only", True)], ids=str
)
def test_on_a_bank_holiday_it_is_as_its_people_said_or_not_known(said: str, answer: bool | None) -> None:
    assert opening.is_open([replace(OFFICE, bank_holidays=said)], at(BOXING_DAY_OFF)) is answer


def test_on_a_bank_holiday_what_is_closed_at_that_hour_anyway_is_closed() -> None:
    assert opening.is_open([OFFICE], at("2026-12-28T20:00")) is False


def test_a_line_that_never_sleeps_needs_not_say_that_it_is_there_at_christmas() -> None:
    assert opening.is_open([ALWAYS], at("2026-12-25T03:00")) is True


def test_hours_for_bank_holidays_only_hold_on_no_other_day() -> None:
    only = replace(OFFICE, bank_holidays="only")

    assert opening.is_open([only], at("2026-12-29T12:00")) is False


def test_scotland_has_its_own_bank_holidays() -> None:
    second_of_january = date(2026, 1, 2)

    assert Calendar("SCT").bank_holiday(second_of_january)
    assert not Calendar("ENG").bank_holiday(second_of_january)


def test_what_is_closed_from_one_day_to_another_is_closed_on_both() -> None:
    shut = Times(closed=True, valid_from=date(2026, 12, 1), valid_to=date(2026, 12, 2))

    answers = [
        opening.is_open([OFFICE, shut], at(f"2026-{day}T12:00"))
        for day in ("11-30", "12-01", "12-02", "12-03")
    ]

    assert answers == [True, False, False, True]


def test_a_closed_day_does_not_close_what_is_on_that_day_alone() -> None:
    party = Times(dtstart=date(2026, 12, 1), opens_at=time(18), closes_at=time(20))
    shut = Times(closed=True, dtstart=date(2026, 12, 1))

    assert opening.is_open([OFFICE, shut, party], at("2026-12-01T19:00")) is True
    assert opening.is_open([OFFICE, shut, party], at("2026-12-01T12:00")) is False


def test_a_night_that_began_before_a_closed_day_goes_on() -> None:
    night = Times("WEEKLY", "FR", opens_at=time(22), closes_at=time(2))
    shut = Times(closed=True, dtstart=date(2026, 12, 5))

    assert opening.is_open([night, shut], at("2026-12-05T01:00")) is True


def test_a_place_that_only_says_when_it_is_closed_is_not_known_to_be_open() -> None:
    assert opening.is_open([Times(closed=True, dtstart=date(2026, 12, 5))], at("2026-12-04T12:00")) is None


@pytest.mark.parametrize(
    ("day", "answer"), [("2026-11-10", True), ("2026-10-28", False), ("2027-02-01", None)], ids=str
)
def test_in_term_time_only_means_so_where_the_terms_are_known(day: str, answer: bool | None) -> None:
    assert opening.is_open([replace(OFFICE, term_time=True)], at(f"{day}T12:00"), TERMS) is answer


def test_the_next_time_passes_over_days_off_and_days_not_known() -> None:
    shut = Times(closed=True, valid_from=date(2026, 12, 24), valid_to=date(2026, 12, 27))

    ((opens, _closes),) = opening.next_times([OFFICE, shut], at("2026-12-23T18:00"), 1)

    assert opens.astimezone(LONDON) == at("2026-12-29T09:00")  # Monday 28 is a bank holiday: nobody said


def test_exceptions_are_the_days_off_of_the_repeating_rules() -> None:
    rules = [replace(OFFICE, bank_holidays="closed"), Times(closed=True, dtstart=date(2026, 12, 24))]

    assert opening.exceptions(rules, date(2026, 12, 21), date(2026, 12, 31)) == [
        date(2026, 12, 24),
        date(2026, 12, 25),
        date(2026, 12, 28),
    ]


@given(
    st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(LONDON)),  # noqa: DTZ001
)
def test_closing_never_opens_anything(one: date, other: date, moment: datetime) -> None:
    shut = Times(closed=True, valid_from=min(one, other), valid_to=max(one, other))
    before, after = opening.is_open([OFFICE], moment), opening.is_open([OFFICE, shut], moment)

    assert after in (before, False)
    if shut.valid_from and shut.valid_to and shut.valid_from <= moment.date() - timedelta(days=1):
        assert moment.date() > shut.valid_to or after is False


def test_terms_are_read_from_a_file_and_a_bad_line_is_named(tmp_path: Path) -> None:
    file = tmp_path / "terms.csv"
    file.write_text("from,to\n2026-09-01,2026-10-23\n")
    assert read_terms(str(file)) == ((date(2026, 9, 1), date(2026, 10, 23)),)
    assert read_terms("") == ()

    file.write_text("from,to\n2026-09-01,soon\n")
    with pytest.raises(NoTerms, match="soon"):
        read_terms(str(file))
