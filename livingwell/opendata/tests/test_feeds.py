"""Sessions for OpenActive, calendars, and the package of tables."""

import io
import json
import zipfile
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from django.db import connection
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from livingwell.directory.actions.importing import Named, take
from livingwell.directory.actions.tables import MODELS
from livingwell.directory.feeds.detect import detect
from livingwell.directory.models import Accessibility, Organization, Schedule, Service, ServiceTheme
from livingwell.directory.tests.entries import BRIXTON, place_name, refreshed, service, weekly
from livingwell.opendata import activities as known_activities
from livingwell.opendata.activities import LIST
from livingwell.opendata.models import Change
from livingwell.opendata.queries.tables import FILES
from livingwell.opendata.queries.terms import THEMES
from livingwell.opendata.shapes import columns
from livingwell.opendata.tests.make import everything
from livingwell.opendata.tests.standards import SHARED
from livingwell.themes.vocabulary import vocabulary

pytestmark = pytest.mark.django_db
SERIES = "/open/openactive/session-series"
LONDON = ZoneInfo("Europe/London")


# OpenActive


@cache
def model(name: str) -> dict[str, Any]:
    file = SHARED / f"openactive/2.x/{'rpde' if name.startswith('Feed') else 'models'}/{name}.json"
    if not file.exists():
        pytest.skip(f"The published models are not at {SHARED}: set LIVINGWELL_SHARED.")
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    if parent := found.get("subClassOf"):
        above = model(parent.removeprefix("#"))
        found["fields"] = above["fields"] | found["fields"]
    return found


def objections(thing: dict[str, Any], name: str = "") -> list[str]:
    """What the model of its type objects to: fields that are missing, unknown or must not be there; at any depth."""
    name = name or thing["@type"]
    said = model(name)
    own = {key.replace("@", "") for key in thing} | {"type"} - {"context"}
    found = [f"{name} lacks {field}" for field in said.get("requiredFields") or () if field not in own]
    found += [f"{name} must not have {field}" for field in said.get("shallNotInclude") or () if field in own]
    found += [
        f"{name} has none of {choice['options']}"
        for choice in said.get("requiredOptions") or ()
        if not own & set(choice["options"])
    ]
    found += [
        f"{name} does not know {field}" for field in own - {"type", "id", "context"} - said["fields"].keys()
    ]
    for value in thing.values():
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict) and "@type" in each:
                found += objections(each)
    return found


def feed(path: str = SERIES) -> dict[str, Any]:
    response = Client().get(path.removeprefix("http://testserver"))
    assert response.status_code == 200, response.content
    found: dict[str, Any] = response.json()
    assert objections({"@type": "FeedPage", **found}) == []
    for item in found["items"]:
        assert objections({"@type": "FeedItem", **{k: v for k, v in item.items() if k != "data"}}) == []
        assert ("data" in item) == (item["state"] == "updated")
    return found


def session(name: str = "Effra choir") -> Service:
    made = service(name, at=BRIXTON, postcode="SW2 1JG", kind="group", kind_by_hand=True)
    weekly(made, "MO", "18:30", "20:00", valid_from=date(2026, 1, 5), bank_holidays="closed")
    return made


def test_a_session_is_as_the_models_of_openactive_have_it() -> None:
    everything()
    session()
    items = feed()["items"]

    assert {item["data"]["name"] for item in items} == {"Effra <Gospel> Choir", "Effra choir"}
    for item in items:
        assert objections(item["data"]) == []
        assert item["data"]["eventSchedule"]
    choir = next(item["data"] for item in items if item["data"]["name"] == "Effra choir")
    assert choir["eventSchedule"][0]["byDay"] == ["https://schema.org/Monday"]
    assert choir["eventSchedule"][0]["repeatFrequency"] == "P1W"
    assert all(date.fromisoformat(day).weekday() == 0 for day in choir["eventSchedule"][0]["exceptDate"])
    assert choir["location"]["geo"]["latitude"] == BRIXTON[0]


def test_a_session_is_found_by_the_activities_of_openactives_list() -> None:
    mixed = service(
        "Chair yoga and Tai-Chi",
        "Stretch a little",
        at=BRIXTON,
        kind="group",
        kind_by_hand=True,
        themes=("yoga",),
    )
    knitting = service("Stitch", at=BRIXTON, kind="group", kind_by_hand=True, themes=("knitting",))
    for made in (mixed, knitting):
        weekly(made, "MO", "10:00", "11:00")
    data = {item["data"]["name"]: item["data"] for item in feed()["items"]}

    said = data["Chair yoga and Tai-Chi"]
    assert {each["prefLabel"] for each in said["activity"]} == {"Yoga", "Tai Chi", "Chair Yoga"}
    assert {each["inScheme"] for each in said["activity"]} == {LIST}
    assert [each["prefLabel"] for each in said["category"]] == ["Yoga, tai chi and stretching"]
    assert [each["prefLabel"] for each in data["Stitch"]["activity"]] == ["Knitting and crochet"]
    assert all(objections(each) == [] for each in data.values())


