"""Whose list somebody stands on, and everyone whom a link worker may come to walk with, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from livingwell.consent.models import Consent, Contact, Part, Person
from livingwell.core.kept import among, kept
from livingwell.linkwork.models import Lead
from livingwell.linkwork.queries.leading import working
from livingwell.linkwork.roles import BEGIN
from livingwell.people.models import Membership, Role

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from livingwell.linkwork.queries.covers import Away
    from livingwell.people.models import Account
    from livingwell.people.work import Work

A_SCREEN: Final = 50


def walked_with(viewer: Account, work: Work, covers: Collection[Away], *, at: datetime) -> dict[UUID, str]:
    """Whose needs stand on somebody's list, and for whom they stand in with each (empty: for themselves).

    Those who chose them; those who chose a colleague for whom they stand in today; and of the pages that are kept
    with their person and have no link worker who works there still, the ones that they began, and for a link worker
    also the ones begun by somebody who has left: nobody falls between two. `covers`: those of today.
    """
    found = _without_lead(viewer, work, at)
    found.update(_as_lead(viewer, covers, at))
    return found


def _as_lead(viewer: Account, covers: Collection[Away], at: datetime) -> dict[UUID, str]:
    found: dict[UUID, str] = {}
    if covers:
        names = {(cover.account, cover.organization): cover.away for cover in covers}
        for person, account, organization in _led_by(viewer, at, [cover.account for cover in covers]):
            if (account, organization) in names:
                found[person] = names[account, organization]
    found.update((person, "") for (person,) in _led(viewer, at))
    return found


@kept
def _led(viewer: Account, at: datetime) -> QuerySet[Lead, tuple[UUID]]:
    leads = Lead.objects.visible_to(viewer, at=at).live()
    return leads.filter(Exists(working(at)), account=viewer).values_list("person")


@kept
def _led_by(viewer: Account, at: datetime, others: list[UUID]) -> QuerySet[Lead, tuple[UUID, UUID, UUID]]:
    leads = (
        Lead.objects.visible_to(viewer, at=at).live().filter(Exists(working(at)), account__in=among(others))
    )
    return leads.values_list("person", "account", "organization")


def _without_lead(viewer: Account, work: Work, at: datetime) -> dict[UUID, str]:
    if work.places(Role.LINK_WORKER):
        rows = _kept_by_a_place(viewer, at, [place.pk for place in work.places()])
    else:
        rows = _kept_by(viewer, at)
    return dict.fromkeys((pk for (pk,) in rows), "")


@kept
def _kept_by(viewer: Account, at: datetime) -> QuerySet[Person, tuple[UUID]]:
    return _kept_alone(viewer, at).filter(started_by=viewer).values_list("pk")


@kept
def _kept_by_a_place(viewer: Account, at: datetime, places: list[UUID]) -> QuerySet[Person, tuple[UUID]]:
    colleagues = Membership.objects.live(at).filter(organization__in=among(places), role__in=BEGIN)
    has_left = ~Q(started_by__in=colleagues.values("account"))
    return _kept_alone(viewer, at).filter(Q(started_by=viewer) | has_left).values_list("pk")


def _kept_alone(viewer: Account, at: datetime) -> QuerySet[Person]:
    """The pages that are kept with their person and have no link worker who works there still."""
    led = Lead.objects.live().filter(Exists(working(at)), person=OuterRef("pk"))
    return Person.objects.visible_to(viewer, Part.CONSENTS, at=at).filter(~Exists(led), account=None)


@dataclass(frozen=True, slots=True)
class Walked:
    """Somebody on the list of everyone: how they are called, or since when there is a page, and who walks with them."""

    pk: UUID
    label: str
    lead: str
    kept: bool


@dataclass(frozen=True, slots=True)
class Everyone:
    """One screen of everyone. `number` in all; `page` of `pages`."""

    people: tuple[Walked, ...]
    number: int
    page: int
    pages: int


def everyone(viewer: Account, work: Work, *, at: datetime, words: str = "", page: int = 1) -> Everyone:
    """All who let an organization in where somebody works with people, by name. `words`: part of a name."""
    let_in = Consent.objects.live(at).filter(person=OuterRef("pk"), organization__in=work.places())
    people = Person.objects.visible_to(viewer, at=at).filter(Exists(let_in)).exclude(account=viewer)
    if words:
        by_name = Contact.objects.visible_to(viewer, at=at).filter(full_name__icontains=words)
        people = people.filter(Q(called__icontains=words) | Q(pk__in=by_name.values("person")))
    paginator = Paginator(people.order_by("called", "started_at", "pk"), A_SCREEN)
    shown = paginator.get_page(page)
    rows = list(shown.object_list)
    leads = {
        lead.person_id: str(lead.account)
        for lead in Lead.objects.visible_to(viewer, at=at)
        .live()
        .filter(person__in=rows)
        .select_related("account")
    }
    return Everyone(
        people=tuple(
            Walked(
                row.pk,
                label_of(row.called, row.started_at),
                leads.get(row.pk, ""),
                row.account_id is None,
            )
            for row in rows
        ),
        number=paginator.count,
        page=shown.number,
        pages=paginator.num_pages,
    )


def label_of(called: str, started_at: datetime) -> str:
    """The name somebody likes to hear, or since when they have a page."""
    if called:
        return called
    began = started_at.astimezone(timezone.get_current_timezone())
    return _("No name yet, page begun %(day)s") % {"day": formats.date_format(began, "l j F, g:ia")}
