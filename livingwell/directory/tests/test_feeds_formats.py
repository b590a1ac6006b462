"""Which format something is, and the rows that each format gives."""

import json
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from livingwell.directory.feeds.detect import detect
from livingwell.directory.feeds.model import Feed, Folded, Mended, NotAFeed, Refused, Row


def rows(feed: Feed, table: str = "") -> list[Row]:
    return [
        piece
        for part in feed.parts
        for piece in part.read()
        if isinstance(piece, Row) and table in ("", piece.table)
    ]


def said(feed: Feed, kind: type[Refused] | type[Mended] | type[Folded]) -> list[Refused | Mended | Folded]:
    return [piece for part in feed.parts for piece in part.read() if isinstance(piece, kind)]


def write(path: Path, *lines: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n")
    return path


def in_zip(path: Path, files: Iterable[Path]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for file in files:
            archive.write(file, f"package/{file.name}")
    return path


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("broken.json", '{\n"id": 1,\nname}', "line 3"),
        ("front.json", '{"version": "HSDS-UK-3.0", "openapi_url": "x"}', "fetch its /services"),
        ("other.json", '{"isUp": true}', "nothing in it is a service"),
        ("list.json", "[1, 2]", "nothing in it is a service"),
        ("words.txt", "Dear all", "not a directory that we can read"),
        ("other.csv", "a,b\n1,2", "not a directory that we can read"),
        ("broken.zip", "PK", "broken zip"),
        ("empty.csv", "", "is empty"),
    ],
)
def test_what_is_no_feed_is_told_in_one_sentence(
    tmp_path: Path, name: str, content: str, sentence: str
) -> None:
    path = tmp_path / name
    path.write_text(content)
    with pytest.raises(NotAFeed) as told:
        detect(path)
    assert sentence in str(told.value)


def test_a_missing_file_and_an_empty_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(NotAFeed, match="There is no file"):
        detect(tmp_path / "nowhere")
    with pytest.raises(NotAFeed, match="is empty"):
        detect(tmp_path)


def test_the_given_format_must_be_there(tmp_path: Path) -> None:
    path = write(tmp_path / "list.csv", "name,description,phone", "Choir,We sing,020 7946 0000")
    assert detect(path, given="plain").format == "a plain list (CSV)"
    with pytest.raises(NotAFeed, match="broken JSON"):
        detect(path, given="json")