def test_our_activities_are_openactives_by_name_and_id() -> None:
    file = SHARED / "openactive/activity-list.jsonld"
    if not file.exists():
        pytest.skip(f"OpenActive's activity list is not at {SHARED}: set LIVINGWELL_SHARED.")
    theirs = {each["identifier"]: each["prefLabel"] for each in json.loads(file.read_text())["concept"]}
    ours = yaml.safe_load(Path(known_activities.__file__).with_suffix(".yaml").read_text())

    for themes in ours.values():
        assert themes.keys() <= vocabulary().themes.keys()
        for listed in themes.values():
            assert {theirs[known]: known for known in listed.values()} == listed


def test_who_follows_next_sees_each_change_once_and_what_went_as_deleted() -> None:
    kept, closed, deleted = session("Kept"), session("Closed"), session("Deleted")
    service("No session")
    first = feed()
    assert {item["data"]["name"] for item in first["items"]} == {"Kept", "Closed", "Deleted"}
    assert feed(first["next"])["items"] == []
    assert feed(first["next"])["next"] == first["next"]

    Service.objects.filter(pk=closed.pk).update(status="defunct")
    pk = deleted.pk
    deleted.schedules.all().delete()
    deleted.service_at_locations.all().delete()
    deleted.delete()
    kept.schedules.update(opens_at="19:00")
    second = feed(first["next"])

    assert {(item["id"], item["state"]) for item in second["items"]} == {
        (str(kept.pk), "updated"), (str(closed.pk), "deleted"), (str(pk), "deleted"),
    }  # fmt: skip
    moments = [item["modified"] for item in (*first["items"], *second["items"])]
    assert moments == sorted(moments)
    assert all(isinstance(moment, int) for moment in moments)


@pytest.mark.parametrize(
    "query", ["afterTimestamp=x", "afterTimestamp=-1", "afterTimestamp=1&afterId=7", "afterId=x"]
)
def test_a_place_in_the_feed_that_is_none_is_said(query: str) -> None:
    assert Client().get(f"{SERIES}?{query}").status_code == 400


# Calendars


def events(path: str) -> list[Any]:
    response = Client().get(path)
    assert response.status_code == 200, response.content
    assert response.headers["Content-Type"].startswith("text/calendar")
    read = Calendar.from_ical(response.content)
    assert read.errors == []
    return list(read.walk("VEVENT"))


def test_the_calendar_of_a_service_parses_back_with_its_rule_zone_and_days_off() -> None:
    made = session()
    today = timezone.now().astimezone(LONDON).date()
    closed = today + timedelta(days=(7 - today.weekday()) % 7 + 7)
    Schedule.objects.create(service=made, closed=True, dtstart=closed)
    response = Client().get(f"/open/calendar/services/{made.pk}.ics")
    (event,) = events(f"/open/calendar/services/{made.pk}.ics")

    assert b"DTSTART;TZID=Europe/London:20260105T183000" in response.content
    assert b"BEGIN:VTIMEZONE" in response.content
    assert event["RRULE"].to_ical() == b"FREQ=WEEKLY;INTERVAL=1;BYDAY=MO"
    off = [each.dt for part in _listed(event["EXDATE"]) for each in part.dts]
    assert datetime(closed.year, closed.month, closed.day, 18, 30, tzinfo=LONDON) in off
    assert event["SUMMARY"] == "Effra choir"
    assert "SW2 1JG" in event["LOCATION"]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def test_odd_times_make_a_calendar_too() -> None:
    made = service("Odd", at=BRIXTON)
    for times in (
        {"freq": "WEEKLY", "byday": "FR", "opens_at": "22:00", "closes_at": "02:00"},
        {"freq": "WEEKLY", "byday": "MO", "interval": 2},  # which week, nobody knows
        {"freq": "MONTHLY", "byday": "-1SA,2TU", "opens_at": "10:00", "valid_to": date(2030, 1, 1)},
        {"freq": "MONTHLY", "bymonthday": "31", "opens_at": "00:00", "closes_at": "23:59"},
        {"freq": "WEEKLY", "bank_holidays": "only", "byday": "MO", "opens_at": "12:00", "closes_at": "14:00"},
        {"freq": "WEEKLY", "byday": "TH", "dtstart": date(2026, 1, 1), "count": 4, "opens_at": "10:00"},
        {"dtstart": date(2026, 6, 6)},
        {"description": "Ask at the door"},
    ):
        Schedule.objects.create(service=made, **times)
    found = events(f"/open/calendar/services/{made.pk}.ics")
    rules = [event["RRULE"].to_ical().decode() for event in found if "RRULE" in event]

    assert sorted(rules) == [
        "FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=31",
        "FREQ=MONTHLY;UNTIL=20300101T235959Z;INTERVAL=1;BYDAY=-1SA,2TU",
        "FREQ=WEEKLY;COUNT=4;INTERVAL=1;BYDAY=TH",
        "FREQ=WEEKLY;INTERVAL=1;BYDAY=FR",
    ]
    night = next(event for event in found if "RRULE" in event and b"FR" in event["RRULE"].to_ical())
    assert night["DTEND"].dt - night["DTSTART"].dt == timedelta(hours=4)


