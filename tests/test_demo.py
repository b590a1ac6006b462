"""The Lambeth demonstration files: real places stay honest, made-up ones are marked, nobody is left out."""

import csv
import json
import os
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / "demo"
VOCABULARY = ROOT / "livingwell" / "themes" / "vocabulary"
SHARED = Path(os.environ.get("LIVINGWELL_SHARED", ROOT.parent / "shared"))

# fmt: off
COLUMNS = [
    "id", "name", "organization", "organization_website", "charity_number", "description",
    "what_to_expect", "kind", "themes", "place_name", "address", "city", "postcode", "latitude",
    "longitude", "approximate", "online", "phone", "phone_note", "text_number", "email", "website",
    "days_and_times", "times_note", "cost", "cost_note", "how_to_get_in", "who_for", "minimum_age",
    "maximum_age", "step_free", "accessibility", "languages", "area", "confirmed_on",
    "confirmed_by", "alert", "invented", "source_url",
]
# fmt: on
FILES = ("places", "lines", "invented")
REAL = ("places", "lines")
KINDS = {"place", "group", "person", "hours", "service", "line", "reading"}
ACCESSIBILITY = {"hearing loop", "accessible toilet", "quiet", "BSL", "dementia friendly", "assistance dogs"}
PEOPLE = ("lloyd", "mary", "magda", "george")

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
OUTWARD = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?")
POSTCODE = re.compile(rf"{OUTWARD.pattern} [0-9][A-Z]{{2}}")
DRAMA = re.compile(r"020 7946 0\d{3}|07700 900\d{3}|0808 157 0\d{3}")
PHONE = re.compile(r"0[\d ]{8,13}|111|159|116 \d{3}")
DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
CLOCK = r"(?:[01]\d|2[0-3]):[0-5]\d"
WHEN = re.compile(
    rf"(?:every 2 weeks )?{DAY} {CLOCK}-{CLOCK}"
    rf"|(?:first|second|third|fourth|last) {DAY} of the month {CLOCK}-{CLOCK}"
)
COST = re.compile(r"|free|donation|£\d+(\.\d\d)?(-£\d+(\.\d\d)?)?")
LONDON = ((51.28, 51.70), (-0.52, 0.34))

Row = dict[str, str]


