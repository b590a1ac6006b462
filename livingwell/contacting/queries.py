"""What a person is shown of messages to and about them, and what somebody has to follow up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q
from django.utils.translation import gettext as _

from livingwell.consent.models import Contact, Way
from livingwell.contacting.models import About, Answer, Letter
from livingwell.contacting.words import WORDS
from livingwell.core.errors import Refusal
from livingwell.core.kept import among, kept
from livingwell.core.paging import latest_first
from livingwell.messaging.actions import is_stopped
from livingwell.messaging.addresses import whole
from livingwell.messaging.hours import quiet
from livingwell.messaging.models import Channel, Status
from livingwell.messaging.queries import can_send

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from livingwell.consent.doors import Page
    from livingwell.consent.models import Person
    from livingwell.people.models import Account

A_PAGE: Final = 40
FOLLOWED: Final = timedelta(days=28)
"""How long something stays on a list where nobody says that it is seen to."""
LINK: Final = re.compile(r"\S*(?:https?://|/answer/)\S+")


@dataclass(frozen=True, slots=True)
class Seen:
    """One message as its person sees it: when, which way, to whom, what it said (empty: not kept any more), how far."""

    id: UUID
    at: datetime
    about: str
    way: str
    receiver: str
    words: str
    state: str
    failed: bool
    answer: str


@dataclass(frozen=True, slots=True)
class Owed:
    """A message to follow up: its answer asks for a call, or it did not arrive (to `receiver`, or the person)."""

    letter: UUID
    person: UUID
    receiver: str
    at: datetime
    wants_call: bool


def address(way: Way, said: Contact) -> str:
    """Where this way leads to, if it is open: allowed, known, likely to be right, not stopped, and one we can carry."""
    if way.value not in said.ways:
        return ""
    if way == Way.PHONE:
        return said.phone
    channel = Channel(way.value)
    typed = {
        Channel.TEXT: said.phone,
        Channel.EMAIL: said.email,
        Channel.LETTER: f"{said.full_name}\n{said.address}" if said.address else "",
    }[channel]
    if not typed or not can_send(channel):
        return ""
    try:
        to = whole(channel, typed)
    except Refusal:
        return ""
    return "" if is_stopped(channel, to) else to


def is_open(way: Way, person: Person) -> bool:
    """Whether a person may be reached in this way now."""
    said = Contact.objects.filter(person=person).first()
    return said is not None and bool(address(way, said))


def letters_of(
    person: Person, viewer: Account, *, at: datetime, before: UUID | None = None, number: int | None = A_PAGE
) -> tuple[Seen, ...]:
    """The messages of one page that a viewer may see, the latest first, so many at a time (None: all); `before` goes on
    from the last one seen.
    """
    rows = Letter.objects.visible_to(viewer, at=at).filter(person=person)
    ordered = latest_first(rows.select_related("message"), "queued_at", before=before)
    return tuple(_seen(row, at) for row in ordered[:number])


def unreached(page: Page) -> tuple[Seen, ...]:
    """Messages to this person that did not arrive, since one last did: somebody should look at how to reach them."""
    rows = letters_of(page.person, page.viewer, at=page.at)
    mine = [row for row in rows if not row.receiver and row.at > page.at - FOLLOWED]
    arrived = next((n for n, row in enumerate(mine) if row.state == _arrived()), len(mine))
    return tuple(row for row in mine[:arrived] if row.failed)


def to_follow_up(viewer: Account, *, at: datetime, persons: Collection[UUID]) -> tuple[Owed, ...]:
    """Of the messages to these people in four weeks, as far as this viewer may see them, those that did not arrive and
    those whose answer asks for a call; the oldest first.
    """
    rows = _to_follow_up(viewer, at, list(persons), at - FOLLOWED)
    wants = {(about.value, words.call_on.value) for about, words in WORDS.items() if words.call_on}
    return tuple(
        Owed(pk, person, receiver, queued_at, wants_call)
        for pk, person, receiver, queued_at, about, answer, status in rows
        if (wants_call := (about, answer) in wants) or status == Status.FAILED
    )


@kept
def _to_follow_up(
    viewer: Account, at: datetime, persons: list[UUID], since: datetime
) -> QuerySet[Letter, tuple[Any, ...]]:
    answered_or_failed = ~Q(answer="") | Q(message__status=Status.FAILED)
    return (
        Letter.objects.visible_to(viewer, at=at)
        .filter(answered_or_failed, person__in=among(persons), queued_at__gt=since)
        .order_by("queued_at", "pk")
        .values_list("pk", "person", "receiver", "queued_at", "about", "answer", "message__status")
    )


def _seen(letter: Letter, at: datetime) -> Seen:
    message = letter.message
    return Seen(
        id=letter.pk,
        at=letter.queued_at,
        about=str(About(letter.about).label),
        way=message.get_channel_display(),
        receiver=letter.receiver,
        words=LINK.sub(_("(a link)"), message.body),
        state=_state(Status(message.status), by_day=message.by_day, at=at),
        failed=message.status == Status.FAILED,
        answer=str(Answer(letter.answer).label) if letter.answer else "",
    )


def _arrived() -> str:
    return _("It arrived")


def _state(status: Status, *, by_day: bool, at: datetime) -> str:
    if status == Status.QUEUED and by_day and quiet().holds(at):
        return _("It waits for the morning")
    return {
        Status.QUEUED: _("It is on its way"),
        Status.SENDING: _("It is on its way"),
        Status.SENT: _("It was sent"),
        Status.DELIVERED: _arrived(),
        Status.UNKNOWN: _("We do not know yet whether it went. Somebody looks into it"),
        Status.FAILED: _("It did not arrive"),
        Status.CANCELLED: _("It was not sent after all"),
    }[status]
