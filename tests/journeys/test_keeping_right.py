"""Something is wrong, and is put right: by anybody in two presses, by its people through a link, by an editor."""

import os
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from livingwell.directory.actions import looked_for
from livingwell.directory.models import Report, Service
from livingwell.keeping.links import door_token
from livingwell.keeping.models import Door
from tests.journeys.conftest import DESK, for_good, sign_in_as
from tests.journeys.test_every_page import complaints

SHOTS = os.environ.get("SHOTS", "")


def invented() -> Service:
    """One that can be written to and says when it meets."""
    found = (
        Service.objects.filter(
            invented=True, is_confidential=False, status="active", schedules__freq="WEEKLY"
        )
        .exclude(email="")
        .order_by("pk")
        .first()
    )
    assert found
    return found


def look_at(page: Page, name: str, *, axe: bool = True) -> None:
    """Nothing to scroll sideways on a phone or a desk, nothing that axe objects to."""
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.locator("html").evaluate("page => page.scrollWidth") <= width, name
        if SHOTS:
            page.screenshot(path=f"{SHOTS}/{name}-{width}.png", full_page=True)
    if axe:  # which is a script itself
        assert complaints(page) == [], name


def test_two_presses_say_that_something_is_wrong(phone: Page) -> None:
    service = invented()
    phone.goto(service.get_absolute_url())
    phone.get_by_role("link", name="Something wrong?").click()
    assert phone.locator("html").evaluate("page => page.scrollWidth") <= 360
    phone.get_by_role("link", name="When", exact=True).click()
    phone.get_by_role("button", name="This is wrong").click()

    expect(phone.get_by_role("heading", name="Thank you")).to_be_visible()
    phone.get_by_label("What is true instead?").fill("It starts at 7 now.")
    phone.get_by_label("Shall we tell you what came of it?").fill("ada@example.org")
    phone.get_by_role("button", name="Send this too").click()
    expect(phone.get_by_text("then delete your address")).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_provider_comes_by_link_and_an_editor_approves(chromium: Browser, site: str, script: bool) -> None:
    service = invented()
    context = chromium.new_context(base_url=site, viewport=DESK, java_script_enabled=script)
    page = context.new_page()
    page.goto(service.get_absolute_url())
    page.get_by_role("link", name="Is this yours?").click()
    page.get_by_role("button", name="Send the link there").click()
    expect(page.get_by_role("heading", name="Look in your mail")).to_be_visible()
    page.goto(f"/your-entries/open/{door_token(Door.objects.latest('made_at').pk)}/")
    page.get_by_role("button", name="Go to my entries").click()
    look_at(page, "your-entries", axe=script)
    page.get_by_role("link", name=service.name, exact=True).first.click()
    page.get_by_role("link", name="Change When", exact=True).click()
    box = page.get_by_role("textbox", name="When").first
    box.fill("Thursday 6pm to 8pm\nSaturdays 10am to noon, 6 times from 9 January 2027")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Is this what you mean?")).to_be_visible()
    look_at(page, "read-back", axe=script)
    page.get_by_role("button", name="Yes, save it").click()
    expect(page.get_by_text("It is on the page now.")).to_be_visible()
    page.get_by_role("link", name="Change What it is", exact=True).click()
    page.get_by_label("Name", exact=True).fill(f"{service.name} again")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("That waits until one of us has looked")).to_be_visible()
    page.get_by_role("link", name="Should nobody know where you are?").click()
    look_at(page, "ask-private", axe=script)
    sign_in_as("editor", context, site)
    page.goto("/keeping/proposals/")
    page.get_by_role("link", name=service.name).first.click()
    look_at(page, "proposal", axe=script)
    page.get_by_role("button", name="Take it over").click()
    page.goto(service.get_absolute_url())
    expect(page.get_by_role("heading", level=1)).to_contain_text("again")
    expect(page.get_by_text("6pm to 8pm").first).to_be_visible()
    context.close()


def sought_in_vain() -> None:
    """Singing in two places and what nobody understood, in each of the weeks before."""
    today = timezone.localdate()
    for weeks in range(5, 12):
        for theme, place, times in (("singing", "SW9", 7), ("home-at-risk", "SE11", 12), ("", "", 31)):
            for _ in range(times):
                looked_for.count([theme] if theme else [], place=place, on=today - timedelta(weeks=weeks))


def test_what_was_looked_for_in_vain_is_told_to_editors(staff_desk: Page) -> None:
    for_good(sought_in_vain)
    staff_desk.goto("/keeping/looked-for/")
    expect(staff_desk.get_by_role("cell", name="SW9").first).to_be_visible()
    look_at(staff_desk, "looked-for")
    staff_desk.get_by_role("link", name="The last 48 weeks").click()
    look_at(staff_desk, "looked-for-48")


def test_axe_finds_nothing_on_the_pages_of_keeping_right(staff_desk: Page) -> None:
    service = Service.objects.filter(invented=True, service_at_locations__isnull=False).first()
    assert service
    edit = f"/keeping/entries/{service.pk}/edit/"
    for address in (
        f"/something-wrong/{service.pk}/",
        f"/something-wrong/{service.pk}/phone/",
        f"/your-entries/link/{service.pk}/",
        "/keeping/reports/",
        *(f"/keeping/reports/{pk}/" for pk in Report.objects.open().values_list("pk", flat=True)[:1]),
        "/keeping/proposals/",
        "/keeping/entries/add/",
        edit,
        *(f"{edit}{section}/" for section in ("what", "when", "where", "in", "who", "contact", "room")),
    ):
        staff_desk.goto(address)
        look_at(staff_desk, address.strip("/").replace("/", "_")[-20:])
