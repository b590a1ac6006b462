"""Writing one section of a page, over what one has seen there and nothing else; and letting go of it all."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils.translation import gettext as _

from livingwell.consent.actions import remember
from livingwell.consent.models import Kind
from livingwell.core.errors import Refusal
from livingwell.plans.actions.reading import read_again
from livingwell.plans.models import HardDate, PageTheme, Words
from livingwell.plans.sections import ASKED

if TYPE_CHECKING:
    from datetime import datetime

    from livingwell.consent.models import Person
    from livingwell.people.models import Account
    from livingwell.plans.models import Section

ONE_SITTING: Final = timedelta(hours=1)
"""What somebody writes in one section within this time is one thing that happened, however often it is saved."""


class Meanwhile(Refusal):
    """Somebody wrote here since these words were begun. Holds what stands there now, so that both can be shown."""

    def __init__(self, stands: Words) -> None:
        super().__init__(_("Somebody else has written here meanwhile. Choose what should stay."))
        self.stands = stands


def write(person: Person, section: Section, text: str, *, over: int, by: Account, at: datetime) -> Words:
    """Save what somebody says in a section, and read the themes of it. `over`: the version they had before them, or 0.

    Raises Meanwhile where another version stands there now and its words would be lost.
    """
    text = text.replace("\r\n", "\n").strip()
    with transaction.atomic():
        held = _held(person, section, by, at)
        if held.text == text:
            return held
        if held.version != over and held.text not in text:
            raise Meanwhile(held)
        same_sitting = held.version > 0 and held.changed_by_id == by.pk and at - held.changed_at < ONE_SITTING
        held.text, held.version, held.changed_at, held.changed_by = text, held.version + 1, at, by
        held.save(update_fields=["text", "version", "changed_at", "changed_by"])
        if ASKED[section].read:
            read_again(person, section, text, by=by, at=at)
        if not same_sitting:
            remember(person, Kind.WROTE, section.part, by=by, at=at, about=held.pk)
        return held


def put(person: Person, section: Section, text: str, *, by: Account, at: datetime) -> Words:
    """Add words below what stands in a section, unless they stand there already."""
    text = text.replace("\r\n", "\n").strip()
    with transaction.atomic():
        held = _held(person, section, by, at)
        whole = held.text if text in held.text else "\n\n".join(filter(None, [held.text, text]))
        return write(person, section, whole, over=held.version, by=by, at=at)


def _held(person: Person, section: Section, by: Account, at: datetime) -> Words:
    """The row of a section, made where there is none, and held until we are done: two come one after the other."""
    empty = Words(person=person, section=section, part=section.part, changed_at=at, changed_by=by)
    Words.objects.bulk_create([empty], ignore_conflicts=True)
    return Words.objects.select_for_update().get(person=person, section=section)


def erase(person: Person) -> None:
    """Delete all that somebody wrote here, what was heard in it, and their hard days."""
    with transaction.atomic():
        PageTheme.objects.filter(person=person).delete()
        HardDate.objects.filter(person=person).delete()
        Words.objects.filter(person=person).delete()
