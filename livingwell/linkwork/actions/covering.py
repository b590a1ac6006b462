"""Standing in for a colleague who is away, and coming back early."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from livingwell.core.dates import day_of
from livingwell.core.errors import Refusal, refuse_on
from livingwell.linkwork.models import Cover
from livingwell.people.models import Membership, Role

if TYPE_CHECKING:
    from datetime import date, datetime

    from livingwell.directory.models import Organization
    from livingwell.people.models import Account


def cover(
    away: Account,
    covering: Account,
    organization: Organization,
    *,
    from_on: date,
    until_on: date,
    by: Account,
    at: datetime,
) -> Cover:
    """Let a colleague stand in. Any link worker of the organization may note it: who is ill cannot do it themselves.

    Raises Refusal where one of the three is no link worker there, where the days are over or in the wrong order, where
    somebody stands in already, or where the colleague is away then too.
    """
    workers = set(
        Membership.objects.live(at)
        .filter(organization=organization, role=Role.LINK_WORKER, account__in=[away, covering, by])
        .values_list("account", flat=True)
    )
    if workers != {away.pk, covering.pk, by.pk}:
        raise Refusal(_("Both have to be link workers of the same organisation, and so do you."))
    if away.pk == covering.pk:
        raise Refusal(_("Choose somebody else to stand in."))
    if until_on < from_on:
        raise Refusal(_("The last day comes before the first. Check both."))
    if until_on < day_of(at):
        raise Refusal(_("These days are over. Choose days to come."))
    absent = Cover.objects.filter(ended_at=None, from_on__lte=until_on, until_on__gte=from_on)
    if absent.filter(away=covering, organization=organization).exists():
        raise Refusal(_("%(name)s is away then too. Choose somebody else.") % {"name": covering.name})
    taken = Refusal(_("Somebody stands in for %(name)s on some of these days already.") % {"name": away.name})
    with refuse_on("linkwork_cover_one_at_a_time", taken):
        return Cover.objects.create(
            away=away,
            covering=covering,
            organization=organization,
            from_on=from_on,
            until_on=until_on,
            arranged_at=at,
            arranged_by=by,
        )


def come_back(held: Cover, *, by: Account, at: datetime) -> None:
    """End it today. Doing it twice changes nothing."""
    Cover.objects.filter(pk=held.pk, ended_at=None).update(ended_at=at, ended_by=by)
