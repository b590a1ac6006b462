"""The HSDS interface: what every answer is like, and what may be asked."""

import json
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.http import parse_http_date
from pytest_django import Settings

from livingwell.directory.models import Organization, Service, TaxonomyTerm
from livingwell.directory.queries.search import Wanted, search
from livingwell.directory.tests.entries import (
    BRIXTON,
    LEEDS,
    organization,
    place_name,
    refreshed,
    service,
    weekly,
)
from livingwell.opendata import actions
from livingwell.opendata.models import Change
from livingwell.opendata.queries.terms import THEMES, term_id
from livingwell.opendata.tests.make import everything
from livingwell.opendata.tests.standards import INTERNATIONAL, UK, complaints, empty_parts
from livingwell.themes.vocabulary import vocabulary

pytestmark = pytest.mark.django_db
BASE = "/open/hsds"
SERVICE_LIST = (f"{INTERNATIONAL}/compiled/service_list.json", f"{UK}/compiled/service_list.json")
SERVICE = (f"{INTERNATIONAL}/compiled/service.json", f"{UK}/compiled/service.json")
ORGANIZATION_LIST = (f"{UK}/compiled/organization_list.json", f"{INTERNATIONAL}/organization.json")
ORGANIZATION = (f"{INTERNATIONAL}/compiled/organization.json", f"{UK}/compiled/organization.json")
LINK_LIST = (f"{UK}/compiled/service_at_location_list.json", f"{INTERNATIONAL}/service_at_location.json")
LINK = (
    f"{UK}/compiled/service_at_location.json",
    f"{UK}/compiled/service.json",
    f"{INTERNATIONAL}/compiled/service.json",
)
TERM = (f"{INTERNATIONAL}/taxonomy_term.json", f"{UK}/taxonomy_term.json")
TAXONOMY = (f"{INTERNATIONAL}/taxonomy.json", f"{UK}/taxonomy.json")


def get(path: str, **asked: Any) -> Any:
    response = Client().get(f"{BASE}{path}", asked)
    assert response.status_code == 200, response.content
    return response.json()


def names(path: str = "/services", **asked: Any) -> set[str]:
    page = get(path, **asked)
    assert page["total_items"] == len(page["contents"])
    return {each["name"] for each in page["contents"]}


@pytest.mark.parametrize(
    ("path", "schemas"),
    [
        ("/services", SERVICE_LIST),
        ("/services?full=true", SERVICE),
        ("/organizations", ORGANIZATION_LIST),
        ("/organizations?full=true", ORGANIZATION),
        ("/organizations?full_service=true", ORGANIZATION),
        ("/service_at_locations", LINK_LIST),
        ("/service_at_locations?full=true", LINK),
        ("/taxonomies", TAXONOMY),
        ("/taxonomy_terms?per_page=500", TERM),
    ],
)
def test_every_list_is_as_both_standards_have_it(path: str, schemas: tuple[str, ...]) -> None:
    everything()
    service("Bare", of=organization("Bare"))
    page = get(path)

    assert page["contents"]
    for each in page["contents"]:
        assert complaints(each, *schemas) == []
        assert empty_parts(each) == []
    assert {
        "total_items",
        "total_pages",
        "page_number",
        "size",
        "first_page",
        "last_page",
        "empty",
    } < page.keys()


def test_each_thing_by_itself_is_as_both_standards_have_it() -> None:
    made = everything()
    link = made.service_at_locations.get().pk
    taxonomy = TaxonomyTerm.objects.get()
    for path, schemas in (
        (f"/services/{made.pk}", SERVICE),
        (f"/organizations/{made.organization_id}", ORGANIZATION),
        (f"/organizations/{made.organization_id}?full_service=true", ORGANIZATION),
        (f"/service_at_locations/{link}", LINK),
        (f"/taxonomies/{THEMES}", TAXONOMY),
        (f"/taxonomies/{taxonomy.taxonomy_id}", TAXONOMY),
        (f"/taxonomy_terms/{term_id('singing')}", TERM),
        (f"/taxonomy_terms/{taxonomy.pk}", TERM),
    ):
        thing = get(path)
        assert complaints(thing, *schemas) == []
        assert empty_parts(thing) == []


