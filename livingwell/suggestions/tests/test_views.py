import logging
from io import StringIO

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from livingwell.core.tests.stored import everything_stored

pytestmark = pytest.mark.django_db
STORY = "I miss singing and there is a very particular xylophonist in my life"
SECRET = "xylophonist"


@pytest.fixture
def lambeth() -> None:
    call_command("load_demonstration", verbosity=0, stdout=StringIO())


def ask(client: Client, **said: object) -> object:
    return client.post(reverse("suggestions:suggest"), {"story": "", "near": "", **said})


@pytest.mark.usefixtures("lambeth")
def test_a_story_is_answered_and_nothing_of_it_is_kept(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        response = ask(client, story=STORY, near="Brixton")

    assert response.status_code == 200  # type: ignore[attr-defined]
    assert "singing" in response.content.decode()  # type: ignore[attr-defined]
    assert SECRET not in everything_stored()
    logged = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]
    assert not any(SECRET in message for message in logged)
    assert not any(SECRET in morsel.value for morsel in client.cookies.values())


@pytest.mark.usefixtures("lambeth")
def test_no_query_carries_the_story(client: Client) -> None:
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        ask(client, story=STORY)

    assert len(queries) > 0
    assert not any(SECRET in query["sql"] for query in queries)


@pytest.mark.usefixtures("lambeth")
def test_an_answer_takes_the_same_number_of_queries_however_long_the_story_is(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for story in (
        "singing",
        "I love singing, gardening and dogs. My rent is late, I have no food and my mum died. " * 10,
    ):
        with django_assert_max_num_queries(20):
            ask(client, story=story, near="Brixton")


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({}, "Write a few words"),
        ({"story": "   "}, "Write a few words"),
        ({"story": "a" * 10_001}, "more than we can read at once"),
        ({"near": "x" * 81, "story": "hello"}, "80"),
    ],
)
def test_what_cannot_be_read_is_said_and_what_was_typed_stays(
    client: Client, said: dict[str, str], sentence: str
) -> None:
    response = ask(client, **said)

    page = response.content.decode()  # type: ignore[attr-defined]
    assert response.status_code == 422  # type: ignore[attr-defined]
    assert sentence in page
    assert said.get("story", "").strip()[:500] in page


def test_what_a_machine_may_have_sent_does_no_harm(client: Client) -> None:
    response = ask(client, story="singing", not_for_me=["not-an-id", "1"], more_like="x")

    assert response.status_code == 200  # type: ignore[attr-defined]
    assert ask(client, story="singing", theme="no-such-theme").status_code == 422  # type: ignore[attr-defined]


def test_a_machine_that_asks_too_often_is_told_to_wait(client: Client, settings: LazySettings) -> None:
    settings.STORIES_PER_TEN_MINUTES = 3
    answers = [ask(client, story="singing").status_code for _ in range(4)]  # type: ignore[attr-defined]

    assert answers == [200, 200, 200, 429]


def test_a_forged_form_is_refused_with_a_helpful_page() -> None:
    response = Client(enforce_csrf_checks=True).post(reverse("suggestions:suggest"), {"story": "singing"})

    assert response.status_code == 403
    assert b"116 123" in response.content


def test_the_list_of_themes_shows_what_was_picked(client: Client) -> None:
    page = client.get(reverse("suggestions:themes"), {"theme": "singing"}).content.decode()

    assert 'value="singing" checked' in page
    assert page.count('name="theme"') >= 150
