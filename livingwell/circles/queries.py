"""Who is around somebody, as far as a viewer may see it; who may walk with them; and what others share with oneself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

from livingwell.circles.models import CarerInvitation, CircleMember, Close, Reason, Ring, Sent, Who
from livingwell.consent.models import Consent, Part

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from livingwell.consent.models import Person
    from livingwell.people.models import Account


@dataclass(frozen=True, slots=True)
class Asked:
    """That somebody was invited and has not answered yet."""

    id: UUID
    sent: Sent
    until: datetime


@dataclass(frozen=True, slots=True)
class Sees:
    """What somebody around the person may see of their page, and until when."""

    consent: UUID
    parts: tuple[Part, ...]
    until: datetime


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody around a person. `reason`, `asked` and `sees` are empty but for the person and who keeps their page."""

    id: UUID
    called: str
    who: str
    """Who they are, in the person's words if there are any, else by what was chosen. May be empty."""
    close: Close
    ring: Ring | None
    phone: str
    email: str
    together: str
    supports: bool
    again: bool
    reason: str = ""
    asked: Asked | None = None
    sees: Sees | None = None

    @property
    def never_rung(self) -> bool:
        """Whether they must not be rung, whoever asks."""
        return self.ring == Ring.NEVER

    @property
    def number_to_ring(self) -> str:
        """The number that others may ring without asking first, or nothing."""
        return self.phone if self.ring == Ring.MAY else ""


@dataclass(frozen=True, slots=True)
class Circle:
    """The people around somebody, the closest first."""

    members: tuple[Member, ...]

    def in_ring(self, close: Close) -> tuple[Member, ...]:
        """Those who are as close as that."""
        return tuple(member for member in self.members if member.close == close)

    @property
    def carers(self) -> tuple[Member, ...]:
        """Those who look after the person."""
        return tuple(member for member in self.members if member.supports)


@dataclass(frozen=True, slots=True)
class Companion:
    """Somebody who might walk with the person: for choosing who goes along."""

    id: UUID
    called: str
    who: str
    never_rung: bool


@dataclass(frozen=True, slots=True)
class Shared:
    """A page of which somebody shares parts with oneself."""

    consent: UUID
    person: UUID
    called: str
    parts: tuple[Part, ...]
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Invited:
    """What an invitation offers to whoever holds its link."""

    called: str
    own_of: UUID | None
    """The account of whoever invites."""
    parts: tuple[Part, ...]
    lasts_until: datetime
    until: datetime
    sent_to: str


def circle_of(person: Person, viewer: Account, *, at: datetime) -> Circle:
    """The people around somebody, as far as this viewer may see them. Three queries, however many they are."""
    members = CircleMember.objects.visible_to(viewer, at=at).filter(person=person).around()
    reasons = Reason.objects.visible_to(viewer, at=at).filter(person=person)
    why = dict(reasons.values_list("member_id", "words"))
    invitations = list(
        CarerInvitation.objects.visible_to(viewer, at=at)
        .going_on(at)
        .filter(person=person)
        .select_related("consent")
        .order_by("accepted_at", "invited_at")
    )
    asked = {
        each.member_id: Asked(each.pk, Sent(each.sent), each.until)
        for each in invitations
        if each.consent is None
    }
    sees = {
        each.member_id: Sees(each.consent.pk, _parts(each.consent.parts), each.consent.until)
        for each in invitations
        if each.consent
    }
    return Circle(
        tuple(
            Member(
                id=each.pk,
                called=each.called,
                who=who(each),
                close=Close(each.close),
                ring=Ring(each.ring) if each.ring else None,
                phone=each.phone,
                email=each.email,
                together=each.together,
                supports=each.supports,
                again=each.again,
                reason=why.get(each.pk, ""),
                asked=asked.get(each.pk),
                sees=sees.get(each.pk),
            )
            for each in members
        )
    )


def reason_of(member: CircleMember, viewer: Account, *, at: datetime) -> str:
    """Why somebody must not be rung, for the person and who keeps their page; for others nothing."""
    why = Reason.objects.visible_to(viewer, at=at).filter(member=member).first()
    return why.words if why else ""


def companions_of(person: Person, viewer: Account, *, at: datetime) -> tuple[Companion, ...]:
    """Those around somebody who might walk with them, the closest first, as far as this viewer may see them."""
    members = CircleMember.objects.visible_to(viewer, at=at).filter(person=person).around()
    return tuple(Companion(each.pk, each.called, who(each), each.ring == Ring.NEVER) for each in members)


def who(member: CircleMember) -> str:
    """Who somebody is to the person: own words first, else what was chosen, else nothing."""
    return member.who_words or (str(Who(member.who).label) if member.who else "")


def shared_with(viewer: Account, *, at: datetime) -> tuple[Shared, ...]:
    """The pages of which somebody shares parts with this account itself, the newest first."""
    consents = (
        Consent.objects.visible_to(viewer, at=at)
        .live(at)
        .filter(account=viewer)
        .select_related("person")
        .order_by("-given_at")
    )
    return tuple(
        Shared(each.pk, each.person.pk, each.person.called, _parts(each.parts), each.given_at, each.until)
        for each in consents
    )


def invitation_meant(secret: str, *, at: datetime) -> Invited | None:
    """What a link offers, to whoever holds it; None for one that is over, or that nobody made."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM circles_invitation_shown(%s, %s)", [secret, at])
        row = cursor.fetchone()
    if row is None:
        return None
    called, own_of, parts, lasts_until, until, sent_to = row
    return Invited(called, own_of, _parts(parts), lasts_until, until, sent_to)


def _parts(values: Iterable[str]) -> tuple[Part, ...]:
    """Parts in the order in which a page shows them."""
    named = set(values)
    return tuple(part for part in Part if part.value in named)
