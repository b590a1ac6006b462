"""The introductions to one organization as a linked-up system reads them: asked inside `acting.asking`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Case, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Greatest

from livingwell.consent.models import Consent, Contact, Person, Purpose
from livingwell.directory.describe import calm
from livingwell.directory.models import Organization
from livingwell.referrals.models import TOLD, Because, Move, Referral, Said, Status, Weight

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from livingwell.exchange.models import Client
    from livingwell.people.models import Account


@dataclass(frozen=True, slots=True)
class Agreed:
    """The consent that an introduction rests on: from when until when, and whether it holds."""

    given_at: datetime
    until: datetime
    live: bool


@dataclass(frozen=True, slots=True)
class Introduction:
    """One introduction, with what may be read of it now: `said` is empty once it is stopped or over."""

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
    changed_at: datetime
    answer_by: date | None
    opened: bool
    contacted_on: date | None
    met_on: date | None
    because: Because | None
    because_words: str
    instead: str
    said: tuple[tuple[str, str], ...]
    agreed: Agreed | None


def introduction(client: Client, pk: UUID, *, at: datetime) -> Introduction | None:
    """One introduction to the client's organization; None where there is none."""
    return next(iter(_read(_rows(client, at).filter(pk=pk), at)), None)


def referral(client: Client, pk: UUID, *, at: datetime) -> Referral | None:
    """The row behind it, for an action."""
    return _rows(client, at).filter(pk=pk).first()


def introductions(
    client: Client,
    *,
    at: datetime,
    changed: Sequence[tuple[str, datetime]] = (),
    pk: UUID | None = None,
    after: tuple[datetime, UUID] | None = None,
    most: int,
) -> tuple[Introduction, ...]:
    """Those changed before or after given moments (`gt`, `ge`, `lt`, `le`), the longest unchanged first.

    `after` goes on behind the one that changed then and has that id: what moves meanwhile comes later, none is lost.
    """
    rows = _rows(client, at).order_by("changed_at", "pk")  # type: ignore[misc] # annotated in _rows
    for comparison, moment in changed:
        name = {"gt": "gt", "ge": "gte", "lt": "lt", "le": "lte"}[comparison]
        rows = rows.filter(**{f"changed_at__{name}": moment})
    if pk is not None:
        rows = rows.filter(pk=pk)
    if after is not None:
        moment, last = after
        rows = rows.filter(Q(changed_at__gt=moment) | Q(changed_at=moment, pk__gt=last))
    return _read(rows[:most], at)


def number_of(client: Client, *, at: datetime, changed: Sequence[tuple[str, datetime]] = ()) -> int:
    """How many there are in all for such a question."""
    rows = _rows(client, at)
    for comparison, moment in changed:
        name = {"gt": "gt", "ge": "gte", "lt": "lt", "le": "lte"}[comparison]
        rows = rows.filter(**{f"changed_at__{name}": moment})
    return rows.count()


def known_organization(client: Client, pk: UUID, *, at: datetime) -> Organization | None:
    """The client's own organization, or one that sent it an introduction."""
    if pk == client.organization_id or _rows(client, at).filter(sender=pk).exists():
        return Organization.objects.filter(pk=pk).first()
    return None


def with_service(client: Client, pk: UUID, *, at: datetime) -> Introduction | None:
    """Any introduction to this service, which knows its name."""
    return next(iter(_read(_rows(client, at).filter(service=pk)[:1], at)), None)


def kept_here(client: Client, by: Account, nhs_number: str, *, at: datetime) -> Person | None:
    """The person of this NHS number whose page the client's organization keeps with them: asked as `by`."""
    kept = Consent.objects.live(at).filter(organization=client.organization_id, purpose=Purpose.KEEP)
    contact = Contact.objects.visible_to(by, at=at).filter(
        nhs_number=nhs_number, person__in=kept.values("person")
    )
    return Person.objects.visible_to(by, at=at).filter(pk__in=contact.values("person")).first()


def _rows(client: Client, at: datetime) -> QuerySet[Referral]:
    """Each with `changed_at`: its last move, or the end of its consent, which stops it without one."""
    moved = Move.objects.filter(referral=OuterRef("pk")).order_by("-moved_at").values("moved_at")[:1]
    ended = Case(
        When(status__in=TOLD, consent__withdrawn_at__lte=at, then=F("consent__withdrawn_at")),
        When(status__in=TOLD, consent__until__lte=at, then=F("consent__until")),
    )
    sent = Referral.objects.exclude(status=Status.DRAFT).filter(
        organization=client.organization_id, sent_at__isnull=False
    )
    return sent.annotate(changed_at=Greatest(F("sent_at"), Subquery(moved), ended))


def _read(rows: QuerySet[Referral], at: datetime) -> tuple[Introduction, ...]:
    found = list(rows.select_related("service", "organization", "sender", "consent"))
    said: dict[UUID, list[tuple[str, str]]] = {}
    for item in Said.objects.filter(referral__in=[one.pk for one in found]).order_by("place"):
        said.setdefault(item.referral_id, []).append((item.heading, item.words))
    return tuple(_introduction(one, tuple(said.get(one.pk, ())), at) for one in found)


def _introduction(one: Referral, said: tuple[tuple[str, str], ...], at: datetime) -> Introduction:
    agreed = _agreed(one, at)
    status = Status(one.status)
    live = agreed is not None and agreed.live
    assert one.sent_at  # noqa: S101 - the database sends nothing without it, and only what was sent is read
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
        sent_at=one.sent_at,
        changed_at=one.changed_at,  # type: ignore[attr-defined] # annotated in _rows
        answer_by=one.answer_by,
        opened=one.read_on is not None,
        contacted_on=one.contacted_on,
        met_on=one.met_on,
        because=Because(one.because) if one.because else None,
        because_words=one.because_words,
        instead=one.instead,
        said=said if live and status in TOLD else (),
        agreed=agreed,
    )


def _agreed(one: Referral, at: datetime) -> Agreed | None:
    consent = one.consent
    if consent is None:
        return None
    held = consent.withdrawn_at is None or consent.withdrawn_at > at
    return Agreed(consent.given_at, consent.until, live=held and consent.given_at <= at < consent.until)
