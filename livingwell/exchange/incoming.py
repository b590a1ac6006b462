"""A referral that another system sends: what we take of it, or precisely why we do not.

It comes as a Bundle, or as one ServiceRequest that contains the Patient and the Consent. No yes is ever made up:
without a Consent that is one (`agreeing`) it is a draft.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID, uuid5

from livingwell.exchange import codes
from livingwell.exchange.agreeing import Yes, see_that_it_is_no_no, yes_of
from livingwell.exchange.fhir import ADDRESS, NAMED, TELECOM
from livingwell.exchange.outcomes import Issue, Problem
from livingwell.exchange.reading import Element
from livingwell.exchange.resources import SHAPES, see_that_it_is_whole
from livingwell.exchange.scrutiny import doubts, see_that_it_means_what_it_says, unread
from livingwell.referrals.models import Weight

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

NHS_NUMBER: Final = "https://fhir.nhs.uk/Id/nhs-number"
NOTED: Final = "What they would like you to know"
MOST: Final = 50
OF_A_REFERRAL: Final = ("Patient", "ServiceRequest", "Consent")


@dataclass(frozen=True, slots=True)
class Named:
    """A resource that came, and the references by which the others that came with it may mean it."""

    resource: Element
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Incoming:
    """What was sent: of whom, to which service, what is said, and the sender's own name for it."""

    system: str
    value: str
    nhs_number: str
    service: UUID
    weight: Weight
    said: tuple[tuple[str, str], ...]
    patient: Named
    request: Named
    consent: Named | None
    doubts: tuple[Issue, ...]
    """What somebody has to look at before it goes, whatever the yes."""

    def pk(self, sender: UUID) -> UUID:
        """The introduction's id: the same for the same identifier of the same sender."""
        return uuid5(sender, f"{self.system}|{self.value}")

    def unread(self, kind: str) -> tuple[Issue, ...]:
        """What of the Patient or the ServiceRequest is not read, and so told to nobody."""
        return tuple(unread((self.patient if kind == "Patient" else self.request).resource))

    def yes(self, receiver: UUID, *, at: datetime) -> tuple[Yes | None, tuple[Issue, ...]]:
        """The person's yes to this `receiver`, or each reason why there is none. Raises Problem."""
        if self.consent is None:
            words = "There is no Consent, so nobody knows here whether the person said yes."
            return None, (Issue("required", words, "Bundle.entry"),)
        parts = [self.request.names]
        if any(heading in {NAMED, ADDRESS, *TELECOM} for heading, _words in self.said):
            parts.append(self.patient.names)
        return yes_of(
            self.consent.resource, patient=self.patient.names, receiver=receiver, parts=parts, at=at
        )


def in_bundle(bundle: Element) -> Incoming:
    """The referral in a Bundle. Raises Problem."""
    found: dict[str, Named] = {}
    entries = bundle.many("entry")
    if len(entries) > MOST:
        raise bundle.wrong("entry", f"has more than {MOST} resources")
    for entry in entries:
        resource = entry.must("resource")
        kind = resource.text("resourceType", needed=True)
        if kind not in SHAPES:
            continue
        whole = Element(resource.value, kind)
        see_that_it_is_whole(whole)
        if kind in OF_A_REFERRAL and kind in found:
            raise Problem(422, Issue("business-rule", f"One referral has one {kind}.", "Bundle.entry"))
        pk = whole.text("id")
        names = {entry.text("fullUrl"), f"{kind}/{pk}" if pk else ""} - {""}
        found.setdefault(kind, Named(whole, frozenset(names)))
    return _read(found, "Bundle.entry")


def by_itself(request: Element) -> Incoming:
    """The referral in a ServiceRequest that contains its Patient and its Consent. Raises Problem."""
    see_that_it_is_whole(request)
    found = {"ServiceRequest": Named(request, frozenset({"#"}))}
    for inside in request.many("contained"):
        kind = inside.text("resourceType", needed=True)
        if kind not in {"Patient", "Consent"}:
            continue
        whole = Element(inside.value, kind)
        see_that_it_is_whole(whole)
        if kind in found:
            words = f"One referral has one {kind}."
            raise Problem(422, Issue("business-rule", words, "ServiceRequest.contained"))
        found[kind] = Named(whole, frozenset({f"#{whole.text('id', needed=True)}"}))
    return _read(found, "ServiceRequest.contained")


