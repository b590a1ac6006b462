from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from livingwell.directory.actions.listing import refresh
from livingwell.directory.models import MAIN_THEMES, Listing, Service, Status
from livingwell.directory.queries.search import Wanted, search
from livingwell.directory.queries.words import point
from livingwell.directory.tests.make import service, tagged
from livingwell.suggestions import queries
from livingwell.suggestions.queries import Answer, Asked
from livingwell.themes.vocabulary import vocabulary

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def lambeth() -> None:
    call_command("load_demonstration", verbosity=0, stdout=StringIO())


def answer(story: str, near: str = "", **more: object) -> Answer:
    return queries.answer(Asked(story=story, near=point(near) if near else None, **more), on=TODAY)  # type: ignore[arg-type]


def titles(answered: Answer) -> list[str]:
    return [each.card.title for each in answered.suggestions]


def test_a_choir_is_offered_to_somebody_who_misses_singing_because_they_said_so() -> None:
    answered = answer("I miss singing", "Streatham")

    choir = next(each for each in answered.suggestions if "singing" in each.themes)
    assert choir.reason.because in "I miss singing"
    assert choir.reason.text.startswith("Because you said “")


def test_food_comes_before_singing_for_somebody_who_has_neither() -> None:
    answered = answer("I love singing. There is no food in the house.", "Brixton")

    first = answered.suggestions[0]
    assert {"food-today", "cheap-food"} & set(first.themes)


def test_every_suggestion_answers_something_that_was_said_and_says_what() -> None:
    answered = answer("My husband died, I owe rent and I can knit. I'd like to meet people.", "SW9")

    assert len(answered.suggestions) == 10
    for each in answered.suggestions:
        assert each.themes
        assert each.reason.text
    assert len({each.card.kind for each in answered.suggestions}) >= 3
    assert len(set(titles(answered))) == 10


def test_nothing_is_offered_beyond_its_reach() -> None:
    answered = answer("I love gardening and walking", "SW2")

    for each in answered.suggestions:
        km = each.choice.candidate.distance_km
        assert km is None or km <= 30


def test_far_away_there_are_lines_and_things_to_read() -> None:
    from livingwell.directory.queries.words import Point

    far = Point("Aberdeen", 57.15, -2.09, approximate=False)
    answered = queries.answer(Asked(story="I am lonely and I drink too much", near=far), on=TODAY)

    assert answered.suggestions
    assert all(each.choice.candidate.distance_km is None for each in answered.suggestions)


def test_nobody_is_offered_something_for_what_it_helps_with_besides() -> None:
    """But a search finds it."""
    others = [
        slug
        for slug in vocabulary().themes
        if vocabulary().themes[slug].kind == "interest" and slug != "skating"
    ]
    first, last = (
        tagged(service(name), slugs)
        for name, slugs in (
            ("Rink first", ["skating", *others[:MAIN_THEMES]]),
            ("Rink last", [*others[:MAIN_THEMES], "skating"]),
        )
    )
    refresh([first.pk, last.pk])

    assert "Rink first" in titles(answer("I love roller skating"))
    assert "Rink last" not in titles(answer("I love roller skating"))
    assert {first.pk, last.pk} <= set(
        Listing.objects.filter(
            pk__in=[hit.listing for hit in search(Wanted(words="skating")).hits]
        ).values_list("service", flat=True)
    )


def test_what_is_closed_is_not_offered() -> None:
    before = answer("I miss singing", "Streatham")
    gone = before.suggestions[0].card
    Service.objects.filter(pk=gone.service_id).update(status=Status.TEMPORARILY_CLOSED)
    refresh([gone.service_id])

    assert gone.title not in titles(answer("I miss singing", "Streatham"))


def test_what_is_not_for_me_stays_away_and_what_i_want_more_of_leads_on() -> None:
    before = answer("I miss singing", "Streatham")
    first = before.suggestions[0].card

    without = answer("I miss singing", "Streatham", not_for_me=frozenset({first.service_id}))
    more = answer("I miss singing", "Streatham", more_like=frozenset({first.service_id}))

    assert first.title not in titles(without)
    assert titles(more) != titles(without)


def test_a_theme_taken_out_is_not_answered() -> None:
    answered = answer("I miss singing and I owe money", "Brixton", without=frozenset({"debt"}))

    assert "debt" not in {item.theme.slug for item in answered.found}


def test_danger_changes_nothing_but_what_stands_on_top() -> None:
    calm = answer("I love gardening.", "Brixton")
    urgent = answer(
        "I love gardening. I am going to kill myself tonight.",
        "Brixton",
        without=frozenset({"suicidal-thoughts"}),
    )

    assert not calm.dangers
    assert urgent.dangers
    assert titles(calm)[:3] == titles(urgent)[:3]


def test_newly_confirmed_places_are_preferred() -> None:
    before = answer("I miss singing", "Streatham", limit=1)
    everything = answer("I miss singing", "Streatham", limit=50)
    other = next(
        each
        for each in everything.suggestions
        if "singing" in each.themes and each.card != before.suggestions[0].card
    )
    Service.objects.filter(pk=other.card.service_id).update(assured_date=TODAY - timedelta(days=2))
    refresh([other.card.service_id])

    later = answer("I miss singing", "Streatham", limit=50)

    assert titles(later).index(other.card.title) <= titles(everything).index(other.card.title)


def test_the_answer_as_data_has_the_documented_shape() -> None:
    data = queries.as_dict(answer("My mum died and I miss singing", "Streatham"))

    assert set(data) == {"urgent", "themes", "suggestions"}
    assert data["urgent"] is False
    assert set(data["themes"][0]) == {"slug", "label", "kind", "stance", "because"}  # type: ignore[index]
    assert set(data["suggestions"][0]) == {  # type: ignore[index]
        "kind",
        "title",
        "organization",
        "url",
        "themes",
        "reason",
        "distance_km",
        "assured_on",
    }
