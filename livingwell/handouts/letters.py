"""The words of what is sent: as texts, and as an e-mail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from livingwell.handouts import sms
from livingwell.messaging.models import Channel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from livingwell.handouts.queries import Entry


@dataclass(frozen=True, slots=True)
class Words:
    """What is sent: one e-mail or some texts, and how many of the services are in it."""

    subject: str
    bodies: tuple[str, ...]
    services: int


def words(channel: Channel, shown: Sequence[Entry], links: Mapping[UUID, str], scheme: str) -> Words:
    """What somebody gets who asks for these. The subject says nothing about them."""
    if channel == Channel.TEXT:
        lines = [
            sms.Line(
                f"{_('Closed for now.')} {each.card.title}" if each.card.closed_for_now else each.card.title,
                each.card.phone,
                each.when,
                links[each.service_id],
            )
            for each in shown
        ]
        made, number = sms.texts(lines)
        return Words("", tuple(made), number)
    parts = [_part(each, f"{scheme}{links[each.service_id]}") for each in shown]
    end = (
        _("Ring before you go: things change.")
        + "\n"
        + _("If it cannot wait: 999. NHS 111, option 2. Samaritans 116 123. Text SHOUT to 85258.")
    )
    return Words(
        _("What you kept"), ("\n\n".join([_("Here is what you asked for."), *parts, end]),), len(parts)
    )


def _part(entry: Entry, link: str) -> str:
    card = entry.card
    organization = card.organization if card.organization != card.title else ""
    closed = _("Closed for now.") if card.closed_for_now else ""
    before = f"{_('Before you go:')} {card.alert}" if card.alert else ""
    lines = [
        card.title,
        organization,
        card.phone,
        closed,
        before,
        *(f"{word}: {text}" for word, text in entry.facts),
    ]
    return "\n".join(line for line in [*lines, card.confirmed, link] if line)
