"""What holds for each page: nothing that axe objects to, no sideways scrolling, light, calm in every mode."""

import itertools
from functools import cache
from http import HTTPStatus

import brotli
import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import get_resolver
from playwright.sync_api import BrowserContext, Page, expect

from livingwell.directory.forms_questions import STEPS
from livingwell.directory.models import Organization, Service
from tests.test_architecture import addresses

LIGHT = 100 * 1024
STORY = "I am lonely since my husband died. I love gardening and can knit. I have no money for food."
NOT_PAGES = ("sitemap.xml", "robots.txt")


@cache
def plain_pages() -> list[str]:
    """Each address without parameters that shows a page: not those that only take what is sent, not files."""
    found = [
        f"/{address}" for address in addresses(get_resolver()) if "<" not in address and "^" not in address
    ]
    pages = [address for address in found if not address.endswith(NOT_PAGES)]
    return [
        address for address in pages if Client().get(address).status_code != HTTPStatus.METHOD_NOT_ALLOWED
    ]


def every_page() -> list[str]:
    """Each address without parameters, one service and organization, a search, and a page that is not there."""
    service = Service.objects.filter(invented=True).first()
    organization = Organization.objects.first()
    assert service
    assert organization
    return [
        *plain_pages(),
        service.get_absolute_url(),
        organization.get_absolute_url(),
        "/directory/?q=singing&near=Brixton",
        "/directory/?q=zzzzzz",
        "/directory/themes/singing/",
        *(f"/directory/questions/?go={step}" for step in range(len(STEPS) + 1)),
        "/no-such-page/",
        f"/my-list/services/{service.pk}/text/",
        f"/my-list/services/{service.pk}/email/",
    ]


def told(page: Page) -> None:
    page.goto("/")
    page.get_by_label("What’s going on, and what would you like?").fill(STORY)
    page.get_by_role("button", name="Show me what’s around").click()


def complaints(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['target']} {each['help']}" for each in found]


def test_axe_finds_nothing_on_any_page(desk: Page) -> None:
    for address in every_page():
        desk.goto(address)
        assert complaints(desk) == [], address
    told(desk)
    assert complaints(desk) == []
    desk.goto("/suggestions/")
    desk.get_by_role("button", name="Show me what’s around").click()
    assert complaints(desk) == []


@pytest.mark.parametrize("scheme", ["dark", "forced"])
def test_axe_finds_nothing_in_other_colours(context: BrowserContext, scheme: str) -> None:
    page = context.new_page()
    if scheme == "dark":
        page.emulate_media(color_scheme="dark")
    else:
        page.emulate_media(forced_colors="active")
    for address in every_page():
        page.goto(address)
        assert complaints(page) == [], address
    told(page)
    assert complaints(page) == []


@pytest.mark.parametrize("width", [320, 360, 640, 1280])
def test_nothing_has_to_be_scrolled_sideways(context: BrowserContext, width: int) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 800})
    for address in every_page():
        page.goto(address)
        assert page.locator("html").evaluate("page => page.scrollWidth") <= width, address
    told(page)
    assert page.locator("html").evaluate("page => page.scrollWidth") <= width


def test_a_page_at_twice_the_size_still_reads(context: BrowserContext) -> None:
    """200 % zoom at 1280 px is a view of 640 px with twice the pixels: nothing is cut off sideways."""
    page = context.new_page()
    page.set_viewport_size({"width": 640, "height": 450})
    told(page)
    assert page.locator("html").evaluate("page => page.scrollWidth") <= 640


def test_a_first_visit_is_light_and_asks_nobody_else(context: BrowserContext, site: str) -> None:
    page = context.new_page()
    weight: dict[str, int] = {}

    def weigh(response: object) -> None:
        kind = response.request.resource_type  # type: ignore[attr-defined]
        if kind not in {"font", "image"}:
            weight[response.url] = len(brotli.compress(response.body()))  # type: ignore[attr-defined]

    page.on("response", weigh)
    page.goto("/")
    page.wait_for_load_state("networkidle")

    assert all(address.startswith(site) for address in weight)
    assert sum(weight.values()) < LIGHT, weight


def test_the_keyboard_reaches_help_first_and_then_the_question(desk: Page) -> None:
    desk.goto("/")
    desk.keyboard.press("Tab")
    expect(desk.locator(":focus")).to_have_attribute("href", "#maincontent")
    desk.keyboard.press("Tab")
    expect(desk.locator(":focus")).to_contain_text("Need help now?")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("link", name="116 123").first).to_be_visible()


def test_headings_come_in_order_for_a_screen_reader(desk: Page) -> None:
    told(desk)
    levels = [
        int(tag[1]) for tag in desk.eval_on_selector_all("h1,h2,h3,h4", "all => all.map(one => one.tagName)")
    ]
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in itertools.pairwise(levels)), levels


def test_paper_has_the_help_and_not_the_buttons(desk: Page) -> None:
    told(desk)
    desk.emulate_media(media="print")

    expect(desk.get_by_role("button", name="Show me what’s around")).to_be_hidden()
    expect(desk.locator("article").first).to_be_visible()
    assert desk.pdf(format="A4").startswith(b"%PDF")


def test_crisis_numbers_are_in_every_page_without_script(site: str) -> None:
    client = Client()
    for address in every_page():
        page = client.get(address, follow=True).content.decode()
        for number in ("999", "111", "116 123", "85258"):
            assert number in page, (address, number)
