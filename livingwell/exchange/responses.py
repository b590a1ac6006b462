"""The answer to a referral that was taken, in the form in which it came: a transaction-response, or a message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import uuid5

from livingwell.exchange.outcomes import Issue, outcome

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from typing import Any
    from uuid import UUID

    from livingwell.exchange.actions import Taken
    from livingwell.exchange.incoming import Incoming
    from livingwell.exchange.reading import Element

READ: Final[Mapping[str, str]] = {
    "Patient": "Read, to find the page that your organization keeps. It is not kept by itself.",
    "Consent": "Read. It is not kept by itself.",
}
NAME: Final = "Living Well Network"


def said_of(came: Incoming, taken: Taken, reasons: Sequence[Issue]) -> dict[str, Any]:
    """How the introduction stands, each reason why it did not go, and what of the ServiceRequest is not read."""
    made = _stands(taken, reasons)
    if unread := came.unread("ServiceRequest"):
        made["issue"] += outcome(*unread, severity="information")["issue"]
    return made


def _stands(taken: Taken, reasons: Sequence[Issue]) -> dict[str, Any]:
    pk, status = taken.referral.pk, taken.referral.status
    if status != "draft":
        how = "went now" if taken.went else f"stands as “{status}”"
        return outcome(
            Issue("informational", f"Introduction {pk} {how}.", "ServiceRequest"), severity="information"
        )
    words = (
        f"Introduction {pk} stands as “draft”. It goes once the person's yes is noted here, "
        "or is sent with the same identifier and the same words."
    )
    made = outcome(Issue("informational", words, "ServiceRequest"), severity="information")
    made["issue"] += outcome(*reasons, severity="warning")["issue"]
    return made


def transaction(
    bundle: Element, came: Incoming, taken: Taken, reasons: Sequence[Issue], etag: str
) -> dict[str, Any]:
    """One entry for each that came, in its order. What was made has its location."""
    kinds = [entry.must("resource").text("resourceType") for entry in bundle.many("entry")]
    return {
        "resourceType": "Bundle",
        "type": "transaction-response",
        "entry": [{"response": _response(kind, came, taken, reasons, etag)} for kind in kinds],
    }


def _response(kind: str, came: Incoming, taken: Taken, reasons: Sequence[Issue], etag: str) -> dict[str, Any]:
    if kind == "ServiceRequest":
        return {
            "status": "201 Created" if taken.new else "200 OK",
            "location": f"ServiceRequest/{taken.referral.pk}",
            "etag": etag,
            "outcome": said_of(came, taken, reasons),
        }
    words = READ.get(kind, "Ignored: nothing is read from it.")
    if kind == "Task":
        words = f"Ignored: the Task of a referral is made here. It is Task/{taken.referral.pk}."
    unread = came.unread(kind) if kind == "Patient" else ()
    return {
        "status": "200 OK",
        "outcome": outcome(Issue("informational", words, kind), *unread, severity="information"),
    }


def message(
    header: Element,
    came: Incoming,
    taken: Taken,
    reasons: Sequence[Issue],
    task: dict[str, Any],
    *,
    base: str,
    at: datetime,
) -> dict[str, Any]:
    """The message back: to which it answers, that it was taken, the Task to ask for, and how it stands."""
    answers = header.text("id", needed=True)
    pk = uuid5(taken.referral.pk, f"{answers}|{at.isoformat()}")
    details = f"urn:uuid:{uuid5(pk, 'details')}"
    event = {name: header.value[name] for name in ("eventCoding", "eventUri") if header.has(name)}
    written = {
        "resourceType": "MessageHeader",
        "id": str(pk),
        **event,
        "destination": [{"endpoint": header.must("source").text("endpoint", needed=True)}],
        "source": {"name": NAME, "endpoint": base},
        "response": {"identifier": answers, "code": "ok", "details": {"reference": details}},
        "focus": [{"reference": f"Task/{taken.referral.pk}"}],
    }
    return {
        "resourceType": "Bundle",
        "id": str(_bundle(pk)),
        "type": "message",
        "timestamp": at.isoformat(),
        "entry": [
            {"fullUrl": f"urn:uuid:{pk}", "resource": written},
            {"fullUrl": details, "resource": said_of(came, taken, reasons)},
            {"fullUrl": f"{base}/Task/{taken.referral.pk}", "resource": task},
        ],
    }


def _bundle(pk: UUID) -> UUID:
    return uuid5(pk, "bundle")