def test_a_place_and_a_search_have_calendars() -> None:
    made = session()
    place_name("sw21jg", "SW2 1JG", BRIXTON)
    refreshed()
    place = made.service_at_locations.get().location_id

    assert [event["SUMMARY"] for event in events(f"/open/calendar/places/{place}.ics")] == ["Effra choir"]
    assert [event["SUMMARY"] for event in events("/open/calendar/search.ics?search=choir&day=MO")] == [
        "Effra choir"
    ]
    assert events("/open/calendar/search.ics?search=choir&day=TU") == []
    assert Client().get(f"/open/calendar/places/{made.pk}.ics").status_code == 404
    assert Client().get("/open/calendar/search.ics?day=x").json()["parameter"] == "day"


# The package


def package() -> bytes:
    response = Client().get("/open/package.zip")
    assert response.status_code == 200
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


def kept() -> dict[str, dict[Any, dict[str, Any]]]:
    """All that is published of all rows."""
    return {
        table: {row["id"]: row for row in model_._default_manager.values(*columns(table))}
        for table, model_ in MODELS.items()
    }


def test_our_importer_reads_the_package_back_without_loss(tmp_path: Path) -> None:
    made = everything()
    Organization.objects.filter(pk=made.organization_id).update(
        website="https://effra.example", logo="https://effra.example/logo.svg"
    )
    # As an import leaves it: no mark-up in a name, an address for e-mail where one belongs.
    Service.objects.filter(pk=made.pk).update(name="Effra Gospel Choir", assurer_email="ade@choir.example")
    Accessibility.objects.filter(description="Hearing loop").update(term="hearing-loop", available=True)
    session()
    before = kept()
    file = tmp_path / "package.zip"
    file.write_bytes(package())
    ServiceTheme.objects.all().delete()
    _empty_the_directory()
    report = take(detect(file), Named("back", "Back"), path=str(file))

    assert report.refused == []
    after = kept()
    own = {str(THEMES)}
    for table, rows in before.items():
        assert {pk: after[table].get(pk) for pk in rows} == rows, table
    assert {str(pk) for pk in after["taxonomy"]} - {str(pk) for pk in before["taxonomy"]} == own
    for table in set(before) - {"taxonomy", "taxonomy_term", "attribute"}:
        assert after[table].keys() == before[table].keys(), table


def _empty_the_directory() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE directory_source CASCADE")


def test_the_package_describes_itself() -> None:
    everything()
    with zipfile.ZipFile(io.BytesIO(package())) as archive:
        assert archive.testzip() is None
        said = json.loads(archive.read("datapackage.json"))
        assert {each["path"] for each in said["resources"]} | {"datapackage.json"} == set(archive.namelist())
        for each in said["resources"]:
            head = archive.read(each["path"]).decode().splitlines()[0].split(",")
            assert head == [field["name"] for field in each["schema"]["fields"]]
    assert said["profile"] == "tabular-data-package"
    assert len(FILES) == len(said["resources"])


def test_what_is_no_longer_public_is_not_in_the_package() -> None:
    made = service("Closed long ago", status="defunct", at=BRIXTON)
    weekly(made, "MO", "09:00", "10:00")
    assert package() != b""
    Change.objects.update(closed=timezone.now() - timedelta(days=200))
    with zipfile.ZipFile(io.BytesIO(package())) as archive:
        for name in ("services", "schedules", "service_at_location"):
            assert len(archive.read(f"{name}.csv").splitlines()) == 1
