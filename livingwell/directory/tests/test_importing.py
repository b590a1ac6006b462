"""Taking a directory in, and again, and changed."""

import json
from datetime import time
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from livingwell.directory.actions import importing
from livingwell.directory.actions.importing import Named
from livingwell.directory.feeds.detect import detect
from livingwell.directory.feeds.report import Report
from livingwell.directory.models import (
    Contact,
    Location,
    Organization,
    Phone,
    Service,
    ServiceTheme,
    TaggedBy,
)
from livingwell.directory.tests import make

pytestmark = pytest.mark.django_db

ID = "ac148810-d857-441c-9679-408f346de14b"


def take(path: Path, source: str = "test", **options: Any) -> Report:
    return importing.take(detect(path), Named(source), path=str(path), **options)


def listed(tmp_path: Path, *rows: dict[str, str], name: str = "list.csv") -> Path:
    """A plain list with these rows, in a file."""
    columns = list(dict.fromkeys(["id", "name", "description", *(key for row in rows for key in row)]))
    lines = [",".join(f'"{row.get(column, "")}"' for column in columns) for row in rows]
    path = tmp_path / name
    path.write_text("\n".join([",".join(columns), *lines]) + "\n")
    return path


def as_json(tmp_path: Path, content: object, name: str = "feed.json") -> Path:
    path = tmp_path / name
    path.write_text(json.dumps(content))
    return path


CHOIR = {
    "id": "choir",
    "name": "Sing on Monday",
    "organization": "Friends",
    "charity_number": "1234567",
    "description": "We sing.",
    "kind": "group",
    "themes": "singing;making-friends",
    "place_name": "The hall",
    "address": "1 High Street",
    "city": "London",
    "postcode": "sw2 1bz",
    "latitude": "51.46",
    "longitude": "-0.11",
    "approximate": "yes",
    "phone": "020 7946 0000",
    "days_and_times": "Monday 18:30-20:00; now and then",
    "cost": "£2-£5",
    "languages": "English; Polish",
    "step_free": "yes",
    "area": "Lambeth",
    "invented": "yes",
}


@pytest.fixture(autouse=True)
def _themes() -> None:
    make.theme("singing")
    make.theme("making-friends")


def test_a_plain_list_becomes_a_directory(tmp_path: Path) -> None:
    report = take(listed(tmp_path, CHOIR))

    service = Service.objects.get()
    assert (service.name, service.kind, service.kind_by_hand, service.invented) == (
        "Sing on Monday",
        "group",
        True,
        True,
    )
    assert (service.organization.name, service.organization.invented) == ("Friends", True)
    assert service.organization.identifiers.get().identifier_scheme == "GB-CHC"
    assert service.original_id == "choir"
    place = service.service_at_locations.get().location
    assert (place.name, place.approximate, place.addresses.get().postal_code) == ("The hall", True, "SW2 1BZ")
    assert place.accessibility.get(term="step-free").available is True
    assert {tag.theme_id: tag.tagged_by for tag in service.themes.all()} == {
        "singing": TaggedBy.HAND,
        "making-friends": TaggedBy.HAND,
    }
    cost = service.cost_options.get()
    assert (cost.amount, cost.amount_description) == (Decimal("2.00"), "£2 to £5")
    spoken = service.schedules.get(freq="")
    assert (spoken.description, spoken.byday) == ("now and then", "")
    meets = service.schedules.get(freq="WEEKLY")
    assert (meets.byday, meets.opens_at, meets.closes_at) == ("MO", time(18, 30), time(20))
    assert report.records["service"].taken == 1


def test_a_second_import_changes_nothing_and_says_so(tmp_path: Path) -> None:
    path = listed(tmp_path, CHOIR, {"id": "tea", "name": "Tea", "online": "yes"})
    first = take(path)
    before = dict(Service.objects.values_list("pk", "name"))
    refreshed: list[UUID] = []

    second = take(path, refresh=refreshed.extend)

    assert first.changes > 0
    assert second.changes == 0
    assert "Nothing changed" in second.as_text()
    assert dict(Service.objects.values_list("pk", "name")) == before
    assert refreshed == []


