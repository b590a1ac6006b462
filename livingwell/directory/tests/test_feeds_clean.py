"""Single values as people type and export them."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from livingwell.directory.feeds import clean, dates
from livingwell.directory.feeds.clean import AsWritten, silent
from livingwell.directory.feeds.names import name
from livingwell.directory.feeds.times import days, meetings, opening


class Notes(list[str]):
    """The kinds of mending that were told of."""

    def __call__(self, kind: str, _before: object, _after: object) -> None:
        self.append(kind)


@pytest.mark.parametrize(
    ("written", "kept", "told"),
    [
        ("Come in.", "Come in.", []),
        ("One.\\n\\nTwo.", "One.\n\nTwo.", [clean.LINES]),
        ("We help.\n\n###MON###", "We help.", [clean.MARKS]),
        ("<p>Tea &amp; cake</p><br>Free", "Tea & cake\n\nFree", [clean.TAGS]),
        ("AttorneyGÇÖs Office", "Attorney’s Office", [clean.LETTERS]),
        ("Peopleâ€™s kitchen", "People’s kitchen", [clean.LETTERS]),
        ("5 < 6 > 2", "5 < 6 > 2", []),
        ("a\x00b\ud800c", "abc", []),
        (None, "", []),
        (12, "12", []),
        (["a"], "", [clean.SHAPE]),
    ],
)
def test_texts_lose_what_programs_left_in_them(written: object, kept: str, told: list[str]) -> None:
    notes = Notes()
    assert clean.text(written, notes) == kept
    assert notes == told


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("https://example.org/a?b=c", "https://example.org/a?b=c"),
        ("www.girlscoutsfl.org", "http://www.girlscoutsfl.org"),
        ("example.org/x; www.second.org", "http://example.org/x"),
        ("javascript:alert(1)", ""),
        ("mailto:a@b.org", ""),
        ("releasethesilence", ""),
        ("", ""),
        (False, ""),
    ],
)
def test_web_addresses_lead_somewhere_or_are_left_out(written: object, kept: str) -> None:
    assert clean.url(written, silent) == kept


@pytest.mark.parametrize(
    ("written", "kept"), [("mailto:a@b.org", "a@b.org"), (12345, ""), ("email-example_com", ""), (None, "")]
)
def test_emails_can_be_written_to_or_are_left_out(written: object, kept: str) -> None:
    assert clean.email(written, silent) == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [("18+", 18), (12.0, 12), ("", None), ("-3", None), ("n/a", None), ("99999", None), (True, None)],
)
def test_ages_are_whole_numbers_or_not_known(written: object, kept: int | None) -> None:
    assert clean.whole_number(written, silent) == kept


@pytest.mark.parametrize(
    ("written", "day_first", "kept"),
    [
        ("2026-03-04", True, date(2026, 3, 4)),
        ("2026-03-04T10:00:00Z", True, date(2026, 3, 4)),
        ("3/4/2026", True, date(2026, 4, 3)),
        ("3/4/2026", False, date(2026, 3, 4)),
        ("12/31/2026", True, date(2026, 12, 31)),
        ("31/12/2026", False, date(2026, 12, 31)),
        ("4th March 2026", True, date(2026, 3, 4)),
        ("2026-02-30", True, None),
        ("soon", True, None),
    ],
)
def test_dates_are_read_in_either_order(written: str, day_first: bool, kept: date | None) -> None:
    assert dates.day(written, silent, day_first=day_first) == kept


def test_moments_without_a_zone_are_utc() -> None:
    assert dates.moment("2023-03-15T10:30:45.0Z", silent) == datetime(2023, 3, 15, 10, 30, 45, tzinfo=UTC)
    assert dates.moment("2023-03-15 10:30", silent) == datetime(2023, 3, 15, 10, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "kept"),
    [("£3", Decimal("3.00")), (35, Decimal("35.00")), ("-1", None), ("dear", None), ("1e99", None)],
)
def test_money_is_an_amount_or_not_known(written: object, kept: Decimal | None) -> None:
    assert clean.money(written, silent) == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("GIRL SCOUTS COUNCIL OF TROPICAL FLORIDA, INC.", "Girl Scouts Council of Tropical Florida, Inc."),
        ("YMCA OF GREATER MIAMI", "YMCA of Greater Miami"),
        ("SUPPORTED FOSTER CARE (SFC)", "Supported Foster Care (SFC)"),
        ("CHILDREN'S HOME SOCIETY", "Children's Home Society"),
        ("RONALD MCDONALD HOUSE", "Ronald McDonald House"),
        ("MIND", "MIND"),
        ("Brixton NHS Trust", "Brixton NHS Trust"),
        (AsWritten("PAPYRUS"), "PAPYRUS"),
    ],
)
def test_names_in_capitals_become_quieter(written: str, kept: str) -> None:
    assert name(written, silent) == kept


@pytest.mark.parametrize(
    ("opens", "closes", "kept"),
    [
        ("9:00am", "5:00pm", (time(9), time(17))),
        ("09:00", "17:30:00", (time(9), time(17, 30))),
        ("830am", "6:300pm", (time(8, 30), time(18, 30))),
        ("9:00am", "5:00", (time(9), time(17))),
        ("8:00", "4:00pm", (time(8), time(16))),
        ("6:00", "8:00pm", (time(18), time(20))),
        ("10pm", "2am", (time(22), time(2))),
        ("noon", "midnight", (time(12), time(0))),
        ("6:30am", "12:00pm (dispensing)", (time(6, 30), time(12))),
        ("9", "5", (time(9), time(17))),
        ("whenever", "", (None, None)),
    ],
)
def test_opening_times_in_many_spellings(
    opens: str, closes: str, kept: tuple[time | None, time | None]
) -> None:
    assert opening(opens, closes, silent) == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Monday, Tuesday", "MO,TU"),
        ("mo,tu", "MO,TU"),
        ("1TU", "1TU"),
        ("1 7", "MO,SU"),
        (["MO", "We"], "MO,WE"),
        ("Blursday", ""),
    ],
)
def test_days_as_the_standard_writes_them(written: object, kept: str) -> None:
    assert days(written, silent) == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Monday 18:30-20:00", [("WEEKLY", 1, "MO", time(18, 30), time(20))]),
        ("every 2 weeks Friday 13:30-16:00", [("WEEKLY", 2, "FR", time(13, 30), time(16))]),
        ("first Tuesday of the month 11:00-12:00", [("MONTHLY", 1, "1TU", time(11), time(12))]),
        ("last Friday of the month 6pm", [("MONTHLY", 1, "-1FR", time(18), None)]),
        ("Monday to Friday 9am-5pm", [("WEEKLY", 1, "MO,TU,WE,TH,FR", time(9), time(17))]),
        ("Fri-Mon 10am–noon", [("WEEKLY", 1, "FR,SA,SU,MO", time(10), time(12))]),
        ("1st and 3rd Tuesday of the month 2pm-4pm", [("MONTHLY", 1, "1TU,3TU", time(14), time(16))]),
        (
            "weekdays 10:00-12:00 and 14:00-16:00; Saturdays",
            [
                ("WEEKLY", 1, "MO,TU,WE,TH,FR", time(10), time(12)),
                ("WEEKLY", 1, "MO,TU,WE,TH,FR", time(14), time(16)),
                ("WEEKLY", 1, "SA", None, None),
            ],
        ),
    ],
)
def test_days_and_times_as_people_write_them(written: str, kept: list[tuple[object, ...]]) -> None:
    found, unread = meetings(written)
    assert [tuple(one.values()) for one in found] == kept
    assert unread == []


@pytest.mark.parametrize(
    "written", ["Monday evenings", "Tuesday 7-9", "after church", "every 0 weeks Monday", "Mon 9am, Tue 10am"]
)
def test_days_and_times_that_could_mean_two_things_stay_words(written: str) -> None:
    assert meetings(written) == ([], [written])
