"""What a source takes away closes here, and what was never here is never made."""

import json
from datetime import date
from pathlib import Path

import pytest

from livingwell.directory.models import Schedule, Service
from livingwell.directory.tests import make
from livingwell.directory.tests.test_feeds_shapes import SERIES, SESSION, item
from livingwell.directory.tests.test_importing import take

pytestmark = pytest.mark.django_db


def page(folder: Path, *items: dict[str, object]) -> Path:
    path = folder / "page.json"
    path.write_text(json.dumps({"next": "https://x.org/next", "items": items}))
    return path


@pytest.fixture(autouse=True)
def _themes() -> None:
    make.theme("singing")


def test_a_deletion_closes_what_is_known_and_makes_nothing_else(tmp_path: Path) -> None:
    take(page(tmp_path, item("SessionSeries", 1, 1, SERIES), item("ScheduledSession", "a", 2, SESSION)))
    service = Service.objects.get()
    assert (service.name, service.status) == ("Tai chi", "active")
    assert Schedule.objects.filter(service=service, dtstart=date(2026, 7, 7)).count() == 1

    report = take(
        page(
            tmp_path,
            item("SessionSeries", 1, 3),
            item("ScheduledSession", "a", 4),
            item("SessionSeries", 99, 5),
        )
    )

    service.refresh_from_db()
    assert service.status == "defunct"
    assert not Schedule.objects.filter(service=service, dtstart=date(2026, 7, 7)).exists()
    assert Service.objects.count() == 1
    assert report.adds_up
    told = report.as_text()
    assert "1 × services that their source took away: closed here" in told
    assert "1 × things that their source took away and that we never had: nothing to do" in told
