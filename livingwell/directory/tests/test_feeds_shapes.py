"""Directories as they come: small files in many shapes, what is made of each and what the report says of it."""

import gzip
import io
import json
import zipfile
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from livingwell.directory.feeds.detect import detect
from livingwell.directory.feeds.model import NotAFeed
from livingwell.directory.tests.feeds import Said, is_read_and_told, say, written


def js(content: Any) -> str:
    return json.dumps(content)


ORUK: dict[str, Any] = {
    "id": "s1", "name": "Walking group", "description": "<p>We walk &amp; talk</p>", "status": "active",
    "organization": {"id": "o1", "name": "Friends of the Park"},
    "eligibilitys": [{"id": "e1", "service_id": "s1", "eligibility": "Adults", "minimum_age": 18, "maximum_age": 99}],
    "regular_schedules": [
        {"id": "r1", "opens_at": "10:00", "closes_at": "12:00", "byday": "MO", "freq": "WEEKLY"},
        {"id": "r2", "opens_at": "9:00am", "closes_at": "1pm", "weekday": "Friday"},
    ],
    "holiday_schedules": [{"id": "h1", "closed": True, "start_date": "2026-12-25", "end_date": "2026-12-25"}],
    "fundings": [{"id": "f1", "source": "The lottery"}],
    "service_taxonomys": [{"id": "t1", "taxonomy": {"id": "w", "name": "Walking", "vocabulary": "openEligibility"}}],
    "reviews": [{"id": "v1", "title": "Nice", "score": "5"}],
    "contacts": [{"id": "c1", "name": "Ann", "phones": [{"id": "p1", "number": "020 7946 0001"}]}],
    "service_at_locations": [{"id": "l1", "location": {
        "id": "loc1", "name": "Hall", "latitude": 51.46, "longitude": -0.11,
        "physical_addresses": [{"id": "a1", "address_1": "1 High Street", "city": "LONDON", "postal_code": "sw24hj",
                                "country": "United Kingdom"}],
        "accessibility_for_disabilities": [{"id": "x1", "accessibility": "Ramp"}]}}],
    "deliverable_type": "Advice", "colour_code": "red",
}  # fmt: skip
CHOIR = {
    "id": "c",
    "name": "Choir",
    "description": "We sing",
    "status": "active",
    "organization": {"name": "Friends"},
}
LIST = "Organisation,Service name,Tel,Post code,When,Cost\nFriends,Choir,020 7946 0000,SW24HJ,Monday 10-12,£3.50\n"

