"""When a referral that a linked-up system sends goes at once, waits as a draft, or is refused: by the person's yes."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from livingwell.consent.actions import withdraw
from livingwell.consent.models import Consent, How, Part, Person
from livingwell.consent.tests import make as persons
from livingwell.exchange.incoming import NOTED
from livingwell.exchange.tests.sending import bundle, is_refused_at, issues_of, of, ready, reasons_of
from livingwell.messaging.models import Message
from livingwell.referrals import actions as introducing
from livingwell.referrals.models import Referral, Weight
from livingwell.referrals.tests import make

if TYPE_CHECKING:
    from livingwell.directory.models import Service
    from livingwell.exchange.tests.make import System

pytestmark = pytest.mark.django_db


def test_on_a_whole_yes_it_goes_once_however_often_it_comes() -> None:
    system, service = ready()
    answers = [system.post("", bundle(service)) for _time in range(2)]
    entries = [json.loads(answer.content)["entry"][2]["response"] for answer in answers]
    assert [entry["status"] for entry in entries] == ["201 Created", "200 OK"]
    assert [len(entry["outcome"]["issue"]) for entry in entries] == [1, 1]
    referral = Referral.objects.get()
    assert (referral.status, referral.sender, referral.service) == ("sent", persons.organization(), service)
    assert [item.words for item in referral.said.order_by("place")] == [
        "Mo",
        "07700 900123",
        "Would like to sing",
    ]
    consent = Consent.objects.get(purpose="introduction")
    assert referral.consent == consent
    assert (consent.organization, consent.how) == (service.organization, "in person")
    assert timedelta(days=182) < consent.until - timezone.now() < timedelta(days=184)
    assert Message.objects.filter(to="choir@example.org").count() == 1
    assert {entry["location"] for entry in entries} == {f"ServiceRequest/{referral.pk}"}
    assert json.loads(system.get(entries[0]["location"]).content)["status"] == "active"


def test_a_yes_that_ends_sooner_ends_sooner_here() -> None:
    system, service = ready()
    whole = bundle(service)
    end = timezone.now() + timedelta(days=20)
    of(whole, "Consent")["provision"]["period"]["end"] = end.isoformat()
    assert system.post("", whole).status_code == 200
    assert Consent.objects.get(purpose="introduction").until == end


def set_(name: str, value: object) -> Any:
    """A change of one element of the Consent, or of its provision; None takes it out."""

    def change(consent: dict[str, Any]) -> None:
        inside, _dot, last = name.rpartition(".")
        found = consent[inside] if inside else consent
        if value is None:
            del found[last]
        else:
            found[last] = value

    return change


PAST, AHEAD = "2020-01-01", "2035-01-01"
OTHER = {"role": {"coding": [{"code": "IRCP"}]}, "reference": {"reference": "Organization/x"}}
ONLY_PATIENT = [{"meaning": "instance", "reference": {"reference": "Patient/p"}}]
NOT_WHOLE = [
    (set_("status", "proposed"), "Consent.status"),
    (set_("performer", None), "Consent.performer"),
    (set_("performer", [{"reference": "Practitioner/x"}]), "Consent.performer"),
    (set_("dateTime", None), "Consent.dateTime"),
    (set_("dateTime", AHEAD), "Consent.dateTime"),
    (set_("extension", None), "Consent.extension"),
    (
        set_("extension", [{"url": "https://a/how-the-yes-was-said", "valueCode": "screen"}]),
        "Consent.extension",
    ),
    (set_("provision", None), "Consent.provision"),
    (set_("provision.type", None), "Consent.provision.type"),
    (set_("provision.period", {"end": PAST}), "Consent.provision.period.end"),
    (set_("provision.period", {"start": AHEAD}), "Consent.provision.period.start"),
    (set_("provision.actor", None), "Consent.provision.actor"),
    (set_("provision.actor", [OTHER]), "Consent.provision.actor"),
    (set_("provision.data", None), "Consent.provision.data"),
    (set_("provision.data", ONLY_PATIENT), "Consent.provision.data"),
    (set_("provision.purpose", [{"code": "HRESCH"}]), "Consent.provision.purpose"),
    (set_("provision.provision", [{"type": "deny"}]), "Consent.provision.provision"),
    (set_("provision.action", [{"text": "collect"}]), "Consent.provision.action"),
]


@pytest.mark.parametrize(("change", "where"), NOT_WHOLE)
def test_without_a_whole_yes_it_stays_a_draft_and_the_reason_is_named(change: Any, where: str) -> None:
    system, service = ready()
    whole = bundle(service)
    change(of(whole, "Consent"))
    answer = system.post("", whole)
    assert answer.status_code == 200
    assert set(reasons_of(answer)) == {where}
    assert Referral.objects.get().status == "draft"
    assert not Consent.objects.filter(purpose="introduction").exists()
    assert not Message.objects.exists()


def test_every_reason_is_named() -> None:
    system, service = ready()
    whole = bundle(service)
    for change, _where in NOT_WHOLE:
        with suppress(KeyError):
            change(of(whole, "Consent"))
    assert set(reasons_of(system.post("", whole))) == {
        f"Consent.{name}" for name in ("status", "performer", "dateTime", "extension", "provision")
    }


def test_without_any_consent_it_stays_a_draft_and_goes_when_the_yes_comes() -> None:
    system, service = ready()
    bare = bundle(service)
    del bare["entry"][1]
    assert reasons_of(system.post("", bare)) == ["Bundle.entry"]
    assert Referral.objects.get().status == "draft"
    assert "went now" in issues_of(system.post("", bundle(service)))[0]["diagnostics"]
    assert Referral.objects.get().status == "sent"


def test_a_yes_to_other_words_sends_nothing() -> None:
    system, service = ready()
    system.post("", bundle(service, yes=False))
    changed = bundle(service)
    of(changed, "ServiceRequest")["note"][0]["text"] = "Would like to dance"
    assert system.post("", changed).status_code == 200
    assert Referral.objects.get().status == "draft"
    assert not Consent.objects.filter(purpose="introduction").exists()


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (set_("status", "rejected"), "Consent.status"),
        (set_("status", "inactive"), "Consent.status"),
        (set_("status", "entered-in-error"), "Consent.status"),
        (set_("provision.type", "deny"), "Consent.provision.type"),
        (set_("patient", {"reference": "Patient/other"}), "Consent.patient"),
        (set_("patient", None), "Consent.patient"),
    ],
)
def test_a_consent_that_says_no_or_is_somebody_elses_is_refused(change: Any, where: str) -> None:
    system, service = ready()
    whole = bundle(service)
    change(of(whole, "Consent"))
    is_refused_at(system.post("", whole), where)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sets(st.integers(0, len(NOT_WHOLE) - 1)))
def test_it_goes_only_where_nothing_at_all_is_missing(which: set[int]) -> None:
    with transaction.atomic():
        system, service = ready()
        whole = bundle(service)
        for number in sorted(which):
            with suppress(KeyError):
                NOT_WHOLE[number][0](of(whole, "Consent"))
        assert system.post("", whole).status_code == 200
        assert Referral.objects.get().status == ("draft" if which else "sent")
        assert Consent.objects.filter(purpose="introduction").exists() == (not which)
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"intent": "proposal"}, "ServiceRequest.intent"),
        (
            {"orderDetail": [{"coding": [{"code": "contacting-subject-prohibited"}]}]},
            "ServiceRequest.orderDetail[0]",
        ),
    ],
)
def test_what_somebody_has_to_look_at_first_stays_a_draft_even_on_a_whole_yes(
    change: Any, where: str
) -> None:
    system, service = ready()
    whole = bundle(service)
    of(whole, "ServiceRequest").update(change)
    assert reasons_of(system.post("", whole)) == [where]
    assert Referral.objects.get().status == "draft"


@pytest.mark.parametrize(
    ("kind", "change", "where"),
    [
        ("ServiceRequest", {"doNotPerform": True}, "ServiceRequest.doNotPerform"),
        ("ServiceRequest", {"modifierExtension": [{"url": "https://x"}]}, "ServiceRequest.modifierExtension"),
        ("Consent", {"implicitRules": "https://x"}, "Consent.implicitRules"),
        ("Patient", {"active": False}, "Patient.active"),
        ("Patient", {"deceasedBoolean": True}, "Patient.deceased"),
        ("Patient", {"deceasedDateTime": "2026"}, "Patient.deceased"),
    ],
)
def test_what_turns_the_meaning_round_is_refused(kind: str, change: Any, where: str) -> None:
    system, service = ready()
    whole = bundle(service)
    of(whole, kind).update(change)
    is_refused_at(system.post("", whole), where)


def test_what_is_not_read_is_named() -> None:
    system, service = ready()
    whole = bundle(service)
    of(whole, "ServiceRequest")["reasonCode"] = [{"text": "Lonely"}]
    of(whole, "Patient")["birthDate"] = "1950-01-01"
    made = json.loads(system.post("", whole).content)
    told = [issue for entry in made["entry"] for issue in entry["response"]["outcome"]["issue"]]
    unread = [issue["expression"][0] for issue in told if "not read" in issue["diagnostics"]]
    assert unread == ["Patient.birthDate", "ServiceRequest.reasonCode"]


# A yes that the page holds


def held_yes(*said: tuple[str, str]) -> tuple[System, Service, Referral]:
    """A page on which the person said yes to the choir being told this; and another service of the same people."""
    system, service = ready()
    lena = system.client.sends_as
    assert lena
    first = introducing.draft(
        Person.objects.get(), service, weight=Weight.REFERRAL, said=said, by=lena, at=timezone.now()
    )
    introducing.approve_and_send(
        first, parts=[Part.STORY], how=How.PHONE, said="Yes.", by=lena, at=timezone.now(), site=make.SITE
    )
    return system, make.choir("Second choir"), first


ALL = (("Call me", "Mo"), ("My phone", "07700 900123"), (NOTED, "Would like to sing"))


def test_it_goes_on_a_yes_that_the_page_holds_where_every_word_was_said_there() -> None:
    system, service, first = held_yes(*ALL)
    first.refresh_from_db()
    assert system.post("", bundle(service, yes=False)).status_code == 200
    made = Referral.objects.get(service=service)
    assert (made.status, made.consent) == ("sent", first.consent)


@pytest.mark.parametrize("left_out", range(3))
def test_one_word_more_needs_a_new_yes(left_out: int) -> None:
    system, service, _first = held_yes(*(item for place, item in enumerate(ALL) if place != left_out))
    assert reasons_of(system.post("", bundle(service, yes=False)))
    assert Referral.objects.get(service=service).status == "draft"


def test_a_yes_that_was_taken_back_is_none() -> None:
    system, service, first = held_yes(*ALL)
    first.refresh_from_db()
    assert first.consent
    assert system.client.sends_as
    withdraw(first.consent, by=system.client.sends_as, at=timezone.now())
    assert system.post("", bundle(service, yes=False)).status_code == 200
    assert Referral.objects.get(service=service).status == "draft"
