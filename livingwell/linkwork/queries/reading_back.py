"""What stands on a page, in the order in which it is read aloud."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from livingwell.circles.queries import circle_of
from livingwell.consent.models import Consent, Event, Kind, Part, Purpose
from livingwell.consent.queries import contact_of
from livingwell.plans.queries import hard_dates_of, words_of
from livingwell.steps.queries import steps_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from livingwell.circles.queries import Member
    from livingwell.consent.doors import Page
    from livingwell.consent.queries import ContactSeen
    from livingwell.steps.queries import StepShown


@dataclass(frozen=True, slots=True)
class Passage:
    """A heading and what is read under it, a line at a time. `own`: the person's own words."""

    heading: str
    lines: tuple[str, ...]
    own: bool


@dataclass(frozen=True, slots=True)
class LetIn:
    """Who may see the page, for what, until when."""

    name: str
    purpose: str
    may_change: bool
    until: datetime


@dataclass(frozen=True, slots=True)
class ToRead:
    """A whole page to read aloud, and when that was last done."""

    passages: tuple[Passage, ...]
    let_in: tuple[LetIn, ...]
    last: datetime | None


def to_read(page: Page) -> ToRead:
    """All that stands on a page of the parts that its viewer sees."""
    person, viewer, at = page.person, page.viewer, page.at
    words = [
        Passage(one.label, tuple(one.text.splitlines()), own=True) for one in words_of(person, viewer, at=at)
    ]
    days = [
        f"{one.what}: {one.when}" if one.when else one.what for one in hard_dates_of(person, viewer, at=at)
    ]
    steps = steps_of(page) if Part.PLAN in page.sees else None
    live = [*steps.now, *steps.next, *steps.later] if steps else []
    circle = circle_of(person, viewer, at=at)
    consents = Consent.objects.visible_to(viewer, at=at).live(at).filter(person=person)
    read = Event.objects.visible_to(viewer, at=at).filter(person=person, kind=Kind.READ_BACK)
    return ToRead(
        passages=(
            *words,
            *_passage(_("Days that are hard"), days),
            *_passage(_("Steps"), [_step(one) for one in live]),
            *_passage(_("People around you"), [_member(one) for one in circle.members]),
            *_passage(_("How you may be reached"), _reached(contact_of(person, viewer, at=at))),
        ),
        let_in=tuple(
            LetIn(
                one.organization.name if one.organization else str(one.account),
                str(Purpose(one.purpose).label),
                one.may_change,
                one.until,
            )
            for one in consents.select_related("organization", "account").order_by("given_at")
        ),
        last=read.order_by("-happened_at").values_list("happened_at", flat=True).first(),
    )


def _passage(heading: str, lines: Sequence[str]) -> tuple[Passage, ...]:
    return (Passage(heading, tuple(lines), own=True),) if lines else ()


def _step(one: StepShown) -> str:
    return (
        _("%(step)s, with: %(who)s") % {"step": one.words, "who": one.companion}
        if one.companion
        else one.words
    )


def _member(one: Member) -> str:
    """Somebody around them, who that is, and whether they may be rung."""
    return ", ".join(part for part in (one.called, one.who, str(one.ring.label) if one.ring else "") if part)


def _reached(contact: ContactSeen) -> list[str]:
    """Each line that was said of how to reach them."""
    said = (contact.full_name, contact.phone, contact.email, contact.address)
    ways = ", ".join(label for _value, label in contact.ways)
    return [line for line in (*said, ways, contact.best_time) if line]
