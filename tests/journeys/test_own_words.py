"""Somebody writes about themselves on a page of their own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from livingwell.consent.actions import start
from livingwell.messaging.models import Message
from livingwell.people.actions import account_for
from tests.journeys.conftest import PHONE, for_good
from tests.journeys.test_every_page import complaints

if TYPE_CHECKING:
    from livingwell.people.models import Account

STORY = "I love gardening. I am lonely since my husband died. Some nights I can’t sleep."

SLOW = """const ask = window.fetch;
window.fetch = async (...asked) => {
  console.log("under way");
  await new Promise((done) => setTimeout(done, 3000));
  return ask(...asked);
};"""
"""What makes each saving of a page take three seconds longer."""


def somebody() -> Account:
    """A new account with an empty page."""

    def made() -> Account:
        account = account_for("email", f"{uuid4().hex}@example.org")
        start(by=account, at=timezone.now())
        return account

    return for_good(made)


def sign_in(context: BrowserContext, account: Account, site: str) -> None:
    client = Client()
    for_good(lambda: client.force_login(account))
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site}])


def to_words(page: Page) -> None:
    """To one's own page, and on to one's words."""
    page.goto("/my-page/")
    page.get_by_role("link", name="My words", exact=True).click()


def test_a_story_is_kept_on_a_page_without_being_typed_again(phone: Page) -> None:
    phone.goto("/")
    phone.get_by_label("What’s going on, and what would you like?").fill(STORY)
    phone.get_by_role("button", name="Show me what’s around").click()
    phone.get_by_role("button", name="Keep this on a page of my own").click()
    address = f"{uuid4().hex}@example.org"
    phone.get_by_label("Your e-mail address or mobile number").fill(address)
    phone.get_by_role("button", name="Send me a code").click()
    code = re.search(r"\d{6}", Message.objects.filter(to=address).latest("queued_at").body)
    assert code
    phone.get_by_label("The code").fill(code[0])
    phone.get_by_role("button", name="Go on").click()
    phone.get_by_role("main").get_by_role("button", name="Keep this").click()

    expect(phone.get_by_role("heading", level=1)).to_have_text("What matters to you?")
    expect(phone.get_by_role("textbox")).to_have_value(STORY)
    expect(phone.locator("#heard")).to_contain_text("Gardening")
    assert "gardening" not in phone.url
    assert not any("gardening" in cookie["value"] for cookie in phone.context.cookies())


def test_every_question_can_be_passed_over_and_words_stay(phone: Page, site: str) -> None:
    sign_in(phone.context, somebody(), site)
    to_words(phone)
    phone.get_by_role("link", name="What matters to me").last.click()
    phone.get_by_role("textbox").fill(STORY)
    phone.get_by_role("button", name="Next").click()
    expect(phone.get_by_text("What we heard in “What matters to me”")).to_be_visible()
    phone.get_by_role("button", name="Skip this").click()
    phone.get_by_role("button", name="Back").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("What does staying well mean to you?")
    phone.get_by_role("button", name="Back").click()
    expect(phone.get_by_role("textbox")).to_have_value(STORY)
    phone.get_by_role("button", name="No, not that Gardening").click()
    expect(phone.locator("#heard")).not_to_contain_text("Gardening")
    phone.get_by_role("button", name="That’s enough for now").click()
    expect(phone.get_by_text(STORY)).to_be_visible()


def test_words_of_danger_bring_help_on_top(phone: Page, site: str) -> None:
    sign_in(phone.context, somebody(), site)
    to_words(phone)
    phone.get_by_role("link", name="Home").last.click()
    phone.get_by_role("textbox").fill("I want to die.")
    phone.get_by_role("button", name="Next").click()
    expect(
        phone.get_by_role("heading", name="You don’t have to be alone with this right now")
    ).to_be_visible()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Is there anybody you care for?")


def test_what_is_typed_is_saved_by_itself(desk: Page, context: BrowserContext, site: str) -> None:
    sign_in(context, somebody(), site)
    to_words(desk)
    desk.get_by_role("link", name="Home").last.click()
    box = desk.get_by_role("textbox")
    box.press_sequentially("A flat with a garden. I want to die.")
    expect(desk.get_by_role("status")).to_have_text("Saved.")
    expect(desk.get_by_role("heading", name="You don’t have to be alone with this right now")).to_be_visible()
    expect(box).to_be_focused()
    box.press_sequentially(" And a cat.")
    desk.get_by_role("button", name="Next").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Is there anybody you care for?")
    desk.get_by_role("button", name="Back").click()
    expect(box).to_have_value("A flat with a garden. I want to die. And a cat.")


def test_what_is_typed_while_a_slow_saving_is_under_way_is_saved_after_it(
    desk: Page, context: BrowserContext, site: str
) -> None:
    sign_in(context, somebody(), site)
    desk.add_init_script(SLOW)
    to_words(desk)
    desk.get_by_role("link", name="Home").last.click()
    box = desk.get_by_role("textbox")
    with desk.expect_event("console", lambda said: said.text == "under way"):
        box.fill("A flat with a garden.")
    box.press_sequentially(" And a cat.")
    expect(desk.get_by_role("status")).to_have_text("Saved.")
    desk.reload()
    expect(box).to_have_value("A flat with a garden. And a cat.")


def test_what_is_typed_before_the_script_has_come_is_saved(
    desk: Page, context: BrowserContext, site: str
) -> None:
    sign_in(context, somebody(), site)
    to_words(desk)
    held: list[Route] = []
    desk.route("**/words*.js", lambda route: held.append(route))
    desk.get_by_role("link", name="Home").last.click(no_wait_after=True)
    box = desk.get_by_role("textbox")
    box.fill("A flat with a garden.")
    for route in held:
        route.continue_()
    expect(desk.get_by_role("status")).to_have_text("Saved.")


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_two_who_write_at_once_both_keep_their_words(chromium: Browser, site: str, script: bool) -> None:
    account = somebody()
    windows = []
    for _ in range(2):
        context = chromium.new_context(base_url=site, viewport=PHONE, java_script_enabled=script)
        sign_in(context, account, site)
        window = context.new_page()
        to_words(window)
        window.get_by_role("link", name="Home").last.click()
        windows.append(window)
    one, two = windows
    one.get_by_role("textbox").fill("A boat on the canal.")
    one.get_by_role("button", name="Next").click()
    two.get_by_role("textbox").fill("It is cold.")
    two.get_by_role("button", name="Next").click()
    expect(two.get_by_role("heading", name="Two of you wrote here at once")).to_be_visible()
    expect(two.get_by_text("A boat on the canal.")).to_be_visible()
    expect(two.get_by_role("textbox")).to_have_value("It is cold.")
    if script:
        assert complaints(two) == []
    two.get_by_role("button", name="Keep both").click()
    two.get_by_role("button", name="Back").click()
    expect(two.get_by_role("textbox")).to_have_value("A boat on the canal.\n\nIt is cold.")
    for window in windows:
        window.context.close()


def test_a_hard_day_is_named_and_taken_off(phone: Page, site: str) -> None:
    sign_in(phone.context, somebody(), site)
    to_words(phone)
    phone.get_by_role("link", name="What helps on a bad day").first.click()
    phone.get_by_role("link", name="Add a hard day").click()
    phone.get_by_role("button", name="Save this day").click()
    expect(phone.get_by_role("heading", name="Something to put right")).to_be_visible()
    phone.get_by_label("What day is it?").fill("The day Mum died")
    phone.get_by_label("Day", exact=True).fill("29")
    phone.get_by_label("Month").select_option("February")
    phone.get_by_role("button", name="Save this day").click()
    expect(phone.get_by_text("The day Mum died").first).to_be_visible()
    phone.get_by_role("button", name="Take it off The day Mum died").click()
    expect(phone.get_by_text("The day Mum died")).to_have_count(0)


@pytest.mark.parametrize("colours", ["light", "dark", "forced"])
def test_axe_finds_nothing_on_the_pages_of_ones_words(
    desk: Page, context: BrowserContext, site: str, colours: str
) -> None:
    if colours == "dark":
        desk.emulate_media(color_scheme="dark")
    elif colours == "forced":
        desk.emulate_media(forced_colors="active")
    account = for_good(lambda: account_for("email", f"{uuid4().hex}@example.org"))
    sign_in(context, account, site)
    desk.goto("/my-page/")
    assert complaints(desk) == []
    desk.get_by_role("button", name="Start my page").click()
    desk.get_by_role("textbox").fill(STORY + " I want to die.")
    desk.get_by_role("button", name="Next").click()
    assert complaints(desk) == []
    desk.get_by_role("button", name="That’s enough for now").click()
    home = desk.url.split("?")[0]
    for rest in (
        "",
        "plan/",
        "bad-days/",
        "themes/",
        "bad-days/dates/",
        "about/matters/",
        "about/helps-not/",
    ):
        desk.goto(home + rest)
        assert complaints(desk) == [], rest
        desk.set_viewport_size({"width": 320, "height": 800})
        assert desk.locator("html").evaluate("page => page.scrollWidth") <= 320, rest
        desk.set_viewport_size({"width": 1280, "height": 900})
    desk.goto(home + "bad-days/dates/")
    desk.get_by_role("button", name="Save this day").click()
    assert complaints(desk) == []
