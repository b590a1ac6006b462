"""Everything on a page that a viewer may see: for its front, for paper and for taking away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from livingwell.circles.queries import Circle, circle_of
from livingwell.consent.models import Consent, Part, Purpose
from livingwell.consent.queries import ContactSeen, contact_of
from livingwell.contacting.queries import Seen, letters_of
from livingwell.plans.queries import HardDay, Said, Theme, hard_dates_of, themes_of, words_of
from livingwell.recall.queries import Kept, kept_of
from livingwell.referrals.queries import Shown, introductions_of
from livingwell.steps.queries import Steps, steps_of

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from livingwell.consent.doors import Page


@dataclass(frozen=True, slots=True)
class Sharing:
    """A live consent: who may see which parts, for what, until when, and how the yes was given."""

    id: UUID
    receiver: str
    to_organization: UUID | None
    parts: tuple[Part, ...]
    purpose: Purpose
    given_at: datetime
    until: datetime
    how: str


@dataclass(frozen=True, slots=True)
class Whole:
    """A page as far as its viewer sees it. A part that is not shared is empty, as if nothing had been written there."""

    words: tuple[Said, ...]
    themes: tuple[Theme, ...]
    hard_days: tuple[HardDay, ...]
    circle: Circle
    steps: Steps
    introductions: tuple[Shown, ...]
    reached: ContactSeen
    sharing: tuple[Sharing, ...]


@dataclass(frozen=True, slots=True)
class InTouch:
    """How somebody was kept in touch with, as far as its viewer sees it: each message, and the rest."""

    messages: tuple[Seen, ...]
    kept: Kept


def in_touch(page: Page) -> InTouch:
    """All of it, for taking away."""
    person, viewer, at = page.person, page.viewer, page.at
    return InTouch(letters_of(person, viewer, at=at, number=None), kept_of(person, viewer, at=at))


def whole(page: Page) -> Whole:
    """The page in about ten queries, whatever stands on it."""
    person, viewer, at = page.person, page.viewer, page.at
    return Whole(
        words=words_of(person, viewer, at=at),
        themes=themes_of(person, viewer, at=at),
        hard_days=hard_dates_of(person, viewer, at=at),
        circle=circle_of(person, viewer, at=at),
        steps=steps_of(page),
        introductions=introductions_of(person, viewer, at=at) if Part.PLAN in page.sees else (),
        reached=contact_of(person, viewer, at=at),
        sharing=_sharing(page) if Part.CONSENTS in page.sees else (),
    )


def _sharing(page: Page) -> tuple[Sharing, ...]:
    rows = Consent.objects.visible_to(page.viewer, at=page.at).live(page.at).filter(person=page.person)
    return tuple(
        Sharing(
            id=one.pk,
            receiver=one.organization.name if one.organization else str(one.account),
            to_organization=one.organization_id,
            parts=tuple(Part(part) for part in one.parts),
            purpose=Purpose(one.purpose),
            given_at=one.given_at,
            until=one.until,
            how=one.how,
        )
        for one in rows.select_related("organization", "account").order_by("given_at")
    )
