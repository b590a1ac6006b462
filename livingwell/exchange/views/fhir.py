"""FHIR R4 for linked-up systems: every request is for one organization, and sees only what was sent to it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode
from uuid import UUID

import orjson
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import IntegrityError
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from livingwell.consent.acting import acting
from livingwell.core.actions import count
from livingwell.core.errors import Refusal
from livingwell.core.templating import site_url
from livingwell.directory.models import Service
from livingwell.exchange import actions, capability, incoming, queries, reading, tokens
from livingwell.exchange.acting import asking
from livingwell.exchange.answers import answer_of
from livingwell.exchange.fhir import OF_AN_INTRODUCTION, Writer
from livingwell.exchange.outcomes import Issue, Problem, outcome
from livingwell.exchange.resources import see_that_it_is_whole
from livingwell.exchange.responses import taken
from livingwell.exchange.searching import cursor, search_of
from livingwell.referrals.actions import read as opened

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

    from livingwell.exchange.models import Client
    from livingwell.exchange.queries import Introduction

JSON: Final = frozenset({"application/fhir+json", "application/json", "text/json"})
ANY: Final = frozenset({"*/*", "application/*", ""})
NAMES: Final = frozenset({"json", *JSON})
KINDS: Final = (*OF_AN_INTRODUCTION, "Organization", "HealthcareService")
WORDS: Final = frozenset({"ServiceRequest", "Patient"})
"""The resources with words of the person in them: reading one is opening the introduction."""

WITHIN: Final = timedelta(minutes=10)


@csrf_exempt
def fhir(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Every address below /fhir/R4: what is not done is answered with an OperationOutcome."""
    try:
        _speaks_json(request)
        return _answer(request, [part for part in rest.split("/") if part])
    except Problem as problem:
        return _json(outcome(*problem.issues), status=problem.status, headers=problem.headers)
    except RequestDataTooBig:
        issue = Issue("too-long", "This is larger than a referral can be (256 kB).")
        return _json(outcome(issue), status=413)


def _answer(request: HttpRequest, parts: list[str]) -> HttpResponse:
    base = f"{site_url(request)}{reverse('exchange:base').rstrip('/')}"
    if parts == ["metadata"]:
        _only(request, "GET")
        return _json(capability.statement(base, f"{site_url(request)}{reverse('exchange:token')}"))
    at = timezone.now()
    client = _client(request, at)
    asked = _Asked(request, client, Writer(base), at)
    match parts:
        case [] if request.method == "POST":
            return asked.take_in()
        case ["Task"] if request.method != "POST":
            _only(request, "GET")
            return asked.search()
        case ["Task", pk] if request.method == "PUT":
            return asked.put(_id(pk))
        case [kind, pk] if kind in KINDS:
            _only(request, "GET", *(["PUT"] if kind == "Task" else []))
            return asked.read(kind, _id(pk))
        case [kind] if request.method == "POST":
            raise asked.alone(kind)
        case [kind] if kind in KINDS:
            _only(request)
    raise Problem(404, Issue("not-found", "There is nothing at this address. See /fhir/R4/metadata."))


