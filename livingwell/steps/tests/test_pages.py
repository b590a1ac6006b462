"""The pages of steps and suggestions: as their owner, as somebody let in, as a stranger."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from livingwell.circles import actions as circle
from livingwell.consent import actions as consent
from livingwell.consent.models import Access, Part, Person, Purpose
from livingwell.consent.tests.make import organization, page_of, shared, somebody, worker
from livingwell.core.dates import day_of
from livingwell.directory.models import Service
from livingwell.directory.models import Status as Running
from livingwell.people.tests.make import signed_in
from livingwell.steps import actions
from livingwell.steps.companions import Companion
from livingwell.steps.models import Choice, Status, Step, Walks
from livingwell.steps.tests import make
from livingwell.steps.tests.make import owner

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db


def at(person: Person, end: str = "") -> str:
    return f"/page/{person.pk}/steps/{end}"


def read(answer: HttpResponse | Answer) -> str:
    return answer.content.decode().replace("&#39;", "’").replace("&#34;", '"')


@pytest.fixture
def pat() -> Person:
    return page_of()


@pytest.fixture
def browser(pat: Person) -> Client:
    return signed_in(owner(pat))


def test_somebody_writes_a_step_begins_it_and_says_how_it_went(pat: Person, browser: Client) -> None:
    browser.post(at(pat, "new/"), {"words": "Ring the choir", "stage": "now"})
    step = Step.objects.get()
    page = read(browser.get(at(pat, f"{step.pk}/")))
    assert "Begin: I will do this myself" in page
    browser.post(at(pat, f"{step.pk}/move/"), {"to": "myself", "was": "planned"})
    step.refresh_from_db()
    assert (step.status, step.walks) == ("active", "self")
    page = read(browser.get(at(pat, f"{step.pk}/")))
    for outcome in ("completed", "cancelled", "on-hold"):
        assert f'class="lw-choice" type="submit" name="to" value="{outcome}"' in page
    browser.post(at(pat, f"{step.pk}/move/"), {"to": "on-hold", "was": "active"})
    browser.post(at(pat, f"{step.pk}/move/"), {"to": "again", "was": "on-hold"})
    step.refresh_from_db()
    assert step.status == "active"


def test_who_walks_along_is_chosen_from_those_let_in_or_named(pat: Person, browser: Client) -> None:
    lena, step = worker(), make.step(pat)
    shared(pat, Part.PLAN, organization=organization())
    assert "Lena, Riverside Surgery" in read(browser.get(at(pat, f"{step.pk}/with/")))
    browser.post(at(pat, f"{step.pk}/with/"), {"who": f"account:{lena.pk}", "begin": "yes", "was": "planned"})
    step.refresh_from_db()
    assert (step.status, step.walks_account) == ("active", lena)
    browser.post(at(pat, f"{step.pk}/with/"), {"who": "name", "name": "Ola", "was": "active"})
    step.refresh_from_db()
    assert (step.walks, step.walks_account, step.walks_name) == ("name", None, "Ola")
    assert "with Ola" in read(browser.get(at(pat)))


def test_whoever_owns_the_page_is_told_that_who_walks_along_cannot_see_the_step_any_more(
    pat: Person, browser: Client
) -> None:
    lena, step = worker(), make.step(pat)
    yes = shared(pat, Part.PLAN, organization=organization())
    actions.move(
        step,
        Status.ACTIVE,
        was=Status.PLANNED,
        companion=Companion(Walks.ACCOUNT, account=lena),
        by=owner(pat),
        at=make.NOW,
    )
    carol = somebody("carol")
    shared(pat, Part.PLAN, account=carol, purpose=Purpose.FAMILY)
    assert "any more" not in read(browser.get(at(pat, f"{step.pk}/")))

    consent.withdraw(yes, by=owner(pat), at=timezone.now())

    for where in ("", f"{step.pk}/"):
        assert "Lena cannot see your steps any more." in read(browser.get(at(pat, where)))
        assert "any more" not in read(signed_in(carol).get(at(pat, where)))


def test_who_sees_the_steps_but_not_the_circle_is_not_told_who_of_it_walks_along(
    pat: Person, browser: Client
) -> None:
    ada = circle.add(pat, {"called": "Ada"}, by=owner(pat), at=make.NOW)
    step = make.step(pat)
    assert "Ada" in read(browser.get(at(pat, f"{step.pk}/with/")))
    browser.post(at(pat, f"{step.pk}/with/"), {"who": f"member:{ada.pk}", "begin": "yes", "was": "planned"})
    assert "with Ada" in read(browser.get(at(pat)))
    carol = somebody("carol")
    shared(pat, Part.PLAN, account=carol, purpose=Purpose.FAMILY)
    page = read(signed_in(carol).get(at(pat)))
    assert "Ada" not in page
    assert "with somebody close to them" in page


def test_a_companion_without_a_name_is_asked_for_beside_the_field(pat: Person, browser: Client) -> None:
    step = make.step(pat)
    answer = browser.post(at(pat, f"{step.pk}/with/"), {"who": "name", "name": "", "was": "planned"})
    assert answer.status_code == 422
    assert "Write their name, or what you call them." in read(answer)


def test_nobody_can_be_put_beside_a_step_who_was_not_let_in(pat: Person, browser: Client) -> None:
    step, stranger = make.step(pat), worker("sid", at_place="Elsewhere")
    answer = browser.post(at(pat, f"{step.pk}/with/"), {"who": f"account:{stranger.pk}", "was": "planned"})
    assert answer.status_code == 422
    step.refresh_from_db()
    assert step.walks == ""


def test_what_was_typed_stays_when_somebody_else_was_quicker(pat: Person, browser: Client) -> None:
    step = make.step(pat)
    typed = {
        "words": "Ring them",
        "why": "I miss it",
        "first": "",
        "stage": "now",
        "ask_on": "",
        "version": 1,
    }
    actions.change(step, {"words": "Ring the choir today"}, version=1, by=owner(pat), at=make.NOW)
    answer = browser.post(at(pat, f"{step.pk}/change/"), typed)
    page = read(answer)
    assert answer.status_code == 409
    assert "Ring the choir today" in page
    assert 'value="Ring them"' in page
    assert browser.post(at(pat, f"{step.pk}/change/"), typed | {"version": 2}).status_code == 302
    step.refresh_from_db()
    assert step.words == "Ring them"


def test_a_press_on_a_page_that_is_out_of_date_says_how_it_is_now(pat: Person, browser: Client) -> None:
    step = make.step(pat, status=Status.COMPLETED)
    answer = browser.post(at(pat, f"{step.pk}/move/"), {"to": "cancelled", "was": "planned"})
    assert answer.status_code == 409
    assert "Somebody moved this step just now. It says “Done”." in read(answer)


def test_a_step_is_broken_into_pieces_on_its_page(pat: Person, browser: Client) -> None:
    step = make.step(pat)
    browser.post(at(pat, f"{step.pk}/pieces/"), {"words": "Find the number"})
    piece = step.pieces.get()
    assert "Add this piece" not in read(browser.get(at(pat, f"{piece.pk}/")))
    browser.post(at(pat, f"{piece.pk}/move/"), {"to": "completed", "was": "planned"})
    assert "1 of 1 small piece done" in read(browser.get(at(pat)))
    assert browser.post(at(pat, f"{step.pk}/pieces/"), {"words": " "}).status_code == 422


def test_one_press_moves_a_step_to_another_turn(pat: Person, browser: Client) -> None:
    step = make.step(pat)
    browser.post(at(pat, f"{step.pk}/stage/"), {"stage": "later", "version": 1})
    step.refresh_from_db()
    assert step.stage == "later"
    assert browser.post(at(pat, f"{step.pk}/stage/"), {"stage": "next", "version": 1}).status_code == 409


def test_what_somebody_wanted_to_be_asked_stands_on_top_and_is_never_overdue(
    pat: Person, browser: Client
) -> None:
    step = make.step(pat)
    Step.objects.filter(pk=step.pk).update(ask_on=day_of(timezone.now()) - timedelta(days=90))
    page = read(browser.get(at(pat)))
    assert "You wanted us to ask: how is it going?" in page
    assert "overdue" not in page.lower()
    browser.post(at(pat, f"{step.pk}/ask/"), {"weeks": "4", "version": 1})
    assert "You wanted us to ask" not in read(browser.get(at(pat)))


def test_a_suggestion_becomes_a_step_in_one_press(pat: Person, browser: Client) -> None:
    choir = make.service()
    answer = browser.post(at(pat, "around/answer/"), {"service": choir.pk, "verdict": "chosen"})
    step = Step.objects.get()
    assert answer.headers["Location"] == at(pat, f"{step.pk}/")
    assert (step.words, step.stage, step.status) == (choir.name, "now", "planned")


def test_a_no_is_one_press_with_the_way_back_beside_it(pat: Person, browser: Client) -> None:
    choir = make.service()
    page = read(
        browser.post(at(pat, "around/answer/"), {"service": choir.pk, "verdict": "not for me"}, follow=True)
    )
    assert f"We won’t offer {choir.name} again, unless you bring it back." in page
    said = Choice.objects.get()
    browser.post(at(pat, f"said-no/{said.pk}/"), {"reason": "Too far"})
    assert "Too far" in read(browser.get(at(pat, "said-no/")))
    browser.post(at(pat, f"said-no/{said.pk}/back/"))
    assert "Nothing here." in read(browser.get(at(pat, "said-no/")))


def test_ask_me_later_is_asked_again_on_top_when_its_day_has_come(pat: Person, browser: Client) -> None:
    choir = make.service()
    browser.post(at(pat, "around/answer/"), {"service": choir.pk, "verdict": "later"})
    said = Choice.objects.get()
    assert said.ask_on == day_of(timezone.now()) + timedelta(weeks=4)
    assert "You said “ask me later”" not in read(browser.get(at(pat, "around/")))
    Choice.objects.update(ask_on=day_of(timezone.now()))
    assert "You said “ask me later”" in read(browser.get(at(pat, "around/")))
    day = day_of(timezone.now()) + timedelta(days=60)
    browser.post(at(pat, f"said-no/{said.pk}/"), {"day": day.isoformat()})
    said.refresh_from_db()
    assert said.ask_on == day
    assert browser.post(at(pat, f"said-no/{said.pk}/"), {}).status_code == 422


def test_what_has_become_of_a_service_is_said_and_the_step_stays(pat: Person, browser: Client) -> None:
    choir = make.service()
    actions.choose(pat, choir, by=owner(pat), at=make.NOW)
    for status, sentence in (
        (Running.TEMPORARILY_CLOSED, "This is closed for now."),
        (Running.INACTIVE, "This is not running at the moment."),
        (Running.DEFUNCT, "This has closed for good."),
    ):
        Service.objects.filter(pk=choir.pk).update(status=status)
        assert sentence in read(browser.get(at(pat)))
    other = make.service("Lambeth Choirs")
    Service.objects.filter(pk=choir.pk).update(merged_into=other)
    assert "This is part of “Lambeth Choirs” now." in read(browser.get(at(pat)))
    Service.objects.filter(pk=choir.pk).update(merged_into=None, status=Running.ACTIVE, standing=3)
    assert "Nobody could tell us whether this is still on." in read(browser.get(at(pat)))


def test_who_has_no_page_yet_gets_one_with_the_step_they_choose_in_public() -> None:
    choir, ola = make.service(), somebody("ola")
    browser = signed_in(ola)
    answer = browser.post(f"/steps/choose/{choir.pk}/")
    step = Step.objects.get()
    assert step.person.account == ola
    assert answer.headers["Location"] == at(step.person, f"{step.pk}/")
    said = browser.post(f"/steps/choose/{choir.pk}/", headers={"Accept": "application/json"})
    assert said.json() == {"address": at(step.person, f"{step.pk}/")}
    assert Step.objects.count() == 1


def test_make_this_a_step_stands_in_public_for_who_is_signed_in_only(client: Client) -> None:
    choir = make.service()
    button = f"/steps/choose/{choir.pk}/"
    assert button not in read(client.get(choir.get_absolute_url()))
    assert button in read(signed_in(somebody("ola")).get(choir.get_absolute_url()))
    assert client.post(button).headers["Location"].startswith("/sign-in/")


EVERY_WAY_IN = ("", "new/", "around/", "said-no/", "{step}/", "{step}/change/", "{step}/with/", "{step}/ask/")


def test_a_stranger_and_whoever_was_let_in_elsewhere_find_no_page(pat: Person) -> None:
    step, carol = make.step(pat), somebody("carol")
    shared(pat, Part.STORY, account=carol, purpose=Purpose.FAMILY, may_change=True)
    for account in (somebody("sid"), carol):
        browser = signed_in(account)
        for end in EVERY_WAY_IN:
            assert browser.get(at(pat, end.format(step=step.pk))).status_code == 404
        assert (
            browser.post(at(pat, f"{step.pk}/move/"), {"to": "completed", "was": "planned"}).status_code
            == 404
        )


def test_who_was_let_in_to_look_sees_steps_without_anything_to_press(pat: Person) -> None:
    step, carol = make.step(pat), somebody("carol")
    shared(pat, Part.PLAN, account=carol, purpose=Purpose.FAMILY)
    browser = signed_in(carol)
    page = read(browser.get(at(pat, f"{step.pk}/")))
    assert "Ring the choir" in page
    assert "/move/" not in page
    assert "/new/" not in read(browser.get(at(pat)))
    assert browser.post(at(pat, f"{step.pk}/move/"), {"to": "completed", "was": "planned"}).status_code == 404
    assert Access.objects.filter(person=pat, done_by=carol, part=Part.PLAN).count() == 2


def test_who_may_write_with_them_does_and_it_is_written_down_until_it_is_withdrawn(pat: Person) -> None:
    step, lena = make.step(pat), worker()
    consent_ = shared(pat, Part.PLAN, organization=organization(), may_change=True)
    browser = signed_in(lena)
    browser.post(at(pat, f"{step.pk}/move/"), {"to": "myself", "was": "planned"})
    step.refresh_from_db()
    assert (step.status, step.moved_by, step.walks) == ("active", lena, Walks.SELF)
    assert Access.objects.filter(person=pat, done_by=lena, did="changed").exists()
    choir = make.service()
    browser.post(at(pat, "around/answer/"), {"service": choir.pk, "verdict": "later"})
    assert Choice.objects.get().decided_by == lena
    consent.withdraw(consent_, by=owner(pat), at=timezone.now())
    assert browser.get(at(pat)).status_code == 404
    assert browser.post(at(pat, f"{step.pk}/move/"), {"to": "completed", "was": "active"}).status_code == 404


def test_a_step_of_another_page_is_not_reached_through_ones_own(pat: Person, browser: Client) -> None:
    theirs = make.step(page_of("olive"))
    assert browser.get(at(pat, f"{theirs.pk}/")).status_code == 404
    assert (
        browser.post(at(pat, f"{theirs.pk}/move/"), {"to": "completed", "was": "planned"}).status_code == 404
    )


@pytest.mark.parametrize("end", ["", "around/", "said-no/"])
def test_a_page_asks_as_much_of_the_database_for_3_steps_as_for_300(
    pat: Person, browser: Client, end: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            browser.get(at(pat, end))
        return len(queries)

    _some(pat, 3)
    asked()
    few = asked()
    _some(pat, 297)
    assert asked() == few


def _some(pat: Person, number: int) -> None:
    start = Step.objects.filter(person=pat).count()
    for each in range(start, start + number):
        step = actions.choose(pat, make.service(f"Choir {each}"), by=owner(pat), at=make.NOW)
        actions.add(pat, "A piece", parent=step, by=owner(pat), at=make.NOW) if each < start + 3 else None
        actions.turn_down(pat, make.service(f"Gym {each}"), by=owner(pat), at=make.NOW)
