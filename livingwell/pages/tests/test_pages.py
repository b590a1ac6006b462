"""A page as a whole: its front, its story, on paper, taken away, deleted."""

from __future__ import annotations

import io
import json
import os
import re
from pathlib import Path

import jsonschema
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pypdf import PdfReader

from livingwell.circles import actions as circle_actions
from livingwell.circles.tests import make as circles
from livingwell.consent.actions import reach
from livingwell.consent.models import PARTS, Access, Consent, Event, Kind, Part, Person, Purpose
from livingwell.consent.tests import make
from livingwell.linkwork import actions as linkwork
from livingwell.pages.of_others import OF_OTHERS
from livingwell.pages.queries import A_PAGE
from livingwell.people.tests.make import signed_in
from livingwell.plans import actions as plan_actions
from livingwell.plans.models import Section
from livingwell.plans.tests import make as plans
from livingwell.recall import actions as recall_actions
from livingwell.recall.models import Answer, Ask, Next, Outcome
from livingwell.recall.tests import make as recall
from livingwell.referrals.tests import make as introductions
from livingwell.steps import actions as step_actions
from livingwell.steps.companions import MYSELF
from livingwell.steps.models import Status
from livingwell.steps.tests import make as steps

pytestmark = pytest.mark.django_db
SECRETS = ("singing with my sister", "Tell nobody about the bicycle", "07700 900123", "Auntie Bo")


SCHEMA = (
    Path(os.environ.get("LIVINGWELL_SHARED") or Path(__file__).parents[4] / "shared")
    / "data/fhir-r4/schema.json"
)


def full_page() -> Person:
    """A page with something in each part of it."""
    person = make.page_of()
    plans.wrote(person, Section.MATTERS, f"I miss {SECRETS[0]}")
    plans.wrote(person, Section.CHANGE, SECRETS[1])
    introductions.sent(person)
    circles.member(person, SECRETS[3])
    steps.step(person, "Ring the choir")
    return person


def owner(person: Person) -> Client:
    assert person.account
    return signed_in(person.account)


