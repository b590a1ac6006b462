"""Lists as councils, charities and groups keep them: each in its own headings, cells and habits."""

import gzip
from datetime import date, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from livingwell.directory.feeds.detect import detect
from livingwell.directory.feeds.model import NotAFeed
from livingwell.directory.tests.feeds import is_read_and_told, say, written
from livingwell.directory.tests.test_feeds_shapes import book, js, zipped

HEAD = "Name,Phone,Description\n"
TEA = "Tea,020 7946 0001,We meet\n"
CHARITY = (
    "date_of_extract\torganisation_number\tregistered_charity_number\tcharity_name\tcharity_registration_status\t"
           "charity_contact_address1\tcharity_contact_address2\tcharity_contact_postcode\tcharity_contact_phone\t"
           "charity_contact_web\tcharity_activities\r\n"
           "2026-11-01\t5001\t1099999\tFRIENDS OF THE PARK\tRegistered\t1 EFFRA ROAD\tLONDON\tSW2 1BX\t02079460011\t"
           "www.example.org\tWe look after a park\r\n"
           "2026-11-01\t5002\t1099998\tOLD FUND\tRemoved\t\t\t\t\t\t\r\n")  # fmt: skip
OFFER = ('"External ID","Title","Provider Name","Short Description","Long Description","Venue Name","Venue Address 1",'
         '"Venue Address 2","Venue Town","Venue Postcode","Telephone","Telephone Comment","E-mail","Cost Description",'
         '"Age From","Days & Times","Is Wheelchair Accessible?","Referral Required","SEN Provision Type"\n'
         '"kb5-1","Sensory play","Little Steps","Play","<p>Play for all</p>","Hub","12 Brixton Road","Oval","LONDON",'
         '"SW9 6BU","020 7946 0222","term time","info at example dot org","£3","2","Tuesdays 10am - 12 noon (term time '
         'only)","Yes","Yes","Targeted"\n')  # fmt: skip
FORM = (
    '"Timestamp","Email Address","What is the name of your group?","Tell us what you do","Which days and times do you '
        'meet?","Where do you meet (address and postcode)","How much does it cost?","Contact telephone number"\n'
        '"2026/10/01 9:12","ann@example.org","Tea club","We drink tea","Mondays 10-12","The Hall, Effra Road SW2 1BX",'
        '"Free","020 7946 0001"\n')  # fmt: skip

