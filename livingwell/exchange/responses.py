"""The answer to a Bundle that was taken: FHIR's transaction-response, which says of each entry what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from livingwell.exchange.outcomes import Issue, outcome

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from livingwell.exchange.reading import Element

READ: Final[Mapping[str, str]] = {
    "Patient": "Read, to find the page that your organization keeps. It is not kept by itself.",
    "Consent": "Read. It is not taken for the person's yes, and is not kept by itself.",
}


def taken(bundle: Element, words: str) -> dict[str, Any]:
    """One entry for each that came, in its order; `words` say how the introduction stands.

    There is no location: whoever sent it cannot read it here.
    """
    kinds = [entry.must("resource").text("resourceType") for entry in bundle.many("entry")]
    return {
        "resourceType": "Bundle",
        "type": "transaction-response",
        "entry": [{"response": _response(kind, words)} for kind in kinds],
    }


def _response(kind: str, words: str) -> dict[str, Any]:
    said = words if kind == "ServiceRequest" else READ.get(kind, "Ignored: nothing is read from it.")
    return {
        "status": "200 OK",
        "outcome": outcome(Issue("informational", said), severity="information"),
    }
