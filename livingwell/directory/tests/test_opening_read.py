"""Opening times as people write them."""

from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livingwell.directory.opening import DAYS, Times
from livingwell.directory.opening_read import read, rows
from livingwell.directory.opening_words import when

TODAY = date(2026, 11, 25)
WEEK = "MO,TU,WE,TH,FR"


@pytest.mark.parametrize(
    ("words", "times"),
    [
        ("Mon-Fri 9.30am - 5pm", Times("WEEKLY", WEEK, opens_at=time(9, 30), closes_at=time(17))),
        (
            "Monday to Friday 9am to 5pm, not on bank holidays",
            Times("WEEKLY", WEEK, opens_at=time(9), closes_at=time(17), bank_holidays="closed"),
        ),
        (
            "first Tuesday of the month 6pm to 8pm (term time only)",
            Times("MONTHLY", "1TU", opens_at=time(18), closes_at=time(20), term_time=True),
        ),
        (
            "Tuesdays 10am to 12 noon, 6 weeks from 12 January",
            Times("WEEKLY", "TU", opens_at=time(10), closes_at=time(12), count=6, dtstart=date(2027, 1, 12)),
        ),
        (
            "Saturday 5 December 2026, 2pm to 4pm",
            Times(dtstart=date(2026, 12, 5), opens_at=time(14), closes_at=time(16)),
        ),
        ("5/12/2026", Times(dtstart=date(2026, 12, 5))),
        ("24 hours, every day", Times("WEEKLY", ",".join(DAYS), opens_at=time(0), closes_at=time(0))),
        ("24/7", Times("WEEKLY", ",".join(DAYS), opens_at=time(0), closes_at=time(0))),
        ("Closed 25th December", Times(closed=True, dtstart=date(2026, 12, 25))),
        (
            "closed 24 december to 2 january",
            Times(closed=True, valid_from=date(2026, 12, 24), valid_to=date(2027, 1, 2)),
        ),
        ("Closed every Monday", Times("WEEKLY", "MO", closed=True)),
        (
            "Wednesdays 7pm-9pm from 1 March to 31 May",
            Times(
                "WEEKLY", "WE", opens_at=time(19), closes_at=time(21),
                valid_from=date(2027, 3, 1), valid_to=date(2027, 5, 31),
            ),
        ),
        ("Fridays 10pm to 2am", Times("WEEKLY", "FR", opens_at=time(22), closes_at=time(2))),
        (
            "Bank holidays 10am to 2pm",
            Times("WEEKLY", ",".join(DAYS), opens_at=time(10), closes_at=time(14), bank_holidays="only"),
        ),
    ],
)  # fmt: skip
def test_a_line_is_read_as_it_is_meant(words: str, times: Times) -> None:
    said = read(words, on=TODAY)

    assert not said.unread
    assert said.times == (times,)


def test_a_line_about_bank_holidays_holds_for_all_the_others() -> None:
    said = read("Monday 9am to 5pm\nTuesday 1pm to 5pm\nclosed on bank holidays", on=TODAY)

    assert [times.bank_holidays for times in said.times] == ["closed", "closed"]


@pytest.mark.parametrize(
    ("words", "part_of_advice"),
    [
        ("whenever we feel like it", "Write the days, then the hours"),
        ("Closed for a bit", "When is it closed"),
        ("31 February 2027, 2pm to 3pm", "There is no"),
        ("Monday 5 December 2026, 2pm to 4pm", "another day of the week"),
        ("Saturday 5 December 2026, sometime", "could not read the hours"),
        ("Mondays 10am to noon, 0 times from 12 January", "How many times"),
        ("Mondays 2pm to 3pm from 5 May 2027 to 1 May 2026", "before the first"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line_and_what_to_do(words: str, part_of_advice: str) -> None:
    said = read(f"Sunday 2pm to 3pm\n{words}", on=TODAY)

    assert [(each.number, each.words) for each in said.unread] == [(2, words)]
    assert part_of_advice in said.unread[0].advice
    assert len(said.times) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            "Mon 9:30-12:30 and 1:30-4:30",
            ["Every Monday, 9:30am to 12:30pm", "Every Monday, 1:30pm to 4:30pm"],
        ),
        ("Tuesday 9:30-5:00", ["Every Tuesday, 9:30am to 5pm"]),
        ("10 til 2 Tuesday", ["Every Tuesday, 10am to 2pm"]),
        ("alternate Wednesdays 7pm", ["Every 2 weeks on Wednesday, from 7pm"]),
        ("10-2 mon wed fri", ["Mondays, Wednesdays and Fridays, 10am to 2pm"]),
        ("9pm-2am Fri", ["Every Friday, 9pm to 2am"]),
        ("closed Christmas Day", ["Closed on Friday 25 December 2026"]),
        ("Mon 10-12; term time only", ["Every Monday, 10am to noon, in term time only"]),
    ],
)
def test_what_people_write_in_a_hurry_is_said_back_as_they_mean_it(words: str, said: list[str]) -> None:
    understood = read(words, on=TODAY)

    assert not understood.unread
    assert sorted(when(understood.times)) == sorted(said)


