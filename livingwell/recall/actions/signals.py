"""What brings somebody onto a list by itself: a hard day that is near, and an appointment that passed them by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from livingwell.consent.models import Consent, Part
from livingwell.contacting import actions as contacting
from livingwell.contacting.models import About
from livingwell.core.dates import day_of
from livingwell.core.errors import Refusal
from livingwell.directory.days import usual
from livingwell.linkwork.models import Lead
from livingwell.people.models import Account, Membership
from livingwell.plans.queries import hard_dates_near
from livingwell.recall import wording
from livingwell.recall.actions.listing import may_be_in_touch, put_on_list
from livingwell.recall.models import Missed, Peers, Rung, Why
from livingwell.recall.queries import colleagues

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from uuid import UUID

    from livingwell.consent.models import Person
    from livingwell.directory.models import Organization

SEE_TO_MISSED: Final = "livingwell.recall.tasks.see_to_missed"
WITHIN: Final = 2
"""Working days within which somebody rings after a missed appointment."""


def bring_up_hard_days(*, at: datetime) -> int:
    """Put those whose hard day is near on the list of their link worker, as many days before as they chose.

    The link worker has to be able to see the day now, and the organization to ring; each day comes up once.
    """
    made = 0
    for account in Account.objects.filter(pk__in=Lead.objects.live().values("account")).order_by("pk"):
        near = {day.person: day for day in reversed(hard_dates_near(account, at=at))}
        leads = Lead.objects.live().filter(account=account, person__in=near)
        for lead in leads.select_related("person", "organization"):
            day = near[lead.person_id]
            occasion = f"hard-day:{day.id}:{day.next_on}"
            try:
                entry = put_on_list(
                    lead.person, lead.organization, Why.HARD_DAY, worried=_("They asked for it themselves"),
                    due_on=day_of(at), by_on=day.next_on, owner=account, occasion=occasion, by=account, at=at,
                )  # fmt: skip
            except Refusal:
                continue
            made += entry.added_at == at
    return made


def choose_peers(person: Person, organization: Organization | None, *, by: Account, at: datetime) -> None:
    """After a missed appointment a peer supporter of this organization rings; with None whoever entered it."""
    with transaction.atomic():
        if organization is None:
            Peers.objects.filter(person=person).delete()
            return
        live = Consent.objects.live(at).filter(person=person, organization=organization)
        if not live.filter(parts__contains=[Part.CONTACT.value]).exists():
            raise Refusal(_("Let them know how to reach you first."))
        if not colleagues(organization.pk, at=at, peers=True):
            raise Refusal(_("They have no peer supporter now."))
        Peers.objects.update_or_create(
            person=person, defaults={"organization": organization, "chosen_at": at, "chosen_by": by}
        )


def note_missed(person: Person, organization: Organization, on: date, *, by: Account, at: datetime) -> Missed:
    """Somebody did not come. Who rings them is seen to by a job, as it may be another organization than one's own."""
    if on > day_of(at):
        raise Refusal(_("That day is still to come. Check the date."))
    if not Membership.objects.with_people(at).filter(account=by, organization=organization).exists():
        raise Refusal(_("Only those who work with people there can note it."))
    with transaction.atomic():
        known = Missed.objects.filter(person=person, organization=organization, on=on).first()
        if known is not None:
            return known
        missed = Missed.objects.create(
            person=person, organization=organization, on=on, noted_at=at, noted_by=by
        )
        app.configure_task(SEE_TO_MISSED).defer(missed=str(missed.pk))
        return missed


def see_to_missed(pk: UUID, *, at: datetime) -> None:
    """Ask the peer supporters whom the person chose to ring, else those whose appointment it was; within two working
    days. The person is told who will, in the way they allow.
    """
    missed = Missed.objects.select_related("person", "organization", "noted_by").filter(pk=pk).first()
    if missed is None:
        return
    key, day = f"missed:{missed.pk}", day_of(missed.noted_at)
    peers = _peers_of(missed, at)
    for organization, for_peers in [*([(peers, True)] if peers else []), (missed.organization, False)]:
        try:
            put_on_list(
                missed.person, organization, Why.MISSED, worried=missed.organization.name, due_on=day,
                by_on=usual().working_days_after(day, WITHIN), occasion=key, for_peers=for_peers,
                by=missed.noted_by, at=at,
            )  # fmt: skip
        except Refusal:
            continue
        words = wording.missed(for_peers=for_peers)
        contacting.write(
            missed.person, About.MISSED, key=key, by=None, at=at, part=Part.CONSENTS, words=words
        )
        return
    if may_be_in_touch(missed.person, missed.organization, at=at):
        contacting.write(missed.person, About.MISSED, key=key, by=None, at=at)


def _peers_of(missed: Missed, at: datetime) -> Organization | None:
    """The organization the person chose, while there is a peer supporter there; who is one themself is none to them."""
    chosen = Peers.objects.filter(person=missed.person_id).select_related("organization").first()
    if chosen is None:
        return None
    able = {one.pk for one in colleagues(chosen.organization_id, at=at, peers=True)}
    return chosen.organization if able - {missed.person.account_id} else None


def agree_on_ladder(person: Person, steps: Sequence[str], *, by: Account, at: datetime) -> None:
    """These steps, in this order, when somebody cannot be reached; nobody goes further. Empty lines are left out."""
    with transaction.atomic():
        Rung.objects.filter(person=person, ended_at=None).update(ended_at=at, ended_by=by)
        wanted = [" ".join(step.split()) for step in steps]
        Rung.objects.bulk_create(
            Rung(person=person, place=place, words=words, agreed_at=at, agreed_by=by)
            for place, words in enumerate(filter(None, wanted), 1)
        )