def test_what_a_list_no_longer_says_of_a_service_goes_and_the_rest_stays(tmp_path: Path) -> None:
    take(listed(tmp_path, CHOIR))
    moved = CHOIR | {
        "days_and_times": "Tuesday 18:30-20:00",
        "themes": "singing",
        "phone": "",
        "address": "2 Low Road",
    }
    refreshed: list[UUID] = []

    report = take(listed(tmp_path, moved), refresh=refreshed.extend)

    service = Service.objects.get()
    assert list(service.schedules.values_list("byday", flat=True)) == ["TU"]
    assert not service.phones.exists()
    assert service.service_at_locations.get().location.addresses.get().address_1 == "2 Low Road"
    assert [tag.theme_id for tag in service.themes.all()] == ["singing"]
    assert service.languages.count() == 2
    assert report.entries["schedule"].removed == 2
    assert refreshed == [service.pk]


def test_a_service_that_leaves_a_list_is_left_as_it_is_and_counted(tmp_path: Path) -> None:
    take(listed(tmp_path, CHOIR, {"id": "tea", "name": "Tea"}))
    report = take(listed(tmp_path, CHOIR))
    assert Service.objects.count() == 2
    assert report.not_mentioned == 1


def test_a_hand_is_never_overruled_by_a_list(tmp_path: Path) -> None:
    take(listed(tmp_path, CHOIR | {"themes": "making-friends"}))
    service = Service.objects.get()
    ServiceTheme.objects.create(
        service=service,
        theme=make.theme("singing"),
        tagged_by=TaggedBy.HAND,
        applies=False,
        because="not this",
    )
    make.tagged(service, ["cooking"])

    take(listed(tmp_path, CHOIR | {"themes": "singing"}))

    assert service.themes.get(theme="singing").applies is False
    assert {tag.theme_id for tag in service.themes.all()} == {"singing", "cooking"}


@pytest.mark.parametrize(
    ("now", "counted"),
    [
        ("singing;making-friends;cooking", (1, 0, 0, 2)),
        ("making-friends;singing", (0, 2, 0, 0)),
        ("cooking;singing;making-friends", (1, 2, 0, 0)),
        ("making-friends;cooking", (1, 0, 1, 1)),
    ],
)
def test_the_order_in_which_a_list_names_themes_is_taken(
    tmp_path: Path, now: str, counted: tuple[int, ...]
) -> None:
    make.theme("cooking")
    take(listed(tmp_path, CHOIR | {"themes": "singing;making-friends"}))
    counts = take(listed(tmp_path, CHOIR | {"themes": now})).entries["service_theme"]
    assert list(ServiceTheme.objects.order_by("pk").values_list("theme_id", flat=True)) == now.split(";")
    assert (counts.added, counts.changed, counts.removed, counts.unchanged) == counted


def test_a_no_that_an_editor_gave_to_a_theme_of_a_list_stays(tmp_path: Path) -> None:
    take(listed(tmp_path, CHOIR | {"themes": "singing;making-friends"}))
    ServiceTheme.objects.filter(theme="singing").update(applies=False)
    take(listed(tmp_path, CHOIR | {"themes": "making-friends;singing"}))
    tags = ServiceTheme.objects.order_by("pk").values_list("theme_id", "applies")
    assert list(tags) == [("making-friends", True), ("singing", False)]


def test_a_rule_gives_way_to_a_list(tmp_path: Path) -> None:
    take(listed(tmp_path, CHOIR | {"themes": ""}))
    service = make.tagged(Service.objects.get(), ["singing"], by=TaggedBy.RULE)
    take(listed(tmp_path, CHOIR | {"themes": "singing"}))
    assert service.themes.get().tagged_by == TaggedBy.HAND


def test_an_unknown_theme_is_told_and_the_rest_is_kept(tmp_path: Path) -> None:
    report = take(listed(tmp_path, CHOIR | {"themes": "singing;juggling-fire"}))
    assert [tag.theme_id for tag in ServiceTheme.objects.all()] == ["singing"]
    assert [(one.original_id, "juggling-fire" in one.reason) for one in report.refused] == [("choir", True)]


def test_without_a_kind_the_rules_decide_and_their_answer_stays(tmp_path: Path) -> None:
    path = listed(tmp_path, CHOIR | {"kind": ""})
    take(path)
    Service.objects.update(kind="line")
    assert take(path).changes == 0
    assert Service.objects.values_list("kind", "kind_by_hand").get() == ("line", False)


def test_a_trial_keeps_nothing(tmp_path: Path) -> None:
    report = take(listed(tmp_path, CHOIR), dry_run=True)
    assert report.entries["service"].added == 1
    assert not Service.objects.exists()
    assert "nothing was kept" in report.as_text()


def test_one_organization_for_all_rows_that_name_it(tmp_path: Path) -> None:
    take(listed(tmp_path, CHOIR, CHOIR | {"id": "two", "organization": "FRIENDS "}, CHOIR | {"id": "three"}))
    assert Organization.objects.count() == 1
    assert Location.objects.count() == 1
    assert Service.objects.count() == 3


