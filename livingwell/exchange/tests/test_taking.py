"""A linked-up system sends a referral about somebody whose page its organization keeps."""

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

from livingwell.consent.actions import reach, withdraw
from livingwell.consent.models import Consent, How, Part, Person
from livingwell.consent.tests import make as persons
from livingwell.exchange.incoming import NOTED
from livingwell.exchange.tests.make import System
from livingwell.exchange.tests.test_giving import ANYTHING
from livingwell.messaging.models import Message
from livingwell.people.actions import dismiss
from livingwell.people.models import Membership
from livingwell.referrals import actions as introducing
from livingwell.referrals.models import Referral, Through, Weight
from livingwell.referrals.tests import make

if TYPE_CHECKING:
    from collections.abc import Callable

    from livingwell.directory.models import Service

pytestmark = pytest.mark.django_db
NUMBER = "9434765919"


def ready() -> tuple[System, Service]:
    """A surgery that keeps somebody's page, its system, and a choir."""
    lena = persons.worker()
    reach(persons.kept_with(lena), {"nhs_number": NUMBER})
    return System(persons.organization(), sends_as=lena), make.choir()


def bundle(service: Service, *, yes: bool = True) -> dict[str, Any]:
    """A referral as a transaction, with a whole yes to it; without `yes` with a Consent that says hardly anything."""
    assert service.organization is not None
    receiver = {"reference": f"Organization/{service.organization.pk}"}
    patient = {
        "resourceType": "Patient",
        "id": "p",
        "identifier": [{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": NUMBER}],
        "name": [{"use": "usual", "text": "Mo"}],
        "telecom": [{"system": "phone", "value": "07700 900123"}],
    }
    consent: dict[str, Any] = {
        "resourceType": "Consent",
        "status": "active",
        "scope": {"text": "privacy"},
        "category": [{"text": "disclosure"}],
        "patient": {"reference": "Patient/p"},
        "policyRule": {"text": "what was said"},
    }
    if yes:
        consent |= {
            "extension": [{"url": "https://a.example/how-the-yes-was-said", "valueCode": "in-person"}],
            "dateTime": "2026-01-05",
            "performer": [{"reference": "Patient/p"}],
            "provision": {
                "type": "permit",
                "period": {"start": "2026-01-05", "end": "2036-01-05"},
                "actor": [{"role": {"coding": [{"code": "IRCP"}]}, "reference": receiver}],
                "purpose": [{"code": "TREAT"}],
                "data": [
                    {"meaning": "instance", "reference": {"reference": "Patient/p"}},
                    {"meaning": "instance", "reference": {"reference": "ServiceRequest/r"}},
                ],
            },
        }
    request = {
        "resourceType": "ServiceRequest",
        "id": "r",
        "status": "active",
        "intent": "order",
        "identifier": [{"system": "https://surgery.example/r", "value": "17"}],
        "subject": {"reference": "Patient/p"},
        "performer": [{"reference": f"HealthcareService/{service.pk}"}],
        "note": [{"text": "Would like to sing"}],
    }
    return {
        "resourceType": "Bundle",
        "type": "transaction",
        "entry": [
            {"resource": each, "request": {"method": "POST", "url": each["resourceType"]}}
            for each in (patient, consent, request)
        ],
    }


def of(whole: dict[str, Any], kind: str) -> dict[str, Any]:
    """The resource of this kind in a Bundle."""
    found: dict[str, Any] = next(
        each["resource"] for each in whole["entry"] if each["resource"]["resourceType"] == kind
    )
    return found


def issues_of(answer: Any, kind: str = "ServiceRequest") -> list[dict[str, Any]]:
    """What a transaction-response says became of the resource of a kind."""
    entries = json.loads(answer.content)["entry"]
    found: list[dict[str, Any]] = next(
        entry["response"]["outcome"]["issue"]
        for entry in entries
        if entry["response"].get("location", "").startswith(kind)
    )
    return found


def reasons_of(answer: Any) -> list[str]:
    """Where each reason stands why it did not go."""
    return [issue["expression"][0] for issue in issues_of(answer) if issue["severity"] == "warning"]


# A whole yes


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
    answer = system.post("", whole)
    assert answer.status_code == 422
    assert json.loads(answer.content)["issue"][0]["expression"] == [where]
    assert not Referral.objects.exists()


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
    answer = system.post("", whole)
    assert answer.status_code == 422
    assert json.loads(answer.content)["issue"][0]["expression"] == [where]
    assert not Referral.objects.exists()


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


# In which form it comes


def test_the_answer_says_of_each_entry_what_became_of_it() -> None:
    system, service = ready()
    whole = bundle(service)
    whole["entry"].append(
        {
            "resource": {"resourceType": "Basic", "code": {"text": "x"}},
            "request": {"method": "POST", "url": "Basic"},
        }
    )
    made = json.loads(system.post("", whole).content)
    assert made["type"] == "transaction-response"
    said = [entry["response"]["outcome"]["issue"][0]["diagnostics"] for entry in made["entry"]]
    assert [words.partition(" ")[0] for words in said] == ["Read,", "Read.", "Introduction", "Ignored:"]
    assert str(Referral.objects.get().pk) in said[2]


def message(service: Service) -> dict[str, Any]:
    """The same referral as a message."""
    whole = bundle(service)
    header = {
        "resourceType": "MessageHeader",
        "id": "h1",
        "eventCoding": {"system": "https://surgery.example/events", "code": "referral"},
        "source": {"endpoint": "https://surgery.example/fhir"},
        "focus": [{"reference": "ServiceRequest/r"}],
    }
    entries = [{"resource": entry["resource"]} for entry in whole["entry"]]
    return whole | {"type": "message", "entry": [{"resource": header}, *entries]}


@pytest.mark.parametrize("where", ["", "$process-message"])
def test_a_message_gets_a_message_back(where: str) -> None:
    system, service = ready()
    answer = system.post(where, message(service))
    assert answer.status_code == 200
    made = json.loads(answer.content)
    header, how, task = (entry["resource"] for entry in made["entry"])
    assert made["type"] == "message"
    assert header["response"]["identifier"] == "h1"
    assert header["response"]["code"] == "ok"
    assert header["response"]["details"]["reference"] == made["entry"][1]["fullUrl"]
    assert header["eventCoding"]["code"] == "referral"
    assert "went now" in how["issue"][0]["diagnostics"]
    assert (task["id"], task["status"]) == (str(Referral.objects.get().pk), "requested")


def by_itself(service: Service) -> dict[str, Any]:
    """The same referral as one ServiceRequest."""
    whole = bundle(service)
    patient, consent, request = (of(whole, kind) for kind in ("Patient", "Consent", "ServiceRequest"))
    mine = json.loads(json.dumps(consent).replace("Patient/p", "#p").replace("ServiceRequest/r", "#"))
    request["subject"]["reference"] = "#p"
    return request | {"contained": [patient, mine | {"id": "c"}]}


def test_one_servicerequest_is_created_and_its_location_can_be_read() -> None:
    system, service = ready()
    answer, again = (system.post("ServiceRequest", by_itself(service)) for _time in range(2))
    assert (answer.status_code, again.status_code) == (201, 200)
    referral = Referral.objects.get()
    assert referral.status == "sent"
    assert answer.headers["Location"].endswith(f"/ServiceRequest/{referral.pk}")
    read = system.get(answer.headers["Location"].partition("testserver")[2])
    assert read.headers["ETag"] == answer.headers["ETag"]


FORMS: list[tuple[Callable[[dict[str, Any]], object], str]] = [
    (lambda whole: whole.pop("type"), "Bundle.type"),
    (lambda whole: whole.update(type="batch"), "Bundle.type"),
    (lambda whole: whole.update(type="heap"), "Bundle.type"),
    (lambda whole: whole.update(type="message"), "Bundle.entry[0].resource"),
    (lambda whole: whole["entry"][1].pop("request"), "Bundle.entry[1].request"),
    (lambda whole: whole["entry"][2]["request"].pop("url"), "Bundle.entry[2].request.url"),
    (lambda whole: whole["entry"][0]["request"].update(method="GET"), "Bundle.entry[0].request.method"),
    (lambda whole: whole["entry"][2].pop("resource"), "Bundle.entry[2].resource"),
    (lambda whole: of(whole, "ServiceRequest").update(status="draft"), "ServiceRequest.status"),
    (lambda whole: whole["entry"].append(whole["entry"][0]), "Bundle.entry"),
]


@pytest.mark.parametrize(("change", "where"), FORMS)
def test_what_does_not_come_as_fhir_says_is_refused_at_its_place(change: Any, where: str) -> None:
    system, service = ready()
    whole = bundle(service)
    change(whole)
    answer = system.post("", whole)
    assert answer.status_code == 422
    assert json.loads(answer.content)["issue"][0]["expression"] == [where]
    assert not Referral.objects.exists()


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (lambda header: header.pop("id"), "MessageHeader.id"),
        (lambda header: header.pop("source"), "MessageHeader.source"),
        (lambda header: header.pop("eventCoding"), "MessageHeader.event"),
        (lambda header: header.update(response={}), "MessageHeader.response"),
    ],
)
def test_a_message_whose_header_is_not_whole_is_refused_at_its_place(change: Any, where: str) -> None:
    system, service = ready()
    whole = message(service)
    change(whole["entry"][0]["resource"])
    answer = system.post("", whole)
    assert answer.status_code == 422
    assert json.loads(answer.content)["issue"][0]["expression"] == [where]


