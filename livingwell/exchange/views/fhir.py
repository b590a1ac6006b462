"""FHIR R4 for linked-up systems: every request is for one organization, and sees only what was sent to it or by it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from django.core.exceptions import RequestDataTooBig
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from livingwell.core.templating import site_url
from livingwell.exchange import actions, capability
from livingwell.exchange.fhir import OF_AN_INTRODUCTION, Writer
from livingwell.exchange.outcomes import Issue, Problem, outcome
from livingwell.exchange.views.missing import Appointments
from livingwell.exchange.views.reading import Tasks
from livingwell.exchange.views.sending import Referrals
from livingwell.exchange.views.speaking import answered, id_of, only, see_that_json_is_wanted, who_asks

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

KINDS: Final = (*OF_AN_INTRODUCTION, "Organization", "HealthcareService")
log = logging.getLogger(__name__)
PROCESS: Final = "$process-message"


@csrf_exempt
def fhir(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Every address below /fhir/R4: what is not done is answered with an OperationOutcome."""
    try:
        see_that_json_is_wanted(request)
        return _answer(request, [part for part in rest.split("/") if part])
    except Problem as problem:
        return answered(outcome(*problem.issues), status=problem.status, headers=problem.headers)
    except RequestDataTooBig:
        issue = Issue("too-long", "This is larger than a referral can be (256 kB).", "http.body")
        return answered(outcome(issue), status=413)
    except Exception:
        log.exception("A request of a linked-up system broke")
        issue = Issue(
            "exception", "Something broke on our side. Try again: the same twice is one.", "http.url"
        )
        return answered(outcome(issue), status=500)


def _answer(request: HttpRequest, parts: list[str]) -> HttpResponse:
    site = site_url(request)
    base = f"{site}{reverse('exchange:base').rstrip('/')}"
    if parts == ["metadata"]:
        only(request, "GET")
        return answered(capability.statement(base, f"{site}{reverse('exchange:token')}"))
    at = timezone.now()
    client = who_asks(request, at)
    actions.settle_all()
    posted = request.method == "POST"
    asked = (request, client, Writer(base), at)
    match parts:
        case [] if posted:
            return Referrals(*asked, site).take_bundle()
        case [name] if name == PROCESS:
            only(request, "POST")
            return Referrals(*asked, site).take_bundle(only="message")
        case ["ServiceRequest"] if posted:
            return Referrals(*asked, site).take_one()
        case ["Appointment"]:
            only(request, "POST")
            return Appointments(*asked).note()
        case ["Appointment", pk]:
            only(request, "GET", "PUT")
            appointments = Appointments(*asked)
            return appointments.note(pk) if request.method == "PUT" else appointments.read(id_of(pk))
        case ["Task"] if not posted:
            only(request, "GET")
            return Tasks(*asked).search()
        case ["Task", pk] if request.method == "PUT":
            return Tasks(*asked).put(id_of(pk))
        case [kind, pk] if kind in KINDS:
            only(request, "GET", *(["PUT"] if kind == "Task" else []))
            return Tasks(*asked).read(kind, id_of(pk))
        case [kind] if posted:
            raise Referrals(*asked, site).alone(kind)
        case [kind] if kind in KINDS:
            only(request, "POST")
    words = "There is nothing at this address. See /fhir/R4/metadata."
    raise Problem(404, Issue("not-found", words, "http.url"))
