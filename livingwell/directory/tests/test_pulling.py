"""Reading sources from their addresses: in pages, cut short, changed, gone, and from servers that behave badly."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from livingwell.core.errors import Refusal
from livingwell.directory.actions import pulling
from livingwell.directory.models import Listing, Outcome, Pull, Service, Source
from livingwell.directory.tests.server import OPEN, Asked, Reply, Server, directory, serving

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
LATER = AT + timedelta(days=1)


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as made:
        yield made


def told(number: int, **more: Any) -> dict[str, Any]:
    """A service as an API tells it in full."""
    return {
        "id": f"s{number}", "name": f"Choir {number}", "status": "active", "description": "We sing.",
        "organization": {"id": "o1", "name": "Friends"}, "phones": [{"id": f"p{number}", "number": "020 7946 0123"}],
        "last_modified": "2026-03-01T00:00:00Z", **more,
    }  # fmt: skip


def source(server: Server, way: str = "api", path: str = "", **values: Any) -> Source:
    given = {"name": "Their list", "url": f"{server.url}{path}", "way": way, **values}
    return pulling.keep_source("theirs", given)


def pull(at: datetime = AT, **options: Any) -> Pull:
    waited: list[float] = []
    return pulling.pull("theirs", manners=OPEN, by="test", at=at, sleep=waited.append, **options)


def names() -> set[str]:
    return set(Service.objects.exclude(status="defunct").values_list("name", flat=True))


def test_every_page_of_an_api_is_read_and_found(server: Server) -> None:
    directory(server, [told(number) for number in range(5)])
    source(server)

    made = pull()

    assert (made.outcome, made.trouble) == (Outcome.DONE, "")
    assert (made.steps, made.seen, made.added, made.whole) == (3, 5, 5, True)
    assert names() == {f"Choir {number}" for number in range(5)}
    assert Listing.objects.count() == 5
    assert server.asked[0].headers["User-Agent"] == "Test"


def test_the_next_reading_asks_only_for_what_changed_since_a_day_before(server: Server) -> None:
    services = [told(number) for number in range(5)]
    directory(server, services)
    source(server)
    pull()
    services[3] |= {"name": "New name", "last_modified": "2026-03-02T12:00:00Z"}

    made = pull(LATER)

    assert server.asked[-1].query["modified_after"] == "2026-03-01T09:00:00Z"
    assert (made.whole, made.changed, made.not_seen) == (False, 1, 0)
    assert "New name" in names()


def test_a_reading_that_breaks_off_goes_on_where_it_stopped(server: Server) -> None:
    directory(server, [told(number) for number in range(6)])
    pages = server.answers["/services"]
    source(server)
    server.answers["/services"] = lambda asked: Reply({}, 500) if asked.query["page"] == "2" else pages(asked)

    broken = pull()
    server.answers["/services"] = pages
    server.asked.clear()
    again = pull(AT + timedelta(hours=1))

    assert (broken.outcome, broken.trouble_kind, broken.seen) == (Outcome.TROUBLE, "broken", 2)
    assert "each time it answered 500" in broken.trouble
    assert [asked.query["page"] for asked in server.asked] == ["2", "3"]
    assert (again.outcome, again.whole, again.seen, again.not_seen) == (Outcome.DONE, True, 4, 0)
    assert Service.objects.count() == 6


def test_a_reader_that_was_killed_leaves_no_lock_and_loses_nothing(server: Server) -> None:
    directory(server, [told(number) for number in range(4)])
    pages = server.answers["/services"]
    source(server)

    class Killed(BaseException):
        pass

    def die(_seconds: float) -> None:
        raise Killed

    server.answers["/services"] = lambda asked: Reply({}, 503) if asked.query["page"] == "2" else pages(asked)
    with pytest.raises(Killed):
        pulling.pull("theirs", manners=OPEN, by="test", at=AT, sleep=die)
    server.answers["/services"] = pages
    again = pull(AT + timedelta(minutes=10))

    assert [one.outcome for one in Pull.objects.order_by("pk")] == [Outcome.STOPPED, Outcome.DONE]
    assert again.seen == 2
    assert Service.objects.count() == 4


def test_what_is_not_named_any_more_is_not_seen_but_stays(server: Server) -> None:
    services = [told(number) for number in range(3)]
    directory(server, services)
    source(server)
    pull()
    gone = services.pop()

    changes = pull(LATER)
    week = pull(AT + timedelta(days=8))
    lost = Service.objects.get(original_id="s2")

    assert (changes.not_seen, week.not_seen, week.whole) == (0, 1, True)
    assert (lost.status, str(lost.not_seen_since)) == ("active", "2026-03-02")
    services.append(gone)
    back = pull(AT + timedelta(days=16))
    lost.refresh_from_db()
    assert back.whole
    assert lost.not_seen_since is None


def test_half_a_source_gone_at_once_is_believed_only_the_second_time(server: Server) -> None:
    services = [told(number) for number in range(30)]
    directory(server, services, per_page=50)
    source(server)
    pull()
    del services[5:]

    first = pull(AT + timedelta(days=8))
    second = pull(AT + timedelta(days=16))

    assert (first.not_seen, first.trouble_kind, second.not_seen) == (0, "shrunk", 25)


def test_open_referral_uk_1_is_read_in_full_by_the_id_of_each(server: Server) -> None:
    directory(server, [told(number) for number in range(3)], uk_1=True)
    del server.answers["/services/s1"]
    source(server, "oruk")

    made = pull()

    assert (made.seen, made.refused) == (3, 1)
    assert made.report["refused"][0]["id"] == "s1"
    assert Service.objects.get(original_id="s0").phones.get().number == "020 7946 0123"


def test_a_server_that_is_busy_is_left_alone_as_long_as_it_asks(server: Server) -> None:
    directory(server, [told(1)])
    source(server)
    server.first["/services"] = [Reply({}, 429, {"Retry-After": "3"}), Reply({}, 429, {"Retry-After": "3"})]
    waited: list[float] = []

    made = pulling.pull("theirs", manners=OPEN, by="test", at=AT, sleep=waited.append)

    assert waited == [3.0, 3.0]
    assert made.outcome == Outcome.DONE
    assert len(made.report["on the way"]) == 2


def test_a_server_that_asks_for_an_hour_gets_an_hour(server: Server) -> None:
    directory(server, [told(1)])
    source(server)
    server.first["/services"] = [Reply({}, 429, {"Retry-After": "3600"})]

    made = pull()

    assert (made.trouble_kind, made.wait, made.trouble) == ("busy", 3600, "It asked us to wait 60 minutes.")


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (Reply(b"<!doctype html><p>Welcome"), "not a feed"),
        (Reply(b"\x00\xff\x00garbage"), "not a feed"),
        (Reply({"message": "hello"}), "not a feed"),
        (Reply(b'{"contents": [{"id": "1", "name": "Cho'), "not a feed"),
        (Reply(["not", "a", "service"]), "not a feed"),
        (Reply({}, 401), "locked"),
        (Reply({}, 410), "missing"),
        (Reply({}, 418), "broken"),
        (Reply(b"[" + b" " * 300_000 + b"]"), "too large"),
        (Reply(b"[]", headers={"Content-Length": "500"}), "unreachable"),
        (Reply({}, 302, {"Location": "/services"}), "broken"),
        (Reply({}, 302, {"Location": "file:///etc/passwd"}), "private"),
    ],
)
def test_whatever_it_sends_staff_read_why_and_nothing_is_kept(
    server: Server, reply: Reply, kind: str
) -> None:
    source(server)
    server.answers["/services"] = lambda _asked: Reply(reply.content, reply.status, dict(reply.headers))

    made = pull()

    assert (made.outcome, made.trouble_kind) == (Outcome.TROUBLE, kind)
    assert made.trouble.endswith(".")
    assert not Service.objects.exists()


def test_rows_that_cannot_be_kept_are_listed_and_the_rest_is_taken(server: Server) -> None:
    directory(server, [told(1), told(2, name="")])
    source(server)

    made = pull()

    assert made.seen == 1
    assert "It has no name" in next(one["reason"] for one in made.report["refused"] if one["id"] == "s2")


def test_a_file_is_fetched_again_only_when_it_changed(server: Server) -> None:
    rows = ["id,name,description", "1,Tea,Tea and talk", "2,Walk,We walk"]

    def list_of_theirs(asked: Asked) -> Reply:
        mark = f'"{len(rows)}"'
        same = asked.headers.get("If-None-Match") == mark
        return Reply("\n".join(rows).encode(), 304 if same else 200, {"ETag": mark})

    server.answers["/list.csv"] = list_of_theirs
    source(server, "file", "/list.csv")

    first, second = pull(), pull(LATER)
    rows.pop()
    third = pull(LATER + timedelta(days=1))

    assert (first.added, second.seen, second.changed, second.not_seen) == (2, 2, 0, 0)
    assert (third.seen, third.not_seen) == (1, 1)
    assert names() == {"Tea", "Walk"}


def test_one_reading_of_a_source_at_a_time_and_none_while_it_is_paused(server: Server) -> None:
    directory(server, [told(1)])
    theirs = source(server)
    pulling.pause(theirs, by="somebody", at=AT)
    with pytest.raises(Refusal, match="paused"):
        pull()
    pulling.go_on(theirs)
    assert pull().outcome == Outcome.DONE


def test_a_new_address_is_read_from_its_beginning(server: Server) -> None:
    directory(server, [told(1)])
    source(server)
    pull()
    server.answers["/other/services"] = server.answers["/services"]
    source(server, path="/other")

    assert pull(LATER).whole


def test_a_long_reading_leaves_off_and_goes_on(server: Server) -> None:
    directory(server, [told(number) for number in range(4)])
    source(server)

    first, second = pull(within=0), pull()

    assert (first.outcome, first.seen, second.outcome, second.seen) == (Outcome.PART, 2, Outcome.DONE, 2)


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/", "http://localhost:9/", "http://169.254.169.254/", "http://[::1]/",
                                     "http://[::ffff:10.0.0.1]/", "http://10.1.2.3/", "http://0.0.0.0/"])  # fmt: skip
def test_nothing_inside_our_own_network_is_ever_asked(address: str) -> None:
    pulling.keep_source("theirs", {"name": "Theirs", "url": address, "way": "api"})

    made = pulling.pull(
        "theirs", manners=replace(OPEN, inside=False), by="test", at=AT, sleep=lambda _seconds: None
    )

    assert (made.outcome, made.trouble_kind) == (Outcome.TROUBLE, "private")


def test_without_encryption_nothing_is_read_in_earnest() -> None:
    pulling.keep_source("theirs", {"name": "Theirs", "url": "http://example.org/", "way": "file"})
    made = pulling.pull("theirs", manners=replace(OPEN, plain_http=False), by="test", at=AT)
    assert (made.trouble_kind, "https" in made.trouble) == ("private", True)


def test_what_is_not_seen_stands_lower_and_rises_again_when_it_is(server: Server) -> None:
    services = [told(number) for number in range(3)]
    directory(server, services)
    source(server)
    pull()
    gone = services.pop()
    pull(AT + timedelta(days=8))
    listing = Listing.objects.get(service__original_id="s2")
    assert listing.standing == 1
    services.append(gone)
    pull(AT + timedelta(days=16))
    listing.refresh_from_db()
    assert listing.standing == 0


def session(number: int, **more: Any) -> dict[str, Any]:
    """An item of a feed of sessions."""
    return {
        "id": f"c{number}", "kind": "SessionSeries", "modified": number, "state": "updated",
        "data": {
            "@context": "https://openactive.io/", "@type": "SessionSeries", "@id": f"https://example.org/c{number}",
            "identifier": f"c{number}", "name": f"Walking football {number}", "url": f"https://example.org/c{number}",
            "organizer": {"@type": "Organization", "@id": "https://example.org/o", "name": "The club"},
            "location": {
                "@type": "Place", "name": "The hall",
                "geo": {"@type": "GeoCoordinates", "latitude": 51.46, "longitude": -0.11},
            },
        },
        **more,
    }  # fmt: skip


def test_a_chain_of_rpde_pages_is_followed_and_what_it_takes_away_closes_until_it_comes_back(
    server: Server,
) -> None:
    pages = {"0": [session(1), session(2)], "2": [session(3)], "3": []}

    def answer(asked: Asked) -> Reply:
        after = asked.query.get("after", "0")
        items = pages[after]
        last = max((one["modified"] for one in items), default=int(after))
        return Reply(
            {"next": f"{server.url}/rpde?after={last}", "items": items, "license": "https://example.org/l"}
        )

    server.answers["/rpde"] = answer
    source(server, "rpde", "/rpde")

    first = pull()
    pages |= {"3": [{"id": "c2", "kind": "SessionSeries", "modified": 4, "state": "deleted"}], "4": []}
    second = pull(LATER)
    closed = Service.objects.get(name="Walking football 2")
    pages |= {"4": [session(2, modified=5)], "5": []}
    third = pull(LATER + timedelta(days=1))
    again = Service.objects.get(pk=closed.pk)

    assert (first.outcome, first.trouble, first.seen, first.steps) == (Outcome.DONE, "", 3, 3)
    assert [asked.query.get("after") for asked in server.asked[:3]] == [None, "2", "3"]
    assert (second.outcome, second.trouble, second.closed) == (Outcome.DONE, "", 1)
    assert (closed.status, again.status) == ("defunct", "active")
    assert (third.whole, third.seen, Service.objects.count()) == (False, 1, 3)


def test_rpde_pages_that_lead_in_a_circle_are_left(server: Server) -> None:
    server.answers["/rpde"] = lambda _asked: Reply({"next": "/rpde", "items": [session(1)], "license": "x"})
    source(server, "rpde", "/rpde")

    made = pull()

    assert "circle" in made.trouble
    assert (made.outcome, made.seen, len(server.asked)) == (Outcome.TROUBLE, 1, 1)


@pytest.mark.parametrize(
    "body",
    [
        b"\xef\xbb\xbf" + json.dumps({"contents": [told(1)], "last_page": True}).encode(),
        json.dumps({"contents": [told(1)], "last_page": True}).encode("utf-16"),
        json.dumps({"data": [told(1, maximum_age=float("nan"))], "total_pages": 1}).encode(),
    ],
    ids=["a mark before it", "UTF-16", "not a number, in a wrapper of its own"],
)
def test_a_page_in_another_encoding_or_wrapper_is_read(server: Server, body: bytes) -> None:
    server.answers["/services"] = lambda _asked: Reply(body)
    source(server)
    assert (pull().trouble, names()) == ("", {"Choir 1"})


def test_after_the_last_page_of_an_api_that_counts_none_there_may_be_nothing(server: Server) -> None:
    def page(asked: Asked) -> Reply:
        number = int(asked.query["page"])
        return Reply({"contents": [told(number)]}) if number < 3 else Reply({}, 404)

    server.answers["/services"] = page
    source(server)
    assert (pull().trouble, names()) == ("", {"Choir 1", "Choir 2"})


def test_a_page_that_is_missing_before_the_last_is_trouble(server: Server) -> None:
    server.answers["/services"] = lambda asked: (
        Reply({"contents": [told(1)], "total_pages": 3}) if asked.query["page"] == "1" else Reply({}, 404)
    )
    source(server)
    assert (pull().trouble_kind, names()) == ("missing", {"Choir 1"})
