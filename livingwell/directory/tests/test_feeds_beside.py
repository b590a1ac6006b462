"""Reading beside: what another process read of a large feed, or could not read, is the same as read here."""

import io
import json
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest

from livingwell.directory.actions.importing import Named, take
from livingwell.directory.feeds import gather, json_files
from livingwell.directory.feeds.beside import Beside, Stopped, reader, receive, send
from livingwell.directory.feeds.detect import detect
from livingwell.directory.feeds.model import Feed, NotAFeed, Part, Piece
from livingwell.directory.feeds.reading import Here, Slice
from livingwell.directory.models import Organization


def service(number: int, **more: Any) -> dict[str, Any]:
    return {
        "id": f"s{number}", "name": f"CHOIR NUMBER {number}", "status": "active", "shoe_size": 40,
        "is_confidential": number == 7, "organization": {"id": "o", "name": "Friends"},
        "phones": [{"id": f"p{number}", "number": f"020 7946 0{number:03}"}],
        "service_at_locations": [{"id": f"a{number}", "location": {"id": f"l{number % 3}", "name": "Hall"}}],
        **more,
    }  # fmt: skip


@pytest.fixture
def small_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if a few hundred bytes were a large file."""
    monkeypatch.setattr(gather, "SLICE", 20)
    monkeypatch.setattr(json_files, "SMALL", 10)


def lines(folder: Path, *things: object) -> Path:
    path = folder / "services.jsonl"
    path.write_text("\n".join(each if isinstance(each, str) else json.dumps(each) for each in things))
    return path


def all_of(feed: Feed, read: Here | Beside) -> list[Slice]:
    try:
        return [each for part in feed.parts for each in read.slices(part)]
    finally:
        read.close()


def here(feed: Feed) -> Here:
    return Here(day_first=feed.day_first, timezone="Europe/London")


@pytest.mark.usefixtures("small_is_large")
def test_another_process_reads_the_same_slices_and_tells_the_same(tmp_path: Path) -> None:
    things = [service(number) for number in range(20)]
    things.append(service(3))  # said before, in another slice
    things.append(service(4, name="Another name"))
    things.append(service(21, name="", email="nobody", cost_options=[{"amount": "£2.50 per session"}]))
    path = lines(tmp_path, *things, '{"broken": ', service(22), "17", service(23, assured_date="31.1.2026"))
    feed = detect(path)
    read = reader(feed, timezone="Europe/London")

    assert isinstance(read, Beside)
    there, ours = all_of(feed, read), all_of(feed, here(feed))

    assert len(there) > 3
    assert there == [Slice(_plain(each), each.told, each.more) for each in ours]
    assert sum(len(each.told.refused) for each in there) == 3
    entries = [entry for each in there for entry in each.said.entries["service"].values()]
    assert [entry.key for entry in entries if entry.confidential] == ["s7"]


def _plain(one: Slice) -> gather.Gathered:
    """What was said, without what only gathering itself needs."""
    said = one.said
    said.words = set()
    return said


def test_a_file_of_a_few_thousand_records_is_read_here(tmp_path: Path) -> None:
    feed = detect(lines(tmp_path, *map(service, range(200))))
    read = reader(feed, timezone="Europe/London")
    read.close()

    assert isinstance(read, Here)


@pytest.mark.usefixtures("small_is_large")
def test_where_no_other_process_can_be_started_the_file_is_read_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed = detect(lines(tmp_path, *map(service, range(20))))
    monkeypatch.setattr("sys.executable", str(tmp_path / "nowhere"))

    assert isinstance(reader(feed, timezone="Europe/London"), Here)


@pytest.mark.usefixtures("small_is_large")
def test_a_killed_process_is_told_in_a_sentence(tmp_path: Path) -> None:
    feed = detect(lines(tmp_path, *map(service, range(3_000))))
    read = reader(feed, timezone="Europe/London")
    slices = read.slices(feed.parts[0])
    next(slices)
    kill_readers()

    with pytest.raises(
        Stopped, match=r"services\.jsonl was not read to its end: .*\(SIGKILL\).* Then try again"
    ):
        list(slices)
    read.close()


def kill_readers() -> None:
    """What a machine short of memory does."""
    for child in psutil.Process().children():
        if child.status() != psutil.STATUS_ZOMBIE and "livingwell.directory.feeds.beside" in child.cmdline():
            child.kill()


@pytest.mark.django_db
@pytest.mark.usefixtures("small_is_large")
def test_of_a_file_whose_reading_was_stopped_nothing_is_kept(tmp_path: Path) -> None:
    path = lines(tmp_path, *map(service, range(1_000)))

    with pytest.raises(Stopped):
        take(detect(path), Named("cut"), path=path.name, progress=lambda *_: kill_readers())

    assert not Organization.objects.exists()


@pytest.mark.usefixtures("small_is_large")
def test_what_goes_away_before_it_is_read_is_told_as_if_it_were_read_here(tmp_path: Path) -> None:
    feed = detect(lines(tmp_path, *map(service, range(20))))
    assert feed.path is not None
    feed.path.unlink()

    with pytest.raises(NotAFeed, match="There is no file"):
        all_of(feed, Beside(feed, timezone="Europe/London"))


@pytest.mark.usefixtures("small_is_large")
def test_a_packed_file_that_breaks_off_gives_what_stands_before_and_the_loss_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gather, "SLICE", 10_000)
    text = "\n".join(json.dumps(service(number)) for number in range(8_000)).encode()
    packed = zlib.compressobj(wbits=31)
    path = tmp_path / "services.jsonl.gz"
    path.write_bytes((packed.compress(text) + packed.flush())[:-2_000])
    feed = detect(path)
    read = reader(feed, timezone="Europe/London")
    assert isinstance(read, Beside)

    there = all_of(feed, read)

    taken = sum(len(each.said.entries["service"]) for each in there)
    assert 2_000 < taken < 8_000
    assert [one.reason.split(" after line")[0] for one in there[-1].told.refused] == ["The file breaks off"]


def _breaking(error: Exception) -> Callable[[], Any]:
    def read() -> Any:
        yield from ()
        raise error

    return read


class Odd(Exception):
    """One that cannot be copied."""

    def __init__(self, one: int, other: int) -> None:
        super().__init__(f"{one} and {other}")


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        (NotAFeed("It is empty."), NotAFeed, "It is empty"),
        (ValueError("no such thing"), ValueError, "no such thing"),
        (Odd(1, 2), RuntimeError, "Odd: 1 and 2"),
    ],
)
def test_what_was_raised_there_is_raised_here(error: Exception, kind: type[Exception], words: str) -> None:
    pieces: list[Piece] = []
    feed = Feed("test", "test", [Part("first", lambda: iter(pieces)), Part("second", _breaking(error))])
    pipe = io.BytesIO()
    send(feed, here(feed), pipe)
    pipe.seek(0)

    assert receive(pipe).more is False  # the first part is whole
    with pytest.raises(kind, match=words) as raised:
        receive(pipe)
    assert "in read" in str(raised.value.__notes__)
