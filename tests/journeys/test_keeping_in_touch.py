"""A bad day in one press, a question now and then, and ringing from a list until it is empty."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect

from livingwell.circles.actions import add
from livingwell.circles.models import Ring
from livingwell.consent.actions import start
from livingwell.people.actions import account_for
from tests.journeys.conftest import PHONE, for_good
from tests.journeys.test_every_page import complaints
from tests.journeys.test_own_words import sign_in

if TYPE_CHECKING:
    from livingwell.people.models import Account


def somebody() -> tuple[Account, str]:
    """Somebody with a page and a friend who may be rung."""

    def made() -> tuple[Account, str]:
        account, at = account_for("email", f"{uuid4().hex}@example.org"), timezone.now()
        person = start(by=account, at=at, called="Pat")
        add(person, {"called": "Dee", "ring": Ring.MAY, "phone": "07700 900321"}, by=account, at=at)
        return account, f"/page/{person.pk}/keeping-in-touch/"

    return for_good(made)


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_choosing_who_is_told_and_telling_them(chromium: Browser, site: str, script: bool) -> None:
    account, here = somebody()
    own = chromium.new_context(base_url=site, viewport=PHONE, java_script_enabled=script)
    sign_in(own, account, site)
    phone = own.new_page()

    def look_at(address: str) -> None:
        phone.goto(address)
        if script:
            assert complaints(phone) == [], address
        assert phone.locator("html").evaluate("page => page.scrollWidth") <= PHONE["width"], address

    for address in (here, f"{here}check-in/", f"{here}agreed/", f"{here}who-is-told/", "/wobble/"):
        look_at(address)

    phone.goto(f"{here}who-is-told/")
    phone.get_by_label("Dee").check()
    phone.get_by_role("button", name="Keep this").click()
    phone.goto("/wobble/")
    phone.get_by_role("button", name="Tell them").click()
    expect(phone.get_by_text("We told Dee.")).to_be_visible()
    look_at("/wobble/")

    phone.goto(f"{here}check-in/")
    phone.get_by_label("What shall we ask?").fill("How is the garden?")
    phone.get_by_role("button", name="Keep this").click()
    expect(phone.get_by_text("How is the garden?")).to_be_visible()
    own.close()