class _Asked:
    """One request of one client."""

    def __init__(self, request: HttpRequest, client: Client, writer: Writer, at: datetime) -> None:
        self.request, self.client, self.writer, self.at = request, client, writer, at

    def read(self, kind: str, pk: UUID) -> HttpResponse:
        """One resource, with its version in the header."""
        with asking(self.client, at=self.at):
            found = self._found(kind, pk)
        return _resource(found, self.request.headers.get("If-None-Match", ""))

    def search(self) -> HttpResponse:
        """A page of Tasks, the longest unchanged first, and where the next one is."""
        search = search_of(self.request.GET, self.client.organization_id)
        with asking(self.client, at=self.at):
            rows = queries.introductions(
                self.client,
                at=self.at,
                changed=search.changed,
                pk=search.pk,
                after=search.after,
                most=search.count + 1,
            )
            shown = rows[: search.count]
            total = (
                len(rows) if search.pk else queries.number_of(self.client, at=self.at, changed=search.changed)
            )
            if search.include:
                for one in shown:
                    self._opened(one)
        links = [{"relation": "self", "url": self._address(self.request.GET.copy())}]
        if len(rows) > len(shown):
            following = self.request.GET.copy()
            following["_after"] = cursor(shown[-1].changed_at, shown[-1].pk)
            links.append({"relation": "next", "url": self._address(following)})
        bundle: dict[str, Any] = {
            "resourceType": "Bundle",
            "type": "searchset",
            "total": total,
            "link": links,
        }
        if entries := self._entries(shown, include=search.include):
            bundle["entry"] = entries
        return _json(bundle)

    def put(self, pk: UUID) -> HttpResponse:
        """A Task with a new status: the receiver's answer. It is done only on the version that was read."""
        task = reading.parsed(_body(self.request))
        if task.where != "Task" or task.text("id") != str(pk):
            words = "The resource must be the Task whose id stands in the address."
            raise Problem(400, Issue("invalid", words, "Task.id"))
        with asking(self.client, at=self.at):
            one = self._introduction(pk)
            now = self.writer.of("Task", one)
            match_ = self.request.headers.get("If-Match", "")
            if match_ and match_ != _etag(now):
                raise Problem(412, Issue("conflict", "It has changed since you read it. Read it again."))
            said = answer_of(task, now)
            row = queries.referral(self.client, pk, at=self.at)
            if said is not None and row is not None:
                try:
                    actions.answer(row, said, at=self.at)
                except Refusal as refusal:
                    raise Problem(409, Issue("conflict", str(refusal), "Task.status")) from None
            after = self.writer.of("Task", self._introduction(pk))
        return _resource(after)

    def take_in(self) -> HttpResponse:
        """A referral in a Bundle, from an organization about somebody whose page it keeps: a draft here."""
        bundle = reading.parsed(_body(self.request))
        came = incoming.read(bundle, at=self.at)
        by = self.client.sends_as
        if by is None:
            words = "This client only receives. Whoever runs this network can let it send."
            raise Problem(403, Issue("forbidden", words))
        service = Service.objects.filter(pk=came.service).select_related("organization").first()
        if service is None or service.organization_id != came.receiver:
            words = "We know no HealthcareService of this id that the receiver named in the Consent runs."
            raise Problem(422, Issue("not-found", words, "ServiceRequest.performer"))
        with acting(by, at=self.at):
            person = queries.kept_here(self.client, by, came.nhs_number, at=self.at)
        if person is None:
            words = "Your organization keeps no page with this NHS number."
            raise Problem(422, Issue("not-found", words, "Patient.identifier"))
        try:
            with acting(by, at=self.at, page=person.pk):
                made = actions.take_in(
                    came, person=person, service=service, sender=self.client.organization, by=by, at=self.at
                )
        except (Refusal, IntegrityError) as refused:
            words = (
                str(refused) if isinstance(refused, Refusal) else "It was sent twice at once. Send it again."
            )
            raise Problem(409, Issue("conflict", words, "ServiceRequest")) from None
        words = (
            f"Introduction {made.pk} stands as “{made.status}”. It goes once the person's yes is noted here."
        )
        return _json(taken(bundle, words))

    def alone(self, kind: str) -> Problem:
        """Why a resource that comes by itself is not taken: what is wrong with it, else that it introduces nobody."""
        resource = reading.parsed(_body(self.request))
        if resource.where != kind:
            words = f"This is a {resource.where}, posted to {kind[:60]}."
            raise Problem(400, Issue("invalid", words, "resourceType"))
        see_that_it_is_whole(resource)
        words = f"A {kind} by itself introduces nobody, and is not kept."
        return Problem(422, Issue("business-rule", words, kind))

    def _found(self, kind: str, pk: UUID) -> dict[str, Any]:
        if kind == "Organization":
            organization = queries.known_organization(self.client, pk, at=self.at)
            if organization is None:
                raise _nothing(kind)
            return self.writer.organization(organization.pk, organization.name)
        if kind == "HealthcareService":
            any_of_it = queries.with_service(self.client, pk, at=self.at)
            if any_of_it is None:
                raise _nothing(kind)
            return self.writer.service(any_of_it)
        one = self._introduction(pk)
        if kind in WORDS:
            self._opened(one)
        return self.writer.of(kind, one)

    def _introduction(self, pk: UUID) -> Introduction:
        one = queries.introduction(self.client, pk, at=self.at)
        if one is None:
            raise _nothing("introduction")
        return one

    def _opened(self, one: Introduction) -> None:
        """The person sees on their page that it was opened."""
        if one.said and not one.opened:
            row = queries.referral(self.client, one.pk, at=self.at)
            if row is not None:
                opened(row, at=self.at)

    def _entries(self, shown: tuple[Introduction, ...], *, include: bool) -> list[dict[str, Any]]:
        found = [(self.writer.of("Task", one), "match") for one in shown]
        if include:
            others = {
                f"{each['resourceType']}/{each['id']}": each
                for one in shown
                for each in self.writer.everything(one)
            }
            found += [(each, "include") for each in others.values()]
        return [
            {
                "fullUrl": f"{self.writer.base}/{resource['resourceType']}/{resource['id']}",
                "resource": resource,
                "search": {"mode": mode},
            }
            for resource, mode in found
        ]

    def _address(self, asked: Any) -> str:
        pairs = [(name, value) for name, values in asked.lists() for value in values]
        return f"{self.writer.base}/Task" + (f"?{urlencode(pairs)}" if pairs else "")


