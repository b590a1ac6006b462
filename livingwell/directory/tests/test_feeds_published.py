"""Feeds that others published: each is taken, or told apart in one sentence, and adds up."""

import os
from pathlib import Path

import pytest
from django.conf import settings

from livingwell.directory.actions import importing
from livingwell.directory.actions.importing import Named
from livingwell.directory.feeds.detect import detect
from livingwell.directory.feeds.model import NotAFeed
from livingwell.directory.feeds.report import Report
from livingwell.directory.models import Schedule, Service

SHARED = Path(os.environ.get("LIVINGWELL_SHARED") or Path(settings.BASE_DIR).parent / "shared") / "data"
MIAMI = SHARED / "miami-open211" / "lib" / "datapackage"
MOCKS = SHARED / "hsds-uk-3.0" / "validator-mocks" / "Mocks"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not SHARED.is_dir(), reason=f"The published feeds are not at {SHARED}; set LIVINGWELL_SHARED."
    ),
]


def take(path: Path, source: str = "published") -> Report:
    return importing.take(detect(path), Named(source), path=path.name)


def files(*patterns: str) -> list[Path]:
    return sorted(path for pattern in patterns for path in SHARED.glob(pattern))


NO_FEEDS = {"base", "api_details", "dashboard_service_details_response", "dashboard_services_response"}
JSON = files(
    "hsds-3.0/examples/*.json", "hsds-uk-3.0/examples/*.json", "hsds-uk-3.0/validator-mocks/Mocks/V3*/*.json"
)


def named(path: Path) -> str:
    return "/".join(path.relative_to(SHARED).parts[-2:]) if SHARED in path.parents else str(path)


@pytest.mark.parametrize("path", [path for path in JSON if path.stem not in NO_FEEDS], ids=named)
def test_each_published_json_is_taken_once_and_adds_up(path: Path) -> None:
    first = take(path)
    assert first.adds_up
    assert sum(of.taken for of in first.records.values()) > 0
    assert take(path).changes == 0


@pytest.mark.parametrize(
    "path",
    [path for path in JSON if path.stem in NO_FEEDS] + files("hsds-uk-3.0/validator-mocks/Mocks/V1*/*.json"),
    ids=named,
)
def test_what_is_no_feed_is_told_in_one_sentence(path: Path) -> None:
    with pytest.raises(NotAFeed) as told:
        detect(path)
    assert path.name in str(told.value)
    assert str(told.value).endswith(".")


@pytest.mark.parametrize("edition", ["hsds-3.0", "hsds-uk-3.0"])
def test_the_published_tables_are_taken(edition: str) -> None:
    folder = SHARED / edition / "examples" / "csv"
    report = take(folder)
    assert report.adds_up
    assert report.records["service"].taken == 1
    assert {(one.table, one.reason[:16]) for one in report.refused} >= {
        ("meta_table_description", "It describes the")
    }
    assert take(folder).changes == 0


@pytest.mark.parametrize("feed", ["Default", "Warn", "Fail", "Test"])
def test_a_folder_of_the_validator_s_pages_is_taken_as_one(feed: str) -> None:
    folder = MOCKS / f"V3.0-UK-{feed}"
    report = take(folder)
    assert report.adds_up
    assert Service.objects.count() == 1
    assert "api_details.json" in {name for name, _ in report.passed_over}
    assert take(folder).changes == 0


def test_services_without_a_name_are_refused_by_their_id() -> None:
    report = take(MOCKS / "V3.0-UK-Fail" / "service_list.json")
    assert report.records["service"].refused == 4
    assert {one.reason for one in report.refused} == {
        "It has no name, and a service nobody can name cannot be found."
    }
    assert [one.line for one in report.refused] == [1, 2, 3, 4]


def test_the_whole_of_miami_is_taken_and_adds_up() -> None:
    report = take(MIAMI / "datapackage-1566177582.zip", "miami")

    assert report.format == "HSDS 1.1 (tables)"
    assert report.adds_up
    assert report.records["service"].taken == report.records["service"].read == 4_089
    assert report.records["schedule"].taken == report.records["schedule"].read == 11_350
    assert report.records["attribute"].read == 26_259
    assert report.records["eligibility"].refused == 2_244
    assert Schedule.objects.count() == report.entries["schedule"].added
    assert Schedule.objects.filter(byday="MO,TU,WE,TH,FR", opens_at="09:00", closes_at="17:00").count() > 300
    assert not Service.objects.filter(organization__stand_in=True).exists()
    assert Service.objects.get(original_id="6562").organization.original_id == "6017"