def _read(found: Mapping[str, Named], where: str) -> Incoming:
    for kind in ("Patient", "ServiceRequest"):
        if kind not in found:
            raise Problem(422, Issue("required", f"There is no {kind} in it.", where))
    for each in found.values():
        see_that_it_means_what_it_says(each.resource)
    patient, asked = found["Patient"], found["ServiceRequest"]
    request = asked.resource
    if request.text("status") != "active":
        words = f"The ServiceRequest is “{request.text('status')}”: only an active one asks for something."
        raise Problem(422, Issue("business-rule", words, "ServiceRequest.status"))
    subject = request.must("subject")
    if subject.text("reference", needed=True) not in patient.names:
        words = "ServiceRequest.subject must be the Patient who comes with it."
        raise Problem(422, Issue("business-rule", words, subject.where))
    consent = found.get("Consent")
    if consent is not None:
        see_that_it_is_no_no(consent.resource, patient.names)
    identifier = next(iter(request.many("identifier")), None)
    if identifier is None:
        raise request.wrong(
            "identifier", "is missing: it tells one referral sent twice from two", needed=True
        )
    return Incoming(
        system=identifier.text("system", needed=True),
        value=identifier.text("value", needed=True),
        nhs_number=_nhs_number(patient.resource),
        service=_service(request),
        weight=_weight(request),
        said=said_in(patient.resource, request),
        patient=patient,
        request=asked,
        consent=consent,
        doubts=tuple(doubts(request)),
    )


def _service(request: Element) -> UUID:
    for performer in request.many("performer"):
        pk = performer.ours("HealthcareService")
        if pk is not None:
            return pk
    words = "ServiceRequest.performer must be HealthcareService/ and the id of a service in this directory."
    raise Problem(422, Issue("required", words, "ServiceRequest.performer"))


def _weight(request: Element) -> Weight:
    """How much is handed over, where the sender says it in our words; else all of it."""
    said = _extension(request, codes.WEIGHT)
    if said is None:
        return Weight.REFERRAL
    code = said.text("valueCode", needed=True)
    if code not in Weight.values:
        words = f"“{code[:40]}” is none of: {', '.join(Weight.values)}."
        raise Problem(422, Issue("code-invalid", words, f"{said.where}.valueCode"))
    return Weight(code)


def _nhs_number(patient: Element) -> str:
    for identifier in patient.many("identifier"):
        if identifier.text("system") == NHS_NUMBER:
            number = identifier.text("value", needed=True).replace(" ", "")
            if len(number) == 10 and number.isascii() and number.isdecimal():
                return number
            raise identifier.wrong("value", "must be ten digits")
    words = "Patient.identifier needs the NHS number: by it we find the page that your organization keeps."
    raise Problem(422, Issue("required", words, "Patient.identifier"))


def said_in(patient: Element, request: Element) -> tuple[tuple[str, str], ...]:
    """What a Patient and a ServiceRequest say, under our headings; in our order where they name it. Raises Problem."""
    placed = sorted(_said(patient, request), key=lambda each: each[0])
    return tuple((heading, words) for _place, heading, words in placed)


def _said(patient: Element, request: Element) -> Iterator[tuple[int, str, str]]:
    for name in patient.many("name"):
        if name.text("use") in {"usual", ""} and name.has("text"):
            yield _place(name), NAMED, name.text("text")
    headings = {system: heading for heading, system in TELECOM.items()}
    for telecom in patient.many("telecom"):
        if telecom.text("system") in headings and telecom.has("value"):
            yield _place(telecom), headings[telecom.text("system")], telecom.text("value")
    for address in patient.many("address"):
        if address.has("text"):
            yield _place(address), ADDRESS, address.text("text")
    for note in request.many("note"):
        heading = _extension(note, codes.HEADING)
        words = note.text("text", needed=True)
        yield _place(note), heading.text("valueString", needed=True) if heading else NOTED, words


def _place(element: Element) -> int:
    said = _extension(element, codes.PLACE)
    if said is None:
        return 0
    place = said.value.get("valuePositiveInt")
    if type(place) is not int or place < 1:
        raise said.wrong("valuePositiveInt", "must be a number from 1", needed=True)
    return place


def _extension(element: Element, name: str) -> Element | None:
    return next(
        (each for each in element.many("extension") if each.text("url").endswith(f"/{name}")),
        None,
    )
