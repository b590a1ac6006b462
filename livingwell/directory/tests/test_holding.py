"""What a person corrected stands at the next import; what the source says meanwhile is seen; both can end."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from livingwell.core.errors import Refusal
from livingwell.directory.actions import editing, importing
from livingwell.directory.actions.importing import Named
from livingwell.directory.actions.listing import refresh
from livingwell.directory.feeds.detect import detect
from livingwell.directory.models import Hold, How, Service, Version
from livingwell.directory.queries.sheet import sheet_of

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


def feed(**service: Any) -> dict[str, Any]:
    """A service as a feed gives it, in full."""
    return {
        "id": "choir",
        "name": "Sing on Monday",
        "description": "We sing.",
        "assured_date": "2026-01-01",
        "organization": {"id": "friends", "name": "Friends"},
        "phones": [{"id": "p1", "number": "020 7946 0001"}, {"id": "p2", "number": "020 7946 0002"}],
        "contacts": [{"id": "c1", "name": "Joy", "phones": [{"id": "p3", "number": "020 7946 0003"}]}],
        "schedules": [
            {"id": "s1", "freq": "WEEKLY", "byday": "MO", "opens_at": "18:00", "closes_at": "20:00"}
        ],
        "service_at_locations": [
            {
                "id": "at1",
                "location": {
                    "id": "hall",
                    "name": "The hall",
                    "latitude": 51.46,
                    "longitude": -0.11,
                    "addresses": [{"id": "a1", "address_1": "1 High Street", "postal_code": "SW2 1AA"}],
                },
            }
        ],
    } | service


def take(tmp_path: Path, **service: Any) -> Service:
    path = tmp_path / "feed.json"
    path.write_text(json.dumps([feed(**service)]))
    report = importing.take(detect(path), Named("council", "The council"), path=str(path), refresh=refresh)
    assert report.adds_up
    return Service.objects.get()


def change(service: Service, values: dict[str, Any]) -> None:
    assert editing.change(service, values, by="Ann", how=How.PHONE, at=NOW)


def versions(service: Service) -> list[tuple[str, str, list[str]]]:
    return list(service.versions.order_by("number").values_list("how", "made_by", "fields"))


def test_the_first_import_remembers_nothing_and_a_changing_one_what_stood_there(tmp_path: Path) -> None:
    service = take(tmp_path)
    assert versions(service) == []
    take(tmp_path)
    assert versions(service) == [], "nothing changed"
    take(tmp_path, name="Sing on Tuesday", phones=[{"id": "p1", "number": "020 7946 0009"}])
    assert versions(service) == [
        ("import", "The council", []), ("import", "The council", ["name", "phones"]),
    ]  # fmt: skip
    first, second = service.versions.order_by("number")
    assert (first.content["name"], second.content["name"]) == ("Sing on Monday", "Sing on Tuesday")
    assert len(first.content["phones"]) == 2
    assert len(second.content["phones"]) == 1


def test_a_corrected_field_stands_and_the_source_is_heard(tmp_path: Path) -> None:
    service = take(tmp_path)
    change(service, {"name": "Sing on Tuesday"})
    take(tmp_path, name="Sing on Monday", description="We sing loudly.")
    service.refresh_from_db()
    assert (service.name, service.description) == ("Sing on Tuesday", "We sing loudly.")
    assert Hold.objects.get().source_differs_since is None, "it says what it said before"
    take(tmp_path, name="Sing on Wednesday")
    service.refresh_from_db()
    held = Hold.objects.get()
    assert service.name == "Sing on Tuesday"
    assert held.source_says == "Sing on Wednesday"
    assert held.source_differs_since


@pytest.mark.parametrize(
    "values",
    [
        {"phones": [{"number": "020 7946 0777"}]},
        {"phones": []},
        {"contacts": [{"name": "Mo", "phones": [{"number": "020 7946 0888"}]}]},
        {"contacts": []},
        {"schedules": []},
        {"schedules": [{"freq": "WEEKLY", "byday": "FR", "opens_at": "10:00"}]},
        {"locations": []},
        {"locations": [{"name": "The library"}]},
        {"organization": {"name": "Better Friends"}},
        {"status": "inactive", "minimum_age": 50},
    ],
    ids=str,
)
def test_a_corrected_list_survives_whatever_the_source_says(tmp_path: Path, values: dict[str, Any]) -> None:
    service = take(tmp_path)
    change(service, values)
    corrected = sheet_of(service)
    take(tmp_path)
    assert sheet_of(service) == corrected
    take(
        tmp_path,
        phones=[{"id": "p1", "number": "020 7946 0555"}, {"id": "p9", "number": "020 7946 0999"}],
        contacts=[{"id": "c2", "name": "Lee", "phones": [{"id": "p8", "number": "020 7946 0444"}]}],
        schedules=[],
        organization={"id": "friends", "name": "Friends of ours"},
        status="active",
    )
    now = sheet_of(service)
    for name, value in values.items():
        if name == "organization":
            assert now[name]["name"] == "Better Friends"
        else:
            assert now[name] == corrected[name], value


def test_places_and_addresses_are_held_one_by_one(tmp_path: Path) -> None:
    service = take(tmp_path)
    place = sheet_of(service)["locations"][0]
    change(service, {"locations": [{"id": place["id"], "addresses": [{"address_1": "3 High Street"}]}]})
    moved = feed()["service_at_locations"]
    moved[0]["location"] |= {"name": "The big hall"}
    moved[0]["location"]["addresses"][0]["address_1"] = "9 High Street"
    take(tmp_path, service_at_locations=moved)
    (now,) = sheet_of(service)["locations"]
    assert now["name"] == "The big hall"
    assert [address["address_1"] for address in now["addresses"]] == ["3 High Street"]
    held = Hold.objects.get()
    assert (held.resource_type, held.field_name) == ("location", "addresses")
    assert held.source_says
    assert held.source_says[0]["address_1"] == "9 High Street"


def test_what_was_let_go_is_the_source_s_again(tmp_path: Path) -> None:
    service = take(tmp_path)
    before = sheet_of(service)
    change(service, {"name": "Ours", "phones": [], "contacts": []})
    take(tmp_path, name="Theirs")
    for held in Hold.objects.all():
        editing.release(held, by="Bob", at=NOW)
    assert sheet_of(service) == before | {"name": "Theirs"}
    take(tmp_path, name="Theirs, later", phones=[])
    assert (sheet_of(service)["name"], sheet_of(service)["phones"]) == ("Theirs, later", [])
    with pytest.raises(Refusal, match="already"):
        editing.release(Hold.objects.all()[0], by="Bob", at=NOW)


def test_a_newer_confirmation_by_the_source_wins(tmp_path: Path) -> None:
    service = take(tmp_path)
    change(service, {"assured_date": "2026-06-01"})
    take(tmp_path, assured_date="2026-03-01")
    service.refresh_from_db()
    assert service.assured_date == date(2026, 6, 1)
    take(tmp_path, assured_date="2026-07-01")
    service.refresh_from_db()
    assert service.assured_date == date(2026, 7, 1)
    assert not Hold.objects.live().exists()


def test_saying_what_the_source_says_is_no_correction_any_more(tmp_path: Path) -> None:
    service = take(tmp_path)
    change(service, {"name": "Ours"})
    change(service, {"name": "Sing on Monday"})
    assert not Hold.objects.live().exists()
    take(tmp_path, name="Sing on Sunday")
    service.refresh_from_db()
    assert service.name == "Sing on Sunday"
    assert Version.objects.filter(service=service).count() == 4
