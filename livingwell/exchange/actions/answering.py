"""What a linked-up system answers to an introduction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from livingwell.referrals import actions as referrals
from livingwell.referrals.models import Because, Referral, Through

if TYPE_CHECKING:
    from datetime import datetime

    from livingwell.exchange.answers import Answer


def answer(referral: Referral, said: Answer, *, at: datetime) -> None:
    """Do with an introduction what a Task's new status says. Raises Refusal where it has moved on meanwhile."""
    match said.status:
        case "received":
            referrals.read(referral, at=at)
        case "accepted":
            referrals.accept(referral, by=None, through=Through.EXCHANGE, at=at)
        case "on-hold":
            referrals.wait(referral, said.weeks, by=None, through=Through.EXCHANGE, at=at)
        case "in-progress":
            referrals.contacted(referral, by=None, through=Through.EXCHANGE, at=at)
        case "completed":
            referrals.met(referral, by=None, through=Through.EXCHANGE, at=at)
        case "rejected" | "failed":
            referrals.decline(
                referral,
                said.because or Because.OTHER,
                words=said.words,
                instead=said.instead,
                by=None,
                through=Through.EXCHANGE,
                at=at,
            )
        case _:
            raise ValueError(said.status)
