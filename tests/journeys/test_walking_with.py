"""A link worker and a GP with people in the room; a page that goes into its person's own hands; somebody away."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect

from livingwell.directory.models import Organization
from livingwell.linkwork import actions, codes
from livingwell.linkwork.forms import SENTENCE
from livingwell.people.actions import account_for, appoint
from livingwell.people.models import Account, Role
from tests.journeys.conftest import DESK, PHONE, for_good
from tests.journeys.keystrokes import Hand
from tests.journeys.test_every_page import complaints

if TYPE_CHECKING:
    from collections.abc import Iterator

    from livingwell.consent.models import Person

A_MINUTE = 60


def worker(name: str, role: Role = Role.LINK_WORKER, place: Organization | None = None) -> Account:
    """Somebody new who works with people, for an organization of the demonstration."""

    def made() -> Account:
        held = appoint(
            f"{uuid4().hex}@example.org",
            role,
            name=name,
            by="setting up",
            at=timezone.now(),
            organization=place or somewhere(),
        )
        return held.account

    return for_good(made)


def somewhere() -> Organization:
    found = Organization.objects.order_by("name").first()
    assert found
    return found


def kept(lena: Account, called: str) -> Person:
    """A page that was begun with somebody in the room and never read back."""
    from livingwell.consent.models import How

    def made() -> Person:
        at = timezone.now()
        return actions.begin(
            somewhere(),
            how=How.IN_PERSON,
            said=str(SENTENCE),
            until=at + timedelta(days=365),
            called=called,
            matters="I miss singing with others. My daughter lives in Leeds.",
            walks=True,
            by=lena,
            at=at,
        )

    return for_good(made)


def sign_in(context: BrowserContext, account: Account, site: str) -> None:
    client = Client()
    for_good(lambda: client.force_login(account))
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site}])


@pytest.fixture
def elsewhere(chromium: Browser, site: str) -> Iterator[BrowserContext]:
    """Another browser, of somebody else."""
    context = chromium.new_context(base_url=site, viewport=DESK)
    yield context
    context.close()


def test_a_gp_begins_pages_with_one_person_after_another(phone: Page, site: str) -> None:
    gail = worker("Gail", Role.CLINICIAN)
    sign_in(phone.context, gail, site)
    phone.goto("/walking-with/")
    phone.get_by_role("link", name="Begin a page with somebody").click()
    for called, matters in (("Mo", "I miss singing with others."), ("Zora", "")):
        phone.get_by_label("Said yes, here in the room").check()
        phone.get_by_label("A name they like to hear").fill(called)
        phone.get_by_label("What matters to them, in their words").fill(matters)
        phone.get_by_role("button", name="Begin the page").click()
        expect(phone.get_by_role("heading", name=f"There is a page now: {called}")).to_be_visible()
        expect(phone.get_by_label("A name they like to hear")).to_have_value("")
        assert matters == "" or phone.get_by_role("heading", name="What is around").is_visible()
        assert "singing" not in phone.url
    phone.goto("/walking-with/")
    phone.get_by_role("link", name="Read it back Mo").click()
    expect(phone.get_by_text("I miss singing with others.")).to_be_visible()
    phone.get_by_role("button", name="I have read it back").click()
    expect(phone.get_by_text("Last read back")).to_be_visible()
    phone.goto("/walking-with/")
    expect(phone.get_by_role("link", name="Zora", exact=True)).to_be_visible()
    expect(phone.get_by_role("link", name="Mo", exact=True)).to_have_count(0)


def test_a_gp_needs_less_than_a_minute_by_the_keystroke_level_model(
    desk: Page, context: BrowserContext, site: str
) -> None:
    sign_in(context, worker("Gail", Role.CLINICIAN), site)
    desk.goto("/walking-with/")
    hand = Hand(desk)
    hand.press(desk.get_by_role("link", name="Begin a page with somebody"), answers=True)
    hand.read_aloud(str(SENTENCE))
    hand.choose(desk.get_by_text("Said yes, here in the room"))
    hand.type(desk.get_by_label("A name they like to hear"), "Maureen")
    hand.type(
        desk.get_by_label("What matters to them, in their words"), "Singing, and her daughter in Leeds."
    )
    hand.press(desk.get_by_role("button", name="Begin the page"), answers=True)
    expect(desk.get_by_role("heading", name="There is a page now: Maureen")).to_be_visible()

    told = f"a page in the room: {hand.screens} screens, {hand.fields} fields, {hand.seconds:.1f} s"
    assert hand.seconds < A_MINUTE, told


def test_a_page_goes_into_its_persons_own_hands(phone: Page, elsewhere: BrowserContext, site: str) -> None:
    lena = worker("Lena")
    person = kept(lena, "Mo")
    sign_in(elsewhere, lena, site)
    paper = elsewhere.new_page()
    paper.goto(f"/page/{person.pk}/link-worker/sheet/")
    paper.get_by_role("button", name="Make a sheet").click()
    code = paper.locator(".lw-code-sheet__code").inner_text()
    assert codes.read(code)

    sign_in(phone.context, for_good(lambda: account_for("email", f"{uuid4().hex}@example.org")), site)
    phone.goto("/take-over/")
    phone.get_by_label("The code on your paper").fill("bcdf ghjk mnpr")
    phone.get_by_role("button", name="Make it mine").click()
    expect(phone.get_by_text("We do not know this code.").first).to_be_visible()
    phone.get_by_label("The code on your paper").fill(code.lower())
    phone.get_by_role("button", name="Make it mine").click()
    expect(phone.get_by_role("heading", name="Your page is in your own hands")).to_be_visible()
    phone.get_by_role("button", name="Stop it now").click()
    expect(phone.get_by_text("Nobody but you can see it now.")).to_be_visible()
    response = paper.goto(f"/page/{person.pk}/link-worker/")
    assert response
    assert response.status == 404


def test_a_person_chooses_another_and_a_colleague_stands_in(
    phone: Page, elsewhere: BrowserContext, site: str
) -> None:
    away, stands_in = f"Lena {uuid4().hex[:6]}", f"Max {uuid4().hex[:6]}"
    lena, max_ = worker(away), worker(stands_in)
    person = kept(lena, "Mo")
    sign_in(elsewhere, max_, site)
    desk = elsewhere.new_page()
    desk.goto("/walking-with/cover/")
    desk.get_by_label("Who is away?").select_option(label=away)
    desk.get_by_label("Who stands in?").select_option(label=stands_in)
    today = timezone.localdate()
    desk.get_by_label("First day").fill(f"{today:%d/%m/%Y}")
    desk.get_by_label("Last day").fill(f"{today + timedelta(days=5):%d/%m/%Y}")
    desk.get_by_role("button", name="Keep this").click()
    desk.goto("/walking-with/")
    expect(desk.get_by_text(f"You stand in for {away}")).to_be_visible()
    expect(desk.get_by_role("link", name="Mo", exact=True)).to_be_visible()

    sign_in(phone.context, lena, site)
    phone.goto(f"/page/{person.pk}/link-worker/")
    expect(phone.get_by_text(f"{stands_in} stands in")).to_be_visible()
    phone.get_by_label("Nobody for now").check()
    phone.get_by_role("button", name="Keep this").click()
    expect(phone.get_by_text("Nobody for now.")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark", "forced"])
def test_axe_finds_nothing_and_nothing_is_cut_off(chromium: Browser, site: str, scheme: str) -> None:
    lena = worker("Lena")
    worker("Max")
    person, other = kept(lena, "Mo"), kept(lena, "Zora")
    context = chromium.new_context(base_url=site, viewport=PHONE)
    sign_in(context, lena, site)
    page = context.new_page()
    page.emulate_media(
        color_scheme="dark" if scheme == "dark" else "light",
        forced_colors="active" if scheme == "forced" else "none",
    )
    for address in (
        "/walking-with/",
        "/walking-with/everyone/",
        "/walking-with/begin/",
        f"/walking-with/begin/?begun={other.pk}",
        "/walking-with/cover/",
        "/take-over/",
        f"/page/{person.pk}/link-worker/",
        f"/page/{person.pk}/link-worker/read-back/",
        f"/page/{person.pk}/link-worker/sheet/",
    ):
        seen(page, address)
    page.get_by_role("button", name="Make a sheet").click()
    assert complaints(page) == []
    page.goto("/walking-with/begin/")
    page.get_by_role("button", name="Begin the page").click()
    assert complaints(page) == []
    context.close()


def seen(page: Page, address: str) -> None:
    for width in (320, 360, 640, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        response = page.goto(address)
        assert response
        assert response.ok, address
        assert page.locator("html").evaluate("page => page.scrollWidth") <= width, (address, width)
    assert complaints(page) == [], address
