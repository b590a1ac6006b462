"""Emergencies as the person sees them, and as whoever opened one does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from livingwell.consent.models import Emergency, Grounds, Verdict

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from livingwell.consent.models import Person
    from livingwell.people.models import Account


@dataclass(frozen=True, slots=True)
class EmergencySeen:
    """That a page was opened without consent: by whom, why, until when, and what came of it."""

    id: UUID
    person: UUID
    who: str
    organization: str
    opened_at: datetime
    until: datetime
    open: bool
    grounds: str
    words: str
    verdict: str
    verdict_words: str
    reviewed_at: datetime | None


def emergencies_of(person: Person, viewer: Account, *, at: datetime) -> tuple[EmergencySeen, ...]:
    """The latest emergencies in which this page was opened, newest first."""
    found = Emergency.objects.visible_to(viewer, at=at).filter(person=person)
    rows = found.select_related("opened_by", "organization").order_by("-opened_at")[:20]
    return tuple(seen(one, at) for one in rows)


def open_emergencies_of(viewer: Account, *, at: datetime) -> tuple[EmergencySeen, ...]:
    """The pages that somebody has open now in an emergency of their own."""
    found = Emergency.objects.visible_to(viewer, at=at).open(at).filter(opened_by=viewer)
    rows = found.select_related("opened_by", "organization").order_by("until")
    return tuple(seen(one, at) for one in rows)


def emergency(pk: UUID, viewer: Account, *, at: datetime) -> Emergency | None:
    """One emergency, of one's own page or opened by oneself."""
    return Emergency.objects.visible_to(viewer, at=at).filter(pk=pk).first()


def seen(one: Emergency, at: datetime) -> EmergencySeen:
    """One emergency in words."""
    return EmergencySeen(
        id=one.pk,
        person=one.person_id,
        who=one.opened_by.name or str(one.opened_by),
        organization=one.organization.name,
        opened_at=one.opened_at,
        until=one.until,
        open=one.until > at,
        grounds=str(Grounds(one.grounds).label),
        words=one.words,
        verdict=str(Verdict(one.verdict).label) if one.verdict else "",
        verdict_words=one.verdict_words,
        reviewed_at=one.reviewed_at,
    )
