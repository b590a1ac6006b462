"""Beginning a page in the room with somebody, and reading it back to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from livingwell.consent.actions import remember, start_for
from livingwell.consent.models import Kind, Part
from livingwell.core.errors import Refusal
from livingwell.linkwork.actions.leading import choose
from livingwell.linkwork.roles import BEGIN
from livingwell.people.models import Membership
from livingwell.plans.actions import write
from livingwell.plans.models import Section

if TYPE_CHECKING:
    from datetime import datetime

    from livingwell.consent.models import How, Person
    from livingwell.directory.models import Organization
    from livingwell.people.models import Account


def begin(
    organization: Organization,
    *,
    how: How,
    said: str,
    until: datetime,
    by: Account,
    at: datetime,
    called: str = "",
    matters: str = "",
    walks: bool = False,
) -> Person:
    """Begin a page with somebody in the room, which their yes lets this organization keep with them.

    `matters`: what matters to them, in their words. `walks`: they want whoever begins it as their link worker.
    Raises Refusal where that is not theirs to do.
    """
    if not Membership.objects.live(at).filter(account=by, organization=organization, role__in=BEGIN).exists():
        raise Refusal(_("Only link workers and clinicians of an organisation begin pages for it."))
    with transaction.atomic():
        person = start_for(
            organization=organization, how=how, said=said, until=until, by=by, at=at, called=called
        )
        if matters.strip():
            write(person, Section.MATTERS, matters, over=0, by=by, at=at)
        if walks:
            choose(person, by, organization, by=by, at=at)
        return person


def read_back(person: Person, *, by: Account, at: datetime) -> None:
    """Note that the page was read aloud to its person."""
    remember(person, Kind.READ_BACK, Part.STORY, by=by, at=at)
