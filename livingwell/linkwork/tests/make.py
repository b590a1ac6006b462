"""Persons with their link workers, in each state, reached through actions."""

from datetime import datetime, timedelta

from django.utils import timezone

from livingwell.consent.models import Part, Person
from livingwell.consent.tests import make as consent
from livingwell.directory.models import Service
from livingwell.directory.tests import make as directory
from livingwell.linkwork import actions, queries
from livingwell.people.models import Account
from livingwell.people.work import work_of

LONG_AGO, LATER = consent.LONG_AGO, consent.LATER
worker, page_of, kept_with, shared, somebody = (
    consent.worker,
    consent.page_of,
    consent.kept_with,
    consent.shared,
    consent.somebody,
)
organization = consent.organization


def today(viewer: Account, *, at: datetime | None = None) -> queries.Today:
    """What the list of today shows somebody."""
    at = at or timezone.now()
    return queries.today(viewer, work_of(viewer, at=at), at=at)


def everyone(viewer: Account, *, at: datetime | None = None) -> queries.Everyone:
    """What the list of everyone shows somebody."""
    at = at or timezone.now()
    return queries.everyone(viewer, work_of(viewer, at=at), at=at)


def walked_with(lena: Account, *, called: str = "Mo", at_place: str = "Riverside Surgery") -> Person:
    """A page kept with somebody who wants this link worker, and who has heard it read."""
    person = kept_with(lena, called=called, at_place=at_place)
    actions.choose(person, lena, organization(at_place), by=lena, at=LONG_AGO)
    actions.read_back(person, by=lena, at=LONG_AGO)
    return person


def own_page_with(lena: Account, *parts: Part, name: str = "pat", called: str = "Pat") -> Person:
    """A page of somebody's own who has let the surgery in and chosen this link worker."""
    person = page_of(name, called=called)
    shared(person, *(parts or (Part.STORY, Part.PLAN)), organization=organization())
    assert person.account
    actions.choose(person, lena, organization(), by=person.account, at=LONG_AGO)
    return person


def away(lena: Account, max_: Account, *, days: int = 7, at_place: str = "Riverside Surgery") -> None:
    """From today on a colleague stands in."""
    now = timezone.now()
    today = now.date()
    actions.cover(
        lena,
        max_,
        organization(at_place),
        from_on=today - timedelta(days=1),
        until_on=today + timedelta(days=days),
        by=lena,
        at=now,
    )


def about(service_name: str, organization_name: str, theme: str) -> Service:
    """A service that is mainly about one theme."""
    made = directory.service(service_name, organization=organization(organization_name))
    directory.tagged(made, [theme])
    return made
