"""Sharing, stopping, being looked at and asking why, in a browser: by the person, a link worker, a privacy lead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import uuid4

from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from livingwell.consent import actions
from livingwell.consent.tests import make
from livingwell.people.actions import appoint
from livingwell.people.models import Account, Role
from tests.journeys.conftest import for_good
from tests.journeys.test_every_page import complaints

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from livingwell.consent.models import Person

NARROW = 320


def sit_down(page: Page, account: Account, site: str) -> None:
    """Somebody else takes this browser: signed in, second step and all."""
    client = Client()
    for_good(lambda: client.force_login(account))
    name = settings.SESSION_COOKIE_NAME
    page.context.clear_cookies()
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site}])


def look_over(page: Page) -> None:
    """Nothing that axe objects to, and nothing to scroll sideways on the smallest phone."""
    assert complaints(page) == [], page.url
    size = page.viewport_size
    assert size
    page.set_viewport_size({"width": NARROW, "height": 700})
    assert page.locator("html").evaluate("page => page.scrollWidth") <= NARROW, page.url
    page.set_viewport_size(size)


def somebody_with_a_page(surgery: str) -> Person:
    """A page of its own, and a surgery of which it knows nothing yet."""
    person = make.page_of(f"pat-{uuid4().hex[:8]}")
    make.organization(surgery)
    make.worker(f"lena-{uuid4().hex[:8]}", at_place=surgery)
    return person


def test_a_person_shares_in_three_screens_stops_and_takes_it_back(phone: Page, site: str) -> None:
    # Given a page of which nobody sees anything
    surgery = f"Reedside Surgery {uuid4().hex[:6]}"
    person = for_good(lambda: somebody_with_a_page(surgery))
    assert person.account
    sit_down(phone, person.account, site)
    phone.goto(f"/page/{person.pk}/who-sees/")
    expect(phone.get_by_text("Nobody but you can see your page.")).to_be_visible()

    # When they share two parts with the surgery
    phone.get_by_role("link", name="Share with an organisation").click()
    phone.get_by_label("What is the organisation called?").fill("partner agencies")
    phone.get_by_role("button", name="Look for it").click()
    expect(phone.get_by_role("alert").or_(phone.locator(".nhsuk-error-summary")).first).to_contain_text(
        "Name one organisation"
    )
    phone.get_by_label("What is the organisation called?").fill(surgery)
    phone.get_by_role("button", name="Look for it").click()
    phone.get_by_role("link", name=surgery).click()
    phone.get_by_label("What matters to me").check()
    phone.get_by_label("How to reach me").check()
    phone.get_by_role("button", name="Read it back to me").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(f"{surgery} will be able to see …")
    phone.get_by_role("button", name="Change something").click()
    expect(phone.get_by_label("What matters to me")).to_be_checked()
    phone.get_by_role("button", name="Read it back to me").click()
    phone.get_by_role("button", name="Yes, let them see this").click()

    # Then it stands on the one screen, stops in one press, and that can be taken back
    expect(phone.get_by_role("heading", name=surgery)).to_be_visible()
    phone.get_by_role("button", name="Stop this").click()
    expect(phone.get_by_role("status")).to_contain_text(f"Stopped. {surgery} can no longer see")
    expect(phone.get_by_text("Nobody but you can see your page.")).to_be_visible()
    phone.get_by_role("button", name="That was a mistake").click()
    expect(phone.get_by_role("heading", name=surgery)).to_be_visible()


def test_an_emergency_is_seen_asked_about_answered_and_looked_into(chromium: Browser, site: str) -> None:
    # Given somebody who let in nobody, a link worker and a privacy lead
    surgery = f"Wharf Surgery {uuid4().hex[:6]}"
    person = for_good(lambda: somebody_with_a_page(surgery))
    telephone = f"020 7946 0{uuid4().int % 1000:03}"
    for_good(lambda: actions.reach(person, {"phone": telephone, "full_name": "Pat Reed"}))
    lena = for_good(lambda: make.worker(f"lena-{uuid4().hex[:8]}", at_place=surgery))
    priya = for_good(
        lambda: (
            appoint(
                f"priya-{uuid4().hex[:8]}@example.org",
                Role.PRIVACY_LEAD,
                name="Priya",
                by="setting up",
                at=make.LONG_AGO,
            ).account
        )
    )
    assert person.account
    page = chromium.new_context(base_url=site, viewport={"width": 1280, "height": 900}).new_page()

    # When the link worker opens the page in an emergency, and closes it
    sit_down(page, lena, site)
    page.goto("/emergency/")
    look_over(page)
    page.get_by_role("button", name="Open the page").click()
    look_over(page)
    page.get_by_label("Somebody’s life is in danger").check()
    page.get_by_label("What has happened?").fill("Found on the platform, will not speak.")
    page.get_by_label("Phone number").fill(telephone)
    page.get_by_role("button", name="Open the page").click()
    expect(page).to_have_url(re.compile(f"/page/{person.pk}/$"))
    look_over(page)
    page.goto(f"/page/{person.pk}/reach-me/")
    expect(page.get_by_text("You opened it in an emergency.")).to_be_visible()
    expect(page.get_by_text(telephone)).to_be_visible()
    look_over(page)
    page.get_by_role("button", name="I have seen enough. Close it").click()
    assert page.goto(f"/page/{person.pk}/reach-me/").status == 404  # type: ignore[union-attr]

    # Then the person sees it and asks why in one press
    sit_down(page, person.account, site)
    page.goto(f"/page/{person.pk}/who-sees/")
    page.get_by_text("Who could see something before").click()
    expect(page.get_by_text("opened your page in an emergency")).to_be_visible()
    look_over(page)
    page.get_by_role("link", name="See each look at your page").click()
    look_over(page)
    page.get_by_text("Ask in your own words").click()
    page.get_by_label("What do you want to know?").fill("How did you know it was me?")
    look_over(page)
    page.get_by_role("button", name="Ask why").click()
    expect(page.get_by_text("You get an answer here by")).to_be_visible()
    look_over(page)

    # And the privacy lead answers, and says whether it was right
    sit_down(page, priya, site)
    page.goto("/privacy-lead/")
    look_over(page)
    page.get_by_role("link", name=re.compile("Why did")).last.click()
    look_over(page)
    page.get_by_label("Your answer").fill("The station gave your number to the surgery.")
    page.get_by_role("button", name="Send the answer").click()
    page.get_by_role("link", name=re.compile(surgery)).click()
    look_over(page)
    page.get_by_role("button", name="Tell the person").click()
    look_over(page)
    page.get_by_label("It was right to look").check()
    page.get_by_label("What did you find?").fill("You were in danger.")
    page.get_by_role("button", name="Tell the person").click()
    sit_down(page, person.account, site)
    page.goto(f"/page/{person.pk}/who-sees/looks/")
    expect(page.get_by_text("The station gave your number to the surgery.")).to_be_visible()
    page.context.close()


def test_axe_finds_nothing_on_the_screens_of_sharing(chromium: Browser, site: str) -> None:
    surgery = f"Quay Surgery {uuid4().hex[:6]}"
    lena = for_good(lambda: make.worker(f"lena-{uuid4().hex[:8]}", at_place=surgery))
    kept = for_good(lambda: make.kept_with(lena, at_place=surgery))
    place = for_good(lambda: make.organization(surgery))
    for scheme in ("light", "dark"):
        context = chromium.new_context(base_url=site, color_scheme=scheme)
        page = context.new_page()
        sit_down(page, lena, site)
        for rest in (
            "who-sees/",
            "who-sees/share/",
            f"who-sees/share/{place.pk}/",
            "who-sees/looks/",
            "reach-me/",
        ):
            page.goto(f"/page/{kept.pk}/{rest}")
            look_over(page)
        page.goto(f"/page/{kept.pk}/who-sees/share/{place.pk}/")
        page.get_by_role("button", name="Read it back").click()
        look_over(page)
        page.get_by_label("My medicines").check()
        page.get_by_label("Said on the phone, read back to them").check()
        page.get_by_label("What did they say?").fill("Yes, they may know what I take.")
        page.get_by_role("button", name="Read it back").click()
        expect(page.get_by_text("Yes, they may know what I take.")).to_be_visible()
        look_over(page)
        context.close()
