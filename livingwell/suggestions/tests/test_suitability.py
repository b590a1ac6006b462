from uuid import UUID

import pytest

from livingwell.suggestions import suitability
from livingwell.suggestions.choosing import Candidate
from livingwell.suggestions.suitability import Who


def service(*themes: str, minimum: int | None = None, maximum: int | None = None) -> Candidate:
    return Candidate(1, UUID(int=1), UUID(int=2), "group", frozenset(themes), 1.0, None, minimum, maximum)


@pytest.mark.parametrize(
    ("story", "age"),
    [
        ("She is 65. Her husband has died.", 65),
        ("I'm 53 and I teach.", 53),
        ("He is a 22-year-old student.", 22),
        ("I am 45 minutes from the nearest shop.", None),
        ("I have 40 pounds left.", None),
        ("I moved here 30 years ago.", None),
        ("", None),
    ],
)
def test_an_age_is_taken_only_where_the_story_states_it(story: str, age: int | None) -> None:
    assert suitability.read(story, []).age == age


@pytest.mark.parametrize(
    ("story", "group"),
    [
        ("She hardly goes out. Her flat is cold.", "women"),
        ("He lost his job.", "men"),
        ("I'm a single mum of two.", "women"),
        ("I'm a dad and my wife has left; she said she could not cope and her mother agreed.", "men"),
        ("My wife has died and she was everything to me.", None),
        ("They are tired.", None),
    ],
)
def test_a_group_is_taken_only_where_the_story_states_it(story: str, group: str | None) -> None:
    groups = suitability.read(story, []).groups & {"women", "men"}

    assert groups == ({group} if group else set())


def test_somebody_outside_the_ages_of_a_service_is_not_offered_it() -> None:
    assert suitability.fit(service(minimum=55), Who(40, frozenset())) == 0
    assert suitability.fit(service(maximum=25), Who(40, frozenset())) == 0
    assert suitability.fit(service(minimum=55), Who(None, frozenset())) == 1


def test_a_group_for_some_is_offered_to_those_who_count_themselves_to_it() -> None:
    assert suitability.fit(service("veterans", "walking"), Who(None, frozenset({"veterans"}))) == 1
    assert 0 < suitability.fit(service("veterans", "walking"), Who(None, frozenset())) < 1
    assert suitability.fit(service("women", "walking"), Who(None, frozenset({"men"}))) == 0
    assert suitability.fit(service("older-people"), Who(30, frozenset())) == 0
    assert suitability.fit(service("walking"), Who(30, frozenset())) == 1


def test_a_group_for_a_lost_pet_is_not_offered_to_somebody_whose_mother_died() -> None:
    mourning = suitability.read("My mum died.", ["bereavement"])

    assert suitability.fit(service("bereavement", "pet-loss"), mourning) == 0
    assert suitability.fit(service("bereavement", "peer-support"), mourning) == 1
