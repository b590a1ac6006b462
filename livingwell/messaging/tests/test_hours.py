"""Quiet hours on London's clocks, whatever the clocks do."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from livingwell.messaging.hours import LONDON, Quiet

NIGHTS = Quiet(time(21), time(8))
MOMENTS = st.integers(0, 3 * 365 * 24 * 60).map(
    lambda past: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=past)
)


@given(MOMENTS)
def test_it_is_over_in_the_morning_at_the_latest(at: datetime) -> None:
    over = NIGHTS.over(at)
    assert at <= over <= at + timedelta(hours=12)  # eleven hours, and one more when the clocks go back
    assert not NIGHTS.holds(over)
    if NIGHTS.holds(at):
        assert over.astimezone(LONDON).time() == time(8)
        assert NIGHTS.holds(over - timedelta(minutes=1))
    else:
        assert over == at


@given(MOMENTS, st.times(), st.times())
def test_any_quiet_hours_end(at: datetime, start: time, end: time) -> None:
    hours = Quiet(start.replace(second=0, microsecond=0), end.replace(second=0, microsecond=0))
    assert at <= hours.over(at) <= at + timedelta(hours=26)


def test_the_clocks_go_forward_and_back_in_the_night() -> None:
    spring = datetime(2027, 3, 27, 22, tzinfo=UTC)
    assert NIGHTS.over(spring) == datetime(2027, 3, 28, 7, tzinfo=UTC)
    autumn = datetime(2027, 10, 30, 21, tzinfo=UTC)
    assert NIGHTS.over(autumn) == datetime(2027, 10, 31, 8, tzinfo=UTC)
