"""Somebody keeps what they like, and takes it away."""

import re

from playwright.sync_api import Page, expect

from livingwell.messaging.models import Message
from tests.journeys.test_every_page import complaints, told


def test_somebody_keeps_things_orders_them_and_texts_them_to_herself(phone: Page) -> None:
    phone.goto("/directory/?q=singing&near=Brixton")
    phone.get_by_role("button", name=re.compile("^Keep this")).first.click()
    expect(phone.get_by_role("link", name="My list (1)")).to_be_visible()
    phone.get_by_role("button", name=re.compile("^Keep this")).first.click()
    expect(phone.get_by_role("link", name="My list (2)")).to_be_visible()

    phone.get_by_role("link", name="My list (2)").click()
    names = phone.locator("article h2").all_inner_texts()
    phone.get_by_role("button", name=re.compile("^Move down")).first.click()
    expect(phone.locator("article h2").first).to_have_text(names[1])

    phone.get_by_role("link", name="Text it to me").click()
    phone.get_by_label("Your mobile number").fill("020 7946 0018")
    phone.get_by_role("button", name="Text it to me").click()
    expect(phone.get_by_label("Your mobile number")).to_have_value("020 7946 0018")
    expect(phone.get_by_text("so it cannot get a text").first).to_be_visible()
    phone.get_by_label("Your mobile number").fill("07700 900123")
    phone.get_by_role("button", name="Text it to me").click()
    expect(phone.get_by_role("heading", name="It is on its way")).to_be_visible()
    assert Message.objects.filter(channel="text", body__contains=names[1][:15]).exists()

    phone.goto("/my-list/")
    phone.get_by_role("button", name="Empty my list").click()
    expect(phone.get_by_text("Nothing on it yet")).to_be_visible()


def test_what_a_story_brought_is_kept_without_losing_the_story(phone: Page) -> None:
    told(phone)
    cards = phone.locator("article")
    first = cards.first.get_by_role("heading").inner_text()
    number = cards.count()
    cards.first.get_by_role("button", name=re.compile("^Keep this")).click()
    expect(phone.get_by_role("link", name="My list (1)")).to_be_visible()
    expect(cards.first.get_by_role("button", name=re.compile("Take it off"))).to_be_visible()
    assert (cards.first.get_by_role("heading").inner_text(), cards.count()) == (first, number)

    phone.get_by_role("link", name="My list (1)").click()
    expect(phone.get_by_role("link", name=first)).to_be_visible()


def test_a_service_is_kept_from_its_own_page_and_printed(phone: Page) -> None:
    phone.goto("/directory/?q=choir&near=Brixton")
    phone.locator("article a").first.click()
    name = phone.get_by_role("heading", level=1).inner_text()
    phone.get_by_role("button", name=re.compile("^Keep this")).click()
    expect(phone.get_by_role("button", name=re.compile("Take it off"))).to_be_visible()
    leaflet = phone.get_by_role("link", name="A leaflet to print (PDF)").get_attribute("href")
    for address in (leaflet, "/my-list/list.pdf"):
        answer = phone.request.get(str(address))
        assert (answer.status, answer.body()[:5]) == (200, b"%PDF-")
    phone.goto("/my-list/")
    phone.emulate_media(media="print")
    expect(phone.get_by_role("link", name=name)).to_be_visible()
    expect(phone.get_by_role("link", name="Text it to me")).to_be_hidden()


def test_axe_finds_nothing_on_a_list_with_things_on_it(desk: Page) -> None:
    desk.goto("/directory/?q=singing&near=Brixton")
    for number in (1, 2):
        desk.get_by_role("button", name=re.compile("^Keep this")).first.click()
        expect(desk.get_by_role("link", name=f"My list ({number})")).to_be_visible()
    assert complaints(desk) == []
    desk.goto("/my-list/")
    assert complaints(desk) == []
    desk.goto("/my-list/text/")
    desk.get_by_label("Your mobile number").fill("07700 900124")
    desk.get_by_role("button", name="Text it to me").click()
    assert complaints(desk) == []
