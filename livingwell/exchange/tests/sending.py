"""A referral as a linked-up system sends it, and what it is answered."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from livingwell.consent.actions import reach
from livingwell.consent.tests import make as persons
from livingwell.exchange.tests.make import System
from livingwell.referrals.models import Referral
from livingwell.referrals.tests import make

if TYPE_CHECKING:
    from livingwell.directory.models import Service

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


def is_refused_at(answer: Any, where: str) -> None:
    """Nothing was taken, and it is said at which place it stands."""
    assert answer.status_code == 422
    assert json.loads(answer.content)["issue"][0]["expression"] == [where]
    assert not Referral.objects.exists()
