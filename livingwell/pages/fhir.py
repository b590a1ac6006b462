"""A page as FHIR R4: a Bundle (collection) of Patient, CarePlan, a Goal for each step, and Consents.

Shapes and codes: HL7 FHIR R4 (4.0.1). What is written here is checked against the R4 JSON schema in the tests. Based on
UK Core where it says something (Patient, CarePlan); nothing is claimed about conformance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import uuid5

from livingwell.steps.models import Stage, Status

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from livingwell.consent.queries import ContactSeen
    from livingwell.pages.queries import Sharing, Whole
    from livingwell.steps.queries import Piece

NHS_NUMBER: Final = "https://fhir.nhs.uk/Id/nhs-number"
GOAL_STATUS: Final = {status: status.value for status in Status}
"""Our statuses are FHIR's own words for a goal's lifecycle."""

ACTIVITY_STATUS: Final = {
    Status.PLANNED: "not-started",
    Status.ACTIVE: "in-progress",
    Status.COMPLETED: "completed",
    Status.CANCELLED: "cancelled",
    Status.ON_HOLD: "on-hold",
}
PRIORITY: Final = {Stage.NOW: "high-priority", Stage.NEXT: "medium-priority", Stage.LATER: "low-priority"}
SCOPE: Final = "http://terminology.hl7.org/CodeSystem/consentscope"
ACT_CODE: Final = "http://terminology.hl7.org/CodeSystem/v3-ActCode"


def bundle(person: UUID, called: str, whole: Whole, *, at: datetime) -> dict[str, Any]:
    """The page as one Bundle; every `fullUrl` is a `urn:uuid:`, so that it can be read anywhere."""
    pieces = [piece for step in whole.steps.all for piece in (step, *step.pieces)]
    patient = f"urn:uuid:{person}"
    entries = [
        (patient, _patient(called, whole.reached)),
        (f"urn:uuid:{_plan_id(person)}", _care_plan(patient, whole, pieces, at)),
        *((f"urn:uuid:{piece.pk}", _goal(patient, piece)) for piece in pieces),
        *((f"urn:uuid:{one.id}", _consent(patient, one)) for one in whole.sharing),
    ]
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": at.isoformat(),
        "entry": [{"fullUrl": url, "resource": resource} for url, resource in entries],
    }


def _plan_id(person: UUID) -> UUID:
    return uuid5(person, "care plan")


def _patient(called: str, reached: ContactSeen) -> dict[str, Any]:
    names = [{"use": "usual", "text": called}] if called else []
    found: dict[str, Any] = {"resourceType": "Patient"}
    if reached.full_name:
        names.append({"use": "official", "text": reached.full_name})
    if reached.nhs_number:
        found["identifier"] = [{"system": NHS_NUMBER, "value": reached.nhs_number.replace(" ", "")}]
    if reached.born_on:
        found["birthDate"] = reached.born_on.isoformat()
    if reached.address:
        found["address"] = [{"use": "home", "text": reached.address}]
    telecom = [
        {"system": system, "value": value}
        for system, value in (("phone", reached.phone), ("email", reached.email))
        if value
    ]
    if telecom:
        found["telecom"] = telecom
    if names:
        found["name"] = names
    return found


def _care_plan(patient: str, whole: Whole, pieces: list[Piece], at: datetime) -> dict[str, Any]:
    plan: dict[str, Any] = {
        "resourceType": "CarePlan",
        "status": "active",
        "intent": "plan",
        "title": "My page",
        "subject": {"reference": patient},
        "author": {"reference": patient},
        "created": at.date().isoformat(),
        "category": [{"text": "Personalised care and support plan"}],
    }
    if pieces:
        plan["goal"] = [{"reference": f"urn:uuid:{piece.pk}"} for piece in pieces]
        plan["activity"] = [_activity(piece) for piece in pieces]
    notes = [
        {"text": f"{said.label}\n\n{said.text}", "time": said.changed_at.isoformat()} for said in whole.words
    ]
    notes += [{"text": f"A hard day: {day.what} ({day.when})"} for day in whole.hard_days]
    if notes:
        plan["note"] = notes
    return plan


def _activity(piece: Piece) -> dict[str, Any]:
    detail: dict[str, Any] = {
        "status": ACTIVITY_STATUS[piece.status],
        "description": piece.first or piece.words,
        "goal": [{"reference": f"urn:uuid:{piece.pk}"}],
    }
    if piece.companion:
        detail["performer"] = [{"display": piece.companion}]
    return {"detail": detail}


def _goal(patient: str, piece: Piece) -> dict[str, Any]:
    goal: dict[str, Any] = {
        "resourceType": "Goal",
        "lifecycleStatus": GOAL_STATUS[piece.status],
        "description": {"text": piece.words},
        "subject": {"reference": patient},
        "expressedBy": {"reference": patient},
        "startDate": piece.chosen_at.date().isoformat(),
        "statusDate": piece.moved_at.date().isoformat(),
        "priority": {
            "coding": [
                {
                    "system": "http://terminology.hl7.org/CodeSystem/goal-priority",
                    "code": PRIORITY[piece.stage],
                }
            ]
        },
    }
    if piece.ask_on:
        goal["target"] = [{"dueDate": piece.ask_on.isoformat()}]
    if piece.why:
        goal["note"] = [{"text": piece.why}]
    return goal


def _consent(patient: str, one: Sharing) -> dict[str, Any]:
    return {
        "resourceType": "Consent",
        "status": "active",
        "scope": {"coding": [{"system": SCOPE, "code": "patient-privacy"}]},
        "category": [{"coding": [{"system": ACT_CODE, "code": "IDSCL"}]}],
        "patient": {"reference": patient},
        "dateTime": one.given_at.isoformat(),
        "performer": [{"reference": patient}],
        "policyRule": {"text": "Shared by the person, named parts only, until a day"},
        "provision": {
            "type": "permit",
            "period": {"start": one.given_at.isoformat(), "end": one.until.isoformat()},
            "actor": [
                {
                    "role": {
                        "coding": [
                            {
                                "system": "http://terminology.hl7.org/CodeSystem/v3-ParticipationType",
                                "code": "IRCP",
                            }
                        ]
                    },
                    "reference": {"display": one.receiver},
                }
            ],
            "purpose": [
                {"system": "http://terminology.hl7.org/CodeSystem/v3-ActReason", "code": "HSYSADMIN"}
            ],
        },
    }
