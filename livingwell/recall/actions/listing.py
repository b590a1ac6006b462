"""Putting somebody on the list of those to ring, and taking care of the entry until it is closed with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from livingwell.consent.models import Consent, Contact, Part, Purpose, Way
from livingwell.core.errors import Refusal, refuse_on
from livingwell.people.models import Membership
from livingwell.recall.models import Attempt, Because, Entry, Outcome, Why

if TYPE_CHECKING:
    from datetime import date, datetime

    from livingwell.consent.models import Person
    from livingwell.directory.models import Organization
    from livingwell.people.models import Account


def may_be_rung(person: Person, organization: Organization, *, at: datetime) -> bool:
    """Whether they let this organization know how to reach them, and may be rung, and have not asked it not to ring."""
    let_in = (
        Consent.objects.live(at)
        .filter(person=person, organization=organization, parts__contains=[Part.CONTACT.value])
        .exclude(purpose=Purpose.INTRODUCTION)
    )
    contact = Contact.objects.filter(person=person, ways__contains=[Way.PHONE.value]).exclude(phone="")
    refused = Attempt.objects.filter(
        person=person, entry__organization=organization, outcome=Outcome.NOT_TO_BE_RUNG
    )
    return let_in.exists() and contact.exists() and not refused.exists()


def put_on_list(
    person: Person,
    organization: Organization,
    why: Why,
    *,
    worried: str,
    due_on: date,
    by: Account,
    at: datetime,
    words: str = "",
    by_on: date | None = None,
    owner: Account | None = None,
    occasion: str = "",
) -> Entry:
    """Put somebody on an organization's list. Who is on it for this reason already stays as they are.

    Raises Refusal where they have not said that this organization may ring them.
    """
    if not may_be_rung(person, organization, at=at):
        raise Refusal(
            _("They have not said that you may ring them, so they cannot stand on the list. Ask them first.")
        )
    taken = Refusal(_("They are on the list for this already."))
    with transaction.atomic():
        known = Entry.objects.open().filter(person=person, organization=organization, why=why).first()
        if known is None and occasion:
            known = Entry.objects.filter(person=person, organization=organization, occasion=occasion).first()
        if known is not None:
            return known
        with refuse_on("recall_entry_once_for_each_reason", taken):
            return Entry.objects.create(
                person=person,
                organization=organization,
                why=why,
                words=words.strip(),
                worried=worried.strip() or str(by),
                due_on=due_on,
                by_on=by_on,
                owner=owner,
                occasion=occasion,
                added_at=at,
                added_by=by,
            )


def hand_over(entry: Entry, to: Account | None, *, by: Account, at: datetime) -> None:
    """Somebody else of the organization sees to it from now on; or with None whoever rings next."""
    works = Membership.objects.with_people(at).filter(organization=entry.organization_id)
    if to is not None and not works.filter(account=to).exists():
        raise Refusal(_("They do not work with people here. Choose from the list."))
    Entry.objects.open().filter(pk=entry.pk).update(owner=to)


def take_off(entry: Entry, *, by: Account, at: datetime) -> None:
    """The person themself, or whoever keeps their page, says: please do not ring."""
    Entry.objects.open().filter(pk=entry.pk).update(
        closed_at=at, closed_by=by, because=Because.THEY_SAID, calling_at=None, calling_by=None
    )
