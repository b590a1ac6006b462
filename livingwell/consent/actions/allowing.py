"""Giving a consent and withdrawing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from livingwell.consent.actions.remembering import remember
from livingwell.consent.models import Basis, Consent, How, Kind, Part, Person, Purpose
from livingwell.core.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from livingwell.directory.models import Organization
    from livingwell.people.models import Account


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
    with transaction.atomic():
        Person.objects.select_for_update().filter(pk=person.pk).first()  # one after the other
        before = Consent.objects.filter(
            person=person, organization=organization, account=account, purpose=purpose, withdrawn_at=None
        )
        before.update(withdrawn_at=at, withdrawn_by=by)
        consent = Consent.objects.create(
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
        remember(person, Kind.CONSENT_GIVEN, Part.CONSENTS, by=by, at=at, about=consent.pk)
        return consent


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
        Consent.objects.filter(pk=held.pk).update(withdrawn_at=at, withdrawn_by=by)
