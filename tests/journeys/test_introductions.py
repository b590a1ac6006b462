"""Somebody asks to be introduced, and the receiver answers without an account."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect

from livingwell.consent.actions import give, start
from livingwell.consent.models import How, Part, Person, Purpose
from livingwell.directory.models import Organization, Service
from livingwell.linkwork.queries import main_themes
from livingwell.messaging.models import Message
from livingwell.people.actions import account_for
from livingwell.people.models import Role
from livingwell.plans.actions import put
from livingwell.plans.models import Section
from livingwell.referrals.actions import News, accept, tell
from livingwell.referrals.models import Referral, Through
from livingwell.steps.actions import add, choose
from tests.journeys.conftest import PHONE, for_good
from tests.journeys.test_every_page import complaints
from tests.journeys.test_own_words import sign_in
from tests.journeys.test_walking_with import somewhere, worker

if TYPE_CHECKING:
    from pytest_django import Settings

    from livingwell.people.models import Account

WORDS = "I miss singing in a choir."


def somebody() -> tuple[Account, str]:
    """Somebody with a page with words and a step on it, and the page's address."""

    def made() -> tuple[Account, str]:
        account, at = account_for("email", f"{uuid4().hex}@example.org"), timezone.now()
        person = start(by=account, at=at, called="Pat")
        put(person, Section.MATTERS, WORDS, by=account, at=at)
        add(person, "Ring the choir", by=account, at=at)
        return account, f"/page/{person.pk}/"

    return for_good(made)


def choir() -> Service:
    """A service of the demonstration whose people have an address."""
    return Service.objects.exclude(email="").exclude(organization=None).order_by("pk")[0]


def link_in_the_last_message(to: str) -> str:
    body = Message.objects.filter(to=to, subject__startswith="Somebody").latest("queued_at").body
    found = re.search(r"(/answer/\S+/)", body)
    assert found
    return found[1]


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_an_introduction_from_asking_to_did_it_help(chromium: Browser, site: str, script: bool) -> None:
    account, page = somebody()
    service = choir()
    own = chromium.new_context(base_url=site, viewport=PHONE, java_script_enabled=script)
    sign_in(own, account, site)
    phone = own.new_page()

    phone.goto(f"{page}introductions/to/{service.pk}/")
    phone.get_by_label(re.compile(f"What matters to me: {WORDS}")).check()
    phone.get_by_role("button", name="Read it before it goes").click()
    expect(phone.get_by_text(WORDS)).to_be_visible()
    phone.get_by_role("button", name="Send it", exact=True).click()
    expect(phone.get_by_text("We hope for an answer by")).to_be_visible()

    other = chromium.new_context(base_url=site, viewport=PHONE, java_script_enabled=script)
    receiver = other.new_page()
    link = link_in_the_last_message(service.email)
    receiver.goto(link)
    expect(receiver.get_by_text(WORDS)).to_be_visible()
    if script:
        assert complaints(receiver) == []
    receiver.get_by_role("button", name="Yes, they are welcome").click()
    expect(receiver.get_by_text("You said yes. Thank you.")).to_be_visible()

    phone.reload()
    expect(phone.get_by_text("They said yes.")).to_be_visible()
    phone.get_by_role("button", name="We have met").click()
    phone.get_by_label("A bit").check()
    phone.get_by_role("button", name="Say so").click()
    expect(phone.get_by_text("Done.")).to_be_visible()
    receiver.goto(link)
    expect(receiver.get_by_text("Delete what you noted about them.")).to_be_visible()
    own.close()
    other.close()


def test_whom_the_person_chose_reads_what_came_of_it(
    chromium: Browser, site: str, settings: Settings
) -> None:
    settings.SITE_URL = site
    account, page = somebody()
    place = somewhere()

    def let_in() -> Person:
        Organization.objects.filter(pk=place.pk).update(email="told-back@example.org")
        person = Person.objects.get(account=account)
        give(
            person,
            organization=place,
            parts=[Part.PLAN],
            purpose=Purpose.CARE,
            how=How.SCREEN,
            until=timezone.now() + timedelta(days=30),
            by=account,
            at=timezone.now(),
        )
        return person

    person = for_good(let_in)
    own = chromium.new_context(base_url=site, viewport=PHONE)
    sign_in(own, account, site)
    phone = own.new_page()
    phone.goto(f"{page}introductions/to/{choir().pk}/")
    phone.get_by_role("button", name="Read it before it goes").click()
    expect(phone.get_by_label("Nobody")).to_be_checked()
    phone.get_by_label(place.name).check()
    assert complaints(phone) == []
    phone.get_by_role("button", name="Send it", exact=True).click()
    expect(phone.get_by_text("is told as soon as there is something to tell")).to_be_visible()
    referral = Referral.objects.get(person=person)
    for_good(lambda: accept(referral, by=None, through=Through.LINK, at=timezone.now()))
    phone.reload()
    phone.get_by_role("button", name="We have met").click()
    for_good(lambda: tell(referral.pk, News.MET, by=account.pk, at=timezone.now()))
    body = Message.objects.filter(to="told-back@example.org").latest("queued_at").body
    found = re.search(r"(/message-back/\S+/)", body)
    assert found

    other = chromium.new_context(base_url=site, viewport=PHONE)
    desk = other.new_page()
    desk.goto(found[1])
    expect(desk.get_by_text("The person and the service have met.")).to_be_visible()
    assert complaints(desk) == []
    phone.reload()
    expect(phone.get_by_text("They opened it on")).to_be_visible()
    phone.get_by_text("Change that").click()
    assert complaints(phone) == []
    phone.get_by_role("group", name="Who shall be told").get_by_label("Nobody").check()
    phone.get_by_role("button", name="Keep this choice").click()
    desk.reload()
    expect(desk.get_by_role("heading", level=1)).to_have_text("This link opens nothing any more")
    own.close()
    other.close()


