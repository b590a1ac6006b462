"""What the interface can do, as FHIR's CapabilityStatement."""

from __future__ import annotations

from typing import Any, Final

DATE: Final = "2026-11-26"
READ_ONLY: Final = ("Consent", "Patient", "Organization", "HealthcareService")
OAUTH: Final = "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris"
SECURITY: Final = "http://terminology.hl7.org/CodeSystem/restful-security-service"


def statement(base: str, token: str) -> dict[str, Any]:
    """The CapabilityStatement of the interface at this address, whose tokens are given at `token`."""
    task = {
        "type": "Task",
        "documentation": "An introduction that the client's organization received or sent. "
        "PUT its status to answer what was received.",
        "interaction": [{"code": "read"}, {"code": "update"}, {"code": "search-type"}],
        "versioning": "versioned-update",
        "readHistory": False,
        "updateCreate": False,
        "searchInclude": ["*"],
        "searchParam": [
            {"name": "owner", "type": "reference", "documentation": "The client's own: what it received"},
            {"name": "requester", "type": "reference", "documentation": "The client's own: what it sent"},
            {"name": "_lastUpdated", "type": "date", "documentation": "gt, ge, lt or le, and an instant"},
            {"name": "_id", "type": "token"},
        ],
    }
    request = {
        "type": "ServiceRequest",
        "documentation": "A referral by itself contains its Patient and its Consent.",
        "interaction": [{"code": "read"}, {"code": "create"}],
    }
    appointment = {
        "type": "Appointment",
        "documentation": "Only “noshow”, about somebody whose introduction the organization holds.",
        "interaction": [{"code": "read"}, {"code": "create"}, {"code": "update"}],
    }
    return {
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": DATE,
        "publisher": "Living Well Network",
        "kind": "instance",
        "software": {"name": "Living Well Network"},
        "implementation": {"description": "Introductions for linked-up organizations", "url": base},
        "fhirVersion": "4.0.1",
        "format": ["json", "application/fhir+json"],
        "rest": [
            {
                "mode": "server",
                "documentation": "Every request is for one organization, within the consents of the persons.",
                "security": {
                    "cors": False,
                    "service": [{"coding": [{"system": SECURITY, "code": "OAuth"}]}],
                    "extension": [
                        {"url": OAUTH, "extension": [{"url": "token", "valueUri": token}]},
                    ],
                },
                "interaction": [
                    {
                        "code": "transaction",
                        "documentation": "A referral goes on a whole yes, else it is a draft. "
                        "The answer is a transaction-response.",
                    }
                ],
                "operation": [
                    {
                        "name": "process-message",
                        "definition": "http://hl7.org/fhir/OperationDefinition/MessageHeader-process-message",
                    }
                ],
                "resource": [
                    task,
                    request,
                    appointment,
                    *({"type": kind, "interaction": [{"code": "read"}]} for kind in READ_ONLY),
                ],
            }
        ],
    }
