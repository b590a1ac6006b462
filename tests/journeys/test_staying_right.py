"""Staying right: the people of an entry answer with a thumb; a volunteer rings; each page is calm and whole."""

import re

from playwright.sync_api import Browser, Page, expect

from livingwell.keeping.links import token_of
from livingwell.keeping.models import Asking
from tests.journeys.conftest import DESK, sign_in_as
from tests.journeys.test_every_page import complaints

VOICES = "The voices group"


def link() -> str:
    """The link in the last message about an invented group that is silent in the demonstration."""
    asking = Asking.objects.filter(asks__service__name=VOICES).latest("asked_at")
    return f"/keeping/answer/{token_of(asking.pk)}/"


def well(page: Page, address: str) -> None:
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(address)
        assert page.locator("html").evaluate("page => page.scrollWidth") <= width, address
    assert complaints(page) == [], address


def test_a_group_says_with_one_press_that_all_is_right(phone: Page, chromium: Browser, site: str) -> None:
    context = chromium.new_context(base_url=site, viewport=DESK)
    desk = context.new_page()
    door = link()
    for part in ("", "change/", "room/", "closed/"):
        asking = Asking.objects.filter(asks__service__name=VOICES).latest("asked_at")
        pk = asking.asks.get(service__name=VOICES).service_id
        well(desk, f"{door}{pk}/{part}")
    context.close()

    phone.goto(door)
    if phone.get_by_role("button", name="Yes, all of it is right").count():
        phone.get_by_role("button", name="Yes, all of it is right").click()

    expect(phone.get_by_role("heading", name="Thank you")).to_be_visible()
    phone.goto(f"/directory/?q={VOICES.replace(' ', '+')}")
    expect(phone.get_by_text("Nobody has told us since")).to_have_count(0)


def test_a_volunteer_rings_one_and_writes_down_what_was_heard(chromium: Browser, site: str) -> None:
    context = chromium.new_context(base_url=site, viewport=DESK)
    sign_in_as("volunteer", context, site)
    page = context.new_page()
    well(page, "/keeping/round/")
    page.get_by_role("button", name=re.compile("Give me")).click()
    well(page, page.url)
    expect(page.locator(".lw-ring a").first).to_have_attribute("href", re.compile("^tel:"))

    page.get_by_label("What it costs").fill("£1.50")
    page.keyboard.press("Enter")

    expect(page.get_by_role("status")).to_contain_text("Written down. Thank you.")
    context.close()
