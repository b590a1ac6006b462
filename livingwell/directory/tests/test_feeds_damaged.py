"""Whatever happened to a file on its way, reading it ends, and each record of it is accounted for once."""

import json
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from livingwell.directory.feeds.model import NotAFeed
from livingwell.directory.tests.feeds import Said, say
from livingwell.directory.tests.test_feeds_shapes import ORUK, SERIES, SESSION, SHAPES, book, item, js

MANY = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
WHOLE = sorted(SHAPES)
PAGE = js({"next": "x", "items": [item("SessionSeries", 1, 1, SERIES), item("ScheduledSession", 2, 2, SESSION),
                                  item("SessionSeries", 3, 3)]})  # fmt: skip
SHEET = book(("Groups", [["Name", "Phone", "When"], ["Choir", "020 7946 0000", "Monday 10-12"]]))


def said(name: str, data: bytes) -> Said | None:
    """What a file of this content says; nothing where it is told in a sentence that it cannot be read."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        try:
            return say(path)
        except NotAFeed:
            return None


def content(shape: str) -> tuple[str, bytes]:
    if shape == "page":
        return "page.json", PAGE.encode()
    if shape == "sheet":
        return "list.xlsx", SHEET
    file, words, *_ = SHAPES[shape]
    return file, words.encode() if isinstance(words, str) else words


@MANY
@given(st.sampled_from([*WHOLE, "page", "sheet"]), st.data())
def test_a_damaged_file_is_read_as_far_as_it_goes_or_told(shape: str, data: st.DataObject) -> None:
    name, whole = content(shape)
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 40)))
    kept = whole[: data.draw(st.integers(0, len(whole)))] if data.draw(st.booleans()) else whole
    found = said(name, kept[:start] + data.draw(st.binary(max_size=12)) + kept[end:])
    assert found is None or (
        found.report.adds_up and found.report.as_text() and json.dumps(found.report.as_json())
    )


@MANY
@given(
    st.sampled_from(["a.json", "a.csv", "a.xlsx", "a.zip", "a.txt", "a.gz", "a.json.gz", "a", "a.jsonl"]),
    st.binary(max_size=200),
)
def test_random_bytes_are_told_in_a_sentence_or_counted(name: str, data: bytes) -> None:
    found = said(name, data)
    assert found is None or found.report.adds_up


@MANY
@given(st.integers(1, 12), st.integers(1, 60))
def test_of_a_list_that_is_cut_off_what_stands_before_is_kept_and_the_loss_told(many: int, cut: int) -> None:
    things = [{"id": n, "name": f"Choir {n}", "status": "active"} for n in range(many)]
    whole = js({"contents": things})
    found = said("services.json", whole[:-cut].encode())
    if found is None:
        assert len(whole) - cut < len(js({"contents": things[:1]}))
        return
    records = found.report.records["service"]
    assert records.taken == len(found.entries["service"]) <= many
    assert records.refused == 1
    assert records.taken + records.repeated + records.refused == records.read


@MANY
@given(
    st.lists(
        st.sampled_from(["updated", "deleted", "no data", "no kind", "not an item"]), min_size=1, max_size=12
    ),
    st.lists(st.integers(0, 3), min_size=12, max_size=12),
)
def test_each_item_of_a_page_is_accounted_for(states: list[str], known: list[int]) -> None:
    items: list[object] = []
    for number, state in enumerate(states):
        kind = "SessionSeries" if number % 2 else "ScheduledSession"
        one = item(kind, known[number], number, {**(SERIES if number % 2 else SESSION)})
        if state == "deleted":
            one = item(kind, known[number], number)
        elif state == "no data":
            one["data"] = {}
        elif state == "no kind":
            one["kind"], one["data"] = None, {"name": "x"}
        items.append(7 if state == "not an item" else one)
    found = said("page.json", js({"next": "x", "items": items}).encode())
    if found is not None:
        assert found.report.adds_up
        assert found.read == len(items)


@MANY
@given(st.lists(st.sampled_from(sorted({*ORUK} - {"id", "name", "status"})), unique=True))
def test_any_part_of_a_service_may_be_missing_null_or_of_another_shape(gone: list[str]) -> None:
    others: list[object] = [None, "", [], {}, "words", [None], [1], {"x": []}]
    for other in others:
        found = said("service.json", js({**ORUK, **dict.fromkeys(gone, other)}).encode())
        assert found is not None
        assert found.names() == {"Walking group"}
        assert found.report.adds_up
