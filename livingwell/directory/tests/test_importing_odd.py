"""Taking in what is not as it should be: rows refused, mended or odd; and the command that reports it."""

import json
from collections.abc import Iterable
from datetime import time
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from livingwell.directory.feeds.columns import COLUMNS
from livingwell.directory.models import (
    CostOption,
    Location,
    Schedule,
    Service,
    ServiceAtLocation,
)
from livingwell.directory.tests.test_importing import CHOIR, listed, take

pytestmark = pytest.mark.django_db


def package(folder: Path, **tables: Iterable[str]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, lines in tables.items():
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n")
    return folder


def test_rows_that_cannot_be_taken_are_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    folder = package(
        tmp_path / "package",
        organizations=["id,name", "1,Friends", "2,"],
        services=[
            "id,organization_id,name,minimum_age,maximum_age",
            "1,1,Choir,60,5",
            "2,1,",
            "1,1,Choir,60,5",
            "1,1,Other,,",
        ],
        locations=["id,name,latitude,longitude", "1,Hall,100,101"],
        service_at_location=["id,service_id,location_id", "1,1,1", "2,1,9", "3,1,1", "4,,1"],
        phones=["id,service_id,number", "1,1,ask", "2,8,020", "3,1,020 7946 0000"],
        schedules=["id,service_id,freq,byday,opens_at,closes_at", "1,1,DAILY,,22:00,02:00"],
    )

    report = take(folder)

    assert report.adds_up
    assert {(one.table, one.line): one.reason for one in report.refused} == {
        ("organization", 3): "It has no name, and an organization nobody can name cannot be found.",
        ("service", 3): "It has no name, and a service nobody can name cannot be found.",
        ("service_at_location", 3): "Its location is not in the feed, or was not taken.",
        ("service_at_location", 5): "It does not say which service it belongs to.",
        ("phone", 2): "It has no number in it.",
        ("phone", 3): "Its service is not in the feed, or was not taken.",
    }
    assert (report.records["service"].taken, report.records["service"].repeated) == (1, 2)
    assert report.records["service_at_location"].repeated == 1
    service = Service.objects.get()
    assert (service.name, service.minimum_age, service.maximum_age) == ("Choir", 5, 60)
    assert Location.objects.values_list("latitude", "longitude").get() == (None, None)
    schedule = Schedule.objects.get()
    assert (schedule.freq, len(schedule.byday.split(",")), schedule.closes_at) == ("WEEKLY", 7, time(2))


def test_one_number_on_several_rows_does_not_lose_one(tmp_path: Path) -> None:
    folder = package(
        tmp_path / "package",
        organizations=["id,name", "1,Friends"],
        services=["id,organization_id,name", "1,1,Choir"],
        languages=["id,service_id,name", "1,1,Urdu", "1,1,Polish", "1,1,Urdu"],
    )
    report = take(folder)
    assert sorted(Service.objects.get().languages.values_list("name", flat=True)) == ["Polish", "Urdu"]
    assert (report.records["language"].taken, report.records["language"].repeated) == (2, 1)
    assert take(folder).changes == 0


def test_a_location_is_used_once_by_a_service_even_if_its_link_changes_its_id(tmp_path: Path) -> None:
    tables: dict[str, list[str]] = {
        "organizations": ["id,name", "1,Friends"],
        "services": ["id,organization_id,name", "1,1,Choir"],
        "locations": ["id,name", "1,Hall"],
    }
    take(package(tmp_path / "package", **tables, service_at_location=["id,service_id,location_id", "1,1,1"]))
    kept = ServiceAtLocation.objects.get().pk
    take(package(tmp_path / "package", **tables, service_at_location=["id,service_id,location_id", "77,1,1"]))
    assert ServiceAtLocation.objects.get().pk == kept


def test_the_command_reports_in_text_and_in_json(tmp_path: Path) -> None:
    path, report = listed(tmp_path, CHOIR), tmp_path / "report.json"
    out = StringIO()
    call_command("import_directory", path, source="Our list!", name="Our list", report=report, stdout=out)
    told = json.loads(report.read_text())
    assert "services" in out.getvalue()
    assert (told["source"], told["records"]["service"]["taken"], told["dry_run"]) == ("our-list", 1, False)
    assert Service.objects.get().source.name == "Our list"


def test_the_command_tells_in_one_sentence_what_it_cannot_read(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no file or folder"):
        call_command("import_directory", tmp_path / "nowhere.csv")


ODD = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        ["", "a", "yes", "51.4", "-0.1", "999", "Monday 9am-5pm", "£3", "free", "2026-01-01", "x.org", "\x00"]
    ),
)


@settings(max_examples=15, deadline=None, suppress_health_check=[*HealthCheck])
@given(st.lists(st.lists(ODD, min_size=len(COLUMNS), max_size=len(COLUMNS)), min_size=1, max_size=4))
def test_the_database_takes_or_is_spared_whatever_a_list_holds(tmp_path: Path, rows: list[list[str]]) -> None:
    cleaned = [
        {
            column: cell.replace('"', "'").encode("utf-8", "ignore").decode()
            for column, cell in zip(COLUMNS, row, strict=True)
        }
        for row in rows
    ]
    report = take(listed(tmp_path, *cleaned), dry_run=True)
    assert report.adds_up
    assert not [one for one in report.refused if "database" in one.reason]


def test_no_amount_is_lost_on_the_way(tmp_path: Path) -> None:
    take(listed(tmp_path, CHOIR | {"cost": "free", "cost_note": "Bring a mug."}))
    assert CostOption.objects.values_list("amount", "amount_description").get() == (
        Decimal(0),
        "Bring a mug.",
    )


def test_a_file_taken_bit_by_bit_says_the_same_as_one_taken_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from livingwell.directory.feeds import gather, json_files

    shared = {"id": "o1", "name": "Friends"}
    services = [
        {
            "id": f"s{number}", "name": f"Choir {number}", "status": "active", "organization": shared,
            "phones": [{"id": f"p{number}", "number": f"020 7946 0{number:03}"}],
            "service_at_locations": [
                {"id": f"a{number}", "location": {
                    "id": f"l{number % 3}", "name": f"Hall {number % 3}",
                    "addresses": [{"id": f"d{number % 3}", "address_1": f"{number % 3} High Street"}],
                }}
            ],
        }
        for number in range(12)
    ]  # fmt: skip
    services.append(services[0])
    path = tmp_path / "services.json"
    path.write_text("\n".join(json.dumps(one) for one in services))
    whole = take(path, "whole")
    monkeypatch.setattr(gather, "SLICE", 10)
    monkeypatch.setattr(json_files, "SMALL", 10)

    bits, again = take(path, "bits"), take(path, "bits")

    assert bits.adds_up
    assert {name: of.added for name, of in bits.entries.items()} == {
        name: of.added for name, of in whole.entries.items()
    }
    assert (bits.records["service"].repeated, bits.records["organization"].repeated) == (1, 12)
    assert (again.changes, again.not_mentioned, bits.not_mentioned) == (0, 0, 0)