Shape = tuple[str, str | bytes, set[str], list[tuple[str, str, Any]], list[str]]
SHAPES: dict[str, Shape] = {
    "the register of charities": ("extract.txt", CHARITY, {"Friends of the Park", "Old Fund"}, [
        ("organization_identifier", "identifier", "1099999"), ("address", "address_1", "1 Effra Road, London"),
        ("service", "status", "defunct"), ("service", "url", "http://www.example.org"),
        ("phone", "number", "02079460011"), ("service", "description", "We look after a park")],
        ["organisation_number", "date_of_extract"]),
    "a council's local offer": ("offer.csv", OFFER, {"Sensory play"}, [
        ("address", "address_1", "12 Brixton Road, Oval"), ("address", "city", "London"),
        ("address", "postal_code", "SW9 6BU"), ("service", "email", "info@example.org"),
        ("service", "description", "Play for all"), ("service", "application_process", "Referral required: yes"),
        ("phone", "description", "term time"), ("schedule", "term_time", True), ("schedule", "closes_at", time(12)),
        ("accessibility", "term", "step-free"), ("service", "minimum_age", 2)],
        ["sen_provision_type", "spelt out"]),
    "answers to a form": ("form.csv", FORM, {"Tea club"}, [
        ("service", "email", "ann@example.org"), ("schedule", "byday", "MO"), ("address", "postal_code", "SW2 1BX"),
        ("cost_option", "amount_description", "Free"), ("phone", "number", "020 7946 0001")], ["timestamp"]),
    "a column a day": ("x.csv", "Name,Phone,Monday,Tuesday,Wednesday,Sunday\nFoodbank,x,10:00-12:00,Closed,2pm-4pm,\n"
                       "Cafe,1,9-5,Yes,,no\n", {"Foodbank", "Cafe"},
                       [("schedule", "byday", "WE"), ("schedule", "opens_at", time(14)), ("schedule", "byday", "TU")],
                       ["It has no number in it"]),
    "opens and closes a day": ("x.csv",
        "Name,Phone,Mon open,Mon close,Sat open,Sat close\nCafe,1,09:00,17:00,10:00,14:00\n",
                               {"Cafe"}, [("schedule", "byday", "SA"), ("schedule", "closes_at", time(14))], []),
    "agencies, programmes and sites": (
        "x.csv",
        "Agency_Name,Program_Name,Site_Name,Program_Description,Site_Address1,Site_City,Site_Zip,Program_Phone1,"
        "Program_Hours\nFriends,Choir,Hall,We sing,1 Effra Rd,London,SW2 1BX,020 7946 0001,Mon 10-12\n", {"Choir"},
        [("organization", "name", "Friends"), ("location", "name", "Hall"), ("address", "city", "London"),
         ("schedule", "byday", "MO"), ("phone", "number", "020 7946 0001")], []),
    "headings cut off by a shapefile": ("x.csv", "NAME,TELEPHONE,DESCRIPTIO\nTea,020 7946 0001,We meet\n", {"Tea"},
                                        [("service", "description", "We meet")], []),
    "two columns that say the same": ("x.csv", "name,summary,long description,phone\nTea,We meet,We meet on Monday,1\n",
                                      {"Tea"}, [("service", "description", "We meet on Monday")], []),
    "a second phone": ("x.csv", "name,description,phone,office phone\nTea,x,020 7946 0001,020 7946 0002\n", {"Tea"},
                       [("phone", "number", "020 7946 0002")], []),
    "a second town": ("x.csv", "name,description,town,office city\nTea,x,London,Leeds\n", {"Tea"},
                      [("service_area", "name", "London")], ["office_city of services", "Leeds"]),
    "a line that names the separator": ("x.csv", f"sep=;\r\n{HEAD}{TEA}".replace(",", ";"), {"Tea"}, [], ["above"]),
    "lines ended as on an old Macintosh": ("x.csv", f"{HEAD}{TEA}Chess,020 7946 0002,x\n".replace("\n", "\r"),
                                           {"Tea", "Chess"}, [], []),
    "letters of an old Macintosh": ("x.csv", f"{HEAD}Ann’s café,1,Crème brûlée\n".encode("mac-roman"), {"Ann’s café"},
                                    [("service", "description", "Crème brûlée")], ["Mac Roman"]),
    "quotation marks inside of words": ("x.csv", f'{HEAD}Tea,1,The 6" pizza "club"\n', {"Tea"},
                                        [("service", "description", 'The 6" pizza "club"')], []),
    "nought bytes": ("x.csv", f"{HEAD}{TEA}".replace("Tea", "Tea\x00"), {"Tea"}, [], []),
    "line breaks in cells, commas at the end": ("x.csv", 'Name,Phone,Description,,\r\nTea,1,"One\r\nTwo",,\r\n,,,,\r\n',
                                                {"Tea"}, [("service", "description", "One\nTwo")], ["nothing in them"]),
    "garbled twice": ("x.csv", f"{HEAD}CafÃƒÂ© club,1,Itâ€™s Â£3\n", {"Café club"},
                      [("service", "description", "It’s £3")], ["garbled"]),
    "marks that turn words round": ("x.csv", f"{HEAD}Tea\u202egroup 🎵,1,مجموعة\n", {"Teagroup 🎵"},
                                    [("service", "description", "مجموعة")], []),
    "a place named on the National Grid": ("x.csv", "name,description,grid reference\nTea,x,TQ 310 745\n", {"Tea"},
                                           [("location", "latitude", 51.45477)], ["a point in one cell"]),
    "a point as an open data platform has it": ("x.csv", "name,description,geo_point_2d\nTea,x,POINT (-0.11 51.46)\n",
                                                {"Tea"}, [("location", "longitude", -0.11)], []),
    "degrees with N and W": ("x.csv", "name,description,lat,long\nTea,x,51.46N,0.11W\n", {"Tea"},
                             [("location", "longitude", -0.11)], []),
    "a phone that lost its 0": ("x.csv", "name,description,phone,postcode\nTea,x,2079460001,SW2 1BX\n", {"Tea"},
                                [("phone", "number", "02079460001")], ["took the first 0"]),
    "a phone cut short": ("x.csv", f"{HEAD}Tea,2.07946E+09,x\n", {"Tea"}, [], ["has cut its number short"]),
    "a month for a date": ("x.csv", "name,description,last checked\nTea,x,March 2026\nChess,x,yesterday\n",
                           {"Tea", "Chess"}, [("service", "assured_date", date(2026, 3, 1))], ["make no sense"]),
    "a list called a spreadsheet": ("x.xlsx", f"{HEAD}{TEA}", {"Tea"}, [], []),
    "a list called JSON": ("x.json", f"{HEAD}{TEA}", {"Tea"}, [], []),
    "a spreadsheet called a list": ("x.csv", book(("A", [["Name", "Phone", "Description"], ["Tea", "1", "x"]])),
        {"Tea"},
                                    [], []),
    "JSON called a list": ("x.csv", js([{"id": 1, "name": "Tea", "status": "active"}]), {"Tea"}, [], []),
    "a packed list": ("x.csv.gz", gzip.compress(f"{HEAD}{TEA}".encode()), {"Tea"}, [], []),
    "a zip from a Macintosh": (
        "x.zip", zipped({"a/list.csv": f"{HEAD}{TEA}".encode(), "__MACOSX/a/._list.csv": b"\x00\x05",
        "a/x.pdf": b"%PDF",
                         "a/other.csv": b"q,r\n1,2\n"}), {"Tea"}, [], ["It is a PDF", "columns of a plain list"]),
    "a package in looser words": (
        "x.zip", zipped({
            "organization.csv": b"id,name\no1,Friends\n", "location.csv": b"id,name,lat,lng\nl1,Hall,51.46,-0.11\n",
            "service.csv": b"id,organization_id,name,status,taxonomy\ns1,o1,Choir,active,Singing; Music\n",
            "contact.csv": b"id,service_id,full_name,job_title,email_address,telephone\nc1,s1,Ann,Leader,a@b.org,0207946\n",  # noqa: E501
            "service_at_location.csv": b"id,service_id,location_id\nx,s1,l1\n"}), {"Choir"},
        [("contact", "name", "Ann"), ("contact", "title", "Leader"), ("contact", "email", "a@b.org"),
         ("phone", "number", "0207946"), ("location", "longitude", -0.11), ("taxonomy_term", "name", "Music")], []),
    "a package of HSDS 3.1": (
        "x.zip", zipped({
            "organization.csv": b"id,name\no1,Friends\n", "service.csv": b"id,organization_id,name\ns1,o1,Shelter\n",
            "service_capacity.csv": b"id,service_id,unit_id,available,updated\nk1,s1,u1,4,2026-11-01\n",
            "unit.csv": b"id,name\nu1,Bed\nu2,Mat\n",
            "url.csv": b"id,label,url,service_id\nw1,Book,https://x.org,s1\n"}),
        {"Shelter"}, [("service_capacity", "unit", "Bed"), ("attribute", "value", "https://x.org")],
        ["Nothing is counted in it"]),
    "hours and no day, days and no hour": (
        "x.csv", "Club,Tel,Meets,From,To,Subs\nTea,020 7946 0001,First Tuesday of the month,14:30,16:00,£2 a time\n"
        "Chess,020 7946 0002,Weds,7pm,9pm,None\n", {"Tea", "Chess"},
        [("schedule", "byday", "1TU"), ("schedule", "opens_at", time(14, 30)), ("schedule", "byday", "WE"),
         ("schedule", "closes_at", time(21)), ("cost_option", "amount", 2), ("cost_option", "amount", 0)], []),
    "a day by appointment after a time": (
        "x.csv", 'Name,Phone,When\nTea,1,"Mon-Fri 9-5, Sat by appointment"\n', {"Tea"},
        [("schedule", "byday", "MO,TU,WE,TH,FR"), ("schedule", "description", "Sat by appointment")],
        ["kept as words"]),
    "something on once": (
        "x.csv", "Event,Venue,Postcode,Date,Start time,End time\nConcert,Hall,SW2 1BX,25/04/2026,7.30pm,9.30pm\n"
        "Fair,Hall,SW2 1BX,2 May 2026,10am,4pm\n", {"Concert", "Fair"},
        [("schedule", "dtstart", date(2026, 4, 25)), ("schedule", "opens_at", time(19, 30)),
         ("schedule", "dtstart", date(2026, 5, 2)), ("schedule", "closes_at", time(16))], []),
    "a course from one day to another": (
        "x.csv", "Course,Phone,Day,Start,End,Start date,End date\nFrench,1,Monday,10:00,12:00,2026-09-07,2026-12-14\n",
        {"French"}, [("schedule", "byday", "MO"), ("schedule", "valid_from", date(2026, 9, 7)),
                     ("schedule", "valid_to", date(2026, 12, 14))], []),
    "places of a register, without services": (
        "x.csv", "UPRN,Asset,Type,Street,Town,Post Code,Opening Times\n10001,CIVIC HALL,Hall,King Street,Exeter,EX11BB,"
        "9am - 10pm daily\n", {"Civic Hall"},
        [("address", "postal_code", "EX1 1BB"), ("location", "name", "Civic Hall"),
         ("schedule", "closes_at", time(22))],
        ["uprn"]),
    "headings between the rows": (
        "x.csv", "Group,Day,Time,Phone\nNORTH AREA,,,\nTea,Monday,2-4pm,020 7946 0001\nOther groups:,,,\n"
        "Chess,Friday,7pm-9pm,020 7946 0002\n", {"Tea", "Chess"}, [],
        ["heading over the rows below it, not like an entry: “NORTH AREA”", "“Other groups:”"]),
    "an American list": (
        "x.csv", "Program Name,Agency,Phone,Address,City,State,Zip,Hours of Operation,Eligibility\n"
        "MEALS,AGING,(212) 555-0111 x3,12 OAK AVE,DAYTON,OH,45402,M-F 8:30am-4:30pm; Sat 9am-12pm,60 years and older\n",
        {"MEALS"}, [("schedule", "byday", "MO,TU,WE,TH,FR"), ("schedule", "byday", "SA"), ("phone", "extension", "3"),
                    ("address", "state_province", "OH"), ("address", "country", "US"), ("service", "minimum_age", 60),
                    ("service", "status", "active")], []),
    "whom it is for by age": (
        "x.csv", "Name,Phone,Who can come\nTea,1,Anyone over 55\nChess,1,Carers of people over 65\nArt,1,18+\n",
        {"Tea", "Chess", "Art"}, [("service", "minimum_age", 55), ("service", "minimum_age", None),
                                  ("service", "minimum_age", 18),
                                  ("service", "eligibility_description", "Carers of people over 65")], []),
    "name and number of whom to ask": (
        "x.csv", "Name,Description,Contact name and phone number,Contact\nTea,x,Dot 020 7946 0001,\n"
        "Chess,x,,Jean (secretary)\nArt,x,Office 020 7946 0002,\n", {"Tea", "Chess", "Art"},
        [("contact", "name", "Dot"), ("contact", "name", "Jean (secretary)"), ("phone", "description", "Office")], []),
    "names under a heading of the kind of place": (
        "x.csv", "Library Name,Ward name,Street Address,Postcode,Monday,Tuesday\nCentral,Oval,1 High St,SW2 1BX,"
        "9am - 7pm,Closed\n", {"Central"}, [("schedule", "byday", "MO"), ("address", "postal_code", "SW2 1BX")],
        ["ward_name"]),
    "a sum below the list": ("x.csv", f"{HEAD}{TEA}Total groups,1,\n", {"Tea"}, [], ["a sum below the list"]),
    "two e-mails, two phones": (
        "x.csv", "Name,Details of contact,Email 1,Email 2\nTea,Ring Bob on 020 7946 0001,a@b.org,c@b.org\n", {"Tea"},
        [("phone", "number", "020 7946 0001"), ("service", "email", "a@b.org"), ("contact", "email", "c@b.org")], []),
    "a table that is named and not there": (
        "x.zip", zipped({
            "datapackage.json": js({"resources": [{"name": "organization", "path": "O.CSV"}, {"name": "service", "path":
                                    "S.CSV"}, {"name": "phone", "path": "P.csv"}]}).encode(),
            "O.CSV": b"id,name\no,Friends\n", "S.CSV": b"id,organization_id,name\ns,o,Choir\n"}),
        {"Choir"}, [], ["p.csv: The datapackage.json names it, but it is not here."]),
    "a register of care": (
        "x.csv", "Directory as of 1 May 2026\n\nName,Address,Postcode,Phone number,Service's website (if available),"
        "Provider name,Location URL\nBeech,\"4 Elm Rd, Derby\",DE1 1AA,01332 960001,www.beech.example.org,Beech Care,"
        "https://example.org/1\n", {"Beech"},
        [("service", "url", "http://www.beech.example.org"), ("organization", "name", "Beech Care")], ["location_url"]),
    "a package of HSDS 1.0": (
        "x.zip", zipped({
            "organizations.csv": b"id,name\n1,Friends\n", "locations.csv": b"id,organization_id,name\n3,1,Hall\n",
            "services.csv": b"id,organization_id,location_id,name,audience\n7,1,3,Choir,Adults\n",
            "mail_addresses.csv": b"id,location_id,address_1,city\n1,3,PO Box 9,London\n", "notes.md": b"# Read me"}),
        {"Choir"}, [("service_at_location", "location_id", "3"), ("service", "eligibility_description", "Adults"),
                    ("address", "address_type", "postal")], ["notes.md: It lies beside the directory"]),
    "a package of HSDS 2.0 with days as numbers": (
        "x.zip", zipped({
            "organization.csv": b"id,name\no1,Friends\n", "service.csv": b"id,organization_id,name\ns1,o1,Choir\n",
            "schedule.csv": b"id,service_id,weekday,opens_at,closes_at\nh,s1,3,9:00 AM,12:30 PM\n"}),
        {"Choir"}, [("schedule", "byday", "WE"), ("schedule", "freq", "WEEKLY")], []),
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_a_list_of_any_shape_is_read_and_told(tmp_path: Path, shape: str) -> None:
    file, content, names, facts, phrases = SHAPES[shape]
    is_read_and_told(written(tmp_path / file, content), names, facts, phrases)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.json", "", "is empty"),
        ("a.csv", " \n\n", "is empty"),
        ("a.json", "[]", "an empty list"),
        ("a.json", "<!DOCTYPE html><title>Sign in</title>", "It is a web page"),
        ("a.csv", "<html>Sign in</html>", "It is a web page"),
        ("a.txt", "<?xml version='1.0'?><kml/>", "It is XML"),
        ("a.ics", "BEGIN:VCALENDAR\r\nEND:VCALENDAR", "It is a calendar"),
        ("a.csv", "Tea club,020 7946 0001,Mondays\n", "no row in it names the columns"),
        ("a.zip", zipped({"a.csv": b"x" * 500})[:-60], "a broken zip"),
        ("a.zip", zipped({"a.xml": b"<x/>"}), "It is XML"),
        ("a.json", "[" * 100_000, "nested too deeply"),
        ("a.json", '{"a":' * 100_000, "nested too deeply"),
        ("a.json", '{"services": ' + "[" * 50_000, "nested too deeply"),
    ],
)
def test_what_is_no_list_is_told_in_a_sentence(
    tmp_path: Path, name: str, content: str | bytes, sentence: str
) -> None:
    with pytest.raises(NotAFeed, match=sentence):
        detect(written(tmp_path / name, content))


