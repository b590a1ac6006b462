"""What somebody said to suggestions: chosen, not for me, ask me later; and what is asked again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from livingwell.core.dates import day_of
from livingwell.steps.models import Because, Choice, Verdict
from livingwell.steps.queries.steps import OfService, of_service

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from uuid import UUID

    from livingwell.consent.doors import Page


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was said to one suggestion, and why it had been offered as far as the viewer may read that."""

    pk: UUID
    service: OfService
    verdict: Verdict
    reason: str
    ask_on: date | None
    asks: bool
    """Whether the day of "ask me later" has come."""
    step: UUID | None
    decided_at: datetime
    because: str
    quoted: str


def choices_of(page: Page, *verdicts: Verdict) -> tuple[Chosen, ...]:
    """What holds on a page, or of it only some verdicts; the latest first. Two queries, however many there are."""
    held = Choice.objects.visible_to(page.viewer, at=page.at).live().filter(person=page.person)
    if verdicts:
        held = held.filter(verdict__in=verdicts)
    rows = held.select_related("service__merged_into").order_by("-decided_at", "id")
    return told(rows, page)


def choice_of(page: Page, pk: UUID) -> Chosen | None:
    """One choice of a page that holds, or None."""
    held = Choice.objects.visible_to(page.viewer, at=page.at).live().filter(person=page.person, pk=pk)
    return next(iter(told(held.select_related("service__merged_into"), page)), None)


def because_of(page: Page, step: UUID) -> Because | None:
    """Why a step was suggested, where the viewer may read that."""
    seen = Because.objects.visible_to(page.viewer, at=page.at).filter(person=page.person)
    return seen.filter(choice__step=step).order_by("-choice__decided_at").first()


def told(rows: Iterable[Choice], page: Page) -> tuple[Chosen, ...]:
    """Choices of one page with their reasons."""
    rows = list(rows)
    reasons = {
        row.choice_id: row
        for row in Because.objects.visible_to(page.viewer, at=page.at).filter(
            person=page.person, choice__in=rows
        )
    }
    on = day_of(page.at)
    return tuple(_told(row, reasons.get(row.pk), on) for row in rows)


def _told(row: Choice, because: Because | None, on: date) -> Chosen:
    verdict = Verdict(row.verdict)
    return Chosen(
        pk=row.pk,
        service=of_service(row.service),
        verdict=verdict,
        reason=row.reason,
        ask_on=row.ask_on,
        asks=verdict == Verdict.LATER and row.ask_on is not None and row.ask_on <= on,
        step=row.step_id,
        decided_at=row.decided_at,
        because=because.sentence if because else "",
        quoted=because.quoted if because else "",
    )
