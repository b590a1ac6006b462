"""An appointment that somebody missed: told by the organization that holds their introduction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from livingwell.core.errors import Refusal
from livingwell.exchange import actions, appointments, queries, reading
from livingwell.exchange.acting import asking
from livingwell.exchange.outcomes import Issue, Problem, outcome
from livingwell.exchange.views.speaking import Asked, answered, body_of, nothing

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse


class Appointments(Asked):
    """One request of one client about an appointment."""

    def note(self, named: str = "") -> HttpResponse:
        """POST: 201 and where it stands. PUT under an id that is theirs (`named`): 200, and where it stands here."""
        appointment = reading.parsed(body_of(self.request))
        if appointment.where != "Appointment":
            words = f"This is a {appointment.where}, not an Appointment."
            raise Problem(400, Issue("invalid", words, "resourceType"))
        if named and appointment.text("id") != named:
            words = "The resource must be the Appointment whose id stands in the address."
            raise Problem(400, Issue("invalid", words, "Appointment.id"))
        said = appointments.no_show(appointment)
        by = self.client.sends_as
        if by is None:
            words = "Nobody answers for what this client tells. Whoever runs this network can name somebody."
            raise Problem(403, Issue("forbidden", words, "http.Authorization"))
        with asking(self.client, at=self.at):
            held = queries.held(self.client, at=self.at).filter(pk=said.introduction).first()
            if held is None:
                words = "Your organization holds no introduction of this id, so we do not know who it is."
                raise Problem(422, Issue("not-found", words, "Appointment.participant"))
            try:
                missed = actions.note_missed(held, said.on, client=self.client, by=by, at=self.at)
            except Refusal as refusal:
                raise Problem(422, Issue("business-rule", str(refusal), "Appointment.start")) from None
        where = f"{self.writer.base}/Appointment/{missed.pk}"
        if named:
            words = f"Noted for {missed.on:%Y-%m-%d}. It stands here as Appointment/{missed.pk}."
            made = outcome(Issue("informational", words, "Appointment"), severity="information")
            return answered(made, headers={"Content-Location": where})
        made = appointments.written(missed.pk, held.pk, missed.on)
        return answered(made, status=201, headers={"Location": where})

    def read(self, pk: UUID) -> HttpResponse:
        """One that the client's organization noted, while it holds an introduction of that person."""
        with asking(self.client, at=self.at):
            found = queries.missed(self.client, pk, at=self.at)
        if found is None:
            raise nothing("Appointment")
        return answered(appointments.written(pk, *found))
