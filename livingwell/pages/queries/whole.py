"""Everything on a page that a viewer may see: for its front, for paper and for taking away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from livingwell.circles.queries import Circle, circle_of
from livingwell.consent.models import Consent, Contact, Part, Purpose, Way
from livingwell.plans.queries import HardDay, Said, Theme, hard_dates_of, themes_of, words_of
from livingwell.referrals.queries import Shown, introductions_of
from livingwell.steps.queries import Steps, steps_of

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from livingwell.consent.doors import Page


@dataclass(frozen=True, slots=True)
class Reached:
    """Who the person is for the post and the surgery, and how they may be reached. Any line may be empty."""

    full_name: str
    born_on: date | None
    nhs_number: str
    phone: str
    email: str
    address: str
    ways: tuple[Way, ...]
    best_time: str
    may_leave_word: bool
    word_to_leave: str


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
    reached: Reached | None
    sharing: tuple[Sharing, ...]


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
        reached=_reached(page),
        sharing=_sharing(page) if Part.CONSENTS in page.sees else (),
    )


def _reached(page: Page) -> Reached | None:
    found = Contact.objects.visible_to(page.viewer, at=page.at).filter(person=page.person).first()
    if found is None:
        return None
    return Reached(
        full_name=found.full_name,
        born_on=found.born_on,
        nhs_number=found.nhs_number,
        phone=found.phone,
        email=found.email,
        address=found.address,
        ways=tuple(Way(way) for way in found.ways),
        best_time=found.best_time,
        may_leave_word=found.may_leave_word,
        word_to_leave=found.word_to_leave,
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
