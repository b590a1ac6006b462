"""A linked-up system sends a referral about somebody whose page its organization keeps."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from livingwell.consent.actions import reach
from livingwell.consent.models import Consent
from livingwell.consent.tests import make as persons
from livingwell.exchange.tests.make import System
from livingwell.exchange.tests.test_giving import ANYTHING
from livingwell.referrals.models import Referral
from livingwell.referrals.tests import make

if TYPE_CHECKING:
    from livingwell.directory.models import Service

pytestmark = pytest.mark.django_db
NUMBER = "9434765919"


def ready() -> tuple[System, Service]:
    """A surgery that keeps somebody's page, its system, and a choir."""
    lena = persons.worker()
    reach(persons.kept_with(lena), {"nhs_number": NUMBER})
    return System(persons.organization(), sends_as=lena), make.choir()


def bundle(service: Service) -> dict[str, Any]:
    assert service.organization is not None
    receiver = {"reference": f"Organization/{service.organization.pk}"}
    patient = {
        "resourceType": "Patient",
        "id": "p",
        "identifier": [{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": NUMBER}],
        "name": [{"use": "usual", "text": "Mo"}],
        "telecom": [{"system": "phone", "value": "07700 900123"}],
    }
    consent = {
        "resourceType": "Consent",
        "status": "active",
        "scope": {"text": "privacy"},
        "category": [{"text": "disclosure"}],
        "patient": {"reference": "Patient/p"},
        "policyRule": {"text": "what was said"},
        "provision": {"type": "permit", "actor": [{"role": {"text": "receiver"}, "reference": receiver}]},
    }
    request = {
        "resourceType": "ServiceRequest",
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
        "entry": [{"resource": each} for each in (patient, consent, request)],
    }


def test_a_referral_with_a_consent_becomes_a_draft_once_however_often_it_comes() -> None:
    system, service = ready()
    before = Consent.objects.count()
    for _time in range(2):
        assert system.post("", bundle(service)).status_code == 200
    referral = Referral.objects.get()
    assert (referral.status, referral.sender, referral.service) == ("draft", persons.organization(), service)
    assert {item.words for item in referral.said.all()} == {"Mo", "07700 900123", "Would like to sing"}
    assert Consent.objects.count() == before


def test_the_answer_says_of_each_entry_what_became_of_it() -> None:
    system, service = ready()
    whole = bundle(service)
    whole["entry"].append({"resource": {"resourceType": "Basic", "code": {"text": "x"}}})
    made = json.loads(system.post("", whole).content)
    assert made["type"] == "transaction-response"
    said = [entry["response"]["outcome"]["issue"][0]["diagnostics"] for entry in made["entry"]]
    assert [words.partition(" ")[0] for words in said] == ["Read,", "Read.", "Introduction", "Ignored:"]
    assert str(Referral.objects.get().pk) in said[2]


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
        (without("Consent"), "Bundle.entry"),
        (without("Patient"), "Bundle.entry"),
        (without("ServiceRequest"), "Bundle.entry"),
        (without("Consent", "provision"), "Consent.provision"),
        (without("Consent", "provision", "actor"), "Consent.provision.actor"),
        (without("Consent", "patient"), "Consent.patient"),
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


def test_a_consent_that_ended_or_names_another_receiver_is_none() -> None:
    system, service = ready()
    ended, other, inactive = (copy.deepcopy(bundle(service)) for _time in range(3))
    ended["entry"][1]["resource"]["provision"]["period"] = {"end": "2020-01-01"}
    named = {"reference": f"Organization/{persons.organization('Elsewhere').pk}"}
    other["entry"][1]["resource"]["provision"]["actor"][0]["reference"] = named
    inactive["entry"][1]["resource"]["status"] = "inactive"
    for whole in (ended, other, inactive):
        assert system.post("", whole).status_code == 422
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