def test_a_service_in_full_says_what_the_uk_profile_leaves_out() -> None:
    made = everything()
    said = get(f"/services/{made.pk}")

    assert [phone["number"] for phone in said["phones"]] == ["020 7946 0123"]
    assert said["contacts"][0]["phones"][0]["languages"][0]["code"] == "cy"
    assert said["organization"]["phones"][0]["description"] == "Extension 012"
    assert said["organization"]["organization_identifiers"][0]["identifier"] == "1234567"
    assert said["languages"][0]["name"] == "Portuguese"
    assert said["eligibility_description"] == "Anyone who likes singing"
    assert said["fees"] == said["fees_description"] == "Pay what you can"
    assert {(each.get("freq"), each["timezone"], each["timezone_name"]) for each in said["schedules"]} == {
        ("WEEKLY", 0, "Europe/London"),
        (None, 0, "Europe/London"),
    }
    at = said["service_at_locations"][0]
    assert at["schedules"][0]["byday"] == "1TU,3TU"
    assert at["location"]["addresses"][0]["state_province"] == "London"
    assert {each["name"] for each in [capacity["unit"] for capacity in said["capacities"]]} == {
        "singers",
        "altos",
    }
    assert said["metadata"][0]["updated_by"] == "Not known"
    assert said["program"]["description"] == "Voices of Effra"
    assert said["source"]["name"] == "Tests"


def test_tags_of_services_are_attributes_whose_terms_can_be_looked_up() -> None:
    made = everything()
    attributes = get(f"/services/{made.pk}")["attributes"]
    said = {
        each["taxonomy_term"]["name"]: each["taxonomy_term"]["id"]
        for each in attributes
        if "taxonomy_term" in each
    }

    assert said.keys() == {"Singing", "Choirs"}
    assert [each["value"] for each in attributes if each["link_type"] == "invented"] == [
        "Invented for a demonstration"
    ]
    for name, pk in said.items():
        assert get(f"/taxonomy_terms/{pk}")["name"] == name
        assert names(taxonomy_term_id=pk) == {made.name}


def test_what_closed_for_good_is_said_for_ninety_days_and_then_no_more() -> None:
    made, deleted = service("Old choir", status="defunct"), service("Dropped by mistake")
    actions.settle_all()
    pk = deleted.pk
    deleted.delete()

    said = get("/services")["contents"]
    assert {(each["name"], each["status"]) for each in said} == {
        ("Old choir", "defunct"),
        ("Dropped by mistake", "defunct"),
    }
    assert all(complaints(each, *SERVICE_LIST) == [] for each in said)
    assert get(f"/services/{pk}")["status"] == "defunct"
    Change.objects.update(closed=timezone.now() - timedelta(days=91))
    assert names() == set()
    assert Client().get(f"{BASE}/services/{made.pk}").status_code == 404


def test_a_change_of_a_phone_is_found_by_the_moment_of_the_last_visit() -> None:
    made = everything()
    service("Another")
    since = max(each["last_modified"] for each in get("/services")["contents"])
    made.phones.update(number="020 7946 0999")

    changed = [
        each for each in get("/services", modified_after=since)["contents"] if each["last_modified"] > since
    ]
    assert [each["name"] for each in changed] == [made.name]
    assert {each["id"] for each in get("/services", minimal="true")["contents"]} == {
        str(pk) for pk in Service.objects.values_list("pk", flat=True)
    }
    assert "modified_date" in get("/services", minimal="1")["contents"][0]


def test_a_program_gets_what_its_words_ask_for_and_not_what_is_near_to_it() -> None:
    service("Choir", themes=("singing",))
    service("Band", themes=(vocabulary().themes["singing"].related[0],))
    refreshed()

    assert len(search(Wanted(words="choir")).hits) == 2
    assert names(search="choir") == {"Choir"}


