"""What people type into one cell: times, phones, postcodes, addresses, points. Each as it stands, and what it means."""

import pytest

from livingwell.directory.feeds import clean, mixed, words
from livingwell.directory.feeds.clean import silent
from livingwell.directory.feeds.model import Row
from livingwell.directory.feeds.times import meetings
from livingwell.directory.feeds.untangle import untangled

TIMES = {
    "Sat 9-5": "SA 09:00-17:00",
    "Mon-Sat 9am-5pm, closed Sundays": "MO,TU,WE,TH,FR,SA 09:00-17:00",
    "Weekdays 0900-1700": "MO,TU,WE,TH,FR 09:00-17:00",
    "M-F 9am-5pm": "MO,TU,WE,TH,FR 09:00-17:00",
    "24/7": "MO,TU,WE,TH,FR,SA,SU 00:00-00:00",
    "Mon-Fri 24 hours": "MO,TU,WE,TH,FR 00:00-00:00",
    "7 days a week, 9am-9pm": "MO,TU,WE,TH,FR,SA,SU 09:00-21:00",
    "Sat/Sun 10–16": "SA,SU 10:00-16:00",
    "Mon, Wed & Fri from 10": "MO,WE,FR 10:00-",
    "Fridays 7pm til late": "FR 19:00-",
    "Fridays, 7pm to midnight": "FR 19:00-00:00",
    "Thursday evenings 7-9 (booking needed)": "TH 19:00-21:00 booking needed",
    "Tuesdays 10am-12pm (term time only)": "TU 10:00-12:00 in term",
    "Term-time Mondays 3.30-5pm": "MO 15:30-17:00 in term",
    "Tuesday 10-12 except bank holidays": "TU 10:00-12:00 not on bank holidays",
    "Mon 9am-5pm Tue 10am-4pm Wed closed": "MO 09:00-17:00; TU 10:00-16:00",
    "Friday 12 noon - 2pm": "FR 12:00-14:00",
    "Mon–Thu 0900–1700hrs": "MO,TU,WE,TH 09:00-17:00",
    "Weds, 13:00 - 14:30 hrs": "WE 13:00-14:30",
    "Open daily 8am–8pm": "MO,TU,WE,TH,FR,SA,SU 08:00-20:00",
    "We meet on Mondays 2-4pm": "MO 14:00-16:00",
}


@pytest.mark.parametrize("said", TIMES)
def test_days_and_times_as_people_write_them(said: str) -> None:
    found, unread = meetings(said)
    told = [
        " ".join(
            filter(
                None,
                [
                    each["byday"],
                    f"{each['opens_at']:%H:%M}-{each['closes_at'][:5]}",
                    each.get("notes", ""),
                    "in term" if each.get("term_time") else "",
                    "not on bank holidays" if each.get("bank_holidays") == "closed" else "",
                ],
            )
        )
        for each in ({**one, "closes_at": str(one["closes_at"] or "")} for one in found)
    ]
    assert "; ".join(told) == TIMES[said]
    assert unread == []


@pytest.mark.parametrize(
    "said", ["9:00am til late", "Lunchtimes", "Closed Mondays", "Tuesday 7-9", "by appointment"]
)
def test_days_and_times_that_say_too_little_stay_words(said: str) -> None:
    assert meetings(said) == ([], [said])


PHONES = {
    "020 7946 0001 or 020 7946 0002": [("020 7946 0001", ""), ("020 7946 0002", "")],
    "Call 020 7946 0001, text 07700 900123": [("020 7946 0001", ""), ("07700 900123", "text")],
    "Tel: 02079460001 Fax: 02079460009": [("02079460001", ""), ("02079460009", "fax")],
    "0207 946 0001 ext 23": [("0207 946 0001", "23")],
    "07700900123 ask for Ann": [("07700900123", "ask for Ann")],
    "02079460001 02079460002": [("02079460001", ""), ("02079460002", "")],
    "02079460001/2": [("02079460001", ""), ("02079460002", "")],
    "07700 900123 - Ann\n07700 900124 - Bob": [("07700 900123", "Ann"), ("07700 900124", "Bob")],
    "Ann 07700 900123, Bob 07700 900124": [("07700 900123", "Ann"), ("07700 900124", "Bob")],
    "020 7946 0001 (Mon-Fri 9-5)": [("020 7946 0001", "Mon-Fri 9-5")],
    "+44 (0)20 7946 0001": [("+44 (0)20 7946 0001", "")],
    "0800 11 11 11": [("0800 11 11 11", "")],
    "116 123": [("116 123", "")],
}


@pytest.mark.parametrize("said", PHONES)
def test_phones_as_people_write_them(said: str) -> None:
    rows = [one for one in untangled([Row("phone", {"number": said}, "x", 1, "1")]) if isinstance(one, Row)]
    told = [
        (
            one.values["number"],
            one.values.get("description") or one.values.get("extension") or one.values.get("type") or "",
        )
        for one in rows
    ]
    assert told == PHONES[said]


@pytest.mark.parametrize(
    ("said", "meant"),
    [("sw21bx", "SW2 1BX"), ("SW2 lBX", "SW2 1BX"), ("sw2-1bx", "SW2 1BX"), ("S W 2 1 B X", "SW2 1BX"),
     ("SE1O OAA", "SE10 0AA"),
     ("NW1O 5AA", "NW10 5AA"), ("W1A OAX", "W1A 0AX"), ("EC1A IBB", "EC1A 1BB"),
     ("London SW2 1BX", "SW2 1BX"), ("W1S 2AA", "W1S 2AA"),
     ("SW2 1BX, SE1 2AA", "SW2 1BX"), ("GIR 0AA", "GIR 0AA"), ("SW2", "SW2"), ("12345", "12345"), ("D02 X285",
     "D02 X285")],
)  # fmt: skip
def test_postcodes_as_people_write_them(said: str, meant: str) -> None:
    assert words.postcode(said, silent) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [("info at example dot org", "info@example.org"), ("name[at]example.org", "name@example.org"),
     ("ann @ example.org", "ann@example.org"), ("ann (at) example (dot) org.uk", "ann@example.org.uk"), ("N/A", ""),
     ("look at our website", ""), ("Meet at 5pm. Bring food", ""), ("ann@example", "")],
)  # fmt: skip
def test_e_mail_addresses_as_people_write_them(said: str, meant: str) -> None:
    assert clean.email(said, silent) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [("http//example.org", "http://example.org"), ("https://https://example.org", "https://example.org"),
     ("http:/example.org/a", "http://example.org/a"), ("example.org/http-guide", "http://example.org/http-guide"),
     ("http://x.org/?u=http://y.org", "http://x.org/?u=http://y.org"), ("none", ""), ("javascript:alert(1)", "")],
)  # fmt: skip
def test_web_addresses_as_people_write_them(said: str, meant: str) -> None:
    assert clean.url(said, silent) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [("TQ 310 745", (51.4548, -0.1153)), ("TQ310745", (51.4548, -0.1153)), ("51.46N, 0.11W", (51.46, -0.11)),
     ("POINT (-0.11 51.46)", (51.46, -0.11)), ('{"lon": -0.11, "lat": "51.46"}', (51.46, -0.11))],
)  # fmt: skip
def test_points_as_people_write_them(said: str, meant: tuple[float, float]) -> None:
    assert mixed.point(said) == pytest.approx(meant, abs=0.0001)


def test_metres_in_the_sea_are_no_place() -> None:
    assert mixed.metres("11", "5146") is None
