from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil import rrule
from hypothesis import given
from hypothesis import strategies as st

from livingwell.directory import opening, week
from livingwell.directory.opening import DAYS, Times
from livingwell.directory.opening_words import when

LONDON = ZoneInfo("Europe/London")
OFFICE = Times(freq="WEEKLY", byday="MO,TU,WE,TH,FR", opens_at=time(9), closes_at=time(17))
LATE = Times(freq="WEEKLY", byday="FR", opens_at=time(22), closes_at=time(2))
ALWAYS = Times(freq="WEEKLY", byday=",".join(DAYS), opens_at=time(0), closes_at=time(23, 59))
FIRST_TUESDAY = Times(freq="MONTHLY", byday="1TU", opens_at=time(11), closes_at=time(12))
FORTNIGHT = Times(
    freq="WEEKLY", byday="FR", interval=2, dtstart=date(2026, 3, 6), opens_at=time(13, 30), closes_at=time(16)
)
EVENT = Times(dtstart=date(2026, 3, 3), opens_at=time(18, 30), closes_at=time(20))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("times", "moment", "answer"),
    [
        (OFFICE, "2026-03-02T09:00", True),
        (OFFICE, "2026-03-02T08:59", False),
        (OFFICE, "2026-03-02T17:00", False),
        (OFFICE, "2026-03-01T12:00", False),
        (LATE, "2026-03-06T23:00", True),
        (LATE, "2026-03-07T01:59", True),
        (LATE, "2026-03-07T02:00", False),
        (LATE, "2026-03-06T01:00", False),
        (ALWAYS, "2026-03-01T00:00", True),
        (ALWAYS, "2026-03-01T23:59", True),
        (FIRST_TUESDAY, "2026-03-03T11:30", True),
        (FIRST_TUESDAY, "2026-03-10T11:30", False),
        (FORTNIGHT, "2026-03-06T14:00", True),
        (FORTNIGHT, "2026-03-13T14:00", False),
        (FORTNIGHT, "2026-03-20T14:00", True),
        (EVENT, "2026-03-03T19:00", True),
        (EVENT, "2026-03-10T19:00", False),
        (replace(OFFICE, valid_to=date(2026, 2, 27)), "2026-03-02T12:00", False),
        (replace(OFFICE, valid_from=date(2026, 3, 3)), "2026-03-02T12:00", False),
        (replace(OFFICE, valid_from=date(2026, 3, 3)), "2026-03-03T12:00", True),
    ],
)
def test_it_is_open_when_it_says(times: Times, moment: str, answer: bool) -> None:
    assert opening.is_open([times], at(moment)) is answer


@pytest.mark.parametrize(
    "times",
    [
        Times(description="Ring to ask"),
        replace(OFFICE, closes_at=None),
        replace(FORTNIGHT, dtstart=None),
    ],
)
def test_what_is_not_known_is_neither_open_nor_closed(times: Times) -> None:
    assert opening.is_open([times], at("2026-03-06T14:00")) is None
    assert opening.is_open([], at("2026-03-06T14:00")) is None


def test_a_day_that_is_surely_off_is_closed_though_the_hours_are_not_known() -> None:
    assert opening.is_open([replace(OFFICE, closes_at=None)], at("2026-03-01T14:00")) is False


def test_hours_are_by_the_clock_on_the_wall_before_and_after_the_clocks_change() -> None:
    every_day = replace(OFFICE, byday=",".join(DAYS))
    utc = ZoneInfo("UTC")

    assert opening.is_open([every_day], datetime(2026, 3, 28, 9, 0, tzinfo=utc)) is True
    assert opening.is_open([every_day], datetime(2026, 3, 28, 8, 30, tzinfo=utc)) is False
    assert opening.is_open([every_day], datetime(2026, 3, 29, 8, 0, tzinfo=utc)) is True
    assert opening.is_open([every_day], datetime(2026, 3, 29, 16, 0, tzinfo=utc)) is False


def test_a_night_over_the_clock_change_ends_by_the_clock() -> None:
    night = Times(freq="WEEKLY", byday="SA", opens_at=time(20), closes_at=time(8))
    utc = ZoneInfo("UTC")

    assert opening.is_open([night], datetime(2026, 3, 29, 6, 59, tzinfo=utc)) is True
    assert opening.is_open([night], datetime(2026, 3, 29, 7, 0, tzinfo=utc)) is False


def test_the_next_times_come_soonest_first_and_do_not_repeat() -> None:
    found = opening.next_times([FIRST_TUESDAY, OFFICE, OFFICE], at("2026-03-02T12:00"))

    assert [opens.astimezone(LONDON) for opens, _closes in found] == [
        at("2026-03-03T09:00"),
        at("2026-03-03T11:00"),
        at("2026-03-04T09:00"),
    ]