def test_what_was_stopped_cannot_be_read_any_more(desk: Page, context: BrowserContext, site: str) -> None:
    account, page = somebody()
    service = choir()
    sign_in(context, account, site)
    desk.goto(f"{page}introductions/to/{service.pk}/")
    desk.get_by_label("Anything else").fill("I sing alto.")
    desk.get_by_role("button", name="Read it before it goes").click()
    desk.get_by_role("button", name="Send it", exact=True).click()
    link = link_in_the_last_message(service.email)
    desk.goto(f"{page}who-sees/")
    desk.get_by_role("button", name=re.compile("Stop")).first.click()
    desk.goto(link)
    expect(desk.get_by_role("heading", level=1)).to_have_text("This introduction was stopped")
    expect(desk.get_by_text("I sing alto.")).to_have_count(0)


def test_axe_finds_nothing_on_the_pages_of_somebodys_own(
    desk: Page, context: BrowserContext, site: str
) -> None:
    account, page = somebody()
    sign_in(context, account, site)
    for end in (
        "",
        "happened/",
        "take-away/",
        "take-away/delete/",
        "introductions/",
        f"introductions/to/{choir().pk}/",
    ):
        desk.goto(f"{page}{end}")
        assert complaints(desk) == [], end
        assert desk.evaluate("document.documentElement.scrollWidth") <= 1280
    desk.goto("/answer/")
    assert complaints(desk) == []


def test_the_sender_sees_what_is_like_it_and_the_receiver_names_a_wait(chromium: Browser, site: str) -> None:
    account, page = somebody()
    service = choir()
    theme = main_themes([service.pk])[service.pk]
    alike = (
        Service.objects.filter(themes__theme=theme, organization__isnull=False)
        .exclude(organization=service.organization)
        .order_by("pk")
    )
    like_it = next(one for one in alike if main_themes([one.pk]).get(one.pk) == theme)
    person = Person.objects.get(account=account)
    for_good(lambda: choose(person, like_it, by=account, at=timezone.now()))
    own = chromium.new_context(base_url=site, viewport=PHONE)
    sign_in(own, account, site)
    phone = own.new_page()

    phone.goto(f"{page}introductions/to/{service.pk}/")
    phone.get_by_label(re.compile(f"What matters to me: {WORDS}")).check()
    phone.get_by_role("button", name="Read it before it goes").click()
    expect(phone.get_by_role("heading", name="Something like it is happening already")).to_be_visible()
    assert complaints(phone) == []
    phone.get_by_role("button", name="Send it", exact=True).click()

    receiver = chromium.new_context(base_url=site, viewport=PHONE).new_page()
    receiver.goto(link_in_the_last_message(service.email))
    receiver.get_by_text("Yes, but there is a wait").click()
    receiver.get_by_role("button", name="Put them on our waiting list").click()
    expect(receiver.get_by_text("Say about how many weeks, for example 6.").first).to_be_visible()
    assert complaints(receiver) == []
    receiver.get_by_label("About how many weeks?").fill("6")
    receiver.get_by_role("button", name="Put them on our waiting list").click()
    expect(receiver.get_by_text("They are on your waiting list, for about 6 weeks.")).to_be_visible()

    phone.reload()
    expect(phone.get_by_text("There is a wait of about 6 weeks.")).to_be_visible()
    expect(phone.get_by_role("link", name="Show me what else is around")).to_be_visible()
    assert complaints(phone) == []


def test_a_gp_introduces_one_person_after_another(chromium: Browser, site: str) -> None:
    """From a yes in the room to sent in three screens, twice, without a word of free text that was not wished for."""
    context = chromium.new_context(base_url=site, viewport=PHONE)
    sign_in(context, worker("Gail", Role.CLINICIAN), site)
    desk = context.new_page()
    desk.goto("/walking-with/begin/")
    for called in ("Mo", "Zora"):
        screens = [desk.url]
        desk.get_by_label("Said yes, here in the room").check()
        desk.get_by_label("A name they like to hear").fill(called)
        desk.get_by_label("What matters to them, in their words").fill(WORDS)
        desk.get_by_role("button", name="Begin the page").click()
        desk.get_by_role("link", name="Introduce them").first.click()
        screens.append(desk.url)
        desk.get_by_label("What matters to me").check()
        desk.get_by_role("button", name="Read it before it goes").click()
        expect(desk.get_by_text(WORDS)).to_be_visible()
        screens.append(desk.url)
        assert complaints(desk) == []
        desk.get_by_role("button", name="They said yes: send it").click()
        expect(desk.get_by_role("button", name="Stop this introduction")).to_be_visible()
        assert len(screens) == 3
        desk.get_by_role("link", name="Begin a page with the next person").click()
    person = Person.objects.filter(called="Zora").latest("started_at")
    sent = Referral.objects.get(person=person)
    assert (sent.status, sent.sender.name if sent.sender else "") == ("sent", somewhere().name)
    context.close()