def text_of(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_the_front_shows_what_stands_on_the_page_to_its_person() -> None:
    person = full_page()
    shown = owner(person).get(f"/page/{person.pk}/").content.decode()
    for words in (SECRETS[0], SECRETS[3], "Ring the choir", "Choir for everyone"):
        assert words in shown


def test_an_empty_page_asks_one_thing() -> None:
    person = make.page_of()
    shown = owner(person).get(f"/page/{person.pk}/").content.decode()
    assert "Say what matters to you" in shown
    assert shown.count('class="nhsuk-button"') == 1


@pytest.mark.parametrize("end", ["", "happened/", "take-away/", "take-away/page.pdf", "take-away/page.json"])
def test_a_receiver_of_one_part_is_told_of_that_part_only(end: str) -> None:
    person, lena = full_page(), make.worker()
    make.shared(person, Part.CIRCLE, organization=make.organization())
    answer = signed_in(lena).get(f"/page/{person.pk}/{end}")
    assert answer.status_code == 200
    told = text_of(answer.content) if end.endswith("pdf") else answer.content.decode()
    assert not [words for words in (*SECRETS[:3], "Ring the choir") if words in told]
    assert Access.objects.filter(person=person, done_by=lena, part="circle").exists()


@pytest.mark.parametrize("part", PARTS)
def test_no_way_through_a_page_ends_at_a_closed_door(part: Part) -> None:
    person, lena = full_page(), make.worker()
    plans.wrote(person, Section.SIGNS, "I stop answering the phone")
    plans.hard_day(person)
    make.shared(person, part, organization=make.organization())
    client, front = signed_in(lena), f"/page/{person.pk}/"
    known, ahead = {front}, [front]
    while ahead:
        answer = client.get(here := ahead.pop())
        assert answer.status_code == 200, here
        if "html" in answer.headers["Content-Type"]:
            ways = set(re.findall(rf'href="({front}[^"#?]*)', answer.content.decode())) - known
            known |= ways
            ahead += ways
    assert len(known) > 3


@pytest.mark.parametrize(
    "end", ["", "happened/", "take-away/", "take-away/page.pdf", "take-away/page.fhir.json"]
)
def test_a_stranger_is_told_that_there_is_no_such_page(end: str) -> None:
    person = full_page()
    assert signed_in(make.somebody("sid")).get(f"/page/{person.pk}/{end}").status_code == 404
    assert Client().get(f"/page/{person.pk}/{end}").status_code == 302


def test_the_front_asks_the_same_number_of_questions_however_much_stands_on_it() -> None:
    person = full_page()
    client = owner(person)
    client.get(f"/page/{person.pk}/")
    with CaptureQueriesContext(connection) as few:
        client.get(f"/page/{person.pk}/")
    for number in range(30):
        steps.step(person, f"Step {number}")
        circles.member(person, f"Friend {number}")
    with CaptureQueriesContext(connection) as many:
        client.get(f"/page/{person.pk}/")
    assert len(many) == len(few)


def test_on_paper_stands_what_was_chosen_in_large_type() -> None:
    person = full_page()
    whole = text_of(owner(person).get(f"/page/{person.pk}/take-away/page.pdf").content)
    assert SECRETS[0] in whole
    assert SECRETS[3] in whole
    part = text_of(owner(person).get(f"/page/{person.pk}/take-away/page.pdf?parts=circle").content)
    assert SECRETS[0] not in part
    assert SECRETS[3] in part


def test_what_is_taken_away_stands_under_the_standards_headings() -> None:
    person = full_page()
    made = json.loads(owner(person).get(f"/page/{person.pk}/take-away/page.json").content)
    assert made["About me"]["What is most important to me"][0]["words"] == f"I miss {SECRETS[0]}"
    assert made["Care and support plan"]["Goals and actions"][0]["what"] == "Ring the choir"
    assert made["Personal contacts"][0]["called"] == SECRETS[3]
    assert made["Services and activities"][0]["to"] == "Choir for everyone"


def in_touch() -> Person:
    """Somebody who was asked, had a bad day, was rung and does not want to be rung any more."""
    person, _dee = recall.with_friend()
    reach(person, {"ways": ["phone", "text"], "phone": "07700 900100"})
    make.shared(person, Part.CONTACT, organization=make.organization())
    own, lena, at = recall.owner(person), make.worker(), timezone.now()
    recall.asked_by_text(person)
    recall_actions.ask_due(at=at)
    recall_actions.answer(Ask.objects.get(), Answer.GOOD, "First beans", by=own, at=at)
    recall_actions.wobble(person, by=own, at=at)
    entry = recall.on_list(person, lena, at, words="He was quiet on Monday")
    recall_actions.say_what_came(entry, Outcome.SPOKE, Next.RING, next_on=at.date(), by=lena, at=at)
    recall_actions.take_off(entry, by=own, at=at)
    return person


def test_messages_check_ins_bad_days_and_calls_are_taken_away_too() -> None:
    person = in_touch()
    made = json.loads(owner(person).get(f"/page/{person.pk}/take-away/page.json").content)
    told = {one.get("to", ""): one["words"] for one in made["Messages"]}
    assert "Did you sleep?" in told[""]
    assert "glad to hear from you" in told["Dee"]
    (asked,) = made["Check-ins"]["asked"]
    assert (asked["answer"], asked["words"]) == ("Good", "First beans")
    assert made["Check-ins"]["agreed"]["question"] == "Did you sleep?"
    (day,) = made["Bad days"]
    assert day["told"] == ["Dee"]
    (entry,) = made["Calls"]["lists"]
    assert (entry["words"], entry["worried"], entry["because"]) == (
        "He was quiet on Monday",
        "Dr Shah",
        "They do not want to be rung",
    )
    assert [(call["outcome"], call["by"]) for call in entry["calls"]] == [("We spoke", "Lena")]
    assert made["Calls"]["asked not to ring"][0]["organisation"] == "Riverside Surgery"


def test_of_being_in_touch_a_receiver_takes_what_they_may_see_and_no_more() -> None:
    person, carol = in_touch(), make.somebody("carol")
    make.shared(person, Part.CHECK_INS, account=carol)
    made = json.loads(signed_in(carol).get(f"/page/{person.pk}/take-away/page.json").content)
    assert made["Check-ins"]["asked"][0]["words"] == "First beans"
    assert [one["about"] for one in made["Messages"]] == ["How you are"]
    assert made["Bad days"] == made["Calls"]["lists"] == made["Calls"]["asked not to ring"] == []
    assert signed_in(make.somebody("sid")).get(f"/page/{person.pk}/take-away/page.json").status_code == 404


def test_the_bundle_is_valid_fhir() -> None:
    if not SCHEMA.exists():
        pytest.skip(f"The FHIR schema is not at {SCHEMA}: set LIVINGWELL_SHARED.")
    schema = json.loads(SCHEMA.read_text())
    person = full_page()
    answer = owner(person).get(f"/page/{person.pk}/take-away/page.fhir.json")
    bundle = json.loads(answer.content)
    for resource in [bundle, *(entry["resource"] for entry in bundle["entry"])]:
        ref = {"$ref": f"#/definitions/{resource['resourceType']}", "definitions": schema["definitions"]}
        jsonschema.Draft6Validator(ref).validate(resource)
    urls = {entry["fullUrl"] for entry in bundle["entry"]}
    kinds = [entry["resource"]["resourceType"] for entry in bundle["entry"]]
    assert kinds == ["Patient", "CarePlan", "Goal", "Consent"]
    assert set(re.findall(r'"reference": "(urn:[^"]+)"', json.dumps(bundle))) <= urls


def columns_with_text() -> list[tuple[str, str]]:
    """Every column of text in every table of ours."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' "
            "AND (data_type IN ('text', 'character varying', 'jsonb', 'ARRAY'))"
        )
        return list(cursor.fetchall())


def found_anywhere(words: str) -> list[str]:
    found = []
    with connection.cursor() as cursor:
        for table, column in columns_with_text():
            cursor.execute(
                f'SELECT count(*) FROM "{table}" WHERE "{column}"::text ILIKE %s',  # noqa: S608 - names from the catalogue
                [f"%{words}%"],
            )
            if cursor.fetchone()[0]:
                found.append(f"{table}.{column}")
    return found


def test_deleting_leaves_no_word_in_any_table() -> None:
    person = full_page()
    make.shared(person, Part.STORY, organization=make.organization())
    for words in SECRETS:
        assert found_anywhere(words), "a test that cannot fail is none"
    client = owner(person)
    path = f"/page/{person.pk}/take-away/delete/"
    assert client.post(path, {}).status_code == 422
    answer = client.post(path, {"sure": "on"})
    assert "deleted" in answer.content.decode()
    for words in (*SECRETS, "Ring the choir"):
        assert found_anywhere(words) == []
    assert client.get(f"/page/{person.pk}/").status_code == 404
    assert not Consent.objects.filter(person=person, withdrawn_at=None).exists()
    person.refresh_from_db()
    assert (person.called, person.account) == ("", None)
    assert Event.objects.filter(person=person, kind=Kind.ERASED).exists()


def test_nobody_else_deletes_a_page() -> None:
    person, lena = full_page(), make.worker()
    make.shared(
        person,
        *(part for part in Part if part != Part.CONSENTS),
        organization=make.organization(),
        may_change=True,
    )
    assert signed_in(lena).post(f"/page/{person.pk}/take-away/delete/", {"sure": "on"}).status_code == 404
    person.refresh_from_db()
    assert person.account


def test_deleting_asks_to_show_again_who_one_is() -> None:
    person = full_page()
    client = owner(person)
    session = client.session
    for record in session.get("account_authentication_methods", []):
        record["at"] = 0
    session["account_authentication_methods"] = session.get("account_authentication_methods", [])
    session.save()
    answer = client.post(f"/page/{person.pk}/take-away/delete/", {"sure": "on"})
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/sign-in/again/")


def test_who_keeps_a_page_deletes_it_at_the_persons_word() -> None:
    lena = make.worker()
    person = make.kept_with(lena)
    at = make.LONG_AGO
    step = step_actions.add(person, "Ring the choir", by=lena, at=at)
    step_actions.move(step, Status.ACTIVE, was=Status.PLANNED, companion=MYSELF, by=lena, at=at)
    circle_actions.add(person, {"called": SECRETS[3]}, by=lena, at=at)
    plan_actions.put(person, Section.MATTERS, SECRETS[0], by=lena, at=at)
    linkwork.choose(person, lena, make.organization(), by=lena, at=at)
    client = signed_in(lena)
    answer = client.post(f"/page/{person.pk}/take-away/delete/", {"sure": "on"})
    assert answer.status_code == 200
    person.refresh_from_db()
    assert person.erased_at
    for words in (SECRETS[0], SECRETS[3], "Ring the choir"):
        assert found_anywhere(words) == []
    assert not Consent.objects.live(person.erased_at).filter(person=person).exists()
    assert client.get(f"/page/{person.pk}/").status_code == 404


def test_a_keeper_does_not_delete_a_page_that_has_its_own_account() -> None:
    person, lena = full_page(), make.worker()
    make.shared(person, Part.STORY, organization=make.organization(), purpose=Purpose.KEEP, may_change=True)
    assert signed_in(lena).post(f"/page/{person.pk}/take-away/delete/", {"sure": "on"}).status_code == 404
    person.refresh_from_db()
    assert person.account


def test_what_happened_is_told_to_its_person_as_you_and_to_others_as_they() -> None:
    person, lena = make.page_of(), make.worker()
    steps.step(person, "Ring the choir")
    make.shared(person, Part.PLAN, organization=make.organization())
    address = f"/page/{person.pk}/happened/"
    assert "You chose a step" in owner(person).get(address).content.decode()
    told = signed_in(lena).get(address).content.decode()
    assert "They chose a step" in told
    assert "You chose" not in told


def test_each_thing_that_can_happen_can_be_told_to_others() -> None:
    assert set(OF_OTHERS) == set(Kind)


def test_nothing_that_happened_at_one_moment_is_passed_over_between_two_screens() -> None:
    person = make.page_of()
    assert person.account
    steps_taken = [steps.step(person, f"Step {number}") for number in range(A_PAGE + 5)]
    client, address, seen = owner(person), f"/page/{person.pk}/happened/", ""
    while address:
        shown = client.get(address).content.decode()
        seen += shown
        more = re.search(r'href="(\?before=[^"]+)"', shown)
        address = f"/page/{person.pk}/happened/{more[1]}" if more else ""
    assert all(f"Step {number}<" in seen for number in range(len(steps_taken)))
    assert "Nothing more" in client.get(f"/page/{person.pk}/happened/?before={person.pk}").content.decode()
