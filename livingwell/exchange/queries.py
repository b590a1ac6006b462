"""Introductions as a linked-up system reads them: those received, asked inside `acting.asking`; and those sent, asked
in the name of whoever answers for what it sends.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Q, Subquery

from livingwell.consent.models import Consent, Contact, How, Person, Purpose
from livingwell.directory.describe import calm
from livingwell.exchange.models import Change
from livingwell.people.models import Membership
from livingwell.recall.models import Missed
from livingwell.referrals.models import TOLD, Because, Referral, Said, Status, Weight

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from livingwell.exchange.models import Client
    from livingwell.people.models import Account


@dataclass(frozen=True, slots=True)
class Agreed:
    """The consent that an introduction rests on: from when until when, how it was said, and whether it holds."""

    given_at: datetime
    until: datetime
    how: How
    live: bool


@dataclass(frozen=True, slots=True)
class Introduction:
    """One introduction, with what may be read of it now. `said` is empty once it is over, and for a sender."""

    pk: UUID
    service: UUID
    service_name: str
    organization: UUID
    organization_name: str
    sender: UUID | None
    sender_name: str
    weight: Weight
    status: Status
    stopped: bool
    """By the person, or because the consent has ended."""
    sent_at: datetime
    """Or begun, where it was not sent yet."""
    changed_at: datetime
    opened: bool
    contacted_on: date | None
    met_on: date | None
    because: Because | None
    because_words: str
    instead: str
    wait_weeks: int | None
    said: tuple[tuple[str, str], ...]
    agreed: Agreed | None


def received(client: Client) -> QuerySet[Referral]:
    """The rows sent to the client's organization."""
    return _in_order(
        Referral.objects.exclude(status=Status.DRAFT).filter(
            organization=client.organization_id, sent_at__isnull=False
        )
    )


def sent(client: Client, by: Account, *, at: datetime) -> QuerySet[Referral]:
    """The rows that the client's organization wrote, as far as `by` sees the plan of the page, or sees to them.

    None once `by` does not work with people there any more.
    """
    works = Membership.objects.with_people(at).filter(account=by, organization=client.organization_id)
    if not works.exists():
        return _in_order(Referral.objects.none())
    return _in_order(Referral.objects.visible_to(by, at=at).filter(sender=client.organization_id))


def introduction(rows: QuerySet[Referral], pk: UUID, *, at: datetime, words: bool) -> Introduction | None:
    """One of these; None where there is none. Only with `words` it holds what is said."""
    return next(iter(_read(rows.filter(pk=pk), at, words=words)), None)


def introductions(
    rows: QuerySet[Referral],
    *,
    at: datetime,
    words: bool,
    pk: UUID | None = None,
    after: tuple[datetime, UUID] | None = None,
    most: int,
) -> tuple[Introduction, ...]:
    """Those of `rows`, the longest unchanged first.

    `after` goes on behind the one that changed then and has that id: what moves meanwhile comes later, none is lost.
    """
    if pk is not None:
        rows = rows.filter(pk=pk)
    if after is not None:
        moment, last = after
        rows = rows.filter(Q(changed_at__gt=moment) | Q(changed_at=moment, pk__gt=last))
    return _read(rows.order_by("changed_at", "pk")[:most], at, words=words)  # type: ignore[misc] # annotated in _in_order


def changed(rows: QuerySet[Referral], since: Sequence[tuple[str, datetime]]) -> QuerySet[Referral]:
    """Those changed before or after given moments: `gt`, `ge`, `lt` or `le`."""
    for comparison, moment in since:
        name = {"gt": "gt", "ge": "gte", "lt": "lt", "le": "lte"}[comparison]
        rows = rows.filter(**{f"changed_at__{name}": moment})
    return rows


def kept_here(client: Client, by: Account, nhs_number: str, *, at: datetime) -> Person | None:
    """The person of this NHS number whose page the client's organization keeps with them: asked as `by`."""
    kept = Consent.objects.live(at).filter(organization=client.organization_id, purpose=Purpose.KEEP)
    contact = Contact.objects.visible_to(by, at=at).filter(
        nhs_number=nhs_number, person__in=kept.values("person")
    )
    return Person.objects.visible_to(by, at=at).filter(pk__in=contact.values("person")).first()


def _in_order(rows: QuerySet[Referral]) -> QuerySet[Referral]:
    """Each with `changed_at`, its place in the order of changes."""
    moment = Change.objects.filter(referral_id=OuterRef("pk")).values("modified")[:1]
    return rows.annotate(changed_at=Subquery(moment)).filter(changed_at__isnull=False)


def _read(rows: QuerySet[Referral], at: datetime, *, words: bool) -> tuple[Introduction, ...]:
    found = list(rows.select_related("service", "organization", "sender", "consent"))
    said: dict[UUID, list[tuple[str, str]]] = {}
    if words:
        for item in Said.objects.filter(referral__in=[one.pk for one in found]).order_by("place"):
            said.setdefault(item.referral_id, []).append((item.heading, item.words))
    return tuple(_introduction(one, tuple(said.get(one.pk, ())), at) for one in found)


def _introduction(one: Referral, said: tuple[tuple[str, str], ...], at: datetime) -> Introduction:
    agreed = _agreed(one, at)
    status = Status(one.status)
    # Who sees no consents of the page sees this one end with the next move, within a minute.
    live = agreed.live if agreed is not None else one.consent_id is not None
    return Introduction(
        pk=one.pk,
        service=one.service_id,
        service_name=calm(one.service.name),
        organization=one.organization_id,
        organization_name=one.organization.name,
        sender=one.sender_id,
        sender_name=one.sender.name if one.sender else "",
        weight=Weight(one.weight),
        status=status,
        stopped=status is Status.WITHDRAWN or (status in TOLD and not live),
        sent_at=one.sent_at or one.started_at,
        changed_at=one.changed_at,  # type: ignore[attr-defined] # annotated in _in_order
        opened=one.read_on is not None,
        contacted_on=one.contacted_on,
        met_on=one.met_on,
        because=Because(one.because) if one.because else None,
        because_words=one.because_words,
        instead=one.instead,
        wait_weeks=one.wait_weeks,
        said=said if agreed is not None and live and status in TOLD else (),
        agreed=agreed,
    )


def _agreed(one: Referral, at: datetime) -> Agreed | None:
    consent = one.consent
    if consent is None:
        return None
    held = consent.withdrawn_at is None or consent.withdrawn_at > at
    live = held and consent.given_at <= at < consent.until
    return Agreed(consent.given_at, consent.until, How(consent.how), live=live)


def held(client: Client, *, at: datetime) -> QuerySet[Referral]:
    """The introductions that the client's organization holds: it is told what is said in them now."""
    return Referral.objects.filter(
        organization=client.organization_id, status__in=TOLD, consent__in=Consent.objects.live(at)
    )


def missed(client: Client, pk: UUID, *, at: datetime) -> tuple[UUID, date] | None:
    """The introduction of whoever did not come, and the day: of one that the client's organization noted."""
    found = Missed.objects.filter(pk=pk, organization=client.organization_id).first()
    if found is None:
        return None
    one = held(client, at=at).filter(person=found.person_id).order_by("-sent_at").first()
    return (one.pk, found.on) if one else None
