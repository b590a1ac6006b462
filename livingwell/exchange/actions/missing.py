"""That somebody did not come to a linked-up organization that holds their introduction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from livingwell.consent.models import Person
from livingwell.recall import actions as recall

if TYPE_CHECKING:
    from datetime import date, datetime

    from livingwell.exchange.models import Client
    from livingwell.people.models import Account
    from livingwell.recall.models import Missed
    from livingwell.referrals.models import Referral


def note_missed(referral: Referral, on: date, *, client: Client, by: Account, at: datetime) -> Missed:
    """Note it in the name of who answers for the client: who rings them is seen to as after any missed appointment.

    The page itself does not exist for a system; of its person only the key is known. Raises Refusal.
    """
    return recall.note_missed(Person(pk=referral.person_id), client.organization, on, by=by, at=at)
