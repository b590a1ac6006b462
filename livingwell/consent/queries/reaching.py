"""How somebody may be reached, as far as they said so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from livingwell.consent.models import Contact, Way
from livingwell.consent.nhs_number import spaced

if TYPE_CHECKING:
    from datetime import date, datetime

    from livingwell.consent.models import Person
    from livingwell.people.models import Account


@dataclass(frozen=True, slots=True)
class ContactSeen:
    """Each line as it was said; empty where nothing was. `ways`: values and labels of what is allowed."""

    full_name: str = ""
    born_on: date | None = None
    nhs_number: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    ways: tuple[tuple[str, str], ...] = ()
    best_time: str = ""
    may_leave_word: bool = False
    word_to_leave: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing at all was said."""
        return self == ContactSeen()


def contact_of(person: Person, viewer: Account, *, at: datetime) -> ContactSeen:
    """How this person may be reached, for somebody who may see it; empty lines for anybody else."""
    said = Contact.objects.visible_to(viewer, at=at).filter(person=person).first()
    if said is None:
        return ContactSeen()
    return ContactSeen(
        full_name=said.full_name,
        born_on=said.born_on,
        nhs_number=spaced(said.nhs_number),
        phone=said.phone,
        email=said.email,
        address=said.address,
        ways=tuple((way.value, str(way.label)) for way in Way if way.value in said.ways),
        best_time=said.best_time,
        may_leave_word=said.may_leave_word,
        word_to_leave=said.word_to_leave,
    )
