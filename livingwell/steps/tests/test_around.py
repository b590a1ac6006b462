"""What's around for somebody: their own words, less what they said no to; and whose words a reason is."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command

from livingwell.consent.acting import acting
from livingwell.consent.doors import open_page
from livingwell.consent.models import Part, Purpose
from livingwell.consent.tests.make import page_of, shared, somebody
from livingwell.directory.models import Service
from livingwell.people.tests.make import signed_in
from livingwell.plans import actions as plans
from livingwell.plans.models import Section
from livingwell.plans.tests.make import wrote
from livingwell.steps import actions, queries
from livingwell.steps.models import Because
from livingwell.steps.tests.make import NOW, owner

if TYPE_CHECKING:
    from uuid import UUID

    from livingwell.consent.doors import Page
    from livingwell.consent.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def pat() -> Person:
    call_command("load_demonstration", verbosity=0, stdout=StringIO())
    return page_of()


def opened(person: Person) -> Page:
    return open_page(person.pk, owner(person), at=NOW)


def around(person: Person) -> queries.Around:
    page = opened(person)
    return queries.around(page, queries.wishes(page))


def offered(person: Person) -> list[UUID]:
    return [each.card.service_id for each in around(person).suggestions]


def test_suggestions_come_from_the_words_of_the_page_and_quote_them(pat: Person) -> None:
    assert not around(pat).has_words
    wrote(pat, Section.MATTERS, "I miss singing.")
    found = around(pat)
    assert found.has_words
    assert any("singing" in each.themes and each.reason.because for each in found.suggestions)


def test_a_theme_that_was_refused_is_left_out(pat: Person) -> None:
    wrote(pat, Section.MATTERS, "I miss singing. I love gardening.")
    plans.refuse(pat, "singing", by=owner(pat), at=NOW)
    reasons = " ".join(each.reason.text for each in around(pat).suggestions)
    assert "singing" not in reasons.lower()
    assert "garden" in reasons.lower()


def test_what_was_chosen_turned_down_or_put_off_is_not_offered_again(pat: Person) -> None:
    wrote(pat, Section.MATTERS, "I miss singing.")
    first, second, third, *_rest = offered(pat)
    service = {one.pk: one for one in Service.objects.filter(pk__in=[first, second, third])}
    actions.choose(pat, service[first], by=owner(pat), at=NOW)
    no = actions.turn_down(pat, service[second], by=owner(pat), at=NOW)
    actions.ask_later(pat, service[third], by=owner(pat), at=NOW)
    assert not {first, second, third} & set(offered(pat))
    actions.bring_back(no, by=owner(pat), at=NOW)
    assert second in offered(pat)


def test_what_was_put_off_is_asked_again_from_its_day_on(pat: Person) -> None:
    wrote(pat, Section.MATTERS, "I miss singing.")
    choir = Service.objects.get(pk=offered(pat)[0])
    said = actions.ask_later(pat, choir, by=owner(pat), at=NOW)
    assert said.ask_on
    assert around(pat).again == ()
    later = open_page(pat.pk, owner(pat), at=NOW + timedelta(weeks=4))
    again = queries.around(later, queries.wishes(later)).again
    assert [(each.choice.pk, each.card and each.card.service_id) for each in again] == [(said.pk, choir.pk)]
    asks = queries.to_ask(later, on=said.ask_on)
    assert [each.pk for each in asks.suggestions] == [said.pk]
    assert not queries.to_ask(later, on=said.ask_on - timedelta(days=1))


def test_what_became_part_of_something_turned_down_is_not_offered_either(pat: Person) -> None:
    wrote(pat, Section.MATTERS, "I miss singing.")
    one, other, *_rest = offered(pat)
    gone = Service.objects.get(pk=one)
    actions.turn_down(pat, gone, by=owner(pat), at=NOW)
    Service.objects.filter(pk=one).update(merged_into=other)
    assert other not in offered(pat)


def test_nobody_is_screened_out(pat: Person) -> None:
    """Whatever somebody says, or does not say, there is something around."""
    assert offered(pat)
    wrote(pat, Section.MATTERS, "Leave me alone.")
    assert offered(pat)


def chosen_with_reason(person: Person) -> Because:
    page = opened(person)
    wishes = queries.wishes(page)
    first = queries.around(page, wishes).suggestions[0].card.service_id
    offered = queries.offered_by(page, wishes, first)
    service = Service.objects.get(pk=first)
    actions.choose(person, service, by=owner(person), at=NOW, offered=offered)
    return Because.objects.get()


def test_a_reason_that_quotes_the_story_is_not_shown_with_the_steps(pat: Person) -> None:
    wrote(pat, Section.MATTERS, "I miss singing.")
    because = chosen_with_reason(pat)
    assert because.part == Part.STORY
    carol = somebody("carol")
    shared(pat, Part.PLAN, account=carol, purpose=Purpose.FAMILY)
    page = open_page(pat.pk, carol, at=NOW)
    (shown,) = queries.choices_of(page)
    assert (shown.because, shown.quoted) == ("", "")
    with acting(carol, at=NOW):
        assert not Because.objects.exists()
    (own,) = queries.choices_of(opened(pat))
    assert own.quoted in "I miss singing."


def test_a_reason_that_quotes_the_plan_is_shown_with_the_steps(pat: Person) -> None:
    wrote(pat, Section.CHANGE, "I miss singing.")
    assert chosen_with_reason(pat).part == Part.PLAN


def test_who_may_not_write_where_the_words_come_from_keeps_no_reason(pat: Person) -> None:
    wrote(pat, Section.MATTERS, "I miss singing.")
    carol = somebody("carol")
    shared(pat, Part.PLAN, account=carol, purpose=Purpose.FAMILY, may_change=True)
    shared(pat, Part.STORY, account=carol, purpose=Purpose.HELP)
    page = open_page(pat.pk, carol, at=NOW)
    wishes = queries.wishes(page)
    first = queries.around(page, wishes).suggestions[0].card.service_id
    assert queries.offered_by(page, wishes, first) is None


def test_words_of_danger_bring_help_on_top(pat: Person) -> None:
    wrote(pat, Section.MATTERS, "I want to die.")
    shown = signed_in(owner(pat)).get(f"/page/{pat.pk}/steps/around/").content.decode()
    assert "You don’t have to be alone with this right now" in shown
