"""Opening one page without consent, for four hours; ending it; and what the privacy lead finds."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import connection, transaction
from django.utils.translation import gettext as _

from livingwell.consent.actions.alerting import tell_privacy_leads
from livingwell.consent.actions.remembering import remember
from livingwell.consent.models import Emergency, Grounds, Kind, Part, Person, Search, Verdict
from livingwell.core.errors import Refusal
from livingwell.people.models import Membership

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from livingwell.consent.sought import Sought
    from livingwell.directory.models import Organization
    from livingwell.people.models import Account

LASTS: Final = timedelta(hours=4)
MOST_SEARCHES: Final = 10
SEARCHES_WITHIN: Final = timedelta(hours=1)


class NotFound(Refusal):
    """Nobody, or more than one, is known by what was typed. The two are not told apart."""


def open_in_emergency(
    sought: Sought,
    *,
    organization: Organization,
    grounds: Grounds,
    words: str,
    site: str,
    by: Account,
    at: datetime,
) -> Emergency:
    """Find one person and open their page to look at, for four hours. The privacy lead and the person are told.

    That it was tried is noted whether or not somebody was found, so call it in a transaction that outlives a Refusal.
    Raises Refusal to whoever does not work with people there, without words, and after ten tries in an hour.
    """
    if not Membership.objects.with_people(at).filter(account=by, organization=organization).exists():
        raise Refusal(_("Only somebody who works with people for this organisation can do this."))
    if not words.strip():
        raise Refusal(_("Write down what has happened."))
    tried = Search.objects.filter(searched_by=by, searched_at__gt=at - SEARCHES_WITHIN).count()
    if tried >= MOST_SEARCHES:
        raise Refusal(
            _("You have looked for %(number)s people within an hour. Wait, or ring the privacy lead.")
            % {"number": tried}
        )
    found = _find(sought, by, at)
    Search.objects.create(searched_at=at, searched_by=by, organization=organization, found=found is not None)
    if found is None:
        raise NotFound(_("We cannot find one person with exactly these details. Check them."))
    return _open(found, organization, grounds, words, site, by, at)


def _find(sought: Sought, by: Account, at: datetime) -> UUID | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT livingwell_find_one(%s, %s, %s, %s, %s, %s)",
            [by.pk, at, sought.full_name, sought.born_on, sought.nhs_number, sought.phone],
        )
        found: UUID | None = cursor.fetchone()[0]
        return found


def _open(
    person: UUID,
    organization: Organization,
    grounds: Grounds,
    words: str,
    site: str,
    by: Account,
    at: datetime,
) -> Emergency:
    with transaction.atomic():
        emergency = Emergency.objects.create(
            person_id=person,
            opened_at=at,
            opened_by=by,
            organization=organization,
            until=at + LASTS,
            grounds=grounds,
            words=words.strip(),
        )
        opened = Person.objects.get(pk=person)
        remember(opened, Kind.EMERGENCY, Part.CONSENTS, by=by, at=at, about=emergency.pk)
        tell_privacy_leads(
            "emergency",
            emergency.pk,
            subject=_("A page was opened in an emergency"),
            body=_(
                "Somebody opened a page without consent, in an emergency. You owe a review.\n\n"
                "Sign in to see who, when and why: %(address)s"
            )
            % {"address": f"{site}/privacy-lead/"},
            by="consent",
            at=at,
        )
        return emergency


def end(emergency: Emergency, *, by: Account, at: datetime) -> None:
    """Close the page again before its time. For whoever opened it, the person, and the privacy lead."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT livingwell_end_emergency(%s, %s, %s)", [emergency.pk, by.pk, at])


def review(emergency: Emergency, verdict: Verdict, words: str, *, by: Account, at: datetime) -> None:
    """Say whether it was right to look. Raises Refusal without words, to who opened it, and a second time."""
    if not words.strip():
        raise Refusal(_("Write down what you found. The person reads it on their page."))
    if emergency.opened_by_id == by.pk:
        raise Refusal(_("You opened this page yourself. Ask another privacy lead to look into it."))
    with transaction.atomic():
        owed = Emergency.objects.filter(pk=emergency.pk, reviewed_at=None)
        if not owed.update(verdict=verdict, verdict_words=words.strip(), reviewed_at=at, reviewed_by=by):
            raise Refusal(_("Somebody has looked into this already."))
        remember(
            emergency.person_id, Kind.EMERGENCY_REVIEWED, Part.CONSENTS, by=by, at=at, about=emergency.pk
        )
