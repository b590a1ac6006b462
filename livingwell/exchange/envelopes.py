"""In what a referral may come: a transaction or a message, as FHIR says of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from livingwell.exchange.outcomes import Issue, Problem
from livingwell.exchange.reading import Element

if TYPE_CHECKING:
    from collections.abc import Mapping

TYPES: Final[Mapping[str, str]] = {
    "batch": "The parts of a referral belong together: send them as a transaction.",
    "collection": "Nothing is asked with a collection. Send a transaction or a message.",
    "document": "Nothing is asked with a document. Send a transaction or a message.",
    "searchset": "Nothing is asked with a searchset. Send a transaction or a message.",
    "history": "Nothing is asked with a history. Send a transaction or a message.",
    "transaction-response": "This is an answer, not a referral.",
    "batch-response": "This is an answer, not a referral.",
}
METHODS: Final = frozenset({"POST", "PUT"})


def kind_of(bundle: Element) -> str:
    """`transaction` or `message`. Raises Problem for any other Bundle, and where an entry asks for something else."""
    if bundle.where != "Bundle":
        words = f"A referral comes as a Bundle, not a {bundle.where}."
        raise Problem(422, Issue("invalid", words, "Bundle"))
    kind = bundle.text("type", needed=True)
    if kind not in {"transaction", "message"}:
        words = TYPES.get(kind, f"A Bundle has no type “{kind[:40]}”.")
        raise Problem(422, Issue("not-supported" if kind in TYPES else "code-invalid", words, "Bundle.type"))
    if kind == "transaction":
        for entry in bundle.many("entry"):
            request = entry.must("request")
            method = request.text("method", needed=True)
            request.text("url", needed=True)
            if method not in METHODS:
                words = "A referral is made of what is new: POST each part of it."
                raise Problem(422, Issue("not-supported", words, f"{request.where}.method"))
    return kind


def header_of(bundle: Element) -> Element:
    """The MessageHeader of a message, whole. Raises Problem."""
    entries = bundle.many("entry")
    first = entries[0].must("resource") if entries else None
    if first is None or first.text("resourceType") != "MessageHeader":
        words = "A message begins with its MessageHeader."
        raise Problem(422, Issue("required", words, "Bundle.entry[0].resource"))
    header = Element(first.value, "MessageHeader")
    header.text("id", needed=True)
    header.must("source").text("endpoint", needed=True)
    if not (header.has("eventCoding") or header.has("eventUri")):
        words = "MessageHeader needs eventCoding or eventUri."
        raise Problem(422, Issue("required", words, "MessageHeader.event"))
    if header.has("response"):
        words = "This is an answer to a message, not a referral."
        raise Problem(422, Issue("not-supported", words, "MessageHeader.response"))
    return header
