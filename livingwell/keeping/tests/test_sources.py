"""The pages about where entries come from."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoAssertNumQueries

from livingwell.directory.actions import pulling
from livingwell.directory.models import Service, Source
from livingwell.directory.tests.server import OPEN, Reply, Server, directory, serving
from livingwell.people.tests.make import editor, signed_in, verifier

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
TYPED = {
    "name": "Lambeth's list",
    "way": "api",
    "url": "https://example.org/o",
    "every_hours": "24",
    "licence": "",
}


@pytest.fixture
def edna() -> Client:
    return signed_in(editor())


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as made:
        yield made


def read(server: Server) -> None:
    pulling.keep_source("theirs", {"name": "Their list", "way": "api", "url": server.url})
    pulling.pull("theirs", manners=OPEN, by="test", at=AT, sleep=lambda _seconds: None)


def test_only_editors_see_the_sources() -> None:
    for client, status in ((Client(), 302), (signed_in(verifier()), 403)):
        for address in ("/keeping/sources/", "/keeping/sources/add/", "/keeping/sources/x/"):
            assert client.get(address).status_code == status
        assert client.post("/keeping/sources/x/read/").status_code == status


def test_a_source_is_added_and_read_soon(edna: Client) -> None:
    answer = edna.post("/keeping/sources/add/", TYPED)

    assert answer.headers["Location"] == "/keeping/sources/lambeths-list/"
    assert ProcrastinateJob.objects.get(task_name__endswith="pull_source").args["slug"] == "lambeths-list"
    assert "within ten minutes" in edna.get("/keeping/sources/lambeths-list/").content.decode()
    assert edna.post("/keeping/sources/add/", TYPED).headers["Location"].endswith("lambeths-list-2/")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"url": ""}, "Write the web address"),
        ({"url": "example.org"}, "Write the whole web address"),
        ({"name": ""}, "Give it a name"),
    ],
)
def test_what_cannot_be_read_is_said_beside_the_field(edna: Client, typed: dict[str, str], said: str) -> None:
    page = edna.post("/keeping/sources/add/", TYPED | typed).content.decode()

    assert page.count(said) == 2
    assert not Source.objects.exists()


def test_staff_read_what_came_and_each_row_that_was_refused(edna: Client, server: Server) -> None:
    good = {"id": "s1", "name": "Choir", "status": "active", "phones": []}
    directory(server, [good, {**good, "id": "s2", "name": ""}])
    read(server)

    page = edna.get("/keeping/sources/theirs/").content.decode()
    reading = edna.get(
        f"/keeping/sources/theirs/readings/{Source.objects.get().pulls.get().pk}/"
    ).content.decode()

    assert "1 service came, 1 new, 1 row refused." in " ".join(page.split())
    assert "Monday 2 March, 9am" in page
    assert "It has no name" in reading
    assert "number s2 in their list" in reading


def test_trouble_says_what_to_do_and_waits_on_the_front_page(edna: Client, server: Server) -> None:
    server.answers["/services"] = lambda _asked: Reply({}, 401)
    read(server)

    assert "did not let us in" in edna.get("/keeping/sources/").content.decode()
    assert "Ask them whether reading is still open" in edna.get("/keeping/sources/theirs/").content.decode()
    assert "One source needs a look" in edna.get("/keeping/").content.decode()


def test_what_is_not_seen_any_more_is_listed(edna: Client, server: Server) -> None:
    directory(server, [{"id": "s1", "name": "Choir", "status": "active", "phones": []}])
    read(server)
    Service.objects.update(not_seen_since=AT.date())

    assert "not seen since Monday 2 March 2026" in edna.get("/keeping/sources/theirs/").content.decode()


def test_a_source_is_paused_goes_on_and_is_changed(edna: Client) -> None:
    pulling.keep_source("theirs", {"name": "Theirs", "way": "api", "url": "https://example.org"})
    edna.post("/keeping/sources/theirs/pause/")
    assert Source.objects.get().paused_by == "edna@example.org"
    assert "Let it go on" in edna.get("/keeping/sources/theirs/").content.decode()
    edna.post("/keeping/sources/theirs/go-on/")
    edna.post("/keeping/sources/theirs/change/", TYPED | {"every_hours": "6"})
    found = Source.objects.get()
    assert (found.paused_at, found.every_hours, found.url) == (None, 6, TYPED["url"])


def test_the_list_of_sources_asks_little(
    edna: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(5):
        pulling.keep_source(f"s{number}", {"name": f"S{number}", "way": "api", "url": "https://example.org"})
    with django_assert_max_num_queries(14):
        edna.get("/keeping/sources/")
