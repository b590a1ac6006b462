"""Introductions as the person and those around them see them, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from livingwell.directory.describe import calm
from livingwell.referrals.models import OPEN, Because, Helped, Referral, Status, Weight

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from livingwell.consent.models import Person
    from livingwell.people.models import Account


@dataclass(frozen=True, slots=True)
class Shown:
    """One introduction: to whom, how, where it stands, who sees to it, and what was said."""

    id: UUID
    service: UUID
    name: str
    organization: UUID
    organization_name: str
    phone: str
    weight: Weight
    status: Status
    state: str
    owner: str
    mine: bool
    """Whether whoever looks is the one who sees to it."""
    is_open: bool
    sent_at: datetime | None
    answer_by: date | None
    back_on: date | None
    wait_weeks: int | None
    ask_on: date | None
    """On their waiting list: about how long, and when we ask them again."""
    because: str
    instead: str
    helped: Helped | None
    said: tuple[tuple[str, str], ...]
    other_ways: bool
    """Whether other choices are offered: it came back, was stopped, or takes a while."""
    by_link: bool
    """Whether the receiver was sent a link. If not, they are told on the phone."""


def introductions_of(person: Person, viewer: Account, *, at: datetime) -> tuple[Shown, ...]:
    """All of a page's introductions, open ones first, the newest first."""
    rows = shown_in(_of(person, viewer, at), viewer, own=_own(person, viewer))
    return tuple(sorted(rows, key=lambda one: not one.is_open))


def introduction_of(person: Person, pk: UUID, viewer: Account, *, at: datetime) -> Shown | None:
    """One of a page's introductions; None where there is none or it may not be seen."""
    rows = shown_in(_of(person, viewer, at).filter(pk=pk), viewer, own=_own(person, viewer))
    return rows[0] if rows else None


def _of(person: Person, viewer: Account, at: datetime) -> QuerySet[Referral]:
    return Referral.objects.visible_to(viewer, at=at).filter(person=person)


def _own(person: Person, viewer: Account) -> bool:
    return person.account_id == viewer.pk


def shown_in(referrals: QuerySet[Referral], viewer: Account | None, *, own: bool = False) -> list[Shown]:
    """Each of these as it is shown to somebody; None: to whoever holds a link. The newest first.

    `own`: whether it is the person themself who looks.
    """
    chosen = (
        referrals.select_related("service", "organization", "owner")
        .prefetch_related("said", "links", "service__phones", "organization__phones")
        .order_by("-started_at")
    )
    return [_shown(one, viewer, own=own) for one in chosen]


def _shown(one: Referral, viewer: Account | None, *, own: bool) -> Shown:
    status = Status(one.status)
    numbers = [*one.service.phones.all(), *one.organization.phones.all()]
    return Shown(
        id=one.pk,
        service=one.service_id,
        name=calm(one.service.name),
        organization=one.organization_id,
        organization_name=one.organization.name,
        phone=numbers[0].number if numbers else "",
        weight=Weight(one.weight),
        status=status,
        state=state_of(one, own=own),
        owner=_owner(one),
        mine=viewer is not None and one.owner_id == viewer.pk,
        is_open=status in OPEN,
        sent_at=one.sent_at,
        answer_by=one.answer_by,
        back_on=one.back_on,
        wait_weeks=one.wait_weeks,
        ask_on=one.ask_on,
        because=because_of(one),
        instead=one.instead,
        helped=Helped(one.helped) if one.helped else None,
        said=tuple((said.heading, said.words) for said in sorted(one.said.all(), key=lambda s: s.place)),
        other_ways=status in {Status.DECLINED, Status.WITHDRAWN}
        or (status is Status.SENT and one.back_on is not None)
        or one.ask_on is not None,
        by_link=bool(one.links.all()),
    )


def because_of(one: Referral) -> str:
    """The receiver's reason in words; empty where they gave none."""
    if not one.because:
        return ""
    return one.because_words if one.because == Because.OTHER else str(Because(one.because).label)


def state_of(one: Referral, *, own: bool) -> str:
    """Where an introduction stands, as one sentence: to the person themself, or to somebody else."""
    match Status(one.status):
        case Status.DRAFT:
            return _("Not sent. Nobody has seen it.")
        case Status.SENT if one.back_on:
            return _("They have not answered. It is with %(owner)s now.") % {"owner": _owner(one)}
        case Status.SENT if one.read_on:
            return _("They opened it on %(day)s. Waiting for their answer.") % {"day": _day(one.read_on)}
        case Status.SENT:
            return _("Sent. We hope for an answer by %(day)s.") % {"day": _day(one.answer_by)}
        case Status.ACCEPTED if one.ask_on and one.back_on and one.back_on >= one.ask_on:
            return _("The wait they named is over. It is with %(owner)s now, to ask them again.") % {
                "owner": _owner(one)
            }
        case Status.ACCEPTED if one.wait_weeks:
            return ngettext(
                "They said yes. There is a wait of about %(weeks)s week. We ask them again on %(day)s.",
                "They said yes. There is a wait of about %(weeks)s weeks. We ask them again on %(day)s.",
                one.wait_weeks,
            ) % {"weeks": one.wait_weeks, "day": _day(one.ask_on)}
        case Status.ACCEPTED if one.contacted_on:
            return _("They said yes, and got in touch on %(day)s.") % {"day": _day(one.contacted_on)}
        case Status.ACCEPTED:
            return _("They said yes.")
        case Status.DECLINED:
            return _("They cannot.")
        case Status.MET:
            met = _("You met on %(day)s.") if own else _("They met on %(day)s.")
            return met % {"day": _day(one.met_on)}
        case Status.CLOSED:
            return _("Done.")
        case Status.WITHDRAWN:
            return _("Stopped. They were told to delete what was said.")


def _owner(one: Referral) -> str:
    return one.owner.name or _("whoever sent it")


def _day(day: date | None) -> str:
    return formats.date_format(day, "l j F") if day else ""