@cache
def read(name: str) -> list[Row]:
    with (DEMO / "lambeth" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def everything() -> list[Row]:
    return [row for name in FILES for row in read(name)]


def real() -> list[Row]:
    return [row for name in REAL for row in read(name)]


def load(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@cache
def vocabulary() -> dict[str, str]:
    """Each theme's kind, by its slug."""
    found = {
        theme["slug"]: theme["kind"]
        for path in sorted(VOCABULARY.glob("*.yaml"))
        for theme in load(path)["themes"]
    }
    assert found, "there is no vocabulary to check the demonstration against"
    return found


def split(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def inside_london(latitude: str, longitude: str) -> bool:
    (south, north), (west, east) = LONDON
    return south < float(latitude) < north and west < float(longitude) < east


def shared(name: str) -> Path:
    path = SHARED / "data" / name
    if not path.exists():
        pytest.skip(f"{name} is not there: put the shared data beside the project or set LIVINGWELL_SHARED")
    return path


@pytest.mark.parametrize("name", FILES)
def test_each_file_has_exactly_the_documented_columns(name: str) -> None:
    with (DEMO / "lambeth" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        header, *lines = list(csv.reader(file, strict=True))
    assert header == COLUMNS
    assert lines
    assert [number for number, line in enumerate(lines, 2) if len(line) != len(COLUMNS)] == []


def test_ids_are_unique_and_plain() -> None:
    ids = Counter(row["id"] for row in everything())
    assert [one for one, times in ids.items() if times > 1] == []
    assert [one for one in ids if not SLUG.fullmatch(one)] == []


def test_names_are_unique_so_that_nobody_is_offered_the_same_thing_twice() -> None:
    names = Counter(row["name"].casefold() for row in everything())
    assert [name for name, times in names.items() if times > 1] == []


def test_each_row_says_what_it_is_in_a_few_sentences() -> None:
    for row in everything():
        assert row["name"], row["id"]
        assert row["organization"], row["id"]
        assert 25 <= len(row["description"]) <= 320, row["id"]
        assert row["how_to_get_in"], row["id"]
        assert row["area"], row["id"]


def test_each_cell_with_fixed_answers_has_one_of_them() -> None:
    for row in everything():
        assert row["kind"] in KINDS, row["id"]
        for column in ("approximate", "online", "invented"):
            assert row[column] in {"yes", "no"}, (row["id"], column)
        assert row["step_free"] in {"yes", "no", ""}, row["id"]
        assert set(split(row["accessibility"])) <= ACCESSIBILITY, row["id"]
        assert COST.fullmatch(row["cost"]), (row["id"], row["cost"])
        for column in ("minimum_age", "maximum_age"):
            assert row[column] == "" or 0 < int(row[column]) < 120, (row["id"], column)


def test_times_are_written_as_documented() -> None:
    wrong = [
        (row["id"], when)
        for row in everything()
        for when in split(row["days_and_times"])
        if not WHEN.fullmatch(when)
    ]
    assert wrong == []


def test_times_end_after_they_begin() -> None:
    for row in everything():
        for when in split(row["days_and_times"]):
            begins, ends = when.rsplit(" ", 1)[1].split("-")
            assert begins < ends, (row["id"], when)


def test_themes_are_known_and_named_once() -> None:
    """What a service is stands among the first eight; what it helps with besides may follow, with no limit."""
    known = vocabulary()
    for row in everything():
        themes = split(row["themes"])
        assert [theme for theme in themes if theme not in known] == [], row["id"]
        assert len(set(themes)) == len(themes), row["id"]
        assert themes, row["id"]


def test_every_theme_that_somebody_may_need_or_love_is_served() -> None:
    served = {theme for row in everything() for theme in split(row["themes"])}
    wanted = {slug for slug, kind in vocabulary().items() if kind in {"need", "interest", "practical"}}
    assert sorted(wanted - served) == []


def test_every_theme_of_experience_and_offering_is_served_too() -> None:
    served = {theme for row in everything() for theme in split(row["themes"])}
    wanted = {slug for slug, kind in vocabulary().items() if kind in {"experience", "offer"}}
    assert sorted(wanted - served) == []


def test_every_kind_of_connection_is_there_near_by() -> None:
    assert {row["kind"] for name in ("places", "invented") for row in read(name)} == KINDS


def test_made_up_rows_are_marked_and_real_ones_are_not() -> None:
    assert {row["invented"] for row in read("invented")} == {"yes"}
    assert {row["invented"] for row in real()} == {"no"}


def test_nothing_claims_to_be_confirmed() -> None:
    claimed = [row["id"] for row in everything() if row["confirmed_on"] or row["confirmed_by"]]
    assert claimed == []


def test_made_up_telephones_ring_nobody() -> None:
    numbers = [
        (row["id"], number)
        for row in read("invented")
        for number in (row["phone"], row["text_number"])
        if number
    ]
    assert numbers
    assert [pair for pair in numbers if not DRAMA.fullmatch(pair[1])] == []
    assert [one for one, times in Counter(number for _, number in numbers).items() if times > 1] == []


def test_made_up_rows_lead_to_no_real_website_mailbox_or_door() -> None:
    for row in read("invented"):
        assert row["email"] == "" or row["email"].endswith("@example.org"), row["id"]
        assert (row["website"], row["organization_website"], row["source_url"]) == ("", "", ""), row["id"]
        assert row["charity_number"] == "", row["id"]
        assert row["postcode"] == "" or OUTWARD.fullmatch(row["postcode"]), row["id"]
        assert not re.search(r"\d", row["address"].replace("6pm", "")), row["id"]
        assert row["latitude"] == "" or row["approximate"] == "yes", row["id"]


def test_no_invented_organization_shares_a_real_ones_name() -> None:
    real_names = {row["organization"].casefold() for row in real()}
    shared_names = {row["organization"].casefold() for row in read("invented") if row["organization"]}
    assert shared_names & real_names == set()


def test_real_rows_use_no_drama_numbers_and_name_their_page() -> None:
    for row in real():
        assert not DRAMA.fullmatch(row["phone"]), row["id"]
        assert row["phone"] == "" or PHONE.fullmatch(row["phone"]), row["id"]
        for column in ("website", "organization_website", "source_url"):
            assert row[column] == "" or row[column].startswith(("http://", "https://")), (row["id"], column)
        assert row["email"] == "", row["id"]
    assert [row["id"] for row in read("lines") if not row["source_url"]] == []


def test_lines_can_be_reached_from_anywhere() -> None:
    for row in read("lines"):
        assert row["online"] == "yes", row["id"]
        assert (row["place_name"], row["postcode"], row["latitude"]) == ("", "", ""), row["id"]
        assert row["phone"] or row["text_number"] or row["website"], row["id"]


def test_postcodes_and_coordinates_are_possible() -> None:
    for row in everything():
        code = row["postcode"]
        assert code == "" or POSTCODE.fullmatch(code) or row["invented"] == "yes", (row["id"], code)
        assert bool(row["latitude"]) == bool(row["longitude"]), row["id"]
        if row["latitude"]:
            assert inside_london(row["latitude"], row["longitude"]), row["id"]
        else:
            assert (code, row["approximate"]) == ("", "no"), row["id"]


def test_private_addresses_are_not_given_away() -> None:
    private = [
        row
        for row in everything()
        if set(split(row["themes"])[:1]) <= {"domestic-abuse", "refuge", "sex-work"} and split(row["themes"])
    ]
    assert {"gaia-centre"} <= {row["id"] for row in private}
    for row in private:
        where = (row["place_name"], row["address"], row["postcode"], row["latitude"])
        assert where == ("", "", "", ""), row["id"]


def test_doubtful_places_are_left_out_and_the_others_are_all_there() -> None:
    with shared("lambeth/assets.csv").open(encoding="utf-8", newline="") as file:
        assets = list(csv.DictReader(file))
    rows = read("places")
    assert len(rows) == sum(asset["confidence"] in {"high", "medium"} for asset in assets)
    doubtful = {asset["name"].casefold() for asset in assets if asset["confidence"] == "low"}
    assert doubtful
    assert [row["id"] for row in real() if row["name"].casefold() in doubtful] == []


def test_descriptions_are_our_own_words() -> None:
    with shared("lambeth/assets.csv").open(encoding="utf-8", newline="") as file:
        theirs = {asset["what_happens"].strip().casefold() for asset in csv.DictReader(file)}
    assert [row["id"] for row in read("places") if row["description"].strip().casefold() in theirs] == []


@pytest.mark.parametrize("name", PEOPLE)
def test_each_made_up_person_is_told_in_full(name: str) -> None:
    person = load(DEMO / "people" / f"{name}.yaml")
    assert person["id"] == name
    assert 80 <= len(person["story"].split()) <= 200
    for part in ("matters", "loves", "offers", "wants", "hard"):
        assert person[part], part
    assert all(one["who"] and one["how"] for one in person["circle"])
    assert all(one["when"] and one["why"] for one in person["hard_dates"])


@pytest.mark.parametrize("name", PEOPLE)
def test_each_proposal_for_a_person_has_themes_that_somebody_serves(name: str) -> None:
    known = vocabulary()
    served = {theme for row in everything() for theme in split(row["themes"])}
    expected = load(DEMO / "people" / f"{name}.yaml")["expected_themes"]
    assert 10 <= len(expected) <= 18
    for one in expected:
        assert one["proposed"]
        assert [theme for theme in one["themes"] if theme not in known] == [], one
        assert set(one["themes"]) & served, one


def test_published_cases_expect_few_and_known_themes() -> None:
    known = vocabulary()
    for case, phrases in load(DEMO / "people" / "cases_expected.yaml").items():
        for phrase, themes in phrases.items():
            assert 1 <= len(themes) <= 3, (case, phrase)
            assert [theme for theme in themes if theme not in known] == [], (case, phrase)


def test_published_cases_are_all_answered() -> None:
    lines = shared("cases.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [json.loads(line) for line in lines if line.strip()]
    expected = load(DEMO / "people" / "cases_expected.yaml")
    assert {case["id"]: list(case["connected_to"]) for case in cases} == {
        case: list(phrases) for case, phrases in expected.items()
    }


def test_postcodes_and_place_names_lead_into_london() -> None:
    with (DEMO / "postcodes" / "lambeth.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        rows = list(reader)
        assert reader.fieldnames == ["outward", "name", "latitude", "longitude"]
    assert [row for row in rows if bool(row["outward"]) == bool(row["name"])] == []
    assert [row for row in rows if row["outward"] and not OUTWARD.fullmatch(row["outward"])] == []
    assert [row for row in rows if not inside_london(row["latitude"], row["longitude"])] == []
    keys = Counter((row["outward"] or row["name"]).casefold() for row in rows)
    assert [key for key, times in keys.items() if times > 1] == []


def test_every_outward_postcode_in_use_can_be_looked_up() -> None:
    with (DEMO / "postcodes" / "lambeth.csv").open(encoding="utf-8", newline="") as file:
        known = {row["outward"] for row in csv.DictReader(file)}
    used = {row["postcode"].split()[0] for row in everything() if row["postcode"]}
    assert sorted(used - known) == []