def test_a_service_without_an_organization_gets_one_of_its_name_until_it_has_one(tmp_path: Path) -> None:
    service = {"id": ID, "name": "Advice", "status": "active", "organization_id": "o9"}
    path = as_json(tmp_path, [service])

    report = take(path)
    again = take(path)

    stand_in = Organization.objects.get()
    assert (stand_in.name, stand_in.stand_in) == ("Advice", True)
    assert sum(count for kind, count in report.mended.items() if "stands in" in kind) == 1
    assert again.changes == 0
    take(as_json(tmp_path, [service | {"organization": {"id": "o9", "name": "Citizens"}}]))
    assert list(Organization.objects.values_list("name", "stand_in")) == [("Citizens", False)]


def test_an_organization_in_a_later_page_is_found(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    as_json(folder, [{"id": "s1", "name": "Advice", "status": "active", "organization_id": "o1"}], "1.json")
    other = {"id": "s2", "name": "Help", "status": "active", "organization": {"id": "o1", "name": "Citizens"}}
    as_json(folder, [other], "2.json")

    take(folder)

    assert {one.organization.name for one in Service.objects.select_related("organization")} == {"Citizens"}
    assert Organization.objects.count() == 1
    assert take(folder).changes == 0


def test_uuids_are_kept_and_other_ids_stand_beside_one_of_ours(tmp_path: Path) -> None:
    take(
        as_json(
            tmp_path,
            [{"id": ID, "name": "A", "status": "active"}, {"id": 7, "name": "B", "status": "active"}],
        )
    )
    kept = {one.original_id: one.pk for one in Service.objects.all()}
    assert kept[ID] == UUID(ID)
    assert kept["7"].version == 5


def test_a_uuid_that_another_source_uses_gets_another_and_stays_so(tmp_path: Path) -> None:
    path = as_json(
        tmp_path,
        [{"id": ID, "name": "A", "status": "active", "phones": [{"id": str(uuid4()), "number": "1234"}]}],
    )
    take(path, "one")
    report = take(path, "two")
    again = take(path, "two")

    assert Service.objects.count() == 2
    assert Phone.objects.count() == 2
    assert sum(count for kind, count in report.mended.items() if "uses already" in kind) == 2
    assert again.changes == 0
    assert Service.objects.get(pk=ID).source_id == "one"


def test_a_short_form_leaves_what_it_does_not_speak_of(tmp_path: Path) -> None:
    short = {"id": ID, "name": "A", "status": "active", "organization": {"id": "o", "name": "O"}}
    full = short | {
        "description": "Long",
        "alert": "Shut in May",
        "phones": [{"number": "123"}],
        "organization": {"id": "o", "name": "O", "description": "Kind people", "website": "o.org"},
    }
    take(as_json(tmp_path, full))
    take(as_json(tmp_path, {"contents": [short]}))

    service = Service.objects.get()
    assert (service.description, service.alert) == ("Long", "Shut in May")
    assert service.phones.count() == 1
    assert service.organization.description == "Kind people"
    del full["alert"]
    take(as_json(tmp_path, full | {"phones": []}))
    service.refresh_from_db()
    assert (service.alert, service.phones.count()) == ("", 0)


def test_one_thing_nested_in_many_places_is_one_thing_that_belongs_to_all(tmp_path: Path) -> None:
    phone = {"id": str(uuid4()), "number": "020 7946 0000"}
    place = {"id": str(uuid4()), "name": "Hall", "phones": [phone]}
    report = take(
        as_json(
            tmp_path,
            {"id": ID, "name": "A", "status": "active", "phones": [phone],
             "service_at_locations": [{"id": str(uuid4()), "location": place}]},
        )
    )  # fmt: skip
    kept = Phone.objects.get()
    assert (kept.service_id, kept.location_id) == (UUID(ID), UUID(place["id"]))  # type: ignore[arg-type]
    assert (
        report.records["phone"].read,
        report.records["phone"].taken,
        report.records["phone"].repeated,
    ) == (2, 1, 1)


def test_a_contact_with_only_a_phone_is_a_contact(tmp_path: Path) -> None:
    contact = {"id": "c", "phones": [{"id": "p", "number": "123"}]}
    take(as_json(tmp_path, {"id": "s", "name": "A", "status": "active", "contacts": [contact]}))
    assert Contact.objects.get().phones.get().number == "123"
