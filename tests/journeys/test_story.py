"""Somebody says what is going on and sees what is around them."""

import re

import pytest
from playwright.sync_api import Page, expect

MAGDA = (
    "My mum died four months ago and I've lost all the joy in my life. I love singing and used to be in a choir, but "
    "I haven't been for a while. I drink too much wine in the evening. Her birthday is coming up and "
    "I dread it. I'm a teacher."
)


def ask(page: Page, story: str, near: str = "") -> None:
    page.goto("/")
    page.get_by_label("What’s going on, and what would you like?").fill(story)
    if near:
        page.get_by_label("Where are you, roughly?").fill(near)
    page.get_by_role("button", name="Show me what’s around").click()


def test_a_story_leads_to_several_kinds_of_help_with_reasons_in_the_persons_words(phone: Page) -> None:
    ask(phone, MAGDA, "Streatham Hill")

    expect(phone.get_by_role("heading", level=1)).to_have_text("What’s around you")
    cards = phone.locator("article")
    assert 5 <= cards.count() <= 10
    kinds = set(phone.locator("article .lw-kind").all_inner_texts())
    assert len(kinds) >= 3
    for reason in phone.locator("article .lw-card__reason").all_inner_texts():
        assert reason.startswith("Because you said “")
    marked = [words.strip("“”") for words in phone.locator("article mark").all_inner_texts()]
    assert marked
    assert all(words in MAGDA for words in marked)


def test_the_story_is_not_in_the_address_nor_kept_by_the_browser(phone: Page) -> None:
    ask(phone, MAGDA)

    assert re.search(r"/suggestions/$", phone.url)
    for cookie in phone.context.cookies():
        assert "choir" not in cookie["value"]


def test_one_can_look_at_a_suggestion_and_come_back(phone: Page) -> None:
    ask(phone, MAGDA, "Streatham")
    title = phone.locator("article h2, article h3").first.inner_text()
    phone.locator("article h2 a, article h3 a").first.click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text(title)

    phone.go_back()

    expect(phone.get_by_role("heading", level=1)).to_have_text("What’s around you")
    assert phone.locator("article").count() >= 5


def test_what_is_not_for_me_does_not_come_again(phone: Page) -> None:
    ask(phone, MAGDA, "Streatham")
    first = phone.locator("article").first.get_by_role("heading").inner_text()

    phone.get_by_role("button", name=re.compile(f"Not for me\\s+{re.escape(first)}")).click()

    assert first not in phone.locator("article").get_by_role("heading").all_inner_texts()
    assert phone.locator("article").count() >= 5


def test_more_like_this_brings_its_neighbours(phone: Page) -> None:
    ask(phone, MAGDA, "Streatham")
    before = phone.locator("article").get_by_role("heading").all_inner_texts()

    phone.get_by_role("button", name=re.compile(f"More like this\\s+{re.escape(before[-1])}")).click()

    after = phone.locator("article").get_by_role("heading").all_inner_texts()
    assert after
    assert after != before


def test_a_theme_that_was_misunderstood_can_be_taken_out(phone: Page) -> None:
    ask(phone, MAGDA)
    heard = phone.locator(".lw-heard__list li")
    count = heard.count()

    phone.get_by_text("What we heard").click()
    heard.first.get_by_role("button").click()

    assert phone.locator(".lw-heard__list li").count() == count - 1


def test_words_of_danger_put_crisis_help_on_top_and_change_nothing_else(phone: Page) -> None:
    ask(phone, "I miss singing.")
    calm = phone.locator("article").get_by_role("heading").all_inner_texts()

    ask(phone, "I miss singing. I don't want to be here any more.")

    first = phone.locator("main h2, main h1").first
    expect(first).to_have_text("You don’t have to be alone with this right now")
    assert set(calm) & set(phone.locator("article").get_by_role("heading").all_inner_texts())


def test_an_empty_story_is_asked_for_again_and_nothing_typed_is_lost(phone: Page) -> None:
    ask(phone, "", "Brixton")

    expect(phone.get_by_role("alert")).to_contain_text("Write a few words")
    expect(phone.get_by_label("Where are you, roughly?")).to_have_value("Brixton")


def test_a_place_we_do_not_know_is_said_and_the_rest_still_works(phone: Page) -> None:
    ask(phone, MAGDA, "Middle of nowhere")

    expect(phone.get_by_text("We don’t know where “Middle of nowhere” is")).to_be_visible()
    assert phone.locator("article").count() >= 5


def test_one_can_pick_themes_instead_of_writing(phone: Page) -> None:
    phone.goto("/suggestions/themes/")
    phone.get_by_text("Movement", exact=False).first.click()
    phone.get_by_label("Cycling").check(force=True)
    phone.get_by_role("button", name="Show me what’s around").click()

    assert phone.locator("article").count() >= 1
    expect(phone.locator("article .lw-card__reason").first).to_contain_text("Because you chose")


@pytest.mark.parametrize("story", ["asdf qwer zxcv", "😀😀😀", "<script>alert(1)</script>"])
def test_a_story_nobody_understands_still_leads_to_a_person(phone: Page, story: str) -> None:
    ask(phone, story)

    assert phone.locator("article").count() >= 3
    expect(phone.get_by_text("We could not tell from your words")).to_be_visible()
