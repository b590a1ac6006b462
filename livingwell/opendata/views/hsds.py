"""The directory as HSDS 3.0 and HSDS-UK 3.0 have it: services, organizations, taxonomies; lists, and one by one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

import orjson
from django.conf import settings
from django.utils import timezone

from livingwell.core.actions import count
from livingwell.core.http import address_of
from livingwell.core.templating import site_url
from livingwell.opendata import actions, asked, openapi
from livingwell.opendata.answers import Problem, answer, given, shared, stream, too_often
from livingwell.opendata.models import Subject
from livingwell.opendata.queries import finding, nested, terms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from livingwell.opendata.asked import Asked
    from livingwell.opendata.shapes import Thing

WINDOW: Final = timedelta(minutes=10)
AT_ONCE: Final = 200
NDJSON: Final = "application/x-ndjson"


@dataclass(frozen=True, slots=True)
class Question:
    """One request: what it asks, when, and under which address we are."""

    asked: Asked
    at: datetime
    site: str

    @property
    def keep(self) -> timedelta:
        return timedelta(days=settings.OPEN_DATA_KEEPS_CLOSED_DAYS)


def limited(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """An answer for anybody, unless this address has asked too often."""

    @shared
    @wraps(view)
    def asked_for(request: HttpRequest, *parts: Any, **named: Any) -> HttpResponseBase:
        return too_often() if busy(request) else view(request, *parts, **named)

    return asked_for


def busy(request: HttpRequest) -> bool:
    """Whether this address has asked more than a neighbour would."""
    return (
        count("open data", address_of(request), within=WINDOW, at=timezone.now())
        > settings.OPEN_DATA_PER_TEN_MINUTES
    )


def question(request: HttpRequest, path: str) -> Question:
    return Question(
        asked.read(given(request), openapi.PARAMETERS_OF[path]),
        timezone.now(),
        site_url(request),
    )


def envelope(total: int, ask: Asked, things: list[Thing]) -> Thing:
    """A page as the standard has it."""
    pages = -(-total // ask.per_page)
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": ask.page,
        "size": len(things),
        "first_page": ask.page == 1,
        "last_page": ask.page >= pages,
        "empty": not things,
        "contents": things,
    }


def _lines(batches: Iterator[list[UUID]], made: Callable[[list[UUID]], list[Thing]]) -> Iterator[bytes]:
    for ids in batches:
        for thing in made(ids):
            yield orjson.dumps(thing, option=orjson.OPT_APPEND_NEWLINE)


@limited
def about(request: HttpRequest) -> HttpResponseBase:
    """What this API is."""
    address = site_url(request)
    return answer(
        request,
        {
            "version": "HSDS-UK-3.0",
            "profile": "https://docs.openreferraluk.org/en/latest/",
            "openapi_url": f"{address}/open/hsds/openapi.json",
            "documentation_url": f"{address}/open/",
            "tabular_url": f"{address}/open/package.zip",
            "license_note": "Each service names the licence of its source.",
        },
    )


@shared
def document(request: HttpRequest) -> HttpResponseBase:
    """The OpenAPI document of this API."""
    return answer(request, openapi.document(site_url(request)))


def _listed(
    request: HttpRequest,
    ask: Question,
    things: Callable[[list[UUID]], list[Thing]],
    page: Callable[[], finding.Found],
    each: Callable[[], Iterator[list[UUID]]],
    *subjects: Subject,
) -> HttpResponseBase:
    """A list as it is asked for: one page in its envelope, or every line of it. `subjects`: what it is made of."""
    if ask.asked.format == "ndjson":
        return stream(_lines(each(), things), NDJSON)
    found = page()
    return answer(
        request, envelope(found.total, ask.asked, things(found.ids)), modified=finding.latest(*subjects)
    )


@limited
def services(request: HttpRequest) -> HttpResponseBase:
    ask = question(request, "services")
    actions.settle()
    wanted = ask.asked

    def things(ids: list[UUID]) -> list[Thing]:
        return nested.minimal(ids) if wanted.minimal else nested.services(ids, ask.site, full=wanted.full)

    return _listed(
        request,
        ask,
        things,
        lambda: finding.services(wanted, at=ask.at, keep=ask.keep),
        lambda: finding.each_service(wanted, at=ask.at, keep=ask.keep, batch=AT_ONCE),
        Subject.SERVICE,
    )


@limited
def service(request: HttpRequest, pk: str) -> HttpResponseBase:
    ask = question(request, "services/{id}")
    actions.settle()
    known = _id(pk)
    there = finding.published(at=ask.at, keep=ask.keep).filter(subject_id=known).first()
    found = nested.services([known], ask.site, full=True) if there else []
    if not found or there is None:
        raise Problem(404, "There is no service with this id.")
    return answer(request, found[0], modified=finding.with_themes(there.modified))


@limited
def organizations(request: HttpRequest) -> HttpResponseBase:
    ask = question(request, "organizations")
    actions.settle()
    return _listed(
        request,
        ask,
        lambda ids: _organizations(ids, ask),
        lambda: finding.organizations(ask.asked),
        lambda: finding.each_organization(ask.asked, batch=AT_ONCE),
        Subject.ORGANIZATION,
        *_with_theirs(ask),
    )


@limited
def organization(request: HttpRequest, pk: str) -> HttpResponseBase:
    ask = question(request, "organizations/{id}")
    actions.settle()
    known = _id(pk)
    found = _organizations([known], ask, full=True)
    if not found:
        raise Problem(404, "There is no organization with this id.")
    changed = [finding.latest(Subject.ORGANIZATION, pk=known), *map(finding.latest, _with_theirs(ask))]
    return answer(request, found[0], modified=max(changed))


def _with_theirs(ask: Question) -> tuple[Subject, ...]:
    """What is told with organizations, where it is asked for: a change of any service then counts."""
    return (Subject.SERVICE,) if ask.asked.full_service else ()


def _organizations(ids: list[UUID], ask: Question, *, full: bool = False) -> list[Thing]:
    with_services = ask.asked.full_service
    offered = finding.offered_by(ids, at=ask.at, keep=ask.keep) if with_services else []
    return nested.organizations(
        ids, ask.site, full=full or ask.asked.full, with_services=with_services, offered=offered
    )


@limited
def links(request: HttpRequest) -> HttpResponseBase:
    """Services at a location."""
    ask = question(request, "service_at_locations")
    actions.settle()
    return _listed(
        request,
        ask,
        lambda ids: nested.links(ids, ask.site, full=ask.asked.full),
        lambda: finding.links(ask.asked, at=ask.at, keep=ask.keep),
        lambda: finding.each_link(ask.asked, at=ask.at, keep=ask.keep, batch=AT_ONCE),
        Subject.SERVICE,
    )


@limited
def link(request: HttpRequest, pk: str) -> HttpResponseBase:
    ask = question(request, "service_at_locations/{id}")
    actions.settle()
    known = _id(pk)
    there = finding.link(known, at=ask.at, keep=ask.keep)
    found = nested.links([known], ask.site, full=True) if there else []
    if not found or there is None:
        raise Problem(404, "There is no service at a location with this id.")
    return answer(request, found[0], modified=finding.with_themes(there.modified))


@limited
def taxonomies(request: HttpRequest) -> HttpResponseBase:
    return _vocabulary(request, "taxonomies", terms.taxonomies)


@limited
def taxonomy(request: HttpRequest, pk: str) -> HttpResponseBase:
    return _one(request, pk, terms.taxonomy, "There is no taxonomy with this id.")


@limited
def taxonomy_terms(request: HttpRequest) -> HttpResponseBase:
    return _vocabulary(request, "taxonomy_terms", terms.terms)


@limited
def taxonomy_term(request: HttpRequest, pk: str) -> HttpResponseBase:
    return _one(request, pk, terms.term, "There is no term with this id.")


def _vocabulary(request: HttpRequest, path: str, of: Callable[[Asked], terms.Page]) -> HttpResponseBase:
    wanted = question(request, path).asked
    actions.settle()
    if wanted.format == "ndjson":
        return stream(_all(wanted, of), NDJSON)
    page = of(wanted)
    return answer(request, envelope(page.total, wanted, page.things), modified=finding.latest(Subject.TERMS))


def _all(wanted: Asked, of: Callable[[Asked], terms.Page]) -> Iterator[bytes]:
    number = 1
    while things := of(asked.at_page(wanted, number, AT_ONCE)).things:
        for thing in things:
            yield orjson.dumps(thing, option=orjson.OPT_APPEND_NEWLINE)
        number += 1


def _one(request: HttpRequest, pk: str, of: Callable[[UUID], Thing | None], missing: str) -> HttpResponseBase:
    actions.settle()
    found: Any = of(_id(pk))
    if found is None:
        raise Problem(404, missing)
    return answer(request, found, modified=finding.latest(Subject.TERMS))


@shared
def nothing(request: HttpRequest, *parts: str) -> HttpResponseBase:
    """An address of the API that is none."""
    raise Problem(404, "There is nothing at this address. /open/hsds/openapi.json lists what there is.")


def _id(pk: str) -> UUID:
    try:
        return UUID(pk)
    except ValueError:
        raise Problem(404, "There is nothing with this id: an id is a UUID.") from None
