"""Whatever strings a file holds, reading it ends, and every record of it is accounted for once."""

import csv
import io
import json
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from livingwell.directory.feeds import hsds_json, plain_csv, tabular
from livingwell.directory.feeds.columns import COLUMNS
from livingwell.directory.feeds.files import Box
from livingwell.directory.feeds.known import Known
from livingwell.directory.feeds.report import Report
from livingwell.directory.feeds.tables import TABLES
from livingwell.directory.tests.feeds import take

ODD = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["", " ", "9:00am", "25:99", "<p>", "\x00", "a,b", "12/31/2026", "0/0/0", "£3-", "1e400", "-1", "NaN",
         "every 2 weeks Friday", "first of the month", "Monday to", "-", "###MON###", "https://", "@", "7",
         "'", '"', "\n", "\\n"]
    ),
)  # fmt: skip
MANY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def account(pieces: Any) -> Report:
    report = Report("test", "test")
    take(pieces, Known(), report)
    return report


def as_csv(columns: list[str], lists: list[list[str]]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream).writerows([columns, *lists])
    return stream.getvalue().encode("utf-8", errors="surrogatepass")


def blank(cells: list[str]) -> bool:
    return not any(cell.strip() for cell in cells)


@MANY
@given(st.lists(st.lists(ODD, min_size=len(COLUMNS), max_size=len(COLUMNS)), max_size=4))
def test_a_plain_list_of_anything_is_counted(lists: list[list[str]]) -> None:
    report = account(plain_csv.read(as_csv(list(COLUMNS), lists), file="odd.csv"))
    assert report.adds_up
    assert report.records["service"].read == sum(not blank(cells) for cells in lists)


@MANY
@given(st.sampled_from(sorted({*tabular.NAMES})), st.data())
def test_a_table_of_anything_is_counted(name: str, data: st.DataObject) -> None:
    table = TABLES.get(tabular.NAMES[name])
    columns = ["id", *(table.fields if table else ()), *(table.references if table else ())]
    columns += [
        "service_id",
        "eligibility",
        "weekday",
        "opens_at",
        "closes_at",
        "parent_id",
        "start_date",
        "closed",
    ]
    columns = list(dict.fromkeys(columns))
    width = len(columns)
    lists = data.draw(st.lists(st.lists(ODD, min_size=width, max_size=width), max_size=4))
    box = Box("odd", {f"{name}.csv": lambda: as_csv(columns, lists), "x/services.csv": lambda: b"id,name\n"})
    package = tabular.Package("", "", [(tabular.NAMES[name], f"{name}.csv")])
    report = account(tabular.read(box, package))
    assert report.adds_up
    assert sum(of.read for of in report.records.values()) == sum(not blank(cells) for cells in lists)


FIELDS = [
    "id",
    "name",
    "status",
    "organization",
    "phones",
    "number",
    "service_at_locations",
    "location",
    "schedules",
    "opens_at",
    "attributes",
    "taxonomy_term",
    "taxonomy",
    "latitude",
    "longitude",
    "contacts",
    "metadata",
    "services",
    "program",
    "languages",
    "minimum_age",
    "assured_date",
    "taxonomy_detail",
    "capacities",
    "unit",
    "taxonomy_terms",
]
THINGS = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), ODD),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(FIELDS),
            inner,
            max_size=6,
        ),
    ),
    max_leaves=12,
)  # fmt: skip


@MANY
@given(st.lists(THINGS, max_size=4))
def test_json_of_anything_is_counted(things: list[Any]) -> None:
    report = account(hsds_json.read(things, file="odd.json", hint="service"))
    assert report.adds_up
    assert sum(of.read for of in report.records.values()) >= len(things)
    assert json.dumps(report.as_json())
    assert report.as_text()


def test_the_report_is_the_same_wherever_the_file_lies() -> None:
    assert Path(Report("s", "a/b.csv").as_json()["path"]) == Path("a/b.csv")