Shape = tuple[str, str | bytes, set[str], list[tuple[str, str, Any]], list[str]]
SHAPES: dict[str, Shape] = {
    "ORUK 1.0, one service": ("service.json", js(ORUK), {"Walking group"}, [
        ("service", "minimum_age", 18), ("service", "eligibility_description", "Adults"),
        ("service", "description", "We walk & talk"), ("schedule", "byday", "MO"), ("schedule", "byday", "FR"),
        ("schedule", "closed", True), ("schedule", "dtstart", date(2026, 12, 25)), ("funding", "source", "The lottery"),
        ("taxonomy_term", "name", "Walking"), ("phone", "number", "020 7946 0001"), ("address", "city", "London"),
        ("address", "postal_code", "SW2 4HJ"), ("address", "country", "GB"), ("accessibility", "description", "Ramp"),
    ], ["we do not take over reviews", "deliverable_type", "colour_code"]),
    "ORUK 1.0, a page": ("page.json", js({"totalElements": 1, "content": [ORUK], "pageable": {}}), {"Walking group"},
                         [("organization", "name", "Friends of the Park")], ["markup of web pages"]),
    "HSDS 2.0 tables in one file": ("all.json", js({
        "organization": [{"id": 1, "name": "Friends", "url": "friends.org.uk"}],
        "service": [{"id": 5, "organization_id": 1, "name": "Choir", "status": "active", "fees": "£2"}],
        "phone": [{"id": 9, "service_id": 5, "number": "020 7946 0000"}],
        "schedule": [{"id": 7, "service_id": 5, "freq": "WEEKLY", "byday": "TU", "opens_at": "10:00"}],
        "eligibility": [{"id": 3, "service_id": 5, "eligibility": "Everyone"}]}), {"Choir"}, [
        ("organization", "website", "http://friends.org.uk"), ("service", "eligibility_description", "Everyone"),
        ("service", "fees_description", "£2"), ("schedule", "byday", "TU")], []),
    "a list at the top": ("list.json", js([CHOIR]), {"Choir"}, [("organization", "name", "Friends")], []),
    "services in a wrapper": ("x.json", js({"services": [CHOIR]}), {"Choir"}, [], []),
    "data in a wrapper": ("x.json", js({"status": "ok", "data": [CHOIR]}), {"Choir"}, [], []),
    "items in a wrapper": ("x.json", js({"items": [CHOIR], "total": 1}), {"Choir"}, [], []),
    "results in a wrapper": ("x.json", js({"count": 1, "next": None, "results": [CHOIR]}), {"Choir"}, [], []),
    "wrappers in wrappers": ("x.json", js({"response": {"docs": [CHOIR]}}), {"Choir"}, [], []),
    "services beside organizations": ("x.json", js({
        "organizations": [{"id": "o", "name": "Friends", "contacts": [{"name": "Ann"}]}],
        "services": [{"id": "s", "name": "Choir", "organization_id": "o"}]}), {"Choir"},
        [("contact", "name", "Ann"), ("organization", "name", "Friends")], []),
    "by id": ("services.json", js({"a": {"name": "Choir", "status": "active"}, "b": {"name": "Walks", "status": "A"}}),
              {"Choir", "Walks"}, [], []),
    "something else beside a page": ("x.json", js({"contents": [CHOIR], "sponsor": "A shop"}), {"Choir"}, [],
                                     ["sponsor"]),
    "ids as numbers and null": ("x.json", js([{**CHOIR, "id": 7}, {**CHOIR, "id": None, "name": "Walks"}]),
                                {"Choir", "Walks"}, [], ["rows without an id"]),
    "JSON on each line": ("x.jsonl", f"{js(CHOIR)}\n{js({**CHOIR, 'id': 'd', 'name': 'Walks'})}\n{{\"id\": \n",
                          {"Choir", "Walks"}, [], ["The line is broken JSON", "line by line"]),
    "lines with a comma": ("x.json", f"{js(CHOIR)},\n{js({**CHOIR, 'id': 'd', 'name': 'Walks'})},\n",
                           {"Choir", "Walks"}, [], []),
    "cut off": ("x.json", js([CHOIR, {**CHOIR, "id": "d", "name": "Walks"}])[:-30], {"Choir"}, [],
                ["cut off or broken", "after record 1 is lost"]),
    "UTF-16 without a mark": ("x.json", js([{**CHOIR, "name": "Café"}]).encode("utf-16-le"), {"Café"}, [],
                              ["older encoding"]),
    "UTF-16 with a mark": ("x.csv", LIST.encode("utf-16"), {"Choir"}, [("cost_option", "amount", Decimal("3.50"))],
                           ["UTF-16"]),
    "UTF-8 with a mark": ("x.csv", LIST.encode("utf-8-sig"), {"Choir"}, [], []),
    "Windows letters": ("x.csv", LIST.replace("Choir", "Café – choir").encode("cp1252"), {"Café – choir"}, [],
                        ["Windows-1252"]),
    "two encodings in one file": ("x.csv", LIST.encode() + "F,Café,,,,\n".encode("cp1252"), {"Choir", "Café"}, [], []),
    "letters garbled": ("x.csv", LIST.replace("Choir", "Café’s choir".encode().decode("cp1252")), {"Café’s choir"},
                        [], ["garbled"]),
    "a plain list with other names": ("x.csv", LIST, {"Choir"}, [
        ("organization", "name", "Friends"), ("phone", "number", "020 7946 0000"),
        ("address", "postal_code", "SW2 4HJ"),
        ("schedule", "byday", "MO"), ("cost_option", "amount", Decimal("3.50"))], ["postcodes written another way"]),
    "with ;": ("x.csv", LIST.replace(",", ";"), {"Choir"}, [], []),
    "with tabs": ("x.tsv", LIST.replace(",", "\t"), {"Choir"}, [], []),
    "with |": ("x.txt", LIST.replace(",", "|"), {"Choir"}, [], []),
    "a title above, notes below": ("x.csv", f"Groups in Lambeth,,,,,\n,,,,,\n{LIST}Last updated May 2026,,,,,\n",
                                   {"Choir"}, [], ["rows above the header", "looks like a note"]),
    "the header again": ("x.csv", LIST + LIST, {"Choir"}, [], ["the header once more"]),
    "empty and double columns": ("x.csv", "name,,phone,phone,description\nChoir,hm,020 7946 0000,020 7946 0001,x\n",
                                 {"Choir"}, [("phone", "number", "020 7946 0001")],
                                 ["column 2 without a name", "columns of one name"]),
    "a quote never closed": ("x.csv", 'name,description,phone\nChoir,"We sing,1234567890\nWalks,x,1234567891\n',
                             {"Choir", "Walks"}, [], ["quotation marks that open"]),
    "a column we do not know": ("x.csv", "name,description,phone,Parking spaces\nChoir,x,,4\nWalks,x,,\n",
                                {"Choir", "Walks"}, [], ["parking_spaces", "something in 1 row, for example: 4"]),
    "two phones in one cell": ("x.csv", "name,description,phone\nChoir,x,020 7946 0000 / 07700 900123 (Ann)\n",
                               {"Choir"},
                               [("phone", "number", "020 7946 0000"), ("phone", "number", "07700 900123"),
                                ("phone", "description", "Ann")], ["several things in one cell"]),
    "phone, mail and site together": (
        "x.csv", "name,description,contact details\nChoir,x,Tel: 020 7946 0000; ann@example.org; www.choir.org.uk\n",
        {"Choir"}, [("phone", "number", "020 7946 0000"), ("service", "email", "ann@example.org"),
                    ("service", "url", "http://www.choir.org.uk")], ["several things in one cell"]),
    "mail in the column of sites": ("x.csv", "name,description,website\nChoir,x,ann@example.org\n", {"Choir"},
                                    [("service", "email", "ann@example.org"), ("service", "url", "")],
                                    ["wrong column"]),
    "an address in one cell": ("x.csv", 'name,description,address\nChoir,x,"St Mary, 1 High St, London sw2 4hj"\n',
                               {"Choir"}, [("address", "postal_code", "SW2 4HJ"),
                                           ("address", "address_1", "St Mary, 1 High St, London")], []),
    "ages in words": ("x.csv", "name,description,age range\nChoir,x,18+\nWalks,x,5-11\nTea,x,old enough\n",
                      {"Choir", "Walks", "Tea"}, [("service", "minimum_age", 18), ("service", "maximum_age", 11),
                                                  ("service", "eligibility_description", "Ages: old enough")], []),
    "costs in words": ("x.csv", "name,description,cost\nChoir,x,£3.50 / free for carers\n", {"Choir"},
                       [("cost_option", "amount_description", "£3.50 / free for carers")], ["costs not understood"]),
    "a point in one cell": ("x.csv", 'name,description,lat/long\nChoir,x,"51.46, -0.11"\n', {"Choir"},
                            [("location", "latitude", 51.46), ("location", "longitude", -0.11)], []),
    "a point turned round": ("x.csv", "name,description,lat,long\nChoir,x,-0.11,51.46\n", {"Choir"},
                             [("location", "latitude", 51.46)], ["the wrong way round"]),
    "metres": ("x.csv", "name,description,easting,northing\nChoir,x,531000,174500\n", {"Choir"}, [],
               ["National Grid"]),
    "days, start and end apart": ("x.csv", "name,description,day,start time,end time\nChoir,x,Tuesday,10:00,11:30\n",
                                  {"Choir"}, [("schedule", "byday", "TU"), ("schedule", "closes_at", time(11, 30))],
                                  []),
    "two times in one cell": ("x.csv", 'name,description,when\nChoir,x,"Mon & Wed 10am-12pm, Fri 2-4pm"\n', {"Choir"},
                              [("schedule", "byday", "MO,WE"), ("schedule", "byday", "FR"),
                               ("schedule", "opens_at", time(14))], []),
    "statuses as words": ("x.csv", "name,description,status\nChoir,x,A\nWalks,x,Closed\nTea,x,open\n",
                          {"Choir", "Walks", "Tea"}, [("service", "status", "inactive")], []),
    "dates of all kinds": (
        "x.csv", "name,description,last checked\nA,x,03/04/2026\nB,x,1st May 2026\nC,x,46143\nD,x,1777593600000\n",
        {"A", "B", "C", "D"},
        [("service", "assured_date", date(2026, 4, 3)), ("service", "assured_date", date(2026, 5, 1))],
        ["dates written another way"]),
    "American dates": ("x.csv", "name,description,last checked\nA,x,03/04/2026\nB,x,12/31/2025\n", {"A", "B"},
                       [("service", "assured_date", date(2026, 3, 4))], ["only be American"]),
    "markup in names, capitals, script": (
        "x.json", js([{**CHOIR, "name": "<b>FRIENDS OF THE PARK</b>", "description":
                       "<script>alert(1)</script><ul><li>Tea</li></ul><a href='https://x.org.uk/a'>more</a>"}]),
        {"Friends of the Park"}, [("service", "description", "• Tea\nmore (https://x.org.uk/a)")], ["capitals"]),
    "languages as names and codes": ("x.json", js([{**CHOIR, "languages": ["ur", {"language": "Polish"}]}]), {"Choir"},
                                     [("language", "name", "Urdu"), ("language", "name", "Polish")], []),
    "phones as mere numbers": ("x.json", js([{**CHOIR, "phones": ["020 7946 0000", "020 7946 0001"]}]), {"Choir"},
                               [("phone", "number", "020 7946 0001")], []),
    "camel case": ("x.json", js([{"id": 1, "name": "Choir", "status": "active", "minimumAge": "18+", "assuredDate":
                                  "2026-05-01"}]), {"Choir"}, [("service", "minimum_age", 18)], []),
    "no standard at all": ("x.json", js([{"Organisation": "Friends", "Service": "Choir", "Tel": "020 7946 0000",
                                          "Where": {"Postcode": "SW2 4HJ"}}]), {"Choir"},
                           [("address", "postal_code", "SW2 4HJ"), ("phone", "number", "020 7946 0000")], []),
    "features of a map": ("x.geojson", js({"type": "FeatureCollection", "features": [{
        "type": "Feature", "geometry": {"type": "Point", "coordinates": [-0.11, 51.46]},
        "properties": {"name": "Choir", "phone": "020 7946 0000", "website": "choir.org.uk"}}]}), {"Choir"},
        [("location", "latitude", 51.46)], []),
    "packed": ("x.json.gz", gzip.compress(js([CHOIR]).encode()), {"Choir"}, [], []),
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_a_feed_of_any_shape_is_read_and_told(tmp_path: Path, shape: str) -> None:
    file, content, names, facts, phrases = SHAPES[shape]
    is_read_and_told(written(tmp_path / file, content), names, facts, phrases)


def book(*sheets: tuple[str, list[list[object]]], merged: str = "") -> bytes:
    out = openpyxl.Workbook()
    out.remove(out.active)
    for title, rows in sheets:
        sheet = out.create_sheet(title)
        for row in rows:
            sheet.append(row)
        if merged:
            sheet.merge_cells(merged)
    stream = io.BytesIO()
    out.save(stream)
    return stream.getvalue()


def test_a_spreadsheet_of_a_list_has_real_dates_times_and_merged_cells(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Groups near you"],
        [],
        ["Name", "Telephone", "Last checked", "Day", "Start time", "End time", "Notes"],
        ["Choir", 2079460000, date(2026, 5, 1), "Monday", time(10), time(11, 30), "Two\nlines"],
        [None, None, None, "Friday", time(14), time(15), None],
        ["Walks", None, None, "Sunday", "9am", "10am", "#REF!"],
    ]
    said = say(written(tmp_path / "list.xlsx", book(("Groups", rows), merged="A4:A5")))
    assert said.names() == {"Choir", "Walks"}
    assert date(2026, 5, 1) in said.all("service", "assured_date")
    assert set(said.all("schedule", "byday")) == {"MO", "FR", "SU"}
    told = said.report.as_text()
    assert "merged cells" in told
    assert "a formula failed" in told
    assert "rows above the header" in told


def test_a_spreadsheet_may_hold_the_tables_of_a_package(tmp_path: Path) -> None:
    organizations: list[list[object]] = [["id", "name"], [1, "Friends"]]
    services: list[list[object]] = [
        ["id", "organization_id", "name", "status", "shoe_size"],
        [7, 1, "Choir", "active", 9],
    ]
    data = book(("organizations", organizations), ("services", services))
    said = say(written(tmp_path / "all.xlsx", data))
    assert said.feed.format == "HSDS 3.0 (tables)"
    assert said.names() == {"Choir"}
    assert "shoe_size" in said.report.as_text()


def zipped(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.zip", zipped({"b.zip": zipped({"list.csv": LIST.encode()})}), "a zip inside a zip"),
        ("a.xls", b"\xd0\xcf\x11\xe0", "an old Excel file"),
        ("a.xlsx", b"PK\x03\x04 no", "a broken spreadsheet"),
        ("a.pdf", b"%PDF-1.7", "It is a PDF"),
        ("a.xml", b"<x/>", "It is XML"),
        ("a.json.gz", gzip.compress(b"[" * 100)[:20], "broken or cut off"),
    ],
)
def test_what_cannot_be_opened_is_told_in_a_sentence(
    tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    with pytest.raises(NotAFeed) as told:
        detect(written(tmp_path / name, content))
    assert sentence in str(told.value)


def test_pages_in_a_folder_are_one_feed_in_their_order(tmp_path: Path) -> None:
    for number in (2, 10, 1):
        written(
            tmp_path / f"page{number}.json",
            js({"contents": [{**CHOIR, "id": f"c{number}", "name": f"N{number}"}]}),
        )
    written(tmp_path / "old.xls", b"x")
    said = say(tmp_path)
    assert [part.name for part in said.feed.parts] == ["page1.json", "page2.json", "page10.json"]
    assert said.names() == {"N1", "N2", "N10"}
    assert "an old Excel file" in said.report.as_text()


SERIES = {
    "@type": "SessionSeries", "@id": "https://x.org/series/1", "name": "Tai chi",
    "activity": [{"prefLabel": "Tai Chi"}],
    "organizer": {"@type": "Organization", "name": "Friends"}, "ageRange": {"minValue": 50},
    "location": {"name": "Hall", "address": {"streetAddress": "1 High Street", "postalCode": "SW2 4HJ"},
                 "geo": {"latitude": 51.46, "longitude": -0.11}},
    "eventSchedule": {"repeatFrequency": "P1W", "byDay": ["https://schema.org/Tuesday"], "startTime": "10:00",
                      "duration": "PT1H", "startDate": "2026-01-06"},
    "offers": [{"price": 3, "priceCurrency": "GBP", "name": "Adult"}], "image": [{"url": "x"}],
}  # fmt: skip
SESSION = {"@type": "ScheduledSession", "superEvent": "https://x.org/series/1",
           "startDate": "2026-07-07T09:00:00Z", "endDate": "2026-07-07T10:00:00Z"}  # fmt: skip


def item(kind: str, known: object, modified: object, data: object = None) -> dict[str, object]:
    state = {"state": "updated", "data": data} if data else {"state": "deleted"}
    return {"kind": kind, "id": known, "modified": modified, **state}


def pages(folder: Path, **files: list[dict[str, object]]) -> Said:
    for name, items in files.items():
        written(folder / f"{name}.json", js({"next": "https://x.org/next", "items": items, "license": "x"}))
    return say(folder)


def test_sessions_join_a_series_of_a_later_page_and_hours_are_those_of_the_place(tmp_path: Path) -> None:
    said = pages(
        tmp_path,
        a=[item("ScheduledSession", "s1", 1, SESSION)],
        b=[item("SessionSeries", "77", 2, SERIES)],
    )
    assert said.names() == {"Tai chi"}
    assert said.all("service", "minimum_age") == [50]
    assert set(said.all("schedule", "service_id")) == {"SessionSeries/77"}
    assert (date(2026, 7, 7), time(10)) in zip(
        said.all("schedule", "dtstart"), said.all("schedule", "opens_at"), strict=True
    )
    assert ("TU", time(11)) in zip(
        said.all("schedule", "byday"), said.all("schedule", "closes_at"), strict=True
    )
    assert "image of services" in said.report.as_text()


def test_the_newest_word_on_an_item_counts_and_the_older_are_repeats(tmp_path: Path) -> None:
    said = pages(
        tmp_path,
        a=[item("SessionSeries", 1, 5, {**SERIES, "name": "New"}), item("SessionSeries", 2, 1, SERIES)],
        b=[item("SessionSeries", 1, 3, {**SERIES, "name": "Old"}), item("SessionSeries", 2, 9)],
    )
    assert said.names() == {"New"}
    assert [row.original_id for row in said.ended] == ["SessionSeries/2"]
    assert said.report.records["service"].repeated == 2
    assert said.report.adds_up


def test_a_session_of_nothing_stands_for_itself_if_it_has_a_name(tmp_path: Path) -> None:
    alone = {"@type": "ScheduledSession", "startDate": "2026-07-07T09:00:00Z", "name": "Open day"}
    said = pages(tmp_path, a=[item("ScheduledSession", 1, 1, alone), item("Slot", 2, 1, {"@type": "Slot"})])
    assert said.names() == {"Open day"}
    assert "is not in the feed, and it has no name of its own" in said.report.as_text()
    assert said.read == 2
