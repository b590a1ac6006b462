"""A referral that another system sends as a Bundle: what we take of it, or precisely why we do not.

No consent is ever made up: without one that is active, about this patient and names the receiver, nothing is taken.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID, uuid5

from livingwell.exchange import codes
from livingwell.exchange.fhir import ADDRESS, NAMED, TELECOM
from livingwell.exchange.outcomes import Issue, Problem
from livingwell.exchange.reading import Element
from livingwell.exchange.resources import SHAPES, see_that_it_is_whole
from livingwell.referrals.models import Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

NHS_NUMBER: Final = "https://fhir.nhs.uk/Id/nhs-number"
NOTED: Final = "What they would like you to know"
MOST: Final = 50


@dataclass(frozen=True, slots=True)
class Incoming:
    """What was sent: of whom, to which service, what is said, and the sender's own name for it."""

    system: str
    value: str
    nhs_number: str
    service: UUID
    receiver: UUID
    weight: Weight
    said: tuple[tuple[str, str], ...]

    def pk(self, sender: UUID) -> UUID:
        """The introduction's id: the same for the same identifier of the same sender."""
        return uuid5(sender, f"{self.system}|{self.value}")


def read(bundle: Element, *, at: datetime) -> Incoming:
    """The referral in a Bundle. Raises Problem."""
    if bundle.where != "Bundle":
        raise Problem(
            422, Issue("invalid", f"A referral comes as a Bundle, not a {bundle.where}.", bundle.where)
        )
    found: dict[str, tuple[Element, str]] = {}
    entries = bundle.many("entry")
    if len(entries) > MOST:
        raise bundle.wrong("entry", f"has more than {MOST} resources")
    for entry in entries:
        resource = entry.must("resource")
        kind = resource.text("resourceType", needed=True)
        if kind in SHAPES:
            whole = Element(resource.value, kind)
            see_that_it_is_whole(whole)
            if kind in {"Patient", "ServiceRequest", "Consent"} and kind in found:
                raise Problem(422, Issue("business-rule", f"One referral has one {kind}.", "Bundle.entry"))
            found.setdefault(kind, (whole, entry.text("fullUrl")))
    for kind in ("Consent", "Patient", "ServiceRequest"):
        if kind not in found:
            words = f"The Bundle has no {kind}."
            if kind == "Consent":
                words += " Without the person's consent, which names the receiver, nothing is taken."
            raise Problem(422, Issue("required", words, "Bundle.entry"))
    patient, patient_url = found["Patient"]
    request = found["ServiceRequest"][0]
    receiver = _receiver(found["Consent"][0], patient, patient_url, at)
    _about(request.must("subject"), patient, patient_url)
    identifier = next(iter(request.many("identifier")), None)
    if identifier is None:
        raise request.wrong(
            "identifier", "is missing: it tells one referral sent twice from two", needed=True
        )
    return Incoming(
        system=identifier.text("system", needed=True),
        value=identifier.text("value", needed=True),
        nhs_number=_nhs_number(patient),
        service=_service(request),
        receiver=receiver,
        weight=Weight.REFERRAL,
        said=tuple(_said(patient, request)),
    )


def _receiver(consent: Element, patient: Element, patient_url: str, at: datetime) -> UUID:
    if consent.text("status") != "active":
        raise Problem(422, Issue("business-rule", "The Consent is not active.", "Consent.status"))
    _about(consent.must("patient"), patient, patient_url)
    provision = consent.must("provision")
    if provision.text("type") not in {"", "permit"}:
        raise Problem(422, Issue("business-rule", "The Consent does not permit.", "Consent.provision.type"))
    period = provision.one("period")
    if period is not None:
        if period.has("end") and _moment(period, "end") <= at:
            raise Problem(
                422, Issue("business-rule", "The Consent has ended.", "Consent.provision.period.end")
            )
        if period.has("start") and _moment(period, "start") > at:
            words = "The Consent has not begun."
            raise Problem(422, Issue("business-rule", words, "Consent.provision.period.start"))
    for actor in provision.many("actor"):
        pk = _ours(actor.must("reference"), "Organization")
        if pk is not None:
            return pk
    words = "The Consent names no receiver: an actor whose reference is Organization/ and the id here."
    raise Problem(422, Issue("business-rule", words, "Consent.provision.actor"))


def _about(reference: Element, patient: Element, patient_url: str) -> None:
    named = {patient_url, f"Patient/{patient.text('id')}"} - {"", "Patient/"}
    if reference.text("reference", needed=True) not in named:
        words = f"{reference.where} must be the Patient of this Bundle."
        raise Problem(422, Issue("business-rule", words, reference.where))


def _service(request: Element) -> UUID:
    for performer in request.many("performer"):
        pk = _ours(performer, "HealthcareService")
        if pk is not None:
            return pk
    words = "ServiceRequest.performer must be HealthcareService/ and the id of a service in this directory."
    raise Problem(422, Issue("required", words, "ServiceRequest.performer"))


def _ours(reference: Element, kind: str) -> UUID | None:
    whole = reference.text("reference")
    head, _slash, pk = whole.rpartition("/")
    try:
        return UUID(pk) if head.rpartition("/")[2] == kind else None
    except ValueError:
        return None


def _nhs_number(patient: Element) -> str:
    for identifier in patient.many("identifier"):
        if identifier.text("system") == NHS_NUMBER:
            number = identifier.text("value", needed=True).replace(" ", "")
            if len(number) == 10 and number.isascii() and number.isdecimal():
                return number
            raise identifier.wrong("value", "must be ten digits")
    words = "Patient.identifier needs the NHS number: by it we find the page that your organization keeps."
    raise Problem(422, Issue("required", words, "Patient.identifier"))


def _said(patient: Element, request: Element) -> Iterator[tuple[str, str]]:
    for name in patient.many("name"):
        if name.text("use") in {"usual", ""} and name.has("text"):
            yield NAMED, name.text("text")
    headings = {system: heading for heading, system in TELECOM.items()}
    for telecom in patient.many("telecom"):
        if telecom.text("system") in headings and telecom.has("value"):
            yield headings[telecom.text("system")], telecom.text("value")
    for address in patient.many("address"):
        if address.has("text"):
            yield ADDRESS, address.text("text")
    for note in request.many("note"):
        heading = next(
            (
                each.text("valueString")
                for each in note.many("extension")
                if each.text("url").endswith(f"/{codes.HEADING}")
            ),
            "",
        )
        yield heading or NOTED, note.text("text", needed=True)


def _moment(period: Element, name: str) -> datetime:
    try:
        moment = datetime.fromisoformat(period.text(name, needed=True))
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise period.wrong(name, "is no moment") from None
