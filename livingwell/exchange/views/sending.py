"""A referral about somebody whose page the client's organization keeps: as a Bundle, or as one ServiceRequest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import IntegrityError

from livingwell.consent.acting import acting
from livingwell.core.errors import Refusal
from livingwell.directory.models import Service
from livingwell.exchange import actions, envelopes, incoming, queries, reading, responses
from livingwell.exchange.outcomes import Issue, Problem
from livingwell.exchange.resources import see_that_it_is_whole
from livingwell.exchange.views.speaking import Asked, answered, body_of, etag_of

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpResponse

    from livingwell.exchange.actions import Taken
    from livingwell.exchange.incoming import Incoming
    from livingwell.people.models import Account


@dataclass(frozen=True)
class Referrals(Asked):
    """One request of one client that sends something."""

    site: str

    def take_bundle(self, only: str = "") -> HttpResponse:
        """A referral in a Bundle: a transaction-response or a message back. `only` one type of Bundle is taken here."""
        bundle = reading.parsed(body_of(self.request))
        kind = envelopes.kind_of(bundle)
        if only and kind != only:
            raise Problem(422, Issue("not-supported", f"Here a {only} is taken.", "Bundle.type"))
        header = envelopes.header_of(bundle) if kind == "message" else None
        came = incoming.in_bundle(bundle)
        taken, reasons = self._take_in(came)
        if header is None:
            etag = etag_of(self._made("ServiceRequest", taken))
            made = responses.transaction(bundle, came, taken, reasons, etag)
        else:
            task = self._made("Task", taken)
            made = responses.message(header, came, taken, reasons, task, base=self.writer.base, at=self.at)
        return answered(made)

    def take_one(self) -> HttpResponse:
        """A referral in one ServiceRequest: 201 and where it stands; how it stands is in the body."""
        request = reading.parsed(body_of(self.request))
        if request.where != "ServiceRequest":
            raise _another(request.where, "ServiceRequest")
        came = incoming.by_itself(request)
        taken, reasons = self._take_in(came)
        made = self._made("ServiceRequest", taken)
        headers = {
            "Location": f"{self.writer.base}/ServiceRequest/{taken.referral.pk}",
            "ETag": etag_of(made),
        }
        return answered(
            responses.said_of(came, taken, reasons), status=201 if taken.new else 200, headers=headers
        )

    def alone(self, kind: str) -> Problem:
        """Why a resource that comes by itself is not taken: what is wrong with it, else that it introduces nobody."""
        resource = reading.parsed(body_of(self.request))
        if resource.where != kind:
            return _another(resource.where, kind)
        see_that_it_is_whole(resource)
        words = f"A {kind} by itself introduces nobody, and is not kept."
        return Problem(422, Issue("business-rule", words, kind))

    def _take_in(self, came: Incoming) -> tuple[Taken, tuple[Issue, ...]]:
        by = self._who_answers()
        service = Service.objects.filter(pk=came.service).select_related("organization").first()
        if service is None or service.organization is None:
            words = "We know no HealthcareService of this id that could receive a referral."
            raise Problem(422, Issue("not-found", words, "ServiceRequest.performer"))
        yes, reasons = came.yes(service.organization.pk, at=self.at)
        with acting(by, at=self.at):
            person = queries.kept_here(self.client, by, came.nhs_number, at=self.at)
        if person is None:
            words = "Your organization keeps no page with this NHS number."
            raise Problem(422, Issue("not-found", words, "Patient.identifier"))
        try:
            with acting(by, at=self.at, page=person.pk):
                taken = actions.take_in(
                    came,
                    yes,
                    person=person,
                    service=service,
                    sender=self.client.organization,
                    by=by,
                    at=self.at,
                    site=self.site,
                )
        except (Refusal, IntegrityError) as refused:
            words = (
                str(refused) if isinstance(refused, Refusal) else "It was sent twice at once. Send it again."
            )
            raise Problem(409, Issue("conflict", words, "ServiceRequest")) from None
        actions.settle_all()
        return taken, (*came.doubts, *reasons)

    def _who_answers(self) -> Account:
        by = self.client.sends_as
        if by is None:
            words = "This client only receives. Whoever runs this network can let it send."
            raise Problem(403, Issue("forbidden", words, "http.Authorization"))
        return by

    def _made(self, kind: str, taken: Taken) -> dict[str, Any]:
        by = self._who_answers()
        with acting(by, at=self.at):
            rows = queries.sent(self.client, by, at=self.at)
            one = queries.introduction(rows, taken.referral.pk, at=self.at, words=False)
        assert one is not None  # noqa: S101 - it was made in this account's name
        return self.writer.of(kind, one)


def _another(came: str, kind: str) -> Problem:
    return Problem(400, Issue("invalid", f"This is a {came}, posted to {kind[:60]}.", "resourceType"))
