"""Things of keeping for tests, each in one line."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from livingwell.directory.actions.listing import refresh
from livingwell.directory.models import Address, Organization
from livingwell.directory.tests import make
from livingwell.keeping.actions import asking
from livingwell.keeping.models import Asking

if TYPE_CHECKING:
    from livingwell.directory.models import Service

SITE = "https://livingwell.example"
MARCH = date(2026, 3, 2)  # a Monday


def moment(days: int, hour: int = 10) -> datetime:
    """So many days after 2 March 2026."""
    return datetime.combine(MARCH, time(hour), UTC) + timedelta(days=days)


def entry(name: str = "Sing Anyway", **values: Any) -> Service:
    """A group that was confirmed on 2 March 2026, with an address to write to and a number to ring."""
    values.setdefault("assured_date", MARCH)
    values.setdefault("kind", "group")
    values.setdefault("kind_by_hand", True)
    values.setdefault("email", "choir@example.org")
    values.setdefault(
        "organization", Organization.objects.filter(name=name).first() or make.organization(name)
    )
    service = make.service(name, **values)
    make.phone(service)
    refresh([service.pk])
    return service


def refuge(name: str = "Harbour Refuge", **values: Any) -> Service:
    """A refuge whose place stands in the directory still: 7 Quillfeather Mews, SE5 7QX."""
    service = entry(name, **values)
    place = make.location(51.47771, -0.08882, name="Quillfeather House")
    Address.objects.create(location=place, address_1="7 Quillfeather Mews", postal_code="SE5 7QX")
    make.at(service, place)
    refresh([service.pk])
    return service


def asked(service: Service, days: int = 80) -> Asking:
    """What asked its people, so many days after 2 March."""
    asking.ask_those_who_know(site=SITE, at=moment(days))
    return Asking.objects.filter(asks__service=service).latest("asked_at")
