"""Changing entries by hand: what is checked, kept, remembered and found again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError

from livingwell.core.errors import Refusal
from livingwell.directory.actions import editing, versions
from livingwell.directory.actions.listing import refresh
from livingwell.directory.actions.rows import Unfit
from livingwell.directory.models import (
    Hold,
    How,
    Listing,
    Metadata,
    Phone,
    Schedule,
    Service,
    ServiceAtLocation,
    Version,
)
from livingwell.directory.queries.sheet import sheet_of
from livingwell.directory.tests import make

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


def change(service: Service, values: dict[str, Any], **more: Any) -> Version | None:
    told: dict[str, Any] = {"by": "Ann", "how": How.PHONE, "at": NOW} | more
    return editing.change(service, values, **told)


def choir() -> Service:
    service = make.service(email="choir@example.org")
    make.phone(service)
    make.weekly(service, "TU", "18:00", "20:00")
    place = make.location(name="St John’s Hall")
    place.addresses.create(address_1="1 Hall Street", postal_code="SW2 1AA")
    make.at(service, place)
    refresh([service.pk])
    return service


def test_a_change_says_the_new_thing_and_remembers_the_old() -> None:
    service = choir()
    made = change(service, {"name": "Singing together"}, note="She rang us.")
    assert made
    assert (made.number, made.made_by, made.how, made.note, made.fields) == (
        2, "Ann", "phone", "She rang us.", ["name"],
    )  # fmt: skip
    assert service.name == "Singing together"
    assert [version.content["name"] for version in service.versions.order_by("number")] == [
        "Singing for pleasure", "Singing together",
    ]  # fmt: skip
    said = Metadata.objects.get()
    assert (said.field_name, said.previous_value, said.replacement_value) == (
        "name", "Singing for pleasure", "Singing together",
    )  # fmt: skip
    assert (said.resource_id, said.updated_by, said.last_action_date) == (
        service.pk,
        "Ann (phone)",
        NOW.date(),
    )
    held = Hold.objects.get()
    assert (held.field_name, held.value, held.source_says) == (
        "name",
        "Singing together",
        "Singing for pleasure",
    )


def test_what_was_changed_is_found_at_once() -> None:
    service = choir()
    change(service, {"description": "We yodel in the evening.", "cost_options": [{"amount": "0"}]})
    listing = Listing.objects.get(service=service)
    assert "yodel" in listing.words
    assert listing.is_free


def test_nothing_is_remembered_when_nothing_is_different() -> None:
    service = choir()
    sheet = sheet_of(service)
    del sheet["kind"]
    assert change(service, sheet) is None
    assert change(service, {"phones": [{"number": "020 7946 0123"}]}) is None
    assert not Version.objects.exists()
    assert not Hold.objects.exists()


def test_rows_that_stay_keep_their_ids() -> None:
    service = choir()
    first = Phone.objects.get(service=service)
    change(
        service,
        {"phones": [{"number": "020 7946 0999"}, {"number": first.number, "description": "Mornings"}]},
    )
    assert set(service.phones.values_list("number", "description")) == {
        ("020 7946 0999", ""), ("020 7946 0123", "Mornings"),
    }  # fmt: skip
    assert Phone.objects.get(number=first.number).pk == first.pk
    change(service, {"phones": [{"id": str(first.pk), "number": "020 7946 0555"}]})
    assert list(service.phones.values_list("pk", "number", "description")) == [
        (first.pk, "020 7946 0555", "Mornings")
    ]


def test_all_lists_of_an_entry_can_be_written() -> None:
    service = choir()
    values: dict[str, Any] = {
        "contacts": [{"name": "Joy", "phones": [{"number": "07700 900123"}]}],
        "schedules": [{"freq": "WEEKLY", "byday": "WE", "opens_at": "18:30", "closes_at": "20:00"}],
        "cost_options": [{"amount": "2.50", "option": "Each time"}],
        "languages": [{"name": "Somali", "code": "so"}],
        "capacities": [{"unit": "places", "available": 3}],
        "required_documents": [{"document": "A letter"}],
        "eligibility_description": "Anyone in Lambeth",
        "locations": [
            {
                "name": "The library",
                "addresses": [{"address_1": "2 Book Road", "postal_code": "SW2 2BB"}],
                "accessibility": [{"description": "Step-free", "term": "step-free", "available": True}],
                "here": {"description": "Upstairs", "schedules": []},
            }
        ],
        "organization": {"name": "New Neighbours", "phones": [{"number": "020 7946 0700"}]},
    }
    made = change(service, values)
    assert made
    now = sheet_of(service)
    for name in ("contacts", "schedules", "cost_options", "languages", "capacities", "required_documents"):
        for key, value in values[name][0].items():
            if key != "phones":
                assert now[name][0][key] == value
    assert now["contacts"][0]["phones"][0]["number"] == "07700 900123"
    assert now["organization"]["name"] == "New Neighbours"
    (place,) = now["locations"]
    assert (place["name"], place["here"]["description"]) == ("The library", "Upstairs")
    assert place["addresses"][0]["postal_code"] == "SW2 2BB"
    assert place["accessibility"][0]["available"] is True
    assert {"contacts", "schedules", "locations", "organization"} <= set(made.fields)


def test_a_place_that_two_share_changes_for_both() -> None:
    service = choir()
    other = make.service("Chess")
    link = ServiceAtLocation.objects.get(service=service)
    make.at(other, link.location)
    change(service, {"locations": [{"id": str(link.location_id), "name": "St Jude’s"}]})
    assert sheet_of(other)["locations"][0]["name"] == "St Jude’s"
    assert [version.fields for version in other.versions.order_by("number")] == [[], ["locations"]]
    assert sheet_of(service)["locations"][0]["addresses"], "what is not said stays"


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"name": " "}, "name", "cannot be empty"),
        ({"email": "nowhere"}, "email", "name@example.org"),
        ({"url": "java script:"}, "url", "without spaces"),
        ({"minimum_age": 70, "maximum_age": 60}, "service", "youngest"),
        ({"minimum_age": "old"}, "minimum_age", "old"),
        ({"status": "asleep"}, "status", "asleep"),
        ({"phones": [{"number": "ring us"}]}, "number", "digits"),
        ({"phones": [{"description": "x"}]}, "number", "cannot be empty"),
        ({"phones": "020"}, "phones", "list"),
        ({"schedules": [{"freq": "WEEKLY", "byday": "XX"}]}, "schedule", "days"),
        ({"shoe_size": 4}, "shoe_size", "no field"),
        ({"assured_date": "31/31/2026"}, "assured_date", "31/31"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(values: dict[str, Any], field: str, words: str) -> None:
    service = choir()
    before = sheet_of(service)
    with pytest.raises(Unfit, match=words) as refused:
        change(service, {"description": "Half a change"} | values)
    assert refused.value.field == field
    assert sheet_of(service) == before
    assert not Version.objects.exists()


def test_a_row_of_another_entry_is_not_touched() -> None:
    mine, other = choir(), make.service("Chess")
    theirs = make.phone(other, "020 7946 0888")
    change(mine, {"phones": [{"id": str(theirs.pk), "number": "020 7946 0001"}]})
    theirs.refresh_from_db()
    assert (theirs.service_id, theirs.number) == (other.pk, "020 7946 0888")


def test_who_read_an_older_version_is_told() -> None:
    service = choir()
    change(service, {"name": "First"}, expected=0)
    with pytest.raises(editing.ChangedMeanwhile, match="while you were writing") as refused:
        change(service, {"name": "Second"}, expected=0)
    assert refused.value.now["name"] == "First"
    assert refused.value.version
    assert refused.value.version.number == 2
    assert change(service, {"name": "Second"}, expected=2)


def test_restoring_puts_everything_back_with_its_ids() -> None:
    service = choir()
    before = sheet_of(service)
    change(service, {"name": "Changed", "phones": [], "schedules": [], "locations": []})
    assert not Schedule.objects.filter(service=service).exists()
    first = service.versions.get(number=1)
    made = editing.restore(first, by="Bob", at=NOW + timedelta(days=1))
    assert made
    assert (made.number, made.how, made.made_by) == (3, "restore", "Bob")
    assert sheet_of(service) == before


def test_history_cannot_be_rewritten() -> None:
    service = choir()
    change(service, {"name": "Changed"})
    for attack in ("UPDATE directory_version SET made_by = 'Eve'", "DELETE FROM directory_version",
                   "UPDATE directory_version SET content = '{}'"):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(attack)


def test_the_places_of_what_becomes_confidential_are_forgotten() -> None:
    service = choir()
    link = ServiceAtLocation.objects.get(service=service)
    change(service, {"locations": [{"id": str(link.location_id), "name": "Safe house"}], "name": "Refuge"})
    versions.forget_places(service.pk)
    kept = [
        *Version.objects.values_list("content", flat=True),
        *Hold.objects.values_list("value", "source_says"),
        *Metadata.objects.values_list("previous_value", "replacement_value"),
    ]
    assert "Safe house" not in str(kept)
    assert "Hall Street" not in str(kept)
    assert "Refuge" in str(kept)


def test_whoever_changes_says_who_they_are() -> None:
    with pytest.raises(Refusal, match="who"):
        change(choir(), {"name": "x"}, by="")
