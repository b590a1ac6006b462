"""The message back: an organization that the person chose is told, once, what came of an introduction."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import transaction

from livingwell.consent.models import Consent, Part
from livingwell.contacting import actions as contacting
from livingwell.contacting.models import About
from livingwell.core.dates import day_of
from livingwell.directory.queries.emails import emails_of
from livingwell.messaging.actions import send
from livingwell.messaging.models import Channel
from livingwell.referrals import letters, links
from livingwell.referrals.models import OUTCOMES, MessageBack

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from livingwell.referrals.models import Referral

log = logging.getLogger(__name__)

LINK_DAYS: Final = 30
KEY: Final = "introduction:{}:back"
"""Which message told it, by the choice it rests on."""


def tell_back(referral: Referral, *, at: datetime) -> None:
    """Tell whom the person chose, once, if there is an outcome. For a worker: it looks past the walls."""
    with transaction.atomic():
        back = (
            MessageBack.objects.live()
            .select_for_update(of=("self",))
            .select_related("organization")
            .filter(referral=referral, sent_on=None)
            .first()
        )
        if back is None or referral.status not in OUTCOMES:
            return
        to = address_of_whom(referral, back.organization_id, at=at)
        if not to:
            return
        if not settings.SITE_URL:
            log.warning(
                "Nobody was told what came of an introduction: set SITE_URL, so that there is a link to send."
            )
            return
        secret = links.new_secret()
        MessageBack.objects.filter(pk=back.pk).update(
            secret=links.hash_of(secret), sent_on=day_of(at), until=at + timedelta(days=LINK_DAYS)
        )
        subject, words = letters.what_came_of_it(f"{settings.SITE_URL}/message-back/{secret}/", LINK_DAYS)
        message = send(
            channel=Channel.EMAIL,
            to=to,
            subject=subject,
            body=words,
            key=KEY.format(back.pk),
            at=at,
            by="referrals",
            forget=True,
        )
        contacting.note(
            referral.person, message, About.INTRODUCTION, receiver=back.organization.name, by=None, at=at
        )


def opened(back: MessageBack, *, at: datetime) -> None:
    """Whoever is told has opened it: the person sees that, and when first."""
    MessageBack.objects.filter(pk=back.pk, opened_on=None).update(opened_on=day_of(at))


def address_of_whom(referral: Referral, organization: UUID, *, at: datetime) -> str:
    """Where an organization is told what came of this; empty where it may not see the plan, or has no address."""
    let_in = Consent.objects.live(at).opening(Part.PLAN)
    if not let_in.filter(person=referral.person_id, organization=organization).exists():
        return ""
    return emails_of([organization]).get(organization, "")
