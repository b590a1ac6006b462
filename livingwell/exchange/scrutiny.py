"""What in a referral changes its meaning, or is not read: refused, looked at by somebody first, or said openly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from livingwell.exchange.outcomes import Issue, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from livingwell.exchange.reading import Element

OF_ANY: Final = frozenset({"resourceType", "id", "meta", "language", "text", "contained", "extension"})
READ: Final[Mapping[str, frozenset[str]]] = {
    "Patient": OF_ANY | {"identifier", "active", "name", "telecom", "address"},
    "ServiceRequest": OF_ANY
    | {
        "identifier",
        "status",
        "intent",
        "subject",
        "performer",
        "note",
        "requester",
        "authoredOn",
        "supportingInfo",
    },
}
"""The elements of which something is read, or that say again what is known."""
SUGGESTS: Final = frozenset({"proposal", "plan", "option"})
NO_CONTACT: Final = "contacting-subject-prohibited"
"""Gravity's code in ServiceRequest.orderDetail: the person must not be contacted, as where they are not safe."""


def see_that_it_means_what_it_says(resource: Element) -> None:
    """Raises Problem where an element turns the meaning of a resource round, or one that we do not know could."""
    for name in ("implicitRules", "modifierExtension"):
        if resource.has(name):
            words = f"{resource.where}.{name} could change what it means, and we do not know how."
            raise _refused("not-supported", words, f"{resource.where}.{name}")
    if resource.where == "ServiceRequest" and resource.value.get("doNotPerform") not in {None, False}:
        raise _refused(
            "business-rule", "It asks for something not to be done.", "ServiceRequest.doNotPerform"
        )
    if resource.where == "Patient":
        if resource.value.get("active") not in {None, True}:
            raise _refused("business-rule", "This record of the Patient is not in use.", "Patient.active")
        if resource.has("deceasedDateTime") or resource.value.get("deceasedBoolean") not in {None, False}:
            raise _refused("business-rule", "The Patient has died.", "Patient.deceased")


def doubts(request: Element) -> Iterator[Issue]:
    """What somebody has to look at before it goes, even on a whole yes."""
    intent = request.text("intent")
    if intent in SUGGESTS:
        words = f"The intent is “{intent}”: it suggests something, and does not ask for it yet."
        yield Issue("business-rule", words, "ServiceRequest.intent")
    for detail in request.many("orderDetail"):
        if any(code.text("code") == NO_CONTACT for code in detail.many("coding")):
            words = "Nobody must contact the person. Somebody who knows them sees to this one."
            yield Issue("business-rule", words, detail.where)


def unread(resource: Element) -> Iterator[Issue]:
    """Each element that is there and of which nothing is told."""
    for name in sorted(resource.value.keys() - READ[resource.where]):
        if not name.startswith("_"):
            words = f"{resource.where}.{name[:60]} is not read: nothing of it is told."
            yield Issue("informational", words, f"{resource.where}.{name[:60]}")


def _refused(code: str, words: str, where: str) -> Problem:
    return Problem(422, Issue(code, words, where))
