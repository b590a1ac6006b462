"""A bad day: who is told, what has helped before, and who answers now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from livingwell.circles.models import CircleMember, Ring
from livingwell.consent.models import Part
from livingwell.core.dates import day_of
from livingwell.core.errors import Refusal
from livingwell.directory.queries.cards import cards
from livingwell.directory.queries.search import search
from livingwell.directory.queries.wanted import Wanted
from livingwell.linkwork.models import Cover, Lead
from livingwell.messaging.addresses import uk_mobile
from livingwell.messaging.models import Channel
from livingwell.people.models import Account, Membership, Role
from livingwell.plans.models import Section
from livingwell.plans.queries import words_of
from livingwell.recall.models import Ally, Telling

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from livingwell.consent.models import Person

LINES: Final = ("crisis-help", "phone-support")
MOST_LINES: Final = 5


@dataclass(frozen=True, slots=True)
class Reachable:
    """Somebody who can be told, and by which way. `member` is None for the link worker."""

    whom: UUID
    member: UUID | None
    called: str
    channel: Channel
    to: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the directory that is open now."""

    title: str
    phone: str
    url: str


@dataclass(frozen=True, slots=True)
class BadDay:
    """What somebody sees on a bad day. `told`: by name, within the last 24 hours."""

    allies: tuple[Reachable, ...]
    told: tuple[str, ...]
    helps: str
    lines: tuple[Line, ...]


def allies_of(person: Person, viewer: Account, *, at: datetime, chosen: bool = True) -> tuple[Reachable, ...]:
    """Those who are told on a bad day, or with `chosen` False all who could be: the link worker first.

    Of the circle those who may be rung and have a mobile number or an e-mail address; a link worker only while they
    are one, and whoever stands in for them while they are away.
    """
    rows = Ally.objects.visible_to(viewer, at=at).filter(person=person)
    named: set[UUID | None] = {row.member_id for row in rows}
    found = [*_link_worker(person, viewer, at, named), *_of_circle(person, viewer, at, named)]
    return tuple(one for one in found if one.chosen or not chosen)


def _link_worker(
    person: Person, viewer: Account, at: datetime, named: set[UUID | None]
) -> tuple[Reachable, ...]:
    lead = (
        Lead.objects.visible_to(viewer, at=at).live().filter(person=person).select_related("account").first()
    )
    account = lead_to_tell(lead, at=at) if lead else None
    if account is None:
        return ()
    return (Reachable(person.pk, None, str(account), *way_to_worker(account), None in named),)


def lead_to_tell(lead: Lead, *, at: datetime) -> Account | None:
    """The link worker, or who stands in for them today; nobody where they are none any more."""
    held = Membership.objects.live(at).filter(organization=lead.organization_id, role=Role.LINK_WORKER)
    cover = (
        Cover.objects.on(day_of(at))
        .filter(away=lead.account_id, organization=lead.organization_id)
        .select_related("covering")
        .first()
    )
    account = cover.covering if cover else lead.account
    return account if held.filter(account=account).exists() else None


def way_to_worker(account: Account) -> tuple[Channel, str]:
    """By text where they have a number, else by e-mail."""
    return (Channel.TEXT, account.phone) if account.phone else (Channel.EMAIL, account.email)


def _of_circle(
    person: Person, viewer: Account, at: datetime, named: set[UUID | None]
) -> tuple[Reachable, ...]:
    members = CircleMember.objects.visible_to(viewer, at=at).filter(person=person, ring=Ring.MAY).around()
    found = []
    for member in members:
        way = way_to(member)
        if way:
            found.append(Reachable(member.pk, member.pk, member.called, *way, member.pk in named))
    return tuple(found)


def way_to(member: CircleMember) -> tuple[Channel, str] | None:
    """How one of the circle can be sent a message, if at all: only those who may be rung, while they are there."""
    if member.ring != Ring.MAY or member.left_at is not None:
        return None
    try:
        return Channel.TEXT, uk_mobile(member.phone)
    except Refusal:
        return (Channel.EMAIL, member.email) if member.email else None


def bad_day(person: Person, viewer: Account, *, at: datetime) -> BadDay:
    """All that is shown on a bad day to somebody who may see it."""
    told = (
        Telling.objects.visible_to(viewer, at=at)
        .filter(person=person, rests_until__gt=at, told_at__lte=at)
        .order_by("told_at", "called")
    )
    words = words_of(person, viewer, at=at, part=Part.CRISIS_CARD)
    return BadDay(
        allies=allies_of(person, viewer, at=at),
        told=tuple(told.values_list("called", flat=True)),
        helps=next((said.text for said in words if said.section == Section.HELPS), ""),
        lines=lines_open(at=at),
    )


def lines_open(*, at: datetime) -> tuple[Line, ...]:
    """The lines of the directory for hard moments that are open now."""
    wanted = Wanted(about=LINES, open_at=at, by_phone=True, on=at)
    found = cards([hit.listing for hit in search(wanted, size=MOST_LINES).hits])
    return tuple(Line(card.title, card.phone, card.url) for card in found if card.phone)