def test_a_plain_list_forgives_spelling_order_and_missing_columns(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    header = "Telephone;NAME; Days and Times ;Organisation"
    row = "020 7946 0000;Café Ménage;Monday 10:00-12:00;Friends"
    path.write_bytes(f"{header}\r\n{row}\r\n;;;\r\n".encode("cp1252"))
    feed = detect(path)
    (service,) = rows(feed, "service")
    (schedule,) = rows(feed, "schedule")
    assert service.values["name"] == "Café Ménage"
    assert schedule.values["byday"] == "MO"
    assert [one.values["number"] for one in rows(feed, "phone")] == ["020 7946 0000"]
    assert len(said(feed, Mended)) == 3  # the encoding, the missing id, the empty row


def test_a_row_of_a_plain_list_with_a_cell_too_many_or_no_name_is_refused_by_its_line(tmp_path: Path) -> None:
    path = write(
        tmp_path / "list.csv",
        "id,name,description,phone",
        'a,Choir,"We sing,',
        'loudly",1',
        "b,Walks,We walk, slowly,2",
        "c,,Nameless,3",
    )
    feed = detect(path)
    refused = [(one.line, one.original_id) for one in said(feed, Refused) if isinstance(one, Refused)]
    assert refused == [(4, "b"), (5, "c")]
    assert [row.original_id for row in rows(feed, "service")] == ["a"]


@pytest.mark.parametrize(
    ("cost", "amount", "words"),
    [
        ("free", 0, "Free"),
        ("£3", "3.00", "£3"),
        ("£2-£5", "2.00", "£2 to £5"),
        ("50p", "0.50", "50p"),
        ("£2 per session", "2.00", "£2 per session"),
        ("£3pp", "3.00", "£3pp"),
        ("£40 a year", "40.00", "£40 a year"),
        ('"£1,200 a term"', None, "£1,200 a term"),
        ('"£1,200"', "1200.00", "£1,200"),
        ("GBP 4", "4.00", "GBP 4"),
        ("Nil", 0, "Free"),
        ("donation", 0, "Give what you can"),
        ("ask", None, "ask"),
    ],
)
def test_costs_of_a_plain_list(tmp_path: Path, cost: str, amount: object, words: str) -> None:
    path = write(tmp_path / "list.csv", "id,name,description,cost", f"a,Choir,We sing,{cost}")
    (option,) = rows(detect(path), "cost_option")
    assert (option.values.get("amount"), option.values["amount_description"]) == (amount, words)


def test_an_organization_is_invented_only_if_all_its_rows_are(tmp_path: Path) -> None:
    path = write(
        tmp_path / "list.csv",
        "id,name,organization,description,invented",
        "a,Choir,Friends,x,yes",
        "b,Walks,friends,x,no",
        "c,Tea,Others,x,yes",
    )
    invented = {row.original_id: row.values["invented"] for row in rows(detect(path), "organization")}
    assert invented == {"organization:friends": False, "organization:others": True}


SERVICE = {
    "id": "s1",
    "name": "Choir",
    "status": "active",
    "organization": {"id": "o1", "name": "Friends"},
    "phones": [{"id": "p1", "number": "020 7946 0000", "languages": [{"id": "l1", "name": "Urdu"}]}],
    "service_at_locations": [
        {"id": "at1", "location": {"id": "p", "name": "Hall", "addresses": [{"id": "a1", "city": "London"}]}}
    ],
    "attributes": [{"id": "x1", "taxonomy_term": {"id": "t1", "name": "Singing", "taxonomy": "Fun"}}],
}


@pytest.mark.parametrize(
    "content",
    [SERVICE, [SERVICE], {"total_items": 1, "contents": [SERVICE]}],
    ids=["one", "list", "page"],
)
def test_a_nested_service_gives_a_row_for_each_thing_in_it(tmp_path: Path, content: object) -> None:
    path = write(tmp_path / "any.json", json.dumps(content))
    found = {(row.table, row.original_id) for row in rows(detect(path))}
    assert found == {
        ("service", "s1"), ("organization", "o1"), ("phone", "p1"), ("language", "l1"), ("address", "a1"),
        ("service_at_location", "at1"), ("location", "p"), ("attribute", "x1"), ("taxonomy_term", "t1"),
        ("taxonomy", "taxonomy Fun"),
    }  # fmt: skip


def test_nested_things_point_at_what_they_are_in(tmp_path: Path) -> None:
    path = write(tmp_path / "any.json", json.dumps(SERVICE))
    by_table = {row.table: row.values for row in rows(detect(path))}
    assert by_table["service"]["organization_id"] == "o1"
    assert by_table["language"]["phone_id"] == "p1"
    assert by_table["service_at_location"]["service_id"] == "s1"
    assert by_table["service_at_location"]["location_id"] == "p"
    assert (by_table["attribute"]["link_entity"], by_table["attribute"]["link_id"]) == ("service", "s1")


def test_a_folder_of_pages_is_read_organizations_first_and_says_what_it_passed_over(tmp_path: Path) -> None:
    write(tmp_path / "a.json", json.dumps({"contents": [SERVICE]}))
    write(
        tmp_path / "z.json", json.dumps({"contents": [{"id": "o1", "name": "Friends", "website": "x.org"}]})
    )
    write(tmp_path / "m.json", '{"isUp": true}')
    feed = detect(tmp_path)
    assert [part.name for part in feed.parts] == ["z.json", "a.json"]
    assert [name for name, _ in feed.passed_over] == ["m.json"]


def old_package(folder: Path) -> list[Path]:
    return [
        write(folder / "organizations.csv", "id,name,url", "1,Friends,friends.org"),
        write(folder / "services.csv", "id,organization_id,name,status,fees", "7,1,Choir,,Free"),
        write(folder / "locations.csv", "id,organization_id,name,latitude,longitude", "7,1,Hall,51,0"),
        write(folder / "services_at_location.csv", "id,service_id,location_id", "7,7,7"),
        write(
            folder / "physical_addresses.csv",
            "id,location_id,address_1,address_2",
            "7,7,1 High Street,Floor 2",
        ),
        write(
            folder / "regular_schedules.csv",
            "id,service_id,weekday,opens_at,closes_at,original_text",
            ",7,Monday,9:00am,5:00pm,",
            ",7,Tuesday,9:00am,5:00pm,",
            ",7,Wednesday,10:00am,5:00pm,",
        ),
        write(
            folder / "eligibility.csv", "id,service_id,eligibility", "1,7,Everyone", "2,,Nobody", "3,8,Others"
        ),
        write(folder / "taxonomy.csv", "id,name,parent_id,parent_name,vocabulary", "S,Singing,,,Fun"),
        write(folder / "services_taxonomy.csv", "id,service_id,taxonomy_id,taxonomy_detail", "1,7,S,"),
        write(folder / "languages.csv", "id,service_id,location_id,language", "7,7,7,Urdu", "7,7,7,Polish"),
        write(
            folder / "contacts.csv",
            "id,service_id,name,phone_number,phone_areacode,phone_extension",
            "7,7,Ann,4841,305,",
            "8,7,Bob,555 0100,0207 94,",
        ),
    ]


@pytest.mark.parametrize("packed", [False, True], ids=["folder", "zip"])
def test_an_old_package_is_said_in_the_words_of_today(tmp_path: Path, packed: bool) -> None:
    files = old_package(tmp_path / "package")
    feed = detect(in_zip(tmp_path / "old.zip", files) if packed else tmp_path / "package")
    assert feed.format == "HSDS 1.1 (tables)"
    assert [row.values["website"] for row in rows(feed, "organization")] == ["friends.org"]
    (service,) = rows(feed, "service")
    assert service.values["eligibility_description"] == "Everyone"
    assert service.values["fees_description"] == "Free"
    assert [(row.values["byday"], row.records) for row in rows(feed, "schedule")] == [("MO,TU", 2), ("WE", 1)]
    assert [row.values["address_2"] for row in rows(feed, "address")] == ["Floor 2"]
    assert [row.values["name"] for row in rows(feed, "language")] == ["Urdu", "Polish"]
    assert [row.values["taxonomy_term_id"] for row in rows(feed, "attribute")] == ["S"]
    assert [row.values["number"] for row in rows(feed, "phone")] == [
        "0207 94 555 0100"
    ]  # half a number is none
    assert len(said(feed, Folded)) == 1
    assert len(said(feed, Refused)) == 2


def test_a_datapackage_names_the_tables_whatever_their_files_are_called(tmp_path: Path) -> None:
    write(tmp_path / "what.csv", "id,name", "1,Friends")
    write(tmp_path / "who.csv", "id,organization_id,name", "2,1,Choir")
    resources = [{"name": "organization", "path": "what.csv"}, {"name": "service", "path": "data/who.csv"}]
    write(tmp_path / "datapackage.json", json.dumps({"title": "Our list", "resources": resources}))
    feed = detect(tmp_path)
    assert (feed.format, feed.title) == ("HSDS 3.0 (tables)", "Our list")
    assert {row.table for row in rows(feed)} == {"service", "organization"}


def test_a_datapackage_that_is_no_package_is_passed_over(tmp_path: Path) -> None:
    write(tmp_path / "datapackage.json", "../../datapackage.json")
    write(tmp_path / "organizations.csv", "id,name", "1,Friends")
    write(tmp_path / "services.csv", "id,organization_id,name", "2,1,Choir")
    assert len(rows(detect(tmp_path))) == 2


def test_a_missing_organization_is_found_where_one_number_means_one_thing_everywhere(tmp_path: Path) -> None:
    numbers = range(1, 12)
    write(tmp_path / "organizations.csv", "id,name", *(f"{n},Friends {n}" for n in numbers))
    agencies = [f"{n},{n},Friends {n}" for n in numbers]
    write(tmp_path / "services.csv", "id,organization_id,name", *agencies, "50,3,Programme", "51,50,Site")
    found = {row.original_id: row.values["organization_id"] for row in rows(detect(tmp_path), "service")}
    assert (found["50"], found["51"]) == ("3", "3")


def test_a_missing_organization_is_not_guessed_where_numbers_are_separate(tmp_path: Path) -> None:
    numbers = range(1, 12)
    write(tmp_path / "organizations.csv", "id,name", *(f"{n},Friends {n}" for n in numbers))
    write(
        tmp_path / "services.csv",
        "id,organization_id,name",
        *(f"{n},{12 - n},Choir {n}" for n in numbers),
        "50,3,X",
        "51,50,Y",
    )
    found = {row.original_id: row.values["organization_id"] for row in rows(detect(tmp_path), "service")}
    assert found["51"] == "50"
