"""What happened on a page: a sentence each, to its person or of them, with what it is about in its own words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from livingwell.consent.models import Consent, Event, Kind
from livingwell.core.paging import latest_first
from livingwell.directory.describe import calm
from livingwell.pages.of_others import OF_OTHERS
from livingwell.referrals.models import Referral
from livingwell.steps.models import Step

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from livingwell.consent.doors import Page

A_PAGE: Final = 40


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened: the sentence, what it was about in its own words (may be empty), who was there, when."""

    id: UUID
    at: datetime
    text: str
    about: str
    by: str
    """Somebody else's name; empty where the person did it themself."""


def timeline(
    page: Page, *, before: UUID | None = None, number: int | None = A_PAGE, to_person: bool = True
) -> tuple[Happened, ...]:
    """The latest things first, so many at a time (None: all); `before` goes on from the last one seen.

    It speaks to the person ("You began a step") or, with `to_person` false, of them.
    """
    rows = Event.objects.visible_to(page.viewer, at=page.at).filter(person=page.person)
    events = list(latest_first(rows.select_related("happened_by"), "happened_at", before=before)[:number])
    about = _about(page, {event.about for event in events if event.about})
    return tuple(
        Happened(
            id=event.pk,
            at=event.happened_at,
            text=str(Kind(event.kind).label if to_person else OF_OTHERS[Kind(event.kind)]),
            about=about.get(event.about, "") if event.about else "",
            by="" if event.happened_by_id == page.person.account_id else str(event.happened_by),
        )
        for event in events
    )


def _about(page: Page, ids: Iterable[UUID]) -> dict[UUID, str]:
    """What each thing is called, read where it is kept: what was deleted there is not named here."""
    wanted, found = list(ids), {}
    if not wanted:
        return {}
    steps = Step.objects.visible_to(page.viewer, at=page.at)
    found.update(dict(steps.filter(person=page.person, pk__in=wanted).values_list("pk", "words")))
    introductions = Referral.objects.visible_to(page.viewer, at=page.at)
    named = introductions.filter(person=page.person, pk__in=wanted).values_list("pk", "service__name")
    found.update({pk: calm(name) for pk, name in named})
    consents = Consent.objects.visible_to(page.viewer, at=page.at)
    for consent in consents.filter(person=page.person, pk__in=wanted).select_related(
        "organization", "account"
    ):
        found[consent.pk] = consent.organization.name if consent.organization else str(consent.account)
    return found
