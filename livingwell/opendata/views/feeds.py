"""Feeds beside HSDS: sessions for OpenActive, calendars, and everything at once as a package of tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode
from uuid import UUID

import orjson
from django.conf import settings
from django.utils import timezone

from livingwell.core.templating import site_url
from livingwell.directory.models import Location, Service
from livingwell.opendata import actions, calendars
from livingwell.opendata.answers import Problem, answer, given, stream
from livingwell.opendata.asked import NotUnderstood
from livingwell.opendata.package import zipped
from livingwell.opendata.queries import dates, finding, sessions, tables
from livingwell.opendata.views.hsds import limited, question

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

ICS: Final = "text/calendar; charset=utf-8"
LATEST: Final = 4_000_000_000_000_000  # microseconds since 1970: the year 2096


@limited
def sessions_feed(request: HttpRequest) -> HttpResponseBase:
    """The RPDE feed of session series."""
    actions.settle()
    address = site_url(request)
    after = _after(given(request))
    page = sessions.page(after, address, at=timezone.now())
    goes_on = page.after or ((after[0], str(after[1])) if after else None)
    query = f"?{urlencode({'afterTimestamp': goes_on[0], 'afterId': goes_on[1]})}" if goes_on else ""
    feed = {
        "next": f"{address}/open/openactive/session-series{query}",
        "items": page.items,
        "license": settings.OPEN_DATA_LICENCE,
    }
    return answer(request, feed)


def _after(said: dict[str, list[str]]) -> tuple[int, UUID] | None:
    moment, known = (said.get(name, [""])[-1].strip() for name in ("afterTimestamp", "afterId"))
    if not moment and not known:
        return None
    if not (moment.isascii() and moment.isdigit() and len(moment) < 17 and int(moment) < LATEST):
        raise NotUnderstood(
            "afterTimestamp", "afterTimestamp is a whole number, as the address in next has it."
        )
    try:
        return int(moment), UUID(known) if known else UUID(int=0)
    except ValueError:
        raise NotUnderstood(
            "afterId", "afterId is an id of the feed, as the address in next has it."
        ) from None


@limited
def service_calendar(request: HttpRequest, pk: str) -> HttpResponseBase:
    ask = question(request, "services/{id}")
    there = finding.published(at=ask.at, keep=ask.keep).filter(subject_id=pk, gone=False).exists()
    service = Service.objects.filter(pk=pk).first()
    if service is None or not (there or service.status != "defunct"):
        raise Problem(404, "There is no service with this id.")
    meetings = dates.of_services([service.pk], ask.site)
    return answer(request, calendars.calendar(service.name, meetings, at=ask.at), content_type=ICS)


@limited
def place_calendar(request: HttpRequest, pk: str) -> HttpResponseBase:
    ask = question(request, "services/{id}")
    place = Location.objects.filter(pk=pk).first()
    if place is None:
        raise Problem(404, "There is no place with this id.")
    meetings = dates.of_place(place.pk, ask.site)
    return answer(request, calendars.calendar(place.name or "A place", meetings, at=ask.at), content_type=ICS)


@limited
def search_calendar(request: HttpRequest) -> HttpResponseBase:
    """What a search finds, with the parameters of the list of services."""
    ask = question(request, "services")
    actions.settle()
    found = finding.services(ask.asked, at=ask.at, keep=ask.keep)
    name = ask.asked.search or "What’s around"
    meetings = dates.of_services(found.ids, ask.site)
    return answer(request, calendars.calendar(name, meetings, at=ask.at), content_type=ICS)


@limited
def package(request: HttpRequest) -> HttpResponseBase:
    """Everything at once: a zip of CSV files with their description."""
    ask = question(request, "services/{id}")
    actions.settle()

    def files() -> Iterator[tuple[str, Iterator[bytes]]]:
        about = tables.description(ask.site, at=ask.at)
        yield "datapackage.json", iter([orjson.dumps(about, option=orjson.OPT_INDENT_2)])
        for table, name in tables.FILES.items():
            yield f"{name}.csv", tables.pieces(table, at=ask.at, keep=ask.keep)

    def sent() -> Iterator[bytes]:
        with tables.steadily():
            yield from zipped(files(), at=ask.at)

    return stream(sent(), "application/zip", "living-well-network.zip")
