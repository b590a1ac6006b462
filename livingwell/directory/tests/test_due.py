"""When a source is read next, and what the worker does about it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livingwell.directory import due, tasks
from livingwell.directory.actions import pulling
from livingwell.directory.models import Pull
from livingwell.directory.queries import sources

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_a_source_is_read_at_once_then_on_its_timetable() -> None:
    assert due.next_reading(24, [], at=AT) == AT
    assert due.next_reading(24, [(AT, "done", 0)], at=AT + HOUR) == AT + 24 * HOUR


@pytest.mark.parametrize("outcome", ["running", "part", "stopped"])
def test_what_was_cut_short_goes_on_at_once(outcome: str) -> None:
    assert due.next_reading(24, [(AT - HOUR, outcome, 0)], at=AT) == AT


def test_after_trouble_we_come_back_less_and_less_often_but_never_less_than_usual() -> None:
    waits = [due.next_reading(6, [(AT, "trouble", 0)] * failed, at=AT) - AT for failed in range(1, 6)]
    assert waits == [HOUR, 2 * HOUR, 4 * HOUR, 6 * HOUR, 6 * HOUR]


@given(
    st.integers(1, 744),
    st.lists(
        st.tuples(st.just(AT), st.sampled_from(["done", "trouble", "part"]), st.integers(0, 10**6)),
        max_size=30,
    ),
)
def test_no_source_is_ever_forgotten(every: int, pulls: list[tuple[datetime, str, int]]) -> None:
    longest = max([every * 3600, *(wait for _, _, wait in pulls)])
    assert due.next_reading(every, pulls, at=AT) <= AT + timedelta(seconds=longest)


@pytest.mark.django_db
def test_each_due_source_gets_one_job_and_paused_ones_none() -> None:
    from procrastinate.contrib.django.models import ProcrastinateJob

    for slug in ("new", "read", "paused", "by-hand"):
        way = "hand" if slug == "by-hand" else "api"
        kept = pulling.keep_source(slug, {"name": slug, "url": "https://example.org", "way": way})
        if slug == "read":
            Pull.objects.create(source=kept, started_at=AT, started_by="test", whole=True, outcome="done")
        if slug == "paused":
            pulling.pause(kept, by="test", at=AT)

    assert sources.due(at=AT + HOUR) == ["new"]
    assert sources.due(at=AT + 25 * HOUR) == ["new", "read"]
    tasks.pull_due_sources(0)
    tasks.pull_due_sources(0)
    jobs = ProcrastinateJob.objects.filter(task_name__endswith="pull_source")
    assert sorted(job.args["slug"] for job in jobs) == ["new", "read"]
