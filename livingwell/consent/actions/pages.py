"""Beginning a page, by oneself or with somebody beside; how its person is called and reached; letting go of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from livingwell.consent.actions.allowing import give
from livingwell.consent.actions.remembering import remember
from livingwell.consent.models import PARTS, Contact, Kind, Part, Person, Purpose
from livingwell.core.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from livingwell.consent.models import How
    from livingwell.directory.models import Organization
    from livingwell.people.models import Account


def start(*, by: Account, at: datetime, called: str = "") -> Person:
    """Begin one's own page. Nothing has to be said for it. Whoever has one gets that one."""
    with transaction.atomic():
        before = Person.objects.filter(account=by).first()
        if before is not None:
            return before
        person = Person(account=by, called=called.strip(), started_at=at, started_by=by, invented=by.invented)
        made, *_others = Person.objects.bulk_create([person], ignore_conflicts=True)
        found = Person.objects.get(account=by)
        if found.pk == made.pk:
            remember(found, Kind.STARTED, Part.STORY, by=by, at=at)
        return found


def start_for(
    *,
    organization: Organization,
    how: How,
    said: str,
    until: datetime,
    by: Account,
    at: datetime,
    called: str = "",
) -> Person:
    """Begin a page with somebody who does not sign in: kept for them by an organization, which they have allowed.

    `how` they said yes, and what they `said`. Raises Refusal where `by` does not work with people there.
    """
    with transaction.atomic():
        person = Person.objects.create(
            called=called.strip(), started_at=at, started_by=by, invented=by.invented
        )
        give(
            person,
            organization=organization,
            parts=PARTS,
            purpose=Purpose.KEEP,
            may_change=True,
            how=how,
            said=said,
            until=until,
            by=by,
            at=at,
        )
        remember(person, Kind.STARTED, Part.STORY, by=by, at=at)
        return person


def rename(person: Person, called: str) -> None:
    """Take down the name somebody likes to hear."""
    Person.objects.filter(pk=person.pk).update(called=called.strip())


def reach(person: Person, values: Mapping[str, Any]) -> None:
    """Take down how somebody is reached: any fields of `Contact`, those named and no others."""
    Contact.objects.update_or_create(person=person, defaults=dict(values))


def say_how_to_reach(person: Person, values: Mapping[str, Any], *, by: Account, at: datetime) -> None:
    """Take down how somebody is reached, as they or whoever keeps their page said it on a screen."""
    with transaction.atomic():
        reach(person, values)
        remember(person, Kind.WROTE, Part.CONTACT, by=by, at=at)


def forget(person: Person, *, by: Account, at: datetime) -> None:
    """The last act of an erasure: name and ways of reaching are deleted, words in consents too, the page is let go.

    What the apps above hold of the person is deleted by them before. Raises Refusal for anybody but the owner, or,
    where the page has no account, whoever keeps it and does it at the person's word.
    """
    if person.account_id not in {by.pk, None}:
        raise Refusal(_("Only you can delete your page. Sign in with your own account to do it."))
    with transaction.atomic():
        Contact.objects.filter(person=person).delete()
        person.consents.exclude(said="").update(said="")
        person.questions.update(words="", answer="")
        remember(person, Kind.ERASED, Part.STORY, by=by, at=at)
        with connection.cursor() as cursor:
            cursor.execute("SELECT livingwell_let_go(%s, %s, %s)", [person.pk, by.pk, at])
            if not cursor.fetchone()[0]:
                raise Refusal(_("Only the person, or who keeps the page with them, can delete it."))
