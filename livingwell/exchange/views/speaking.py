"""What all addresses below /fhir/R4 share: who asks, in which format, and how it is answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

import orjson
from django.conf import settings
from django.http import HttpResponse

from livingwell.core.actions import count
from livingwell.exchange import tokens
from livingwell.exchange.outcomes import Issue, Problem

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

    from livingwell.exchange.fhir import Writer
    from livingwell.exchange.models import Client

JSON: Final = frozenset({"application/fhir+json", "application/json", "text/json"})
ANY: Final = frozenset({"*/*", "application/*", ""})
NAMES: Final = frozenset({"json", *JSON})
WITHIN: Final = timedelta(minutes=10)
NOT_JSON: Final = "We speak JSON: application/fhir+json."


@dataclass(frozen=True)
class Asked:
    """One request of one client, and what writes the resources that answer it."""

    request: HttpRequest
    client: Client
    writer: Writer
    at: datetime


def who_asks(request: HttpRequest, at: datetime) -> Client:
    """The client whose token is brought. Raises Problem, too where it asks too often."""
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    client = tokens.bearer(token.strip(), at=at) if scheme.lower() == "bearer" else None
    if client is None:
        words = "Bring a token: Authorization: Bearer …, from /oauth/token. It lasts ten minutes."
        challenge = {"WWW-Authenticate": 'Bearer realm="Living Well Network"'}
        raise Problem(401, Issue("login", words, "http.Authorization"), headers=challenge)
    done = count("exchange", str(client.pk), within=WITHIN, at=at)
    if done > settings.EXCHANGE_PER_TEN_MINUTES:
        issue = Issue("throttled", "Too often. Wait a while.", "http.Authorization")
        raise Problem(429, issue, headers={"Retry-After": "600"})
    return client


def see_that_json_is_wanted(request: HttpRequest) -> None:
    """Raises Problem."""
    named = request.GET.get("_format", "").partition(";")[0].replace(" ", "+").lower()
    if named and named not in NAMES:
        raise Problem(406, Issue("not-supported", NOT_JSON, "http._format"))
    wanted = [part.partition(";")[0].strip().lower() for part in request.headers.get("Accept", "").split(",")]
    if not named and not any(part in JSON or part in ANY for part in wanted):
        raise Problem(406, Issue("not-supported", NOT_JSON, "http.Accept"))


def body_of(request: HttpRequest) -> bytes:
    """What was sent. Raises Problem."""
    if request.content_type not in JSON:
        words = "Send JSON: Content-Type: application/fhir+json."
        raise Problem(415, Issue("not-supported", words, "http.Content-Type"))
    return request.body


def only(request: HttpRequest, *methods: str) -> None:
    """Raises Problem for any other method."""
    allowed = ", ".join(sorted({*methods, "HEAD"} if "GET" in methods else methods))
    if request.method not in allowed.split(", "):
        words = f"{request.method} is not done here." + (f" Allowed: {allowed}." if allowed else "")
        raise Problem(405, Issue("not-supported", words, "http.method"), headers={"Allow": allowed})


def id_of(value: str) -> UUID:
    """The id in an address. Raises Problem."""
    try:
        return UUID(value)
    except ValueError:
        raise Problem(404, Issue("not-found", "There is none of this id.", "http.url")) from None


def nothing(kind: str) -> Problem:
    """That there is none of this id, whatever there may be for others."""
    return Problem(
        404, Issue("not-found", f"There is no {kind} of this id for your organization.", "http.url")
    )


def etag_of(resource: dict[str, Any]) -> str:
    """The version of a resource, as a header says it."""
    return f'W/"{resource["meta"]["versionId"]}"'


def shown(resource: dict[str, Any], known: str = "") -> HttpResponse:
    """One resource with its version; 304 where that is `known`."""
    if "meta" not in resource:
        return answered(resource)
    etag = etag_of(resource)
    if known == etag:
        return HttpResponse(status=304, headers={"ETag": etag, "Cache-Control": "private, no-store"})
    return answered(resource, headers={"ETag": etag})


def answered(made: dict[str, Any], status: int = 200, headers: dict[str, str] | None = None) -> HttpResponse:
    """A resource as the answer, for nobody to keep on the way."""
    answer = HttpResponse(orjson.dumps(made), content_type="application/fhir+json", status=status)
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    for name, value in (headers or {}).items():
        answer.headers[name] = value
    return answer
