"""Opening the map: by keyboard, by touch, without script; nothing is fetched for it before."""

import re

import brotli
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.test_every_page import LIGHT, complaints

RESULTS = "/directory/?q=singing&near=Brixton"


def opened(page: Page) -> None:
    page.goto(RESULTS)
    page.locator("#map summary").click()
    expect(page.locator(".lw-pin").first).to_be_visible()


def test_a_map_is_opened_and_asked_by_keyboard_alone(desk: Page) -> None:
    desk.goto(RESULTS)
    desk.locator("#map summary").focus()
    desk.keyboard.press("Enter")
    pin = desk.locator(".lw-pin").first
    expect(pin).to_be_visible()
    while not pin.evaluate("pin => pin === document.activeElement"):
        assert desk.evaluate("document.activeElement.closest('#map') !== null"), (
            "the pin is not reached by Tab"
        )
        desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")

    panel = desk.locator(".lw-map__panel")
    expect(panel).to_be_focused()
    expect(pin).to_have_attribute("aria-expanded", "true")
    name = panel.locator("a").first.inner_text()
    assert name in (pin.get_attribute("aria-label") or "")

    desk.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(pin).to_be_focused()
    desk.keyboard.press("Enter")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", level=1)).to_have_text(name)


def test_nothing_is_fetched_for_a_map_until_it_is_opened_and_then_from_us(
    context: BrowserContext, site: str
) -> None:
    page = context.new_page()
    weight: dict[str, int] = {}
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    def weigh(response: object) -> None:
        if response.request.resource_type not in {"font", "image"}:  # type: ignore[attr-defined]
            weight[response.url] = len(brotli.compress(response.body()))  # type: ignore[attr-defined]

    page.on("response", weigh)
    page.goto(RESULTS)
    page.wait_for_load_state("networkidle")
    assert not [address for address in asked if re.search("leaflet|map|sketch", address)]
    assert sum(weight.values()) < LIGHT, weight

    page.locator("#map summary").click()
    expect(page.locator(".lw-pin").first).to_be_visible()
    assert [address for address in asked if "leaflet.js" in address]
    assert all(address.startswith(site) for address in asked)


@pytest.mark.parametrize("mode", ["light", "dark", "forced"])
def test_axe_finds_nothing_with_a_map_open(context: BrowserContext, mode: str) -> None:
    page = context.new_page()
    page.emulate_media(
        color_scheme="dark" if mode == "dark" else "light",
        forced_colors="active" if mode == "forced" else "none",
    )
    opened(page)
    page.locator(".lw-pin").first.click()
    assert complaints(page) == []


def test_a_phone_is_not_caught_in_the_map(chromium: object, site: str) -> None:
    context = chromium.new_context(  # type: ignore[attr-defined]
        base_url=site, viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    opened(page)
    sheet = page.locator(".lw-map__sheet--live")

    block = sheet.bounding_box()
    assert block
    assert 280 <= block["height"] <= 320
    assert "none" not in sheet.evaluate("sheet => getComputedStyle(sheet).touchAction")
    expect(page.get_by_text("Two fingers move the map.")).to_be_visible()
    assert page.locator("html").evaluate("page => page.scrollWidth") <= 360
    for target in page.locator(".lw-pin, .lw-map .leaflet-bar a").all():
        box = target.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 44
    context.close()


def test_without_script_the_sketch_and_the_places_in_words_are_there(phone: Page) -> None:
    """The same with script where the script does not come."""
    phone.route("**/map*.js", lambda route: route.abort())
    phone.goto(RESULTS)
    phone.locator("#map summary").click()

    expect(phone.locator("svg.lw-sketch")).to_be_visible()
    assert phone.locator(".lw-sketch__mark").count() >= 1
    place = phone.locator(".lw-map__places a").first
    expect(place).to_be_visible()
    name = place.inner_text()
    place.click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(name)


def test_somebody_who_wants_no_motion_gets_none(context: BrowserContext) -> None:
    page = context.new_page()
    page.emulate_media(reduced_motion="reduce")
    opened(page)

    assert not page.locator(".leaflet-zoom-anim, .leaflet-fade-anim").count()


def test_paper_gets_the_sketch_and_not_what_moves(desk: Page) -> None:
    opened(desk)
    expect(desk.locator("svg.lw-sketch")).to_be_hidden()
    desk.emulate_media(media="print")

    expect(desk.locator("svg.lw-sketch")).to_be_visible()
    expect(desk.locator(".lw-map__sheet--live")).to_be_hidden()
    block = desk.locator("#map").bounding_box()
    assert block
    assert block["width"] <= 420
