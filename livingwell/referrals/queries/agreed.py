"""Whether a yes that holds already is a yes to one more introduction to the same receiver."""

from __future__ import annotations

from typing import TYPE_CHECKING

from livingwell.consent.models import Consent, Purpose
from livingwell.referrals.models import TOLD, Referral, Said

if TYPE_CHECKING:
    from datetime import datetime


def yes_to_all_of(referral: Referral, *, at: datetime) -> Consent | None:
    """The live yes of the person to an introduction to this receiver, where every word of this one was said there.

    A consent for an introduction opens no part of the page, only the words that were approved with it: one word more
    needs a new yes. So does an introduction in which nothing is said.
    """
    held = (
        Consent.objects.live(at)
        .filter(
            person=referral.person_id, organization=referral.organization_id, purpose=Purpose.INTRODUCTION
        )
        .first()
    )
    if held is None:
        return None
    told = Said.objects.filter(
        person=referral.person_id,
        referral__in=Referral.objects.filter(consent=held, status__in=TOLD).exclude(pk=referral.pk),
    ).values_list("heading", "words")
    said = set(referral.said.values_list("heading", "words"))
    return held if said and said <= set(told) else None
