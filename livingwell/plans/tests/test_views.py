"""The pages of somebody's words, asked for as a browser does: by the owner, a stranger, a receiver, after a no."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from livingwell.consent.actions import withdraw
from livingwell.consent.models import Access, Part, Person, Purpose
from livingwell.consent.tests import make as consent
from livingwell.people.tests.make import signed_in
from livingwell.plans.days import Day
from livingwell.plans.models import HardDate, PageTheme, Section, Standing, Words
from livingwell.plans.sections import ORDER
from livingwell.plans.tests import make

if TYPE_CHECKING:
    from livingwell.people.models import Account

pytestmark = pytest.mark.django_db
GARDEN = "I love gardening. I have been lonely since my husband died."


@pytest.fixture
def person() -> Person:
    """Somebody with words in each part and a hard day."""
    person = consent.page_of()
    make.wrote(person, Section.MATTERS, GARDEN)
    make.wrote(person, Section.CHANGE, "I want to learn to swim.")
    make.wrote(person, Section.SIGNS, "Not sleeping.")
    make.hard_day(person)
    return person


def owner(person: Person) -> Client:
    assert person.account
    return signed_in(person.account)


def at(person: Person, rest: str = "") -> str:
    return f"/page/{person.pk}/words/{rest}"


def stands(person: Person, section: Section) -> str:
    return Words.objects.get(person=person, section=section).text


def addresses(person: Person) -> list[str]:
    day = HardDate.objects.get(person=person)
    rest = ["", "plan/", "bad-days/", "themes/", "bad-days/dates/", f"bad-days/dates/{day.pk}/"]
    return [at(person, each) for each in (*rest, *(f"about/{section.value}/" for section in ORDER))]


def test_the_owner_sees_every_page(person: Person) -> None:
    client = owner(person)
    for address in addresses(person):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert "no-store" in answer.headers["Cache-Control"]
    assert "I love gardening." in client.get(at(person)).content.decode()
    assert "Not sleeping." in client.get(at(person, "bad-days/")).content.decode()
    assert "Wednesday 3 March" in client.get(at(person, "bad-days/")).content.decode()
    assert not Access.objects.exists()


def test_a_stranger_is_told_that_there_is_no_such_page(person: Person) -> None:
    stranger = signed_in(consent.somebody("sid"))
    for address in addresses(person):
        assert stranger.get(address).status_code == 404, address
        assert stranger.post(address, {"text": "Mine"}).status_code == 404, address
        assert Client().get(address).headers["Location"].startswith("/sign-in/"), address
    assert stands(person, Section.MATTERS) == GARDEN


def carer(person: Person, *parts: Part, may_change: bool = False) -> Account:
    carol = consent.somebody("carol")
    consent.shared(person, *parts, account=carol, purpose=Purpose.FAMILY, may_change=may_change)
    return carol


def test_a_receiver_of_one_part_sees_that_part_and_is_written_down(person: Person) -> None:
    client = signed_in(carer(person, Part.PLAN))
    page = client.get(at(person, "plan/")).content.decode()
    assert "I want to learn to swim." in page
    assert "They see who looked" in page
    assert "Change it" not in page
    assert [access.part for access in Access.objects.all()] == [Part.PLAN]
    for rest in ("", "bad-days/", "themes/", "about/matters/", "about/signs/", "bad-days/dates/"):
        assert client.get(at(person, rest)).status_code == 404, rest
    assert client.get(at(person, "about/change/")).headers["Location"] == at(person, "plan/")
    assert client.post(at(person, "about/change/"), {"text": "Mine"}).status_code == 404
    assert client.post(at(person, "plan/"), {"no": "swimming"}).status_code == 404
    assert stands(person, Section.CHANGE) == "I want to learn to swim."


def test_what_a_carer_reads_from_another_part_stays_hidden(person: Person) -> None:
    client = signed_in(carer(person, Part.PLAN, may_change=True))
    page = client.get(at(person, "about/change/?from=matters")).content.decode()
    assert "gardening" not in page.lower()
    assert "signs" not in page


def test_a_carer_who_may_write_goes_through_that_part_only(person: Person) -> None:
    client = signed_in(carer(person, Part.PLAN, may_change=True))
    answer = client.post(at(person, "about/change/"), {"text": "Swim.", "over": "1", "go": "next"})
    assert answer.headers["Location"] == at(person, "about/support/?from=change")
    answer = client.post(at(person, "about/support/"), {"text": "Ring first.", "over": "0", "go": "next"})
    assert answer.headers["Location"] == at(person, "plan/?from=support")
    assert stands(person, Section.SUPPORT) == "Ring first."
    assert Access.objects.filter(did="changed").count() == 2


def test_after_withdrawal_nothing_is_there(person: Person) -> None:
    carol = consent.somebody("carol")
    given = consent.shared(
        person, Part.STORY, Part.CRISIS_CARD, account=carol, purpose=Purpose.FAMILY, may_change=True
    )
    client = signed_in(carol)
    assert client.get(at(person)).status_code == 200
    assert person.account
    withdraw(given, by=person.account, at=make.NOW)
    for address in addresses(person):
        assert client.get(address).status_code == 404
    assert client.post(at(person, "about/matters/"), {"text": "Mine", "over": "1"}).status_code == 404
    assert stands(person, Section.MATTERS) == GARDEN


def test_every_way_on_saves_what_is_in_the_box(person: Person) -> None:
    client = owner(person)
    for version, (go, leads_to) in enumerate(
        {
            "next": "about/working/",
            "skip": "about/working/",
            "back": "about/matters/",
            "stop": "",
        }.items()
    ):
        answer = client.post(
            at(person, "about/well/"), {"text": f"Sleep {go}", "over": str(version), "go": go}
        )
        assert answer.headers["Location"] == at(person, f"{leads_to}?from=well")
        assert stands(person, Section.WELL) == f"Sleep {go}"


def test_nothing_has_to_be_said(person: Person) -> None:
    client = owner(consent.page_of("olive"))
    olive = Person.objects.exclude(pk=person.pk).get()
    address = at(olive, "about/matters/")
    for _ in ORDER:
        address = client.post(address, {"text": "", "over": "0", "go": "skip"}).headers["Location"]
    assert address == at(olive, "bad-days/?from=helps-not")
    assert not Words.objects.filter(person=olive).exclude(text="").exists()
    page = client.get(address).content.decode().lower()
    assert not re.search(r"incomplete|progress|missing|\d+ of \d+", page.split("<main")[1].split("</main")[0])


def test_what_is_too_long_is_said_and_stays_typed(person: Person) -> None:
    answer = owner(person).post(at(person, "about/home/"), {"text": "long " * 2001, "over": "0"})
    assert answer.status_code == 422
    assert "Please shorten it" in answer.content.decode()
    assert "long long" in answer.content.decode()


def test_when_two_write_at_once_both_are_shown_and_can_both_be_kept(person: Person) -> None:
    lena = consent.worker()
    consent.shared(person, Part.STORY, organization=consent.organization(), may_change=True)
    hers, theirs = signed_in(lena), owner(person)
    hers.post(at(person, "about/home/"), {"text": "Told me: a boat.", "over": "0"})
    answer = theirs.post(at(person, "about/home/"), {"text": "A boat on the canal", "over": "0"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Told me: a boat." in page
    assert "A boat on the canal" in page
    assert "You don’t have to be alone" not in page
    over = re.search(r'name="over" value="(\d+)"', page)
    assert over
    said = {"text": "A boat on the canal", "over": over[1], "go": "both"}
    assert theirs.post(at(person, "about/home/"), said).status_code == 302
    assert stands(person, Section.HOME) == "Told me: a boat.\n\nA boat on the canal"


@pytest.mark.parametrize(("go", "stays"), [("next", "A barge"), ("theirs", "A boat")])
def test_one_of_two_can_be_chosen(person: Person, go: str, stays: str) -> None:
    make.wrote(person, Section.HOME, "A boat")
    owner(person).post(at(person, "about/home/"), {"text": "A barge", "over": "1", "go": go})
    assert stands(person, Section.HOME) == stays


def test_saving_quietly_answers_with_what_was_heard_and_the_new_version(person: Person) -> None:
    answer = owner(person).post(
        at(person, "about/home/"), {"text": "I live with damp and mould.", "over": "0", "quiet": "yes"}
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'name="over" value="1"' in page
    assert "What we heard" in page


def test_a_no_to_a_theme_also_saves_what_was_typed(person: Person) -> None:
    client = owner(person)
    said = {"text": GARDEN + " And singing.", "over": "1", "no": "loneliness"}
    answer = client.post(at(person, "about/matters/"), said)
    assert answer.headers["Location"] == at(person, "about/matters/#heard")
    assert stands(person, Section.MATTERS).endswith("singing.")
    page = client.get(at(person, "about/matters/")).content.decode()
    assert 'value="gardening"' in page
    assert 'value="loneliness"' not in page


def test_what_was_just_heard_is_shown_beneath_the_next_question(person: Person) -> None:
    page = owner(person).get(at(person, "about/well/?from=matters")).content.decode()
    assert "What we heard in “What matters to me”" in page
    assert "gardening" in page


def test_themes_are_corrected_and_added_where_all_words_stand(person: Person) -> None:
    client = owner(person)
    client.post(at(person), {"yes": "gardening"})
    client.post(at(person), {"no": "loneliness"})
    client.post(at(person, "plan/"), {"no": "swimming"})
    client.post(at(person, "themes/"), {"theme": ["singing", "no-such-thing"]})
    standing = dict(PageTheme.objects.values_list("theme_id", "standing"))
    assert standing["gardening"] == standing["singing"] == Standing.KEPT
    assert standing["loneliness"] == standing["swimming"] == Standing.REFUSED
    assert "no-such-thing" not in standing


@pytest.mark.parametrize("section", [Section.HOME, Section.SUPPORT, Section.HELPS, Section.HELPS_NOT])
def test_words_of_danger_bring_help_on_top_and_change_nothing_else(person: Person, section: Section) -> None:
    client = owner(person)
    where = at(person, f"about/{section.value}/")
    quiet = client.post(where, {"text": "I want to die.", "over": "0", "quiet": "yes"}).content.decode()
    onward = client.post(where, {"text": "I want to die.", "over": "1", "go": "next"}).headers["Location"]
    for page in (quiet, client.get(where).content.decode(), client.get(onward).content.decode()):
        assert 0 < page.index("You don’t have to be alone") < page.index("<h1")
    assert onward.endswith(f"?from={section.value}")
    assert stands(person, section) == "I want to die."
    assert "You don’t have to be alone" not in client.get(at(person)).content.decode()


def test_a_hard_day_is_named_changed_and_taken_back(person: Person) -> None:
    client = owner(person)
    said = {
        "what": "Court",
        "day": "30th",
        "month": "11",
        "year": "2199",
        "comes": "once",
        "days_before": "3",
    }
    there = client.post(at(person, "bad-days/dates/"), said).headers["Location"]
    assert there == at(person, "bad-days/#hard-days")
    named = HardDate.objects.get(what="Court")
    assert (named.day, named.month, named.year, named.yearly, named.days_before) == (30, 11, 2199, False, 3)
    here = at(person, f"bad-days/dates/{named.pk}/")
    assert 'value="30"' in client.get(here).content.decode()
    client.post(here, {**said, "what": "The court"})
    assert "The court" in client.get(at(person, "bad-days/")).content.decode()
    client.post(here + "take-back/")
    assert not HardDate.objects.filter(pk=named.pk).exists()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"what": ""}, "Say in a few words what day it is."),
        ({"day": "31", "month": "6"}, "There is no such day."),
        ({"day": "soon"}, "Type the day as a number from 1 to 31."),
        ({"day": "²"}, "Type the day as a number from 1 to 31."),
        ({"month": ""}, "Choose the month."),
        ({"comes": "once"}, "say the year too"),
        ({"comes": "once", "year": "2020"}, "That day is over."),
        ({"day": "29", "month": "2", "year": "2027"}, "There is no such day."),
        ({"year": "27"}, "Type the year in four figures"),
    ],
)
def test_a_hard_day_that_cannot_be_is_explained_and_stays_typed(
    person: Person, wrong: dict[str, str], words: str
) -> None:
    said = {"what": "Mum’s day", "day": "3", "month": "3", "comes": "yearly", "days_before": "7", **wrong}
    answer = owner(person).post(at(person, "bad-days/dates/"), said)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "Something to put right" in page
    assert HardDate.objects.count() == 1


def test_a_hard_day_of_another_page_is_not_there(person: Person) -> None:
    other = consent.page_of("olive")
    theirs = make.hard_day(other)
    client = owner(person)
    assert client.get(at(person, f"bad-days/dates/{theirs.pk}/")).status_code == 404
    assert client.post(at(person, f"bad-days/dates/{theirs.pk}/take-back/")).status_code == 404
    assert HardDate.objects.filter(pk=theirs.pk).exists()


@pytest.mark.parametrize("rest", ["", "bad-days/", "about/matters/"])
def test_a_page_costs_the_same_queries_whatever_stands_on_it(person: Person, rest: str) -> None:
    full, empty = owner(person), owner(consent.page_of("olive"))
    olive = Person.objects.exclude(pk=person.pk).get()
    for number in range(1, 20):
        make.hard_day(person, f"Day {number}", Day(number, 5))
    counts = []
    for client, one in ((full, person), (empty, olive)):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(at(one, rest)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 10
