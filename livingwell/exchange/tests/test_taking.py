"""A linked-up system sends a referral about somebody whose page its organization keeps."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from livingwell.consent.tests import make as persons
from livingwell.exchange.tests.make import System
from livingwell.exchange.tests.sending import bundle, is_refused_at, of, ready
from livingwell.exchange.tests.test_giving import ANYTHING
from livingwell.people.actions import dismiss
from livingwell.people.models import Membership
from livingwell.referrals import actions as introducing
from livingwell.referrals.models import Referral, Through

if TYPE_CHECKING:
    from collections.abc import Callable

    from livingwell.directory.models import Service

pytestmark = pytest.mark.django_db


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
    is_refused_at(system.post("", whole), where)


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
    is_refused_at(system.post("", whole), where)


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
    is_refused_at(system.post("", whole), where)


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