def _client(request: HttpRequest, at: datetime) -> Client:
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    client = tokens.bearer(token.strip(), at=at) if scheme.lower() == "bearer" else None
    if client is None:
        words = "Bring a token: Authorization: Bearer …, from /oauth/token. It lasts ten minutes."
        challenge = {"WWW-Authenticate": 'Bearer realm="Living Well Network"'}
        raise Problem(401, Issue("login", words), headers=challenge)
    done = count("exchange", str(client.pk), within=WITHIN, at=at)
    if done > settings.EXCHANGE_PER_TEN_MINUTES:
        raise Problem(429, Issue("throttled", "Too often. Wait a while."), headers={"Retry-After": "600"})
    return client


def _speaks_json(request: HttpRequest) -> None:
    wanted = [part.partition(";")[0].strip().lower() for part in request.headers.get("Accept", "").split(",")]
    named = request.GET.get("_format", "").partition(";")[0].replace(" ", "+").lower()
    if named and named not in NAMES:
        raise Problem(406, Issue("not-supported", "We speak JSON: application/fhir+json."))
    if not named and not any(part in JSON or part in ANY for part in wanted):
        raise Problem(406, Issue("not-supported", "We speak JSON: application/fhir+json."))


def _body(request: HttpRequest) -> bytes:
    if request.content_type not in JSON:
        raise Problem(415, Issue("not-supported", "Send JSON: Content-Type: application/fhir+json."))
    return request.body


def _only(request: HttpRequest, *methods: str) -> None:
    allowed = {*methods, "HEAD"} if "GET" in methods else set(methods)
    if request.method not in allowed:
        words = f"{request.method} is not done here. " + (
            f"Allowed: {', '.join(sorted(allowed))}." if allowed else ""
        )
        raise Problem(
            405, Issue("not-supported", words.strip()), headers={"Allow": ", ".join(sorted(allowed))}
        )


def _id(value: str) -> UUID:
    try:
        return UUID(value)
    except ValueError:
        raise Problem(404, Issue("not-found", "There is none of this id.")) from None


def _nothing(kind: str) -> Problem:
    return Problem(404, Issue("not-found", f"There is no {kind} of this id for your organization."))


def _etag(resource: dict[str, Any]) -> str:
    return f'W/"{resource["meta"]["versionId"]}"'


def _resource(resource: dict[str, Any], known: str = "") -> HttpResponse:
    if "meta" not in resource:
        return _json(resource)
    etag = _etag(resource)
    if known == etag:
        return HttpResponse(status=304, headers={"ETag": etag, "Cache-Control": "private, no-store"})
    return _json(resource, headers={"ETag": etag})


def _json(made: dict[str, Any], status: int = 200, headers: dict[str, str] | None = None) -> HttpResponse:
    answer = HttpResponse(orjson.dumps(made), content_type="application/fhir+json", status=status)
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    for name, value in (headers or {}).items():
        answer.headers[name] = value
    return answer
