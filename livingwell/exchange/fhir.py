"""An introduction as FHIR R4 (4.0.1): Task, ServiceRequest, Consent and Patient, which share its id, and who is named.

Based on UK Core where it says something; nothing is claimed about conformance. What is written here is checked against
the R4 JSON schema in the tests. A Patient is of one introduction: that two are about one person cannot be seen.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

import orjson

from livingwell.exchange import codes
from livingwell.referrals.models import Because, Status, Weight

if TYPE_CHECKING:
    from uuid import UUID

    from livingwell.exchange.queries import Introduction

    Resource = dict[str, Any]

ORGANIZATION_ID: Final = "urn:ietf:rfc:3986"
STOPPED: Final = "The person stopped it, or their consent has ended. Delete what you noted of it."
NAMED: Final = "Call me"
TELECOM: Final = {"My phone": "phone", "My e-mail": "email"}
ADDRESS: Final = "Where I live"
OF_PATIENT: Final = frozenset({NAMED, ADDRESS, *TELECOM})
"""The headings of an introduction that a Patient has a place for, as `referrals` writes them. All else is a note."""

OF_AN_INTRODUCTION: Final = ("Task", "ServiceRequest", "Consent", "Patient")


class Writer:
    """Writes resources for one address of the interface, below which the names of ours stand."""

    def __init__(self, base: str) -> None:
        self.base = base

    def of(self, kind: str, one: Introduction) -> Resource:
        """One of the resources that an introduction is given as."""
        written = {
            "Task": self._task,
            "ServiceRequest": self._request,
            "Consent": self._consent,
            "Patient": self._patient,
        }[kind](one)
        return self._stamped(kind, str(one.pk), written, one)

    def organization(self, pk: UUID, name: str) -> Resource:
        """Who sent it or receives it: no more than its name."""
        return {
            "resourceType": "Organization",
            "id": str(pk),
            "identifier": [_urn(pk)],
            "active": True,
            "name": name,
        }

    def service(self, one: Introduction) -> Resource:
        """What the person is introduced to: its name and who runs it. The rest stands in the open data."""
        return {
            "resourceType": "HealthcareService",
            "id": str(one.service),
            "identifier": [_urn(one.service)],
            "active": True,
            "providedBy": _to("Organization", one.organization, one.organization_name),
            "name": one.service_name,
        }

    def everything(self, one: Introduction) -> list[Resource]:
        """All resources that a Task leads to, itself left out."""
        found = [self.of(kind, one) for kind in OF_AN_INTRODUCTION[1:]]
        found.append(self.organization(one.organization, one.organization_name))
        if one.sender is not None:
            found.append(self.organization(one.sender, one.sender_name))
        return [*found, self.service(one)]

    def _stamped(self, kind: str, pk: str, written: Resource, one: Introduction) -> Resource:
        version = sha256(orjson.dumps(written, option=orjson.OPT_SORT_KEYS)).hexdigest()[:16]
        meta = {"versionId": version, "lastUpdated": one.changed_at.isoformat()}
        return {"resourceType": kind, "id": pk, "meta": meta, **written}

    def _task(self, one: Introduction) -> Resource:
        status, business = task_status(one)
        found: Resource = {
            "status": status,
            "businessStatus": {"text": business},
            "intent": "order",
            "code": {"coding": [{"system": codes.TASK_CODE, "code": "fulfill"}]},
            "focus": _to("ServiceRequest", one.pk),
            "for": _to("Patient", one.pk),
            "authoredOn": one.sent_at.isoformat(),
            "lastModified": one.changed_at.isoformat(),
            "requester": self._requester(one),
            "owner": _to("Organization", one.organization, one.organization_name),
        }
        if reason := self._reason(one):
            found["statusReason"] = reason
        if one.agreed is not None:
            found["restriction"] = {"period": {"end": one.agreed.until.isoformat()}}
        outputs = []
        if one.instead:
            outputs.append({"type": self._kind(codes.OFFERED), "valueString": one.instead})
        if status == "on-hold":
            weeks = {"value": one.wait_weeks, "unit": "weeks", "system": codes.UCUM, "code": codes.WEEK}
            outputs.append({"type": self._kind(codes.WAIT), "valueDuration": weeks})
        if outputs:
            found["output"] = outputs
        return found

    def _kind(self, name: str) -> Resource:
        return {"coding": [{"system": self._ours(name), "code": name}]}

    def _reason(self, one: Introduction) -> Resource | None:
        if one.stopped:
            return {"text": STOPPED}
        if one.wait_weeks:
            return {"text": f"Yes, but there is a wait of about {one.wait_weeks} weeks."}
        if one.because is None:
            return None
        label = str(one.because.label)
        code = {
            "system": self._ours(codes.REASON),
            "code": codes.REASON_CODES[one.because],
            "display": label,
        }
        return {"coding": [code], "text": one.because_words or label}

    def _request(self, one: Introduction) -> Resource:
        found: Resource = {
            "extension": [{"url": self._extension(codes.WEIGHT), "valueCode": one.weight.value}],
            "status": _request_status(one),
            "intent": "order",
            "code": {"text": one.service_name},
            "subject": _to("Patient", one.pk),
            "authoredOn": one.sent_at.isoformat(),
            "requester": self._requester(one),
            "performer": [_to("HealthcareService", one.service, one.service_name)],
            "supportingInfo": [_to("Consent", one.pk)],
            "patientInstruction": str(Weight(one.weight).label),
        }
        notes = [
            {"extension": [self._heading(heading), *self._place(place)], "text": words}
            for place, heading, words in _placed(one)
            if heading not in OF_PATIENT
        ]
        if notes:
            found["note"] = notes
        return found

    def _consent(self, one: Introduction) -> Resource:
        agreed = one.agreed
        receiver = {
            "role": {"coding": [{"system": codes.PARTICIPATION, "code": "IRCP"}]},
            "reference": _to("Organization", one.organization, one.organization_name),
        }
        provision: Resource = {
            "type": "permit",
            "actor": [receiver],
            "purpose": [{"system": codes.ACT_REASON, "code": "TREAT"}],
            "data": [
                {"meaning": "instance", "reference": _to(kind, one.pk)}
                for kind in ("ServiceRequest", "Patient")
            ],
        }
        found: Resource = {
            "status": "active" if agreed is not None and agreed.live and not one.stopped else "inactive",
            "scope": {"coding": [{"system": codes.SCOPE, "code": "patient-privacy"}]},
            "category": [{"coding": [{"system": codes.ACT_CODE, "code": "IDSCL"}]}],
            "patient": _to("Patient", one.pk),
            "performer": [_to("Patient", one.pk)],
            "organization": [_to("Organization", one.organization, one.organization_name)],
            "policyRule": {"text": "Only what the person chose to say, to this receiver, until a day"},
            "provision": provision,
        }
        if agreed is not None:
            found["extension"] = [
                {"url": self._extension(codes.HOW), "valueCode": codes.HOW_CODES[agreed.how]}
            ]
            found["dateTime"] = agreed.given_at.isoformat()
            provision["period"] = {"start": agreed.given_at.isoformat(), "end": agreed.until.isoformat()}
        return found

    def _patient(self, one: Introduction) -> Resource:
        found: Resource = {"active": True}
        for place, heading, words in _placed(one):
            extension = {"extension": self._place(place)}
            if heading == NAMED:
                found.setdefault("name", []).append({**extension, "use": "usual", "text": words})
            elif heading in TELECOM:
                telecom = {**extension, "system": TELECOM[heading], "value": words}
                found.setdefault("telecom", []).append(telecom)
            elif heading == ADDRESS:
                found.setdefault("address", []).append({**extension, "use": "home", "text": words})
        return found

    def _heading(self, heading: str) -> Resource:
        return {"url": self._extension(codes.HEADING), "valueString": heading}

    def _place(self, place: int) -> list[Resource]:
        """Which in the order of what the person said: it stands apart in Patient and ServiceRequest."""
        return [{"url": self._extension(codes.PLACE), "valuePositiveInt": place}]

    def _requester(self, one: Introduction) -> Resource:
        """Who asked: the organization that sent it, or the person themself."""
        if one.sender is None:
            return _to("Patient", one.pk)
        return _to("Organization", one.sender, one.sender_name)

    def _ours(self, name: str) -> str:
        return f"{self.base}/CodeSystem/{name}"

    def _extension(self, name: str) -> str:
        return f"{self.base}/StructureDefinition/{name}"


def task_status(one: Introduction) -> tuple[str, str]:
    """Our state as a Task's status, and in words as its business status."""
    if one.stopped:
        return "cancelled", "Stopped"
    match one.status:
        case Status.DRAFT:
            return "draft", "Being written, not sent"
        case Status.SENT:
            return ("received", "Opened, not answered") if one.opened else ("requested", "Sent")
        case Status.ACCEPTED if one.contacted_on:
            return "in-progress", "They were in touch"
        case Status.ACCEPTED if one.wait_weeks:
            return "on-hold", "They said yes, and there is a wait"
        case Status.ACCEPTED:
            return "accepted", "They said yes"
        case Status.DECLINED if one.because is Because.CANNOT_REACH:
            return "failed", "They could not reach them"
        case Status.DECLINED:
            return "rejected", "They cannot"
        case Status.MET:
            return "completed", "They have met"
        case Status.CLOSED:
            return "completed", "Done"
        case Status.WITHDRAWN:
            return "cancelled", "Stopped"


def _request_status(one: Introduction) -> str:
    if one.stopped or one.status is Status.DECLINED:
        return "revoked"
    if one.status is Status.DRAFT:
        return "draft"
    return "completed" if one.status in {Status.MET, Status.CLOSED} else "active"


def _placed(one: Introduction) -> list[tuple[int, str, str]]:
    return [(place, heading, words) for place, (heading, words) in enumerate(one.said, 1)]


def _to(kind: str, pk: UUID, display: str = "") -> Resource:
    return {"reference": f"{kind}/{pk}", **({"display": display} if display else {})}


def _urn(pk: UUID) -> Resource:
    return {"system": ORGANIZATION_ID, "value": f"urn:uuid:{pk}"}
