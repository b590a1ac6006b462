"""Putting somebody on the list of those to ring, and taking care of the entry until it is closed with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from livingwell.consent.models import Consent, Contact, Part, Way
from livingwell.core.dates import day_of
from livingwell.core.errors import Refusal, refuse_on
from livingwell.recall.models import Because, Entry, NotRung
from livingwell.recall.queries import colleagues

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from livingwell.consent.models import Person
    from livingwell.directory.models import Organization
    from livingwell.people.models import Account
    from livingwell.recall.models import Why

CLOSE_HIDDEN: Final = "livingwell.recall.tasks.close_hidden"


def may_be_in_touch(person: Person, organization: Organization, *, at: datetime) -> bool:
    """Whether they let this organization know how to reach them, and have not asked it not to ring."""
    open_to_them = Consent.objects.live(at).opening(Part.CONTACT)
    let_in = open_to_them.filter(person=person, organization=organization)
    return let_in.exists() and not left_alone(person, organization)


def left_alone(person: Person, organization: Organization) -> bool:
    """Whether they asked this organization not to ring them."""
    return NotRung.objects.live().filter(person=person, organization=organization).exists()


def may_be_rung(person: Person, organization: Organization, *, at: datetime) -> bool:
    """Whether this organization may be in touch with them, and they may be rung."""
    contact = Contact.objects.filter(person=person, ways__contains=[Way.PHONE.value]).exclude(phone="")
    return may_be_in_touch(person, organization, at=at) and contact.exists()


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
    for_peers: bool = False,
) -> Entry:
    """Put somebody on an organization's list. Who is on it for this reason already stays as they are.

    `for_peers`: only its peer supporters are asked to ring.
    Raises Refusal where they have not said that this organization may ring them, or asked it not to.
    """
    if left_alone(person, organization):
        raise Refusal(_("They asked not to be rung by you. They can take that back on their page."))
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
                for_peers=for_peers,
                added_at=at,
                added_by=by,
            )


def hand_over(entry: Entry, to: Account | None, *, by: Account, at: datetime) -> None:
    """Somebody else of the organization sees to it from now on; or with None whoever rings next."""
    if to is not None and to not in colleagues(entry.organization_id, at=at, peers=entry.for_peers):
        raise Refusal(_("They do not work with people here. Choose from the list."))
    Entry.objects.open().filter(pk=entry.pk).update(owner=to)


def take_off(entry: Entry, *, by: Account, at: datetime) -> None:
    """The person themself, or whoever keeps their page, says: please do not ring."""
    leave_alone(entry.person_id, entry.organization_id, by=by, at=at)


def leave_alone(person: UUID, organization: UUID, *, by: Account, at: datetime) -> None:
    """They do not want to be rung by this organization: it has them on no list until they take that back.

    A job closes what whoever notes it may not see, as the entries of peer supporters.
    """
    with transaction.atomic():
        said, new = NotRung.objects.get_or_create(
            person_id=person,
            organization_id=organization,
            ended_at=None,
            defaults={"asked_at": at, "asked_by": by},
        )
        _close_all(said, by=by)
        if new:
            app.configure_task(CLOSE_HIDDEN).defer(said=str(said.pk))


def close_hidden(pk: UUID) -> None:
    """Close all that is still open with whom somebody asked not to ring them. For a worker: it looks past the walls."""
    said = NotRung.objects.live().select_related("asked_by").filter(pk=pk).first()
    if said is not None:
        _close_all(said, by=said.asked_by)


def _close_all(said: NotRung, *, by: Account) -> None:
    Entry.objects.open().filter(person=said.person_id, organization=said.organization_id).update(
        closed_at=said.asked_at, closed_by=by, because=Because.THEY_SAID, calling_at=None, calling_by=None
    )


def may_ring_again(said: NotRung, *, by: Account, at: datetime) -> None:
    """They take it back: what was closed with it is on the list as before, where that organization may still ring."""
    with transaction.atomic():
        if not NotRung.objects.live().filter(pk=said.pk).update(ended_at=at, ended_by=by):
            return
        if may_be_rung(said.person, said.organization, at=at):
            closed = Entry.objects.filter(
                person=said.person, organization=said.organization, because=Because.THEY_SAID
            )
            closed.filter(closed_at=said.asked_at).update(
                due_on=Greatest("due_on", Value(day_of(at))), closed_at=None, closed_by=None, because=""
            )
