"""Somebody who reads Portuguese on a phone, with and without script; long words on a small screen."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from livingwell.core.catalogues import translated

PAGES = (
    "/",
    "/numbers/",
    "/about/",
    "/privacy/",
    "/my-list/",
    "/directory/",
    "/directory/?q=coro&near=Brixton",
    "/directory/themes/",
    "/directory/questions/",
    "/suggestions/themes/",
)


def complaints(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['target']} {each['help']}" for each in found]


def test_portuguese_is_chosen_once_and_stays_from_search_to_a_service(phone: Page) -> None:
    phone.goto("/")
    phone.get_by_role("link", name="Português").click()
    expect(phone.locator("html")).to_have_attribute("lang", "pt")
    phone.get_by_role("link", name="O que há por perto", exact=True).click()

    phone.get_by_label("O que procura?").fill("coro")
    phone.get_by_role("button", name="Procurar").click()
    first = phone.locator(".lw-card__title a").first
    expect(first.locator("[lang=en]")).to_be_visible()
    first.click()

    expect(phone.locator("html")).to_have_attribute("lang", "pt")
    expect(phone.locator("h1 [lang=en]")).to_be_visible()
    expect(phone.get_by_text("feita por uma máquina")).to_be_visible()
    phone.get_by_role("link", name="English", exact=True).click()
    expect(phone.locator("html")).to_have_attribute("lang", "en-GB")
    expect(phone.locator("h1 [lang]")).to_have_count(0)


def test_an_answer_to_a_story_can_be_read_in_another_language_without_writing_it_again(phone: Page) -> None:
    phone.goto("/")
    phone.get_by_label("What’s going on, and what would you like?").fill("I am lonely and I used to sing")
    phone.get_by_role("button", name="Show me what’s around").click()

    phone.get_by_role("button", name="Soomaali").click()

    expect(phone.locator("html")).to_have_attribute("lang", "so")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Waxa ku agagaaran")
    expect(phone.locator(".lw-words").first).to_be_visible()


@pytest.mark.parametrize("code", translated())
def test_pages_in_every_language_have_nothing_that_axe_objects_to_and_fit_a_small_phone(
    desk: Page, code: str
) -> None:
    desk.set_viewport_size({"width": 320, "height": 700})
    desk.goto(f"/?lang={code}")
    for address in PAGES:
        desk.goto(address)
        wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert desk.evaluate(wider) <= 0, address
        assert complaints(desk) == [], address