def test_links_behind_words_are_kept_and_formulas_nobody_counted_are_told(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    rows: list[list[object]] = [
        ["Our groups"],
        ["Name", "Web", "Tel", "Members"],
        ["Tea", "our site", 7700900123, "=1+1"],
        ["Chess", "www.chess.example.org", "020 7946 0002", 4],
        ["Art", "", "020 7946 0003", 5],
    ]
    path.write_bytes(book(("Groups", rows)))
    opened = openpyxl.load_workbook(path)
    opened["Groups"]["B3"].hyperlink = "https://tea.example.org/a"
    opened["Groups"]["B4"].hyperlink = "http://www.chess.example.org/"
    opened["Groups"]["A5"].hyperlink = "mailto:art@example.org"
    opened.save(path)
    said = say(path)
    assert said.all("service", "url") == ["https://tea.example.org/a", "http://www.chess.example.org", ""]
    assert said.all("service", "email") == ["", "", "art@example.org"]
    assert "07700900123" in said.all("phone", "number")
    told = said.report.as_text()
    assert "formulas whose result the file does not hold" in told
    assert "x.xlsx/Groups.csv, row 3: =1+1" in told


def test_what_is_hidden_in_a_spreadsheet_stays_hidden_and_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    shown: list[list[object]] = [["Name", "Phone", "Notes"], ["Tea", 2079460001, "Do not share"]]
    draft: list[list[object]] = [["Name", "Phone"], ["Secret", "1"]]
    path.write_bytes(book(("Shown", shown), ("Draft", draft)))
    opened = openpyxl.load_workbook(path)
    opened["Draft"].sheet_state = "hidden"
    opened["Shown"].column_dimensions["C"].hidden = True
    opened.save(path)
    said = say(path)
    assert said.names() == {"Tea"}
    assert said.all("service", "alert") == [""]
    told = said.report.as_text()
    assert "The sheet is hidden" in told
    assert "columns that are hidden" in told
