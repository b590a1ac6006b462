"""Two entries of the same thing made one, fed by both sources, and made two again."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from livingwell.core.errors import Refusal
from livingwell.core.tests.at_once import at_once
from livingwell.directory.actions import doubling, editing, importing, merging
from livingwell.directory.actions.importing import Named
from livingwell.directory.actions.listing import refresh
from livingwell.directory.feeds.detect import detect
from livingwell.directory.models import Double, Hold, How, Listing, Merge, Organization, Service, Thing
from livingwell.directory.queries.sheet import sheet_of
from livingwell.directory.tests import make
from livingwell.directory.tests.test_holding import feed

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
FIELDS = [
    "name",
    "description",
    "email",
    "phones",
    "contacts",
    "schedules",
    "locations",
    "kind",
    "minimum_age",
]


def take(tmp_path: Path, source: str, **service: Any) -> Service:
    path = tmp_path / f"{source}.json"
    path.write_text(json.dumps([feed(**service)]))
    importing.take(detect(path), Named(source, source.title()), path=str(path), refresh=refresh)
    return Service.objects.get(source=source)


def two(tmp_path: Path) -> tuple[Service, Service]:
    council = take(tmp_path, "council")
    charity = take(
        tmp_path, "charity", name="Singing on Mondays", description="Come and sing.", minimum_age=18,
        phones=[{"id": "x1", "number": "020 7946 0100"}], contacts=[],
    )  # fmt: skip
    return council, charity


def merge(kept: Service, other: Service, *choose: str) -> Merge:
    return merging.merge(Thing.SERVICE, kept.pk, other.pk, choose=choose, by="Ann", at=NOW)


def undo(made: Merge) -> None:
    merging.undo(made, by="Ann", at=NOW + timedelta(days=1))


def test_each_field_says_what_was_chosen_and_the_other_is_out_of_sight(tmp_path: Path) -> None:
    kept, other = two(tmp_path)
    merge(kept, other, "name", "phones")
    now = sheet_of(kept)
    assert (now["name"], now["description"]) == ("Singing on Mondays", "We sing.")
    assert [phone["number"] for phone in now["phones"]] == ["020 7946 0100"]
    assert not Listing.objects.filter(service=other, is_live=True).exists()
    assert Listing.objects.filter(service=kept, is_live=True).exists()
    response = Client().get(other.get_absolute_url())
    assert (response.status_code, response.headers["Location"]) == (302, kept.get_absolute_url())
    assert kept.versions.get(number=2).how == "merge"


@pytest.mark.parametrize(
    "choose", [[], ["name"], ["phones", "contacts"], ["locations", "schedules"], FIELDS], ids=str
)
def test_undoing_restores_both_exactly(tmp_path: Path, choose: list[str]) -> None:
    kept, other = two(tmp_path)
    editing.change(kept, {"email": "ours@example.org"}, by="Bob", how=How.PHONE, at=NOW)
    before, theirs = sheet_of(kept), sheet_of(other)
    held = set(Hold.objects.live().values_list("field_name", "how"))
    made = merge(kept, other, *choose)
    undo(made)
    assert sheet_of(kept) == before
    assert sheet_of(other) == theirs
    assert set(Hold.objects.live().values_list("field_name", "how")) == held
    assert Listing.objects.filter(service=other, is_live=True).exists()
    with pytest.raises(Refusal, match="already"):
        undo(made)


def test_both_sources_go_on_feeding_the_one_and_undoing_keeps_what_they_said(tmp_path: Path) -> None:
    kept, other = two(tmp_path)
    made = merge(kept, other, "name", "phones")
    take(tmp_path, "charity", name="Singing all week", phones=[{"id": "x1", "number": "020 7946 0200"}])
    take(
        tmp_path, "council", name="Sing on Sunday", description="We sing loudly.",
        phones=[{"id": "p1", "number": "020 7946 0300"}],
    )  # fmt: skip
    now = sheet_of(kept)
    assert (now["name"], now["description"]) == ("Singing all week", "We sing loudly.")
    assert [phone["number"] for phone in now["phones"]] == ["020 7946 0200"]
    undo(made)
    assert sheet_of(kept)["name"] == "Sing on Sunday"
    assert [phone["number"] for phone in sheet_of(kept)["phones"]] == ["020 7946 0300"]
    assert sheet_of(other)["name"] == "Singing all week"
    take(tmp_path, "council", name="Sing on Sunday", description="We sing loudly.",
         phones=[{"id": "p1", "number": "020 7946 0300"}])  # fmt: skip
    assert len(sheet_of(kept)["phones"]) == 1


def test_a_correction_after_the_merge_outlives_both(tmp_path: Path) -> None:
    kept, other = two(tmp_path)
    made = merge(kept, other, "name")
    editing.change(kept, {"name": "The Monday Singers"}, by="Bob", how=How.PHONE, at=NOW)
    take(tmp_path, "charity", name="Singing all week")
    assert sheet_of(kept)["name"] == "The Monday Singers"
    undo(made)
    assert sheet_of(kept)["name"] == "The Monday Singers"
    take(tmp_path, "council", name="Sing on Sunday")
    assert sheet_of(kept)["name"] == "The Monday Singers"


def test_what_is_merged_is_not_merged_again(tmp_path: Path) -> None:
    kept, other = two(tmp_path)
    merge(kept, other)
    with pytest.raises(Refusal, match="while you were looking"):
        merge(other, kept)
    with pytest.raises(Refusal, match="two different"):
        merge(kept, kept)
    with pytest.raises(Refusal, match="no field"):
        merging.merge(Thing.SERVICE, kept.pk, make.service("x").pk, choose=["shoes"], by="A", at=NOW)


def test_two_organizations_become_one_with_the_services_of_both(tmp_path: Path) -> None:
    kept, other = two(tmp_path)
    ours, theirs = kept.organization, other.organization
    Organization.objects.filter(pk=theirs.pk).update(website="https://example.org", name="The Friends")
    made = merging.merge(Thing.ORGANIZATION, ours.pk, theirs.pk, choose=["website"], by="Ann", at=NOW)
    page = Client().get(ours.get_absolute_url()).content.decode()
    assert "Singing on Mondays" in page
    assert "Sing on Monday" in page
    assert "example.org" in page
    assert Client().get(theirs.get_absolute_url()).headers["Location"] == ours.get_absolute_url()
    assert "The Friends" not in Client().get(other.get_absolute_url()).content.decode()
    take(
        tmp_path,
        "charity",
        organization={"id": "friends", "name": "The Friends", "website": "https://new.example"},
    )
    ours.refresh_from_db()
    assert ours.website == "https://new.example"
    undo(made)
    ours.refresh_from_db()
    assert (ours.website, ours.name) == ("", "Friends")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from(
            ["name", "description", "email", "minimum_age", "phones", "cost_options", "schedules"]
        ),
        st.integers(0, 3),
    ),
    st.sets(st.sampled_from(FIELDS)),
)
def test_whatever_is_changed_and_merged_can_be_put_back(changes: dict[str, int], choose: set[str]) -> None:
    written: dict[str, list[Any]] = {
        "name": ["A", "Ä b", "C’s", "D"],
        "description": ["", "x\ny", "z", "we"],
        "email": ["", "a@example.org", "b@example.org", ""],
        "minimum_age": [None, 0, 18, 65],
        "phones": [
            [], [{"number": "1"}], [{"number": "2"}, {"number": "2"}],
            [{"number": "3", "languages": [{"name": "Twi"}]}],
        ],
        "cost_options": [[], [{"amount": "1.5"}], [{"option": "x"}], [{"amount": 0}]],
        "schedules": [[], [{"freq": "WEEKLY", "byday": "MO"}], [{"description": "Often"}], []],
    }  # fmt: skip
    kept, other = make.service(f"A{Service.objects.count()}"), make.service(f"B{Service.objects.count()}")
    make.phone(kept)
    make.weekly(other, "TU", "10:00", "11:00")
    make.at(other, make.location())
    refresh([kept.pk, other.pk])
    first, theirs = sheet_of(kept), sheet_of(other)
    values = {name: written[name][at] for name, at in changes.items()}
    made = editing.change(kept, values, by="A", how=How.SCREEN, at=NOW)
    changed = sheet_of(kept)
    one = merging.merge(Thing.SERVICE, kept.pk, other.pk, choose=choose, by="A", at=NOW)
    merging.undo(one, by="A", at=NOW)
    assert sheet_of(kept) == changed
    assert sheet_of(other) == theirs
    if made:
        editing.restore(kept.versions.get(number=1), by="A", at=NOW)
        assert sheet_of(kept) == first


def test_pairs_are_found_with_their_reasons_and_a_no_is_remembered(tmp_path: Path) -> None:
    kept, other = two(tmp_path)
    assert doubling.find_of([other.pk]) == 0
    assert doubling.find_of([kept.pk]) >= 1
    double = Double.objects.get(thing="service")
    assert {double.one, double.other} == {kept.pk, other.pk}
    assert "the same postcode: SW2 1AA" in double.reasons
    doubling.say_different(double, by="Ann", at=NOW)
    doubling.find_of([kept.pk, other.pk])
    double.refresh_from_db()
    assert double.verdict == "different"


def test_what_too_many_share_tells_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept, other = two(tmp_path)
    monkeypatch.setattr(doubling, "MANY", 1)
    assert doubling.find_of([kept.pk, other.pk]) == 0
    monkeypatch.undo()
    assert doubling.find_all() >= 1


def test_what_is_not_alike_any_more_is_no_pair(tmp_path: Path) -> None:
    kept, other = two(tmp_path)
    doubling.find_of([kept.pk, other.pk])
    assert Double.objects.filter(thing="service").exists()
    editing.change(kept, {"name": "Chess club", "phones": []}, by="A", how=How.SCREEN, at=NOW)
    doubling.find_of([kept.pk])
    assert not Double.objects.filter(thing="service", one=min(kept.pk, other.pk)).exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_merges_at_once_one_wins_and_the_other_is_told() -> None:
    kept, other = make.service("A"), make.service("B")

    def press(pair: tuple[Service, Service]) -> str:
        try:
            merge(*pair)
        except Refusal as refusal:
            return str(refusal)
        return "done"

    told = at_once(press, ((kept, other), (other, kept)))
    assert told.count("done") == 1
    assert sum("while you were looking" in each for each in told) == 1
    assert Merge.objects.count() == 1
