"""Somebody who has no words for it answers short questions, from the first to the last, and changes their mind."""

import os
import re

from playwright.sync_api import Page, expect

from livingwell.directory.forms_questions import STEPS
from tests.journeys.test_every_page import complaints

HERE = "/directory/questions/"
SHOTS = os.environ.get("SHOTS", "")


def fits(page: Page, name: str) -> None:
    assert page.locator("html").evaluate("page => page.scrollWidth") <= 360, name
    assert page.url.endswith(HERE), "no answer stands in an address"
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/questions-{name}.png", full_page=True)


def test_all_the_questions_are_answered_one_after_the_other_and_one_is_changed(phone: Page) -> None:
    phone.goto("/directory/")
    phone.get_by_role("link", name="Or answer a few short questions").click()
    expect(phone.get_by_text(f"Question 1 of {len(STEPS)}.")).to_be_visible()
    phone.get_by_label("Something to do").check()
    fits(phone, "about")
    phone.get_by_role("button", name="Next").click()

    expect(phone.get_by_label("Who is it for?")).to_be_visible()
    fits(phone, "group")
    phone.get_by_role("button", name="Next").click()

    phone.get_by_label("Near where?").fill("Brixton")
    fits(phone, "near")
    phone.get_by_role("button", name="Next").click()

    phone.get_by_label("Which day could you go?").select_option("Tuesday")
    fits(phone, "when")
    phone.get_by_role("button", name="Back").click()
    expect(phone.get_by_label("Near where?")).to_have_value("Brixton")
    phone.get_by_role("button", name="Next").click()
    expect(phone.get_by_label("Which day could you go?")).to_have_value("1")
    phone.get_by_role("button", name="Next").click()

    expect(phone.get_by_text(f"Question {len(STEPS)} of {len(STEPS)}.")).to_be_visible()
    phone.get_by_label("Free", exact=True).check()
    fits(phone, "easier")
    phone.get_by_role("button", name="Show me what’s around").click()

    for said in ("Something to do", "Brixton", "Tuesday", "Free"):
        expect(phone.get_by_role("main").get_by_text(said).first).to_be_visible()
    narrow = phone.locator("article").count()
    fits(phone, "answer")
    phone.get_by_role("button", name=re.compile("Change.*Which day")).click()
    phone.get_by_label("Which day could you go?").select_option("Any day")
    phone.get_by_role("button", name="That is enough, show me").click()
    assert phone.locator("article").count() >= max(narrow, 1)


def test_who_passes_over_everything_can_go_on_past_the_first_page(phone: Page) -> None:
    phone.goto(HERE)
    phone.get_by_role("button", name="That is enough, show me").click()
    seen = {each.get_attribute("href") for each in phone.locator(".lw-card__title a").all()}
    for number in (2, 3):
        phone.get_by_role("button", name="Next page").click()
        expect(phone.get_by_text(f"Page {number} of")).to_be_visible()
        shown = {each.get_attribute("href") for each in phone.locator(".lw-card__title a").all()}
        assert not shown & seen
        seen |= shown
    assert len(seen) == 60
    fits(phone, "third-page")
    phone.get_by_role("button", name="Page before").click()
    expect(phone.get_by_text("Page 2 of")).to_be_visible()


def test_axe_finds_nothing_at_any_question_answered_or_not(desk: Page) -> None:
    desk.goto(HERE)
    for _step in STEPS:
        assert complaints(desk) == [], desk.inner_text("h1")
        desk.locator("main button[name=go]").first.click()
    assert complaints(desk) == []