@pytest.mark.parametrize(
    ("words", "part_of_advice"),
    [
        ("Mon 25:00-26:00", "Write the days, then the hours"),
        ("Tues 2-4, first of the month", "Write the days, then the hours"),
        ("Monday 7:30-9:30", "Write the days, then the hours"),  # morning or evening?
        ("Mon 10am-99pm", "Write the days, then the hours"),
        ("term time only", "days and hours too"),
        ("closed bank holidays", "days and hours too"),
        ("by appointment", "under “How to get in”"),
        ("31 february", "There is no 31 February"),
    ],
)
def test_what_could_mean_two_things_or_nothing_is_not_guessed_and_not_dropped(
    words: str, part_of_advice: str
) -> None:
    said = read(words, on=TODAY)

    assert said.times == ()
    assert [each.words for each in said.unread] == [words]
    assert part_of_advice in said.unread[0].advice


quarters = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))
some_days = st.dates(date(2026, 11, 25), date(2030, 12, 31))
limits = st.fixed_dictionaries(
    {"bank_holidays": st.sampled_from(["", "open", "closed"]), "term_time": st.booleans()}
)
weekly = st.builds(
    lambda days, opens, closes, limits: Times(
        "WEEKLY", ",".join(sorted(days, key=DAYS.index)), opens_at=opens, closes_at=closes, **limits
    ),
    st.sets(st.sampled_from(DAYS), min_size=1), quarters, quarters, limits,
)  # fmt: skip
monthly = st.builds(
    lambda number, day, opens, closes, limits: Times(
        "MONTHLY", f"{number}{day}", opens_at=opens, closes_at=closes, **limits
    ),
    st.sampled_from([1, 2, 3, 4, -1]), st.sampled_from(DAYS), quarters, quarters, limits,
)  # fmt: skip
once = st.builds(
    lambda day, opens, closes: Times(dtstart=day, opens_at=opens, closes_at=closes),
    some_days,
    quarters,
    quarters,
)
shut = st.builds(
    lambda first, last: Times(closed=True, valid_from=min(first, last), valid_to=max(first, last)),
    some_days,
    some_days,
)
course = st.builds(
    lambda times, count, day: replace(times, count=count, dtstart=day), weekly, st.integers(1, 60), some_days
)
season = st.builds(
    lambda times, first, last: replace(times, valid_from=min(first, last), valid_to=max(first, last)),
    weekly, some_days, some_days,
)  # fmt: skip
fortnight = st.builds(lambda times, day: replace(times, interval=2, dtstart=day), weekly, some_days)


@given(st.one_of(weekly, monthly, once, shut, course, season, fortnight))
def test_what_is_said_can_be_read_back(times: Times) -> None:
    words = when([times])
    said = read("\n".join(words), on=TODAY)

    assert not said.unread, words
    assert when(said.times) == words


@given(st.text(max_size=200))
def test_nothing_that_is_typed_makes_it_fall_over(words: str) -> None:
    said = read(words, on=TODAY)

    assert len(said.unread) <= words.count("\n") + words.count(";") + 1


def test_rows_hold_only_what_is_said() -> None:
    assert rows(read("Mondays 2pm to 3pm", on=TODAY).times) == [
        {"freq": "WEEKLY", "byday": "MO", "interval": 1, "opens_at": time(14), "closes_at": time(15)}
    ]
