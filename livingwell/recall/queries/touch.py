"""What stands under "Keeping in touch" on somebody's page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from livingwell.consent.models import Consent, Part
from livingwell.core.kept import kept
from livingwell.people.models import Membership, Role
from livingwell.recall.models import Ask, CheckIn, Entry, NotRung, Peers, Rung

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from livingwell.consent.models import Person
    from livingwell.contacting.models import Letter
    from livingwell.people.models import Account

SHOWN: Final = 12
KEY: Final = "check-in:"
"""How the keys of messages that ask begin; the id of what was asked follows."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """What is asked, in words."""

    question: str
    how: str
    often: str
    silence: str
    next_on: date


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was asked: `answer` is empty while there is none."""

    id: UUID
    on: date
    question: str
    answer: str
    words: str


@dataclass(frozen=True, slots=True)
class OnList:
    """That an organization means to ring: why, who is worried, when."""

    id: UUID
    organization: str
    why: str
    words: str
    worried: str
    due_on: date


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """An organization that was asked not to ring, and since when."""

    id: UUID
    organization: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Touch:
    """All of it. `waiting`: the question that can be answered now."""

    agreed: Agreed | None
    waiting: Asked | None
    answered: tuple[Asked, ...]
    on_lists: tuple[OnList, ...]
    left_alone: tuple[LeftAlone, ...]
    ladder: tuple[str, ...]
    peers: str


def touch_of(person: Person, viewer: Account, *, at: datetime) -> Touch:
    """What they chose and answered, and who means to ring them, as far as this viewer may see it. Six queries."""
    check_in = CheckIn.objects.visible_to(viewer, at=at).filter(person=person).first()
    asks = Ask.objects.visible_to(viewer, at=at).filter(person=person).order_by("-due_on", "-again")
    asked = [
        Asked(one.pk, one.due_on, one.question, one.get_answer_display() if one.answer else "", one.words)
        for one in asks[:SHOWN]
    ]
    entries = Entry.objects.visible_to(viewer, at=at).open().filter(person=person)
    alone = NotRung.objects.visible_to(viewer, at=at).live().filter(person=person)
    peers = (
        Peers.objects.visible_to(viewer, at=at).filter(person=person).select_related("organization").first()
    )
    return Touch(
        agreed=_agreed(check_in) if check_in and check_in.stopped_at is None else None,
        waiting=asked[0] if asked and not asked[0].answer else None,
        answered=tuple(one for one in asked if one.answer),
        on_lists=tuple(
            OnList(one.pk, one.organization.name, one.get_why_display(), one.words, one.worried, one.due_on)
            for one in entries.select_related("organization").order_by("due_on", "pk")
        ),
        left_alone=tuple(
            LeftAlone(one.pk, one.organization.name, one.asked_at)
            for one in alone.select_related("organization").order_by("organization__name", "pk")
        ),
        ladder=ladder_of(person, viewer, at=at),
        peers=peers.organization.name if peers else "",
    )


def waits(letter: Letter) -> bool:
    """Whether the question that this message asked still waits for its answer."""
    asked = Ask.objects.filter(pk=letter.message.key.removeprefix(KEY), check_in__stopped_at=None)
    return asked.filter(answered_at=None).exists()


def ladder_of(person: Person, viewer: Account, *, at: datetime) -> tuple[str, ...]:
    """The steps they agreed to for when they cannot be reached, in their order."""
    return tuple(words for (words,) in _ladder(viewer, at, person))


@kept
def _ladder(viewer: Account, at: datetime, person: Person) -> QuerySet[Rung, tuple[str]]:
    rungs = Rung.objects.visible_to(viewer, at=at).filter(person=person, ended_at=None)
    return rungs.order_by("place").values_list("words")


def _agreed(check_in: CheckIn) -> Agreed:
    silence = check_in.get_silence_display()
    return Agreed(
        check_in.question, check_in.get_way_display(), check_in.get_every_display(), silence, check_in.next_on
    )


def may_have_peers(person: Person, viewer: Account, *, at: datetime) -> tuple[tuple[UUID, str], ...]:
    """The organizations with peer supporters that know how to reach somebody: one of them may be asked to ring."""
    peers = Membership.objects.live(at).filter(role=Role.PEER_SUPPORTER).values("organization")
    live = (
        Consent.objects.visible_to(viewer, at=at)
        .live(at)
        .opening(Part.CONTACT)
        .filter(person=person, organization__in=peers)
        .select_related("organization")
        .order_by("organization__name")
    )
    return tuple({one.organization.pk: one.organization.name for one in live if one.organization}.items())
