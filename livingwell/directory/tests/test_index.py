import shutil
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from livingwell.directory.index import step, words
from livingwell.directory.index.layout import LISTED, Listed, document
from livingwell.directory.models import Edition, Listing, Relisted, Service
from livingwell.directory.queries import search_index
from livingwell.directory.queries.cards import cards
from livingwell.directory.queries.search import Wanted, search
from livingwell.directory.queries.wanted import Asked
from livingwell.directory.queries.words import Point
from livingwell.directory.tests.entries import BRIXTON, refreshed, service

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.SEARCH_FOLDER = tmp_path
    return tmp_path


def found(said: str) -> int:
    return search(Wanted(words=said)).total


def in_index(said: str) -> int:
    """How many the index holds, by asking it and nothing else."""
    edition = Edition.objects.get()
    index = step.reader(edition.directory, edition.number)
    assert index is not None
    node = words.read(f"'{said}'")
    assert node is not None
    return int(index.searcher().search(words.query(index.schema, "words", node), 10).count)  # type: ignore[attr-defined]


def test_what_changed_is_read_again_and_nothing_else(folder: Path) -> None:
    choir, band = service("Effra choir"), service("Effra band")
    refreshed(choir, band)
    assert step.bring_in_step()
    build = next(folder.glob("*/build-*"))
    Service.objects.filter(pk=choir.pk).update(name="Effra orchestra")
    refreshed(choir, band)
    assert step.bring_in_step()

    assert (in_index("choir"), in_index("orchestra"), in_index("band")) == (0, 1, 1)
    assert next(folder.glob("*/build-*")) == build
    latest = Edition.objects.get().number
    assert list(Relisted.objects.filter(edition=latest).values_list("service_id", flat=True)) == [choir.pk]


def test_what_stops_running_leaves_the_index() -> None:
    choir = service("Effra choir")
    refreshed(choir)
    step.bring_in_step()
    Service.objects.filter(pk=choir.pk).update(status="defunct")
    refreshed(choir)
    step.bring_in_step()

    assert in_index("choir") == 0


def test_a_lost_or_broken_index_costs_nothing_and_is_made_again(folder: Path) -> None:
    refreshed(service("Effra choir"))
    step.bring_in_step()
    broken = next(folder.glob("*/now.json"))
    broken.write_text("{")
    assert found("choir") == 1
    shutil.rmtree(folder)
    assert found("choir") == 1
    step.bring_in_step()

    assert in_index("choir") == 1


def test_an_index_of_another_layout_is_made_afresh(folder: Path) -> None:
    refreshed(service("Effra choir"))
    step.bring_in_step()
    state = next(folder.glob("*/now.json"))
    state.write_text(state.read_text().replace('"layout": ', '"layout": 9'))
    assert found("choir") == 1
    step.bring_in_step()

    assert in_index("choir") == 1


def test_the_index_of_another_database_is_never_read() -> None:
    refreshed(service("Effra choir"))
    step.bring_in_step()
    Edition.objects.update(directory="00000000-0000-4000-8000-000000000001")
    edition = Edition.objects.get()

    assert step.reader(edition.directory, edition.number) is None


def test_what_went_since_is_left_out_of_a_page() -> None:
    refreshed(service("Effra choir"), service("Brixton choir"))
    step.bring_in_step()
    Listing.objects.filter(service__name="Effra choir").delete()

    hits = search(Wanted(words="choir")).hits
    assert [card.title for card in cards([hit.listing for hit in hits])] == ["Brixton choir"]


def test_a_change_asks_the_worker_once_to_bring_the_index_in_step() -> None:
    choir = service("Effra choir")
    refreshed(choir)
    Service.objects.filter(pk=choir.pk).update(name="Effra band")
    refreshed(choir)
    refreshed(choir)

    jobs = ProcrastinateJob.objects.filter(task_name="livingwell.directory.tasks.keep_search_in_step")
    assert jobs.count() == 1


def test_nothing_that_is_indexed_is_kept_as_text() -> None:
    refreshed(service("Effra choir", at=BRIXTON, assured_date=date(2026, 3, 3)))
    with connection.cursor() as cursor:
        cursor.execute(LISTED)
        row = Listed(*cursor.fetchone())
    step.bring_in_step()
    edition = Edition.objects.get()
    index = step.reader(edition.directory, edition.number)
    assert index is not None
    searcher = index.searcher()
    [(_score, address)] = searcher.search(words.query(index.schema, "words", words.Word("choir")), 1).hits

    assert document(row).get_first("words")
    assert searcher.doc(address).to_dict() == {}


@pytest.mark.parametrize(
    ("typed", "node"),
    [
        ("", None),
        ("'choir'", words.Word("choir")),
        ("'it''s'", words.Word("it's")),
        ("'a' & !'b'", words.Parts("&", (words.Word("a"), words.Not(words.Word("b"))))),
        (
            "'a' & 'b' | 'c'",
            words.Parts("|", (words.Parts("&", (words.Word("a"), words.Word("b"))), words.Word("c"))),
        ),
        ("'drop-in' <-> 'drop'", words.Word("drop-in")),
        ("'walking-group' <-> 'walk' <-> 'group'", words.Word("walking-group")),
        ("'tea' <-> 'danc'", words.Parts("<->", (words.Word("tea"), words.Word("danc")))),
    ],
)
def test_what_postgresql_makes_of_words_is_understood(typed: str, node: words.Node | None) -> None:
    assert words.read(typed) == node


def test_a_phrase_is_found_as_a_phrase() -> None:
    refreshed(service("Tea dance"), service("Dance and tea"))
    step.bring_in_step()

    assert search(Wanted(words='"tea dance"', literal=True)).total == 1
    assert search(Wanted(words="tea dance", literal=True)).total == 2


@pytest.mark.parametrize("near", [None, Point("here", *BRIXTON, approximate=False)])
@pytest.mark.parametrize("said", ["choir", "sing tenors", "nothing sing"])
def test_what_is_cut_stands_in_the_order_of_measuring_everything(
    said: str, near: Point | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_index, "EQUALS", 15)
    for number in range(60):
        made = service(f"Choir {number}", "We sing." if number % 3 else "We sing with tenors.")
        Service.objects.filter(pk=made.pk).update(assured_date=date(2026, 1, 1 + number * 5 % 28))
    refreshed()
    step.bring_in_step()
    edition = Edition.objects.get()
    index = step.reader(edition.directory, edition.number)
    assert index is not None
    lexemes = " & ".join(f"'{word}'" for word in said.split())
    asked = Asked(Wanted(words=said, near=near), ("singing",), lexemes, any_word=True)

    everything, _ = search_index.find(index, asked, 0, 60)
    pages = [search_index.find(index, asked, start, 6, each=10)[0] for start in (0, 6, 24)]

    assert pages == [everything[start : start + 6] for start in (0, 6, 24)]
    assert len({hit.listing for hit in everything}) == 60


def test_the_latest_confirmed_of_many_equals_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_index, "EQUALS", 15)
    for number in range(50):
        made = service(f"Choir {number}")
        Service.objects.filter(pk=made.pk).update(assured_date=date(2026, 1, 1 + number * 5 % 28))
    refreshed()
    step.bring_in_step()

    first = [hit.listing for hit in search(Wanted(words="choir"), size=2).hits]
    days = Listing.objects.filter(pk__in=first).values_list("assured_on", flat=True)
    assert min(day for day in days if day) >= date(2026, 1, 27)
