"""The message back: who could be told what came of an introduction, who is, and what they read by their link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import TextField
from django.db.models.expressions import RawSQL

from livingwell.consent.models import Consent, Part
from livingwell.core.kept import kept
from livingwell.directory.queries.emails import emails_of
from livingwell.referrals.models import MessageBack, Referral
from livingwell.referrals.queries.shown import Shown, shown_in

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from livingwell.consent.models import Person
    from livingwell.people.models import Account


@dataclass(frozen=True, slots=True)
class Told:
    """Whom the person wants to be told what came of it, and how far that is."""

    organization: UUID
    name: str
    helped: bool
    sent_on: date | None
    opened_on: date | None


@dataclass(frozen=True, slots=True)
class ToldBack:
    """What whoever holds the link of a message back reads: of whom, who sent it, and where it stands."""

    back: MessageBack
    called: str
    sender: str
    organization: str
    one: Shown


def could_be_told(person: Person, viewer: Account, *, at: datetime) -> tuple[tuple[UUID, str], ...]:
    """Id and name of each organization that may see the plan and has an e-mail address, by name."""
    places = dict(_sees_the_plan(viewer, at, person))
    reached = emails_of(places) if places else {}
    return tuple((pk, name) for pk, name in places.items() if pk in reached)


@kept
def _sees_the_plan(viewer: Account, at: datetime, person: Person) -> QuerySet[Consent, tuple[UUID, str]]:
    let_in = Consent.objects.visible_to(viewer, at=at).live(at).opening(Part.PLAN).filter(person=person)
    rows = let_in.exclude(organization=None).order_by("organization__name")
    return rows.values_list("organization", "organization__name")


def told_of(referral: UUID, viewer: Account, *, at: datetime) -> Told | None:
    """Who is told what came of this introduction; None: nobody."""
    live = MessageBack.objects.visible_to(viewer, at=at).live().filter(referral=referral)
    one = live.select_related("organization").first()
    if one is None:
        return None
    return Told(one.organization_id, one.organization.name, one.helped, one.sent_on, one.opened_on)


def told_back() -> ToldBack | None:
    """What exists for whoever holds the link in whose name the database is asked."""
    rows = Referral.objects.filter(pk=RawSQL("(SELECT livingwell_told_back())", []))
    back = MessageBack.objects.live().filter(referral__in=rows).select_related("organization").first()
    if back is None:
        return None
    [row], [one] = rows.select_related("sender"), shown_in(rows, None)
    of = RawSQL("(SELECT livingwell_told_back_of())", [], output_field=TextField())
    return ToldBack(
        back=back,
        called=rows.values_list(of, flat=True)[0],
        sender=row.sender.name if row.sender else "",
        organization=back.organization.name,
        one=one,
    )