def test_all_that_is_asked_must_hold_together() -> None:
    place_name("sw21jg", "SW2 1JG", BRIXTON)
    choir = service(
        "Choir", "We sing together", at=BRIXTON, themes=("singing",), minimum_age=18, maximum_age=60
    )
    weekly(choir, "MO,TH", "18:30", "20:00")
    walk = service("Walk", at=LEEDS, minimum_age=5, of=organization("Leeds walkers"))
    weekly(walk, "MO", "09:00", "10:00")
    refreshed()

    assert names() == {"Choir", "Walk"}
    assert names(search="sing") == {"Choir"}
    assert names(search="sing", day="TH") == {"Choir"}
    assert names(search="sing", day="TU") == set()
    assert names(day="Monday") == {"Choir", "Walk"}
    assert names(day="MO", start_time="10:00") == {"Choir"}
    assert names(end_time="10:00") == {"Walk"}
    assert names(minimum_age=18) == {"Choir"}
    assert names(maximum_age=60) == {"Choir"}
    assert names(postcode="SW2 1JG", proximity=500) == {"Choir"}
    assert names("/service_at_locations", postcode="SW2 1JG", proximity=500) == {"Choir"}
    assert names(organization_id=walk.organization_id) == {"Walk"}
    assert names(organization_id=walk.organization_id, taxonomy_term_id=term_id("singing")) == set()
    assert names(taxonomy_id=THEMES, taxonomy_term_id="singing") == {"Choir"}
    assert names("/organizations", search="leeds") == {"Leeds walkers"}
    assert names("/service_at_locations", search="sing", day="MO") == {"Choir"}


def test_a_term_has_its_place_in_its_taxonomy() -> None:
    everything()
    top = get("/taxonomy_terms", top_only="true", taxonomy_id=THEMES, per_page=500)["contents"]
    child = next(each for each in get("/taxonomy_terms", per_page=500)["contents"] if "parent_id" in each)

    assert child["parent_id"] in {each["id"] for each in get("/taxonomy_terms", per_page=500)["contents"]}
    assert child["id"] not in {each["id"] for each in top}
    assert child["name"] in names("/taxonomy_terms", parent_id=child["parent_id"])
    assert names("/taxonomy_terms", search="choirs") == {"Choirs"}


def test_pages_lie_side_by_side() -> None:
    for number in range(7):
        service(f"Walk {number}")
    pages = [get("/services", per_page=3, page=number) for number in (1, 2, 3, 4)]

    assert [page["size"] for page in pages] == [3, 3, 1, 0]
    assert [page["first_page"] for page in pages] == [True, False, False, False]
    assert [page["last_page"] for page in pages] == [False, False, True, True]
    assert pages[3]["empty"]
    assert len({each["id"] for page in pages for each in page["contents"]}) == 7


def test_everything_comes_as_lines_too() -> None:
    for number in range(5):
        service(f"Walk {number}")
    response = Client().get(f"{BASE}/services?format=ndjson&full=true&per_page=2")

    lines = [json.loads(line) for line in b"".join(response.streaming_content).splitlines()]  # type: ignore[attr-defined]
    assert response.headers["Content-Type"] == "application/x-ndjson"
    assert {line["name"] for line in lines} == {f"Walk {number}" for number in range(5)}


