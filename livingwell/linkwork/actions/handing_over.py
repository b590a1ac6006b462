"""A page that was kept with somebody goes into their own hands, by a code on paper."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import connection, transaction
from django.utils.translation import gettext as _

from livingwell.consent.actions import remember
from livingwell.consent.models import Kind, Part, Person
from livingwell.core.errors import Refusal, refuse_on
from livingwell.linkwork import codes
from livingwell.linkwork.models import PaperCode

if TYPE_CHECKING:
    from datetime import datetime

    from livingwell.people.models import Account

GOOD_FOR: Final = timedelta(days=90)


def print_code(person: Person, *, by: Account, at: datetime) -> tuple[str, PaperCode]:
    """A new code for this page, to be printed at once: it is not kept. One printed before opens nothing any more."""
    if person.account_id is not None:
        raise Refusal(_("This page is in its person’s own hands already."))
    letters = codes.new()
    with (
        transaction.atomic(),
        refuse_on("linkwork_papercode_one_at_a_time", Refusal(_("A sheet was made just now. Try again."))),
    ):
        take_back_code(person, by=by, at=at)
        made = PaperCode.objects.create(
            person=person,
            hashed=codes.hashed(codes.read(letters)),
            made_at=at,
            made_by=by,
            until=at + GOOD_FOR,
        )
        return letters, made


def take_back_code(person: Person, *, by: Account, at: datetime) -> None:
    """The sheet is lost or not wanted: its code opens nothing any more."""
    PaperCode.objects.filter(person=person, used_at=None, withdrawn_at=None).update(
        withdrawn_at=at, withdrawn_by=by
    )


def take_over(typed: str, *, by: Account, at: datetime) -> Person:
    """Make the page of a code one's own. Asked for within `consent.acting`, by the account that acts.

    Raises Refusal where the code is not known or over, or where one's own page has something on it.
    """
    letters = codes.read(typed)
    if not letters:
        raise Refusal(_("The code has twelve letters, in three groups. Check it and type it again."))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT livingwell_take_over(%s)", [codes.hashed(letters)])
        answer = str(cursor.fetchone()[0])
        if answer in WHY_NOT:
            raise Refusal(str(WHY_NOT[answer]()))
        person = Person.objects.get(pk=answer)
        remember(person, Kind.TAKEN_OVER, Part.STORY, by=by, at=at)
        return person


WHY_NOT: Final = {
    "unknown": lambda: _("We do not know this code. Check it against the paper and type it again."),
    "over": lambda: _(
        "This code has been used, taken back, or is too old. Ask whoever gave you the paper for a new one."
    ),
    "own page": lambda: _(
        "You have a page of your own already, with things on it, and we never mix two pages. Ask whoever gave "
        "you the paper to go through both with you."
    ),
}
"""What the database answers where it does not hand a page over, as it is said to the person."""
