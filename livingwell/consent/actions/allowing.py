"""Giving a consent and withdrawing it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import connection, transaction
from django.db.models import DateTimeField, F, Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from livingwell.consent.actions.remembering import remember
from livingwell.consent.models import Basis, Consent, How, Kind, Part, Person, Purpose
from livingwell.core.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from livingwell.consent.models.consent import ConsentQuerySet
    from livingwell.directory.models import Organization
    from livingwell.people.models import Account

TAKEN_BACK_WITHIN: Final = timedelta(minutes=10)
KEPT: Final = (
    "organization_id",
    "account_id",
    "parts",
    "purpose",
    "may_change",
    "until",
    "how",
    "said",
    "lawful_basis",
)


def give(
    person: Person,
    *,
    parts: Sequence[Part],
    purpose: Purpose,
    how: How,
    until: datetime,
    by: Account,
    at: datetime,
    organization: Organization | None = None,
    account: Account | None = None,
    may_change: bool = False,
    said: str = "",
    basis: Basis = Basis.CONSENT,
) -> Consent:
    """Let one organization, or one account, see parts of a page for a purpose until a day.

    An earlier consent to the same receiver for the same purpose ends with it. Raises Refusal where no receiver is
    named or two, no part, an end that is not ahead, or where somebody else than the person notes no word of theirs.
    """
    _see_that_it_is_whole(person, parts, organization, account, how, said, until, by, at)
    consent = Consent(
        person=person,
        organization=organization,
        account=account,
        parts=sorted({Part(part).value for part in parts}),
        purpose=purpose,
        may_change=may_change,
        given_at=at,
        given_by=by,
        until=until,
        how=how,
        said=said.strip(),
        lawful_basis=basis,
    )
    return _put(consent)


def _put(consent: Consent) -> Consent:
    """Store it in place of the one that held for this receiver and purpose. One after the other, whoever comes."""
    by, at = consent.given_by, consent.given_at
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(consent.person_id)])
        before = Consent.objects.filter(
            person=consent.person_id,
            organization=consent.organization_id,
            account=consent.account_id,
            purpose=consent.purpose,
            withdrawn_at=None,
        )
        _end(before, by=by, at=at)
        consent.save(force_insert=True)
        remember(consent.person, Kind.CONSENT_GIVEN, Part.CONSENTS, by=by, at=at, about=consent.pk)
        return consent


def _end(consents: ConsentQuerySet, *, by: Account, at: datetime) -> int:
    """End them now; one that began a moment later, at another screen, ends as it begins."""
    now = Greatest(F("given_at"), Value(at, DateTimeField()))
    return consents.update(withdrawn_at=now, withdrawn_by=by)


def _see_that_it_is_whole(
    person: Person,
    parts: Sequence[Part],
    organization: Organization | None,
    account: Account | None,
    how: How,
    said: str,
    until: datetime,
    by: Account,
    at: datetime,
) -> None:
    if (organization is None) == (account is None):
        raise Refusal(_("Say who it is: one organisation, or one person by name."))
    if account is not None and account.pk == person.account_id:
        raise Refusal(_("You see all of your own page already."))
    if not parts or Part.CONSENTS in parts:
        raise Refusal(_("Choose at least one part of the page."))
    if until <= at:
        raise Refusal(_("Choose a last day that is still to come."))
    if person.account_id != by.pk and (how == How.SCREEN or not said.strip()):
        raise Refusal(_("Write down what they said when they agreed, and how they said it."))


def withdraw(consent: Consent, *, by: Account, at: datetime) -> None:
    """Stop it now, on every way out. Doing it twice changes nothing."""
    with transaction.atomic():
        held = Consent.objects.select_for_update().filter(pk=consent.pk, withdrawn_at=None).first()
        if held is None:
            return
        # Noted first: afterwards whoever stops their own looking may not write here any more.
        remember(held.person, Kind.CONSENT_WITHDRAWN, Part.CONSENTS, by=by, at=at, about=held.pk)
        _end(Consent.objects.filter(pk=held.pk), by=by, at=at)


def give_again(consent: Consent, *, by: Account, at: datetime) -> Consent:
    """Take back a stop that was pressed by mistake: a new consent as the old one was.

    Raises Refusal once ten minutes have gone by, to anybody but whoever stopped it, and where its end has come.
    """
    if consent.withdrawn_at is None or consent.withdrawn_by_id != by.pk:
        raise Refusal(_("That was not stopped just now."))
    if consent.purpose == Purpose.INTRODUCTION:
        raise Refusal(_("That introduction is over. Ask for a new one if you want to."))
    if at >= consent.withdrawn_at + TAKEN_BACK_WITHIN or consent.until <= at:
        raise Refusal(_("That was stopped a while ago. Share again if you want to."))
    before = {name: getattr(consent, name) for name in KEPT}
    return _put(Consent(person=consent.person, given_at=at, given_by=by, **before))
