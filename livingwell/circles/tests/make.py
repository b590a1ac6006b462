"""Circles in each state, reached through actions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from livingwell.circles import actions
from livingwell.circles.models import Sent
from livingwell.consent.models import Part

if TYPE_CHECKING:
    from livingwell.circles.models import CircleMember
    from livingwell.consent.models import Person

LONG_AGO = datetime(2026, 1, 6, 9, tzinfo=UTC)
SITE = "https://livingwell.example"
MONTH = timedelta(days=30)


def member(person: Person, called: str = "Dee", *, at: datetime = LONG_AGO, **values: object) -> CircleMember:
    """Somebody whom the owner of a page named."""
    assert person.account
    return actions.add(person, {"called": called, **values}, by=person.account, at=at)


def link_for(
    member: CircleMember,
    *parts: Part,
    at: datetime,
    sent: Sent = Sent.LINK,
    to: str = "",
    lasts: timedelta = MONTH,
    signed: str = "Pat",
) -> str:
    """The path of a link by which the owner of a page invites somebody."""
    assert member.person.account
    return actions.invite(
        member,
        parts=parts or (Part.STORY,),
        lasts_until=at + lasts,
        sent=sent,
        to=to,
        signed=signed,
        site=SITE,
        by=member.person.account,
        at=at,
    ).removeprefix(SITE)
