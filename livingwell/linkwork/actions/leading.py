"""Choosing a link worker, with the person or by them, and choosing nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from livingwell.consent.actions import remember
from livingwell.consent.models import Consent, Kind, Part
from livingwell.core.errors import Refusal, refuse_on
from livingwell.linkwork.models import Lead
from livingwell.people.models import Membership, Role

if TYPE_CHECKING:
    from datetime import datetime

    from livingwell.consent.models import Person
    from livingwell.directory.models import Organization
    from livingwell.people.models import Account


def choose(
    person: Person, account: Account, organization: Organization, *, by: Account, at: datetime
) -> Lead:
    """Let somebody walk with a person as their link worker, in place of whoever did before.

    Raises Refusal where they are no link worker there, or where the person does not let that organization in.
    """
    working = Membership.objects.live(at).filter(
        account=account, organization=organization, role=Role.LINK_WORKER
    )
    let_in = Consent.objects.live(at).filter(person=person, organization=organization)
    if not working.exists() or not let_in.exists():
        raise Refusal(
            _("They are no link worker of an organisation that may see this page. Choose from the list.")
        )
    with (
        transaction.atomic(),
        refuse_on("linkwork_lead_one_at_a_time", Refusal(_("This was changed just now. Look again."))),
    ):
        before = Lead.objects.live().filter(person=person).first()
        if before is not None and (before.account_id, before.organization_id) == (
            account.pk,
            organization.pk,
        ):
            return before
        _end(person, by=by, at=at)
        lead = Lead.objects.create(
            person=person, account=account, organization=organization, chosen_at=at, chosen_by=by
        )
        remember(person, Kind.LEAD_CHOSEN, Part.CONSENTS, by=by, at=at, about=lead.pk)
        return lead


def choose_nobody(person: Person, *, by: Account, at: datetime) -> None:
    """Nobody for now. Doing it twice changes nothing."""
    with transaction.atomic():
        ended = Lead.objects.live().filter(person=person).first()
        if ended is not None and _end(person, by=by, at=at):
            remember(person, Kind.LEAD_ENDED, Part.CONSENTS, by=by, at=at, about=ended.pk)


def _end(person: Person, *, by: Account, at: datetime) -> int:
    return Lead.objects.live().filter(person=person).update(ended_at=at, ended_by=by)
