"""What is needed to tell the story of a page: its person, the others in it by their names, and the days."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from livingwell.consent.models import Part
from livingwell.directory.models import Organization, Service
from livingwell.people.invented import INVENTED
from livingwell.people.models import Account

if TYPE_CHECKING:
    from livingwell.circles.models import CircleMember
    from livingwell.consent.models import Person
    from livingwell.home.invented_pages import Days


@dataclass(slots=True)
class Telling:
    """Whose page is being made, by whom, and who around them has been named so far."""

    person: Person
    by: Account
    days: Days
    site: str
    around: dict[str, CircleMember] = field(default_factory=dict)


def account(slug: str) -> Account:
    """One of the invented people."""
    return Account.objects.get(pk=next(one.pk for one in INVENTED if one.slug == slug))


def organization(name: str) -> Organization:
    """One of the invented organizations."""
    found = Organization.objects.filter(name=name, invented=True).order_by("pk").first()
    if found is None:
        raise LookupError(f"demo/pages names {name}, which demo/lambeth/invented.csv does not have")
    return found


def service(key: str) -> Service:
    """One of the invented groups, by the id that stands in demo/lambeth/invented.csv."""
    return Service.objects.select_related("organization", "merged_into").get(
        source="demonstration-invented", original_id=key
    )


def parts(said: dict[str, Any]) -> list[Part]:
    """The parts of a page that a line names."""
    return [Part(name) for name in said["parts"]]