@pytest.mark.parametrize(
    ("schedules", "last"),
    [
        ([EVENT], date(2026, 3, 3)),
        ([EVENT, OFFICE], None),
        ([replace(OFFICE, valid_to=date(2026, 5, 1)), EVENT], date(2026, 5, 1)),
        ([replace(FORTNIGHT, count=3)], date(2026, 4, 3)),
        ([Times(description="Ask")], None),
        ([], None),
    ],
)
def test_something_ends_when_all_its_times_do(schedules: list[Times], last: date | None) -> None:
    assert opening.ends_on(schedules) == last


def test_the_hours_of_the_week_hold_all_that_it_is_open_in() -> None:
    on_sunday_night = Times(freq="WEEKLY", byday="SU", opens_at=time(22), closes_at=time(1, 30))
    assert week.slots([on_sunday_night]) == [0, 1, 6 * 24 + 22, 6 * 24 + 23]
    assert week.slots([ALWAYS]) == list(range(7 * 24))
    assert week.slots([Times(description="Ask")]) == []


hours_of_day = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))
days_of_week = st.lists(st.sampled_from(DAYS), min_size=1, unique=True).map(",".join)
some_times = st.builds(
    Times,
    freq=st.just("WEEKLY"),
    byday=days_of_week,
    interval=st.integers(1, 3),
    opens_at=hours_of_day,
    closes_at=hours_of_day,
    dtstart=st.dates(date(2025, 1, 1), date(2026, 12, 31)),
    bank_holidays=st.just("open"),
)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(ZoneInfo("UTC")))  # noqa: DTZ001


@given(st.lists(some_times, min_size=1, max_size=3), moments)
def test_what_is_open_is_so_within_its_days_and_hours(schedules: list[Times], moment: datetime) -> None:
    if opening.is_open(schedules, moment):
        local = moment.astimezone(LONDON)
        around = 1 << local.weekday() | 1 << (local - timedelta(days=1)).weekday()
        assert opening.weekdays(schedules) & around
        assert local.weekday() * 24 + local.hour in week.slots(schedules)
        assert week.may_be_open(schedules, local.weekday(), local.time(), None)


@given(some_times, moments)
def test_it_is_open_at_the_moment_that_it_next_opens(times: Times, moment: datetime) -> None:
    for opens, closes in opening.next_times([times], moment):
        assert opens >= moment
        assert closes is not None
        assert closes <= opens or opening.is_open([times], opens)


@given(some_times, st.dates(date(2026, 1, 1), date(2026, 12, 1)))
def test_the_days_are_those_of_icalendar(times: Times, start: date) -> None:
    first = datetime.combine(times.dtstart or start, time())
    rule = rrule.rrule(
        rrule.WEEKLY,
        dtstart=first,
        interval=times.interval,
        byweekday=[DAYS.index(day) for day in times.byday.split(",")],
    )
    expected = {day.date() for day in rule.between(*_whole_days(start, 30), inc=True)}
    found = {
        opens.astimezone(LONDON).date()
        for opens, _ in opening.next_times([times], datetime.combine(start, time(), LONDON), most=100)
    }

    assert {day for day in found if day <= start + timedelta(days=30)} == expected


def _whole_days(start: date, days: int) -> tuple[datetime, datetime]:
    first = datetime.combine(start, time())
    return first, first + timedelta(days=days)


@pytest.mark.parametrize(
    ("schedules", "words"),
    [
        ([OFFICE], ["Monday to Friday, 9am to 5pm"]),
        ([replace(OFFICE, byday=day) for day in ("WE", "MO", "TU")], ["Monday to Wednesday, 9am to 5pm"]),
        ([FIRST_TUESDAY], ["First Tuesday of the month, 11am to noon"]),
        (
            [replace(FIRST_TUESDAY, byday="2TU,-1TH")],
            ["Second Tuesday and last Thursday of the month, 11am to noon"],
        ),
        ([ALWAYS], ["Every day, all day"]),
        ([FORTNIGHT], ["Every 2 weeks on Friday, 1:30pm to 4pm, starting Friday 6 March 2026"]),
        ([EVENT], ["Tuesday 3 March 2026, 6:30pm to 8pm"]),
        ([LATE, replace(OFFICE, byday="SA")], ["Every Friday, 10pm to 2am", "Every Saturday, 9am to 5pm"]),
        ([replace(OFFICE, byday="MO,TH", closes_at=time(0))], ["Mondays and Thursdays, 9am to midnight"]),
        ([replace(OFFICE, closes_at=None)], ["Monday to Friday, from 9am"]),
        (
            [replace(OFFICE, valid_to=date(2026, 5, 1))],
            ["Monday to Friday, 9am to 5pm, until Friday 1 May 2026"],
        ),
        ([Times(description="In the evening, on some days.")], ["In the evening, on some days."]),
        ([Times(freq="MONTHLY", bymonthday="15")], ["On day 15 of the month"]),
        ([], []),
    ],
)
def test_times_are_said_as_people_say_them(schedules: list[Times], words: list[str]) -> None:
    assert when(schedules) == words