# What comes of it


def test_who_sent_it_polls_what_came_of_it_and_reads_no_word_of_the_person() -> None:
    system, service = ready()
    system.post("", bundle(service))
    referral = Referral.objects.get()
    mine = {"requester": f"Organization/{system.client.organization_id}"}
    first = json.loads(system.get("Task", mine).content)["entry"][0]["resource"]
    assert (first["id"], first["status"]) == (str(referral.pk), "requested")
    introducing.wait(referral, 5, by=None, through=Through.LINK, at=timezone.now())
    since = {"_lastUpdated": f"gt{first['meta']['lastUpdated']}"}
    page = system.get("Task", {**mine, **since, "_include": "*"})
    task = json.loads(page.content)["entry"][0]["resource"]
    assert task["status"] == "on-hold"
    assert task["output"][0]["valueDuration"]["value"] == 5
    assert "07700 900123" not in page.content.decode()
    assert "sing" not in page.content.decode().lower().replace("singing neighbours", "")
    referral.refresh_from_db()
    assert referral.read_on is None
    for reference in (task["for"], task["focus"], task["owner"], task["requester"]):
        assert system.get(reference["reference"]).status_code == 200
    assert json.loads(system.get("Task").content)["total"] == 0


def test_nobody_polls_what_another_organization_sent() -> None:
    system, service = ready()
    system.post("", bundle(service))
    sid = persons.worker("sid", at_place="Elsewhere")
    stranger = System(persons.organization("Elsewhere"), sends_as=sid)
    own = {"requester": f"Organization/{stranger.client.organization_id}"}
    assert json.loads(stranger.get("Task", own).content)["total"] == 0
    assert (
        stranger.get("Task", {"requester": f"Organization/{system.client.organization_id}"}).status_code
        == 403
    )
    assert stranger.get(f"Task/{Referral.objects.get().pk}").status_code == 404
    mute = System(persons.organization())
    mine = {"requester": f"Organization/{mute.client.organization_id}"}
    assert json.loads(mute.get("Task", mine).content)["total"] == 0
    assert system.put(f"Task/{Referral.objects.get().pk}", {"resourceType": "Task"}).status_code == 400


