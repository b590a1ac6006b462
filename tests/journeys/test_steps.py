"""Somebody chooses what to do next: in their own words, from what is around them, from a page that anybody can read."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from livingwell.circles import actions as circle
from livingwell.consent import actions as consent
from livingwell.directory.models import Service
from livingwell.people.actions import account_for
from livingwell.plans import actions as plans
from livingwell.plans.models import Section
from livingwell.steps import actions
from livingwell.steps.companions import MYSELF
from livingwell.steps.models import Status
from tests.journeys.conftest import for_good
from tests.journeys.test_every_page import complaints, told

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

    from livingwell.consent.models import Person
    from livingwell.people.models import Account

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def somebody() -> Account:
    return for_good(lambda: account_for("email", f"{uuid4()}@example.org"))


def page_of(account: Account) -> Person:
    """A page with words on it and a sister in its circle."""

    def made() -> Person:
        person = consent.start(by=account, at=NOW, called="Pat")
        plans.write(person, Section.MATTERS, "I miss singing. I love gardening.", over=0, by=account, at=NOW)
        circle.add(person, {"called": "Ada, my sister"}, by=account, at=NOW)
        return person

    return for_good(made)


def signed_in(page: Page, account: Account, site: str) -> None:
    client = Client()
    for_good(lambda: client.force_login(account))
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site}])


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).first.click()


def test_a_step_in_ones_own_words_with_a_sister_beside_it(phone: Page, site: str) -> None:
    account = somebody()
    person = page_of(account)
    signed_in(phone, account, site)

    phone.goto(f"/page/{person.pk}/steps/")
    phone.get_by_role("link", name="Write a step in your own words").click()
    press(phone, "Add this step")
    expect(phone.get_by_text("Write a few words first.").first).to_be_visible()
    phone.get_by_label("What would you like to do?").fill("Listen to the choir from the door")
    press(phone, "Add this step")

    phone.get_by_role("link", name="Begin, with somebody").click()
    phone.get_by_label("Ada, my sister").check()
    press(phone, "Begin")
    expect(phone.get_by_text("Begun · with Ada, my sister")).to_be_visible()

    phone.get_by_label("A smaller piece of it").fill("Find the number")
    press(phone, "Add this piece")
    press(phone, "Done Find the number")
    expect(phone.get_by_role("heading", level=1, name="Listen to the choir from the door")).to_be_visible()

    press(phone, "Not now Listen")
    expect(phone.get_by_text("Not now · with Ada, my sister · ask me on")).to_be_visible()
    press(phone, "Start again")
    expect(phone.get_by_text("Begun · with Ada, my sister")).to_be_visible()
    press(phone, "Done Listen")
    phone.goto(f"/page/{person.pk}/steps/")
    expect(phone.get_by_text("Done (1)")).to_be_visible()


def test_what_is_around_is_chosen_refused_put_off_and_brought_back(phone: Page, site: str) -> None:
    account = somebody()
    person = page_of(account)
    signed_in(phone, account, site)

    phone.goto(f"/page/{person.pk}/steps/")
    phone.get_by_role("link", name="See what’s around for you").click()
    titles = phone.locator(".lw-around h2")
    chosen, refused, put_off = (titles.nth(number).inner_text() for number in range(3))
    press(phone, f"Make this a step {chosen}")
    expect(phone.get_by_role("heading", level=1, name=chosen)).to_be_visible()

    phone.goto(f"/page/{person.pk}/steps/around/")
    press(phone, f"Not for me {refused}")
    expect(phone.get_by_text(f"We won’t offer {refused} again")).to_be_visible()
    press(phone, f"Ask me later {put_off}")
    expect(phone.get_by_text(f"We will ask you about {put_off}")).to_be_visible()
    shown = titles.all_inner_texts()
    assert not {chosen, refused, put_off} & set(shown)

    phone.get_by_role("link", name="What I said no to").click()
    press(phone, f"Bring it back {refused}")
    phone.get_by_role("link", name="See what’s around for you").click()
    assert refused in titles.all_inner_texts()


def test_something_found_in_public_becomes_a_step_in_one_press(phone: Page, site: str) -> None:
    signed_in(phone, somebody(), site)
    told(phone)
    title = phone.locator(".lw-card__title").first.inner_text()

    phone.get_by_role("button", name=f"Make this a step {title}").click()

    with_script = bool(phone.locator("[data-made] a").count()) or phone.url.endswith("/suggestions/")
    if with_script:
        phone.get_by_role("link", name="On your page. See the step").click()
    expect(phone.get_by_role("heading", level=1, name=title)).to_be_visible()
    expect(phone.get_by_text("Chosen · Now")).to_be_visible()


def every_page_of_steps(account: Account) -> list[str]:
    """Each address of the app, with a step in each state."""
    person = page_of(account)
    at = f"/page/{person.pk}/steps/"

    def made() -> list[str]:
        begun = actions.add(person, "Listen to the choir", by=account, at=NOW)
        actions.add(person, "Find the number", parent=begun, by=account, at=NOW)
        begun = actions.move(begun, Status.ACTIVE, was=Status.PLANNED, companion=MYSELF, by=account, at=NOW)
        chosen = actions.add(person, "Sort out the balcony", by=account, at=NOW)
        off = actions.add(person, "Write to my brother", by=account, at=NOW)
        actions.move(off, Status.ON_HOLD, was=Status.PLANNED, by=account, at=NOW)
        one, other = Service.objects.filter(invented=True)[:2]
        no = actions.turn_down(person, one, by=account, at=NOW, reason="Too many people")
        later = actions.ask_later(person, other, by=account, at=NOW)
        return [
            *(f"{at}{step.pk}/" for step in (begun, chosen, off)),
            *(f"{at}{begun.pk}/{end}/" for end in ("change", "with", "ask")),
            *(f"{at}said-no/{choice.pk}/" for choice in (no, later)),
            f"{at}around/?said={no.pk}",
            f"/steps/choose/{one.pk}/",
            one.get_absolute_url(),
        ]

    return [at, *(f"{at}{end}/" for end in ("new", "around", "said-no")), *for_good(made)]


@pytest.mark.parametrize("scheme", ["light", "dark", "forced"])
def test_axe_finds_nothing_on_the_pages_of_steps(context: BrowserContext, site: str, scheme: str) -> None:
    account, page = somebody(), context.new_page()
    signed_in(page, account, site)
    if scheme == "dark":
        page.emulate_media(color_scheme="dark")
    elif scheme == "forced":
        page.emulate_media(forced_colors="active")
    for address in every_page_of_steps(account):
        page.goto(address)
        assert complaints(page) == [], address


def test_no_page_of_steps_has_to_be_scrolled_sideways(chromium: Browser, site: str) -> None:
    context = chromium.new_context(base_url=site)
    account, page = somebody(), context.new_page()
    signed_in(page, account, site)
    addresses = every_page_of_steps(account)
    for width in (320, 640, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for address in addresses:
            page.goto(address)
            assert page.locator("html").evaluate("page => page.scrollWidth") <= width, address
    context.close()
