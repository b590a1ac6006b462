"""What's around somebody: suggestions for the words of their page, less what they said no to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from livingwell.consent.models import Contact, Part
from livingwell.core.dates import day_of
from livingwell.directory.models import Listing
from livingwell.directory.queries.cards import cards
from livingwell.directory.queries.words import point
from livingwell.plans.queries import wishes_of, words_of
from livingwell.steps.because import Offered
from livingwell.steps.models import Choice, Verdict
from livingwell.steps.queries.choices import told
from livingwell.suggestions.queries import Asked, answer

if TYPE_CHECKING:
    from uuid import UUID

    from livingwell.consent.doors import Page
    from livingwell.directory.queries.cards import Card
    from livingwell.plans.queries import Wishes
    from livingwell.steps.queries.choices import Chosen
    from livingwell.suggestions.queries import Suggestion

POSTCODE: Final = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b", re.IGNORECASE)
MOST_WORDS: Final = 10_000


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """A suggestion that was put off until now. `card` is None where it is not offered any more."""

    choice: Chosen
    card: Card | None


@dataclass(frozen=True, slots=True)
class Around:
    """All that "What's around for you" shows."""

    again: tuple[AskedAgain, ...]
    suggestions: tuple[Suggestion, ...]
    dangers: frozenset[str]
    has_words: bool
    near: str
    near_unknown: bool


def wishes(page: Page) -> Wishes:
    """What the page asks for, of the parts its viewer may see."""
    return wishes_of(page.person, page.viewer, at=page.at)


def around(page: Page, wishes: Wishes, *, near: str = "") -> Around:
    """What is around the person of an open page. What they turned down, put off or chose is not offered again."""
    held = Choice.objects.visible_to(page.viewer, at=page.at).live().filter(person=page.person)
    rows = list(held.select_related("service__merged_into").order_by("ask_on", "id"))
    said = {pk for row in rows for pk in (row.service_id, row.service.merged_into_id) if pk is not None}
    on = day_of(page.at)
    due = [row for row in rows if row.verdict == Verdict.LATER and row.ask_on and row.ask_on <= on]
    where = near.strip() or _postcode(page)
    found = point(where) if where else None
    answered = answer(
        Asked(
            story=wishes.story[:MOST_WORDS],
            themes=wishes.themes,
            near=found,
            without=wishes.without,
            not_for_me=frozenset(said),
        ),
        on=on,
    )
    return Around(
        again=_again(told(due, page)),
        suggestions=tuple(answered.suggestions),
        dangers=frozenset(danger.kind for danger in answered.dangers),
        has_words=bool(wishes.story.strip() or wishes.themes),
        near=where,
        near_unknown=bool(where) and found is None,
    )


def offered_by(page: Page, wishes: Wishes, service: UUID, *, near: str = "") -> Offered | None:
    """Why a service is offered on this page now; nothing where it is not, or where that may not be kept."""
    for each in around(page, wishes, near=near).suggestions:
        if each.card.service_id == service:
            part = _part(page, each.reason.because)
            return Offered(part, each.reason.text, each.reason.because) if part in page.changes else None
    return None


def _part(page: Page, quoted: str) -> Part:
    """Which part of the page a reason quotes: the plan where these words stand in it, else where they do stand."""
    said = words_of(page.person, page.viewer, at=page.at)
    parts = [each.part for each in said if quoted and quoted in each.text]
    if Part.PLAN in parts or Part.STORY not in page.sees:
        return Part.PLAN
    return parts[0] if parts else Part.STORY


def _again(choices: tuple[Chosen, ...]) -> tuple[AskedAgain, ...]:
    services = [choice.service.pk for choice in choices]
    listings: dict[UUID, int] = {}
    listed = Listing.objects.filter(service__in=services, is_live=True).order_by("pk")
    for service, listing in listed.values_list("service_id", "pk"):
        listings.setdefault(service, listing)
    made = {card.service_id: card for card in cards(list(listings.values()))}
    return tuple(AskedAgain(choice, made.get(choice.service.pk)) for choice in choices)


def _postcode(page: Page) -> str:
    """The postcode of the address on the page, where the viewer may see it."""
    seen = Contact.objects.visible_to(page.viewer, at=page.at).filter(person=page.person)
    found = POSTCODE.search(next(iter(seen.values_list("address", flat=True)), ""))
    return found.group().upper() if found else ""