def test_when_who_answers_for_it_does_not_work_there_any_more_nothing_is_polled_or_sent() -> None:
    system, service = ready()
    system.post("", bundle(service))
    membership = Membership.objects.get(account=system.client.sends_as)
    dismiss(membership, by="a test", at=timezone.now())
    mine = {"requester": f"Organization/{system.client.organization_id}"}
    assert json.loads(system.get("Task", mine).content)["total"] == 0
    assert system.get(f"Task/{Referral.objects.get().pk}").status_code == 404
    again = bundle(service)
    of(again, "ServiceRequest")["identifier"][0]["value"] = "18"
    assert system.post("", again).status_code == 422


# What is not taken


def without(kind: str, *path: str | int) -> Any:
    """A change that takes something out of the resource of this kind; the resource itself without a path."""

    def change(whole: dict[str, Any]) -> None:
        entry = next(each for each in whole["entry"] if each["resource"]["resourceType"] == kind)
        if not path:
            whole["entry"].remove(entry)
            return
        found = entry["resource"]
        for step in path[:-1]:
            found = found[step]
        del found[path[-1]]

    return change


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (without("Patient"), "Bundle.entry"),
        (without("ServiceRequest"), "Bundle.entry"),
        (without("Patient", "identifier"), "Patient.identifier"),
        (without("ServiceRequest", "identifier"), "ServiceRequest.identifier"),
        (without("ServiceRequest", "performer"), "ServiceRequest.performer"),
    ],
)
def test_without_what_it_needs_nothing_is_taken_and_it_is_said_why(change: Any, where: str) -> None:
    system, service = ready()
    whole = bundle(service)
    change(whole)
    answer = system.post("", whole)
    assert answer.status_code == 422
    assert json.loads(answer.content)["issue"][0]["expression"] == [where]
    assert not Referral.objects.exists()


def test_nobody_sends_about_somebody_whose_page_they_do_not_keep() -> None:
    _system, service = ready()
    sid = persons.worker("sid", at_place="Elsewhere")
    stranger = System(persons.organization("Elsewhere"), sends_as=sid)
    assert stranger.post("", bundle(service)).status_code == 422
    assert System(persons.organization()).post("", bundle(service)).status_code == 403
    assert not Referral.objects.exists()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ANYTHING, st.sampled_from([0, 1, 2]), st.integers(0, 8), ANYTHING)
def test_whatever_is_sent_it_is_never_our_mistake(
    noise: object, which: int, place: int, entry: object
) -> None:
    with transaction.atomic():
        system, service = ready()
        whole = bundle(service)
        resource = whole["entry"][which]["resource"]
        resource[sorted(resource)[place % len(resource)]] = noise
        assert system.post("", whole).status_code < 500
        assert system.post("", {"resourceType": "Bundle", "entry": entry}).status_code == 422
        transaction.set_rollback(True)