def test_a_need_can_be_asked_without_an_address_that_tells() -> None:
    service("Choir", "We sing together")
    refreshed()
    for body, kind in (
        ('{"search": "sing"}', "application/json"),
        ("search=sing", "application/x-www-form-urlencoded"),
    ):
        response = Client(enforce_csrf_checks=True).post(f"{BASE}/services", body, content_type=kind)
        assert [each["name"] for each in response.json()["contents"]] == ["Choir"]
        assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [
        ("page=0", "page"), ("page=x", "page"), ("per_page=501", "per_page"), ("day=Someday", "day"),
        ("modified_after=yesterday", "modified_after"), ("minimum_age=old", "minimum_age"), ("full=maybe", "full"),
        ("organization_id=7", "organization_id"), ("proximity=5", "postcode"), ("postcode=QQ1", "postcode"),
        ("start_time=25:00", "start_time"), ("format=xml", "format"), ("postcode=SW2&proximity=nan", "proximity"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_in_a_sentence_with_its_name(asked: str, parameter: str) -> None:
    response = Client().get(f"{BASE}/services?{asked}")

    assert response.status_code == 400
    assert response.json()["parameter"] == parameter
    assert response.json()["error"].endswith((".", "Z."))


@pytest.mark.parametrize("body", ["[1]", "{", '{"search": {"a": 1}}', "\xff", "null"])
def test_what_is_posted_and_cannot_be_read_is_said_too(body: str) -> None:
    response = Client().post(f"{BASE}/services", body, content_type="application/json")

    assert response.status_code == 400
    assert "error" in response.json()


@pytest.mark.parametrize(
    "path",
    ["", "/", "/services", "/services/", "/services/nothing", f"/services/{uuid4()}", "/nothing/here",
     "/services?page=x", "/openapi.json", "/taxonomies/", "/organizations/"],
)  # fmt: skip
def test_any_page_on_the_web_may_read_every_answer_errors_too(path: str) -> None:
    client = Client()
    for response in (
        client.get(f"{BASE}{path}"),
        client.options(f"{BASE}{path}"),
        client.delete(f"{BASE}{path}"),
    ):
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert response.status_code in {200, 204, 400, 404, 405}
        assert response.status_code == 204 or response.json()


def test_who_has_the_answer_already_is_told_so() -> None:
    made = everything()
    dated = Client().get(f"{BASE}/services/{made.pk}")
    for path in ("/services", "/taxonomies", "/organizations", f"/services/{made.pk}"):
        first = Client().get(f"{BASE}{path}")
        again = Client().get(f"{BASE}{path}", headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["Access-Control-Allow-Origin"] == "*"
    later = Client().get(
        f"{BASE}/services/{made.pk}", headers={"If-Modified-Since": dated.headers["Last-Modified"]}
    )
    assert later.status_code == 304
    made.phones.update(number="020 7946 0999")
    tag = dated.headers["ETag"]
    assert Client().get(f"{BASE}/services/{made.pk}", headers={"If-None-Match": tag}).status_code == 200


def test_every_address_says_when_its_answer_last_changed_and_believes_who_has_it() -> None:
    made = everything()
    link = made.service_at_locations.get().pk
    term = TaxonomyTerm.objects.get()
    for path in (
        "/services", f"/services/{made.pk}", "/organizations", f"/organizations/{made.organization_id}",
        f"/organizations/{made.organization_id}?full_service=true", "/service_at_locations",
        f"/service_at_locations/{link}", "/taxonomies", f"/taxonomies/{THEMES}", f"/taxonomies/{term.taxonomy_id}",
        "/taxonomy_terms", f"/taxonomy_terms/{term.pk}", f"/taxonomy_terms/{term_id('singing')}",
    ):  # fmt: skip
        said = Client().get(f"{BASE}{path}").headers["Last-Modified"]
        again = Client().get(f"{BASE}{path}", headers={"If-Modified-Since": said})
        assert again.status_code == 304, path


def test_an_organization_asked_for_with_its_services_changes_when_they_do() -> None:
    made = everything()
    alone, with_them = f"{BASE}/organizations/{made.organization_id}", "?full_service=true"
    get("/services")
    Change.objects.update(modified=timezone.now() + timedelta(hours=1))

    def moments() -> list[int]:
        answers = [Client().get(alone + more) for more in ("", with_them)]
        return [parse_http_date(answer.headers["Last-Modified"]) for answer in answers]

    before = moments()
    Change.objects.filter(subject="service").update(modified=timezone.now() + timedelta(hours=2))

    after = moments()
    assert after[0] == before[0]
    assert after[1] > before[1]


def test_who_asks_too_often_is_told_kindly(settings: Settings) -> None:
    settings.OPEN_DATA_PER_TEN_MINUTES = 1
    Client().get(f"{BASE}/services")
    response = Client().get(f"{BASE}/services")

    assert response.status_code == 429
    assert response.headers["Retry-After"] == "600"
    assert response.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    "path",
    [
        "/services?full=true",
        "/services",
        "/organizations?full_service=true",
        "/service_at_locations?full=true",
    ],
)
def test_a_page_costs_as_many_queries_as_one_entry(path: str) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            get(path)
        return len(queries)

    everything()
    get(path)
    one = cost()
    for number in range(12):
        each = service(f"Walk {number}", at=BRIXTON, postcode="SW2 1JG", of=organization(f"Walkers {number}"))
        weekly(each, "MO", "09:00", "10:00", valid_from=date(2026, 1, 5))
    get(path)
    assert cost() == one
    assert one <= 45
    assert Organization.objects.count() > 12
