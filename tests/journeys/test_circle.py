"""Somebody names who is around them, on a phone, and lets one of them in with a link that works once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from livingwell.circles import actions as circles
from livingwell.circles.models import Close, Ring
from livingwell.consent import actions as consents
from livingwell.people.actions import account_for
from tests.journeys.conftest import DESK, PHONE, for_good
from tests.journeys.test_every_page import complaints

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

    from livingwell.consent.models import Person
    from livingwell.people.models import Account

LONG_AGO = datetime(2026, 1, 5, 9, tzinfo=UTC)
NAMES = (
    "Mum,Dee next door,Mrs Adeyemi-Okonkwo from the choir,Rex,WWWWWWWWWW MMMMMMMM,Wolfeschlegelsteinhausenbergerdorff,"
    "Tom,Ama,Dr Bartholomew Featherstonehaugh,Jo,Sister Mary,شهرزاد,李小龍,Lena (link worker),Big Mike,Łukasz,Zainab,"
    "👩‍👩‍👧 all of them,Boss,Cousin Vee,Old Pete,Nan,The lady at the library"
).split(",")
IN_THEIR_BOXES = """
    all => all.flatMap(label => {
        const box = label.querySelector("rect, polygon").getBBox();
        return [...label.querySelectorAll("text")].filter(text => {
            const one = text.getBBox();
            return one.x < box.x || one.x + one.width > box.x + box.width
                || one.y < box.y - 2 || one.y + one.height > box.y + box.height + 2;
        }).map(text => text.textContent);
    })
"""


def somebody(called: str) -> tuple[Account, Person]:
    """An account with a page, there for the running site too."""

    def begin() -> tuple[Account, Person]:
        account = account_for("email", f"{called.lower()}-{uuid4().hex[:8]}@example.org")
        return account, consents.start(by=account, at=LONG_AGO, called=called)

    return for_good(begin)


def enter(context: BrowserContext, account: Account, site: str) -> None:
    client = Client()
    for_good(lambda: client.force_login(account))
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site}])


def calm(page: Page) -> None:
    """Nothing that axe objects to, and nothing to scroll sideways."""
    assert complaints(page) == []
    width = (page.viewport_size or PHONE)["width"]
    assert page.locator("html").evaluate("page => page.scrollWidth") <= width


def test_naming_somebody_moving_them_letting_them_in_and_taking_them_away(
    phone: Page, chromium: Browser, site: str, request: pytest.FixtureRequest
) -> None:
    with_script = (
        request.node.callspec.id == "with script"
    )  # axe is script itself, and the markup is the same
    pat, page = somebody("Pat")
    carol, _own = somebody("Carol")
    enter(phone.context, pat, site)
    phone.goto(f"/page/{page.pk}/people/")
    if with_script:
        calm(phone)

    # when: a name is enough
    phone.get_by_role("link", name="Add somebody").click()
    if with_script:
        calm(phone)
    phone.get_by_label("What you call them").fill("Dad")
    phone.get_by_text("Say more, if you like").click()
    phone.get_by_label("Their phone number").fill("020 7946 0123")
    phone.get_by_label("They must not be rung").check()
    phone.get_by_label("Why not, or when").fill("He shouts.")
    phone.get_by_role("button", name="Add them").click()

    # then: the picture and the list say so, by a word; and no number is kept
    expect(phone.locator(".lw-circle__label--never")).to_contain_text("don’t ring")
    expect(phone.locator(".lw-members .lw-never")).to_have_text("Must not be rung")
    phone.get_by_role("link", name="Dad").click()
    expect(phone.get_by_text("He shouts.")).to_be_visible()
    expect(phone.get_by_text("020 7946 0123")).to_have_count(0)
    if with_script:
        calm(phone)
    phone.get_by_role("button", name="Move nearer").click()
    expect(phone.get_by_role("heading", name="Closest")).to_be_visible()

    # when: he is let in, to one part, by a link handed over
    phone.get_by_role("link", name="Dad").click()
    phone.get_by_role("link", name="Invite Dad").click()
    if with_script:
        calm(phone)
    phone.get_by_role("button", name="Make the invitation").click()
    expect(phone.locator(".nhsuk-error-summary")).to_contain_text("Choose at least one part.")
    phone.get_by_label("The people around me").check()
    phone.get_by_role("button", name="Make the invitation").click()
    if with_script:
        calm(phone)
    link = phone.locator(".lw-link-words").inner_text()

    # then: whoever holds it reads what it is, says yes, and sees that part without the reason
    other = chromium.new_context(base_url=site, viewport=PHONE)
    theirs = other.new_page()
    theirs.goto(link)
    calm(theirs)
    expect(theirs.get_by_role("button", name="Go on: sign in with a code")).to_be_visible()
    enter(other, carol, site)
    theirs.reload()
    theirs.get_by_role("button", name="Yes, I’ll be there").click()
    expect(theirs.get_by_role("link", name="Pat")).to_be_visible()
    calm(theirs)
    theirs.goto(f"/page/{page.pk}/people/")
    theirs.get_by_role("link", name="Dad").click()
    expect(theirs.get_by_text("Must not be rung")).to_be_visible()
    expect(theirs.get_by_text("He shouts.")).to_have_count(0)
    theirs.goto(link)
    expect(theirs.get_by_role("heading", level=1)).to_have_text("This invitation is over")
    calm(theirs)

    # when: he is taken away, and with him what he could see
    phone.get_by_role("link", name="Done").click()
    phone.get_by_role("link", name="Take Dad off the page").click()
    if with_script:
        calm(phone)
    phone.get_by_role("button", name="Take them off").click()
    expect(phone.locator(".lw-circle__label")).to_have_count(0)
    missing = theirs.goto(f"/page/{page.pk}/people/")
    assert missing
    assert missing.status == 404
    other.close()


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("mode", ["light", "dark", "forced", "print"])
def test_no_name_in_the_picture_is_cut_off(
    chromium: Browser, site: str, viewport: dict[str, int], mode: str
) -> None:
    pat, page = somebody("Pat")

    def name_many() -> None:
        for number, called in enumerate(NAMES):
            said = {
                "called": called,
                "close": list(Close)[number % 3],
                "ring": Ring.NEVER if number % 4 == 2 else "",
            }
            circles.add(page, said, by=pat, at=LONG_AGO + timedelta(minutes=number))

    for_good(name_many)
    context = chromium.new_context(base_url=site, viewport=viewport)  # type: ignore[arg-type]
    enter(context, pat, site)
    shown = context.new_page()
    shown.emulate_media(
        media="print" if mode == "print" else "screen",
        color_scheme="dark" if mode == "dark" else "light",
        forced_colors="active" if mode == "forced" else "none",
    )
    shown.goto(f"/page/{page.pk}/people/")
    shown.evaluate("() => document.fonts.ready")
    expect(shown.locator(".lw-circle__label")).to_have_count(len(NAMES))
    assert shown.eval_on_selector_all(".lw-circle__label", IN_THEIR_BOXES) == []
    for called in NAMES:
        expect(shown.locator(".lw-members").get_by_role("link", name=called, exact=True)).to_have_count(1)
    calm(shown)
    context.close()
