"""An editor at a desk and on a phone: what changed in an entry, put back; two entries made one, and two again."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from livingwell.directory.actions import doubling, editing
from livingwell.directory.models import How, Service
from tests.journeys.conftest import for_good
from tests.journeys.test_every_page import complaints

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


@pytest.fixture
def corrected() -> Service:
    service = Service.objects.filter(invented=True, merged_into=None).order_by("pk").first()
    assert service
    said = {"wait_time": "Two weeks", "phones": [{"number": "020 7946 0001"}]}
    for_good(lambda: editing.change(service, said, by="Ann", how=How.PHONE, at=NOW, note="She rang us."))
    return service


def twice(service: Service) -> object:
    """Write the same thing down a second time, and look for what is there twice."""
    twin = Service.objects.create(
        source=service.source, original_id="twin", organization=service.organization, name=service.name,
        description="The same, said differently.", invented=True,
    )  # fmt: skip
    for one in (service, twin):
        editing.change(one, {"email": "twice@example.org"}, by="Ann", how=How.SCREEN, at=NOW)
    return doubling.find_of([service.pk, twin.pk])


def fits(page: Page, address: str) -> None:
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address)
        assert page.locator("html").evaluate("page => page.scrollWidth") <= width, address
        assert complaints(page) == [], address


def test_an_editor_compares_and_puts_back(staff_desk: Page, corrected: Service) -> None:
    history = f"/keeping/entries/{corrected.pk}/history/"
    latest = corrected.versions.count()
    for address in (
        history,
        f"{history}1/{latest}/",
        f"/keeping/entries/{corrected.pk}/sources/",
        "/keeping/otherwise/",
    ):
        fits(staff_desk, address)
    staff_desk.goto(history)
    staff_desk.get_by_role("button", name="Compare the two").click()
    expect(staff_desk.get_by_text("Two weeks")).to_be_visible()
    staff_desk.get_by_role("button", name="Put version").click()
    expect(staff_desk.get_by_role("heading", name="What changed")).to_be_visible()
    corrected.refresh_from_db()
    assert corrected.wait_time == ""


def test_an_editor_makes_two_one_and_two_again(staff_desk: Page, corrected: Service) -> None:
    assert for_good(lambda: twice(corrected))
    fits(staff_desk, "/keeping/doubles/")
    staff_desk.get_by_role("link", name=corrected.name).first.click()
    fits(staff_desk, staff_desk.url)
    staff_desk.get_by_role("button", name="Yes, make them one").click()
    fits(staff_desk, "/keeping/doubles/merged/")
    staff_desk.get_by_role("button", name="Make them two again").first.click()
    expect(staff_desk.get_by_role("button", name="Make them two again")).to_have_count(0)
    assert not Service.objects.filter(merged_into__isnull=False).exists()
