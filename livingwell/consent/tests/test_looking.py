"""Who looked, told to the person in words; asking why; and the privacy lead's answer."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.utils import timezone

from livingwell.consent import actions
from livingwell.consent.models import Access, Consent, Did, Event, Kind, Part, Person, Purpose, Question
from livingwell.consent.tests import make
from livingwell.consent.tests.test_sharing import at, browser, text
from livingwell.messaging.models import Message
from livingwell.people.actions import appoint
from livingwell.people.models import Account, Role
from livingwell.people.tests.make import signed_in

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2026, 3, 3, 10, 15, tzinfo=timezone.get_default_timezone())


def privacy_lead(name: str = "priya") -> Account:
    return appoint(
        f"{name}@example.org", Role.PRIVACY_LEAD, name=name.title(), by="setting up", at=make.LONG_AGO
    ).account


def looked(person: Person, consent: Consent, *parts: Part, by: Account, when: datetime = TUESDAY) -> Access:
    actions.look(person, Did.LOOKED, dict.fromkeys(parts, consent), by=by, at=when)
    return Access.objects.filter(done_at=when).latest("pk")


def looks(client: Client, person: Person, query: str = "") -> str:
    return text(client, at(person, f"looks/{query}"))


def test_a_look_is_told_in_words() -> None:
    person, lena = make.page_of(), make.worker()
    consent = make.shared(person, Part.STORY, Part.MEDICATION, organization=make.organization())
    looked(person, consent, Part.STORY, Part.MEDICATION, by=lena)
    shown = looks(browser(person), person)
    assert "Tuesday 3 March 2026" in shown
    assert "Lena of Riverside Surgery" in shown
    assert "because you let them: Help me with what I want" in shown
    assert "10:15am looked at what matters to you and your medicines" in shown


def test_the_same_look_again_is_told_in_one_line() -> None:
    person, lena = make.page_of(), make.worker()
    consent = make.shared(person, Part.STORY, Part.PLAN, organization=make.organization())
    for minute, part in enumerate((Part.STORY, Part.PLAN, Part.STORY, Part.STORY)):
        looked(person, consent, part, by=lena, when=TUESDAY + timedelta(minutes=minute))
    shown = looks(browser(person), person)
    assert "10:18am looked at what matters to you 3 times since 10:15am" in shown
    assert shown.count("looked at what matters to you") == 1
    assert "10:16am looked at what you would like, and your steps" in shown


def test_a_look_through_the_door_is_there_at_once_and_ones_own_is_not() -> None:
    person, lena = make.page_of(), make.worker()
    make.shared(person, Part.CONTACT, organization=make.organization())
    mine = browser(person)
    mine.get(f"/page/{person.pk}/reach-me/")
    assert "Nobody but you has looked." in looks(mine, person)
    signed_in(lena).get(f"/page/{person.pk}/reach-me/")
    assert "looked at how to reach you" in looks(mine, person)


def test_every_look_stands_on_one_of_the_pages_and_none_twice() -> None:
    person, lena = make.page_of(), make.worker()
    consent = make.shared(person, *[Part.STORY, Part.PLAN, Part.CIRCLE], organization=make.organization())
    for minute in range(90):
        when = TUESDAY + timedelta(minutes=minute)
        looked(person, consent, Part.STORY, Part.PLAN, Part.CIRCLE, by=lena, when=when)
    client, query = browser(person), ""
    seen: list[int] = []
    for _page in range(10):
        response = client.get(at(person, f"looks/{query}"))
        page = response.context["looks"] if response.context else None
        html = response.content.decode()
        seen.extend(int(times) for times in re.findall(r"(\d+) times since", html))
        found = html.partition('href="?before=')[2].partition('"')[0]
        assert page is None or found == "" or page.earlier
        if not found:
            break
        query = "?before=" + found.replace("&amp;", "&")
    assert sum(seen) == 90
    assert len(seen) == 3


def test_twenty_thousand_looks_are_as_quick_as_a_hundred(django_assert_max_num_queries: object) -> None:
    person, lena = make.page_of(), make.worker()
    consent = make.shared(person, Part.STORY, organization=make.organization())
    Access.objects.bulk_create(
        Access(
            id=uuid4(),
            person=person,
            done_at=TUESDAY + timedelta(minutes=number),
            done_by=lena,
            did=Did.LOOKED,
            part=Part.STORY,
            consent=consent,
        )
        for number in range(20_000)
    )
    client = browser(person)
    client.get(at(person, "looks/"))
    began = datetime.now()  # noqa: DTZ005 - how long, not when
    with django_assert_max_num_queries(10):  # type: ignore[operator]
        page = client.get(at(person, "looks/"))
    took = datetime.now() - began  # noqa: DTZ005
    assert page.status_code == 200
    assert took < timedelta(milliseconds=700)


def test_asking_why_takes_one_press_and_reaches_the_privacy_lead() -> None:
    person, lena, priya = make.page_of(), make.worker(), privacy_lead()
    consent = make.shared(person, Part.STORY, organization=make.organization())
    access = looked(person, consent, Part.STORY, by=lena)
    mine = browser(person)

    mine.post(at(person, f"looks/{access.pk}/why/"))

    question = Question.objects.get()
    assert question.due_on > timezone.localdate() + timedelta(days=6)
    message = Message.objects.get()
    assert message.to == priya.email
    for personal in ("Pat", "Lena", "Riverside", str(person.pk)):
        assert personal not in message.subject + message.body
    assert "You get an answer here by" in looks(mine, person)
    assert Event.objects.filter(person=person, kind=Kind.QUESTION_ASKED, about=question.pk).exists()

    staff = signed_in(priya)
    assert "Why did Lena look?" in text(staff, "/privacy-lead/")
    address = f"/privacy-lead/questions/{question.pk}/"
    assert "looked at what matters to them" in text(staff, address)
    assert staff.post(address, {"words": " "}).status_code == 422
    assert staff.post(address, {"words": "She got ready for your talk on Wednesday."}).status_code == 302

    assert "She got ready for your talk on Wednesday." in looks(mine, person)
    assert Event.objects.filter(person=person, kind=Kind.QUESTION_ANSWERED).exists()
    assert "Nothing. Everybody who asked has an answer" in text(staff, "/privacy-lead/")
    assert staff.get(address).status_code == 404


def test_asked_twice_it_is_one_question_and_words_are_kept() -> None:
    person, lena = make.page_of(), make.worker()
    privacy_lead()
    access = looked(
        person, make.shared(person, Part.STORY, organization=make.organization()), Part.STORY, by=lena
    )
    mine = browser(person)
    for words in ("I do not know her.", "Again."):
        mine.post(at(person, f"looks/{access.pk}/why/"), {"words": words})
    assert [one.words for one in Question.objects.all()] == ["I do not know her."]
    assert Message.objects.count() == 1


def test_nobody_asks_about_a_look_at_another_page() -> None:
    person, other, lena = make.page_of(), make.page_of("olive"), make.worker()
    access = looked(
        other, make.shared(other, Part.STORY, organization=make.organization()), Part.STORY, by=lena
    )
    assert browser(person).post(at(person, f"looks/{access.pk}/why/")).status_code == 404


def test_only_a_privacy_lead_of_the_network_sees_what_is_owed() -> None:
    lena = make.worker()
    local = make.worker("lou", Role.PRIVACY_LEAD)
    for account in (lena, local, make.somebody("sid")):
        assert signed_in(account).get("/privacy-lead/").status_code == 403


def test_whoever_looked_does_not_answer_about_themselves() -> None:
    person, lena = make.page_of(), make.worker()
    appoint(lena.email, Role.PRIVACY_LEAD, by="setting up", at=make.LONG_AGO)
    consent = make.shared(person, Part.STORY, organization=make.organization(), purpose=Purpose.CARE)
    access = looked(person, consent, Part.STORY, by=lena)
    browser(person).post(at(person, f"looks/{access.pk}/why/"))
    question = Question.objects.get()
    answer = signed_in(lena).post(f"/privacy-lead/questions/{question.pk}/", {"words": "It was fine."})
    assert answer.status_code == 422
    assert "Ask another privacy lead" in answer.content.decode()
