"""A linked-up organization says that somebody did not come: a signal to those who ring them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from livingwell.consent.actions import reach
from livingwell.consent.actions import withdraw as withdraw_consent
from livingwell.consent.models import Part
from livingwell.consent.tests import make as persons
from livingwell.core.dates import day_of
from livingwell.exchange.tests.make import System
from livingwell.exchange.tests.test_giving import sent
from livingwell.people.models import Role
from livingwell.recall import actions as recall
from livingwell.recall.models import Entry, Missed
from livingwell.referrals import actions as introducing

if TYPE_CHECKING:
    from livingwell.referrals.models import Referral

pytestmark = pytest.mark.django_db


def ready() -> tuple[System, Referral]:
    """The choir's system, for which Ada answers, and an introduction that the choir holds."""
    ada = persons.worker("ada", at_place="Singing Neighbours")
    referral = sent()
    return System(referral.organization, sends_as=ada), referral


def appointment(referral: Referral, **change: Any) -> dict[str, Any]:
    return {
        "resourceType": "Appointment",
        "id": "theirs-1",
        "status": "noshow",
        "start": timezone.now().isoformat(),
        "end": timezone.now().isoformat(),
        "participant": [{"actor": {"reference": f"Patient/{referral.pk}"}, "status": "accepted"}],
    } | change


def test_a_missed_appointment_is_noted_once_and_its_location_can_be_read() -> None:
    system, referral = ready()
    first, again = (system.post("Appointment", appointment(referral)) for _time in range(2))
    put = system.put("Appointment/theirs-1", appointment(referral))
    assert (first.status_code, again.status_code, put.status_code) == (201, 201, 200)
    missed = Missed.objects.get()
    assert (missed.person, missed.organization, missed.on) == (
        referral.person,
        referral.organization,
        day_of(timezone.now()),
    )
    assert missed.noted_by == system.client.sends_as
    where = first.headers["Location"]
    assert {again.headers["Location"], put.headers["Content-Location"]} == {where}
    read = json.loads(system.get(where.partition("testserver")[2]).content)
    assert read == json.loads(first.content)
    assert (read["status"], read["participant"][0]["actor"]["reference"]) == (
        "noshow",
        f"Patient/{referral.pk}",
    )


def test_whom_the_person_chose_rings_them_then() -> None:
    system, referral = ready()
    account = referral.person.account
    assert account
    persons.worker("peer", Role.PEER_SUPPORTER, "Peers Together")
    peers = persons.organization("Peers Together")
    reach(referral.person, {"ways": ["phone"], "phone": "07700 900100"})
    persons.shared(referral.person, Part.CONTACT, organization=peers)
    recall.choose_peers(referral.person, peers, by=account, at=timezone.now())
    system.post("Appointment", appointment(referral))
    recall.see_to_missed(Missed.objects.get().pk, at=timezone.now())
    entry = Entry.objects.get()
    assert (entry.organization, entry.why) == (peers, "missed")


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"status": "booked"}, "Appointment.status"),
        ({"status": "lost"}, "Appointment.status"),
        ({"start": None}, "Appointment.start"),
        ({"start": "soon"}, "Appointment.start"),
        ({"start": "2035-01-01"}, "Appointment.start"),
        ({"participant": None}, "Appointment.participant"),
        ({"participant": [{"status": "accepted"}]}, "Appointment.participant"),
        (
            {"participant": [{"actor": {"reference": "Patient/00000000-0000-0000-0000-000000000000"}}]},
            "Appointment.participant",
        ),
        ({"id": "another"}, "Appointment.id"),
        ({"resourceType": "Slot"}, "resourceType"),
    ],
)
def test_what_is_no_missed_appointment_is_refused_at_its_place(change: dict[str, Any], where: str) -> None:
    system, referral = ready()
    whole = {name: value for name, value in appointment(referral, **change).items() if value is not None}
    answer = system.put("Appointment/theirs-1", whole)
    assert answer.status_code in {400, 422}
    assert json.loads(answer.content)["issue"][0]["expression"] == [where]
    assert not Missed.objects.exists()


def test_nobody_tells_it_of_somebody_whose_introduction_they_do_not_hold() -> None:
    system, referral = ready()
    sid = persons.worker("sid", at_place="Elsewhere")
    stranger = System(persons.organization("Elsewhere"), sends_as=sid)
    assert stranger.post("Appointment", appointment(referral)).status_code == 422
    assert System(referral.organization).post("Appointment", appointment(referral)).status_code == 403
    assert not Missed.objects.exists()
    noted = system.post("Appointment", appointment(referral)).headers["Location"].partition("testserver")[2]
    assert stranger.get(noted).status_code == 404


@pytest.mark.parametrize("end", ["introduction", "consent"])
def test_from_the_moment_it_is_stopped_nothing_is_told_or_read(end: str) -> None:
    system, referral = ready()
    noted = system.post("Appointment", appointment(referral)).headers["Location"].partition("testserver")[2]
    account, consent = referral.person.account, referral.consent
    assert account
    assert consent
    if end == "introduction":
        introducing.withdraw(referral, by=account, at=timezone.now())
    else:
        withdraw_consent(consent, by=account, at=timezone.now())
    other_day = appointment(referral, start="2026-01-07T10:00:00Z")
    assert system.post("Appointment", other_day).status_code == 422
    assert system.get(noted).status_code == 404
    assert Missed.objects.count() == 1
