"""Writing an introduction item by item, the person's yes to it, sending it, and taking it back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from livingwell.consent.actions import give, remember
from livingwell.consent.models import Consent, How, Kind, Part, Purpose
from livingwell.contacting import actions as contacting
from livingwell.contacting.models import About
from livingwell.core.dates import day_of
from livingwell.core.errors import Refusal, refuse_on
from livingwell.directory.days import usual
from livingwell.directory.describe import calm
from livingwell.messaging.actions import send as send_message
from livingwell.messaging.models import Channel
from livingwell.referrals import letters, links
from livingwell.referrals.actions.moving import move
from livingwell.referrals.models import Link, Referral, Said, Status, Through, Weight

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from uuid import UUID

    from livingwell.consent.models import Person
    from livingwell.directory.models import Organization, Service
    from livingwell.people.models import Account

WORKING_DAYS: Final = 5
LINK_DAYS: Final = 30
CONSENT_DAYS: Final = 183


def draft(
    person: Person,
    service: Service,
    *,
    weight: Weight,
    said: Iterable[tuple[str, str]],
    by: Account,
    at: datetime,
    sender: Organization | None = None,
    pk: UUID | None = None,
) -> Referral:
    """Begin an introduction to a service: what would be `said`, as pairs of heading and words.

    Raises Refusal where one to this service is open already, or the service has no organization that could receive it.
    """
    if service.organization is None:
        raise Refusal(_("We do not know who runs this, so nobody could be told. Ring them instead."))
    again = Refusal(_("There is an introduction to them already. Look at it under introductions."))
    with refuse_on("referrals_referral_one_open_for_person_and_service", again):
        referral = Referral.objects.create(
            id=pk or uuid4(),
            person=person,
            service=service,
            organization=service.organization,
            weight=weight,
            started_at=at,
            started_by=by,
            sender=sender,
            owner=by,
        )
        items = [(heading.strip(), words.strip()) for heading, words in said]
        Said.objects.bulk_create(
            Said(person=person, referral=referral, place=place, heading=heading, words=words)
            for place, (heading, words) in enumerate(items)
            if words
        )
        return referral


def approve_and_send(
    referral: Referral,
    *,
    parts: Sequence[Part],
    how: How,
    by: Account,
    at: datetime,
    site: str,
    said: str = "",
    until: datetime | None = None,
    through: Through = Through.SCREEN,
) -> Consent:
    """The person says yes to exactly this, and it goes. Who notes somebody else's yes says `how` and what was `said`.

    The consent names the organization and lasts half a year, or `until`; it opens nothing of the page, only what stands
    here. The receiver gets a message without a word about the person, with a link to answer by. Raises Refusal.
    """
    with transaction.atomic():
        consent = give(
            referral.person,
            organization=referral.organization,
            parts=parts,
            purpose=Purpose.INTRODUCTION,
            how=how,
            said=said,
            until=until or at + timedelta(days=CONSENT_DAYS),
            by=by,
            at=at,
        )
        # One consent holds for all that is open with this receiver: giving it anew ended the one before.
        Referral.objects.open().exclude(status=Status.DRAFT).filter(
            person_id=referral.person_id, organization_id=referral.organization_id
        ).update(consent=consent)
        send_on(referral, consent, through=through, by=by, at=at, site=site)
        return consent


def send_on(
    referral: Referral, consent: Consent, *, by: Account, at: datetime, site: str, through: Through
) -> None:
    """Send it on a yes that holds already (`queries.yes_to_all_of`). Raises Refusal."""
    with transaction.atomic():
        move(
            referral,
            Status.SENT,
            by=by,
            through=through,
            at=at,
            consent=consent,
            sent_at=at,
            sent_by=by,
            answer_by=usual().working_days_after(day_of(at), WORKING_DAYS),
        )
        _tell_the_receiver(referral, by=by, at=at, site=site)
        remember(referral.person, Kind.INTRODUCTION, Part.PLAN, by=by, at=at, about=referral.pk)


def _tell_the_receiver(referral: Referral, *, by: Account, at: datetime, site: str) -> None:
    """An e-mail to the address that the entry has; where it has none, its sender reads them a code on the phone."""
    to = referral.service.email or referral.organization.email
    if not to or referral.weight == Weight.SIGNPOST:
        return
    secret = links.new_secret()
    _link(referral, secret, by=by, at=at)
    message = send_message(
        channel=Channel.EMAIL,
        to=to,
        subject=letters.subject(),
        body=letters.asking(referral.service.name, f"{site}/answer/{secret}/", referral.answer_by),
        key=f"introduction:{referral.pk}:asked",
        at=at,
        by=f"account {by.pk}",
        forget=True,
    )
    contacting.note(
        referral.person, message, About.INTRODUCTION, receiver=calm(referral.service.name), by=by, at=at
    )


def code_for(referral: Referral, *, by: Account, at: datetime) -> str:
    """A short code to read to the receiver on the phone, who types it at /answer/. Shown once, good like a link."""
    code = links.new_code()
    _link(referral, code, by=by, at=at)
    return code


def _link(referral: Referral, secret: str, *, by: Account, at: datetime) -> None:
    Link.objects.create(
        person_id=referral.person_id,
        referral=referral,
        secret=links.hash_of(secret),
        made_at=at,
        made_by=by,
        until=at + timedelta(days=LINK_DAYS),
    )


def withdraw(referral: Referral, *, by: Account, at: datetime) -> None:
    """Take an introduction back. What was said is gone from the receiver's view in the same moment."""
    with transaction.atomic():
        if move(referral, Status.WITHDRAWN, by=by, through=Through.SCREEN, at=at):
            remember(referral.person, Kind.INTRODUCTION, Part.PLAN, by=by, at=at, about=referral.pk)
