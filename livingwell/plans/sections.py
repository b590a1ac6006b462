"""How each section is asked for on a screen, and under which heading it is handed on.

`heading` is the place in the PRSB's standards "About me" and "Personalised care and support plan" under which the words
are exported: concept, then item. It is data: should a heading change, it changes here and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from livingwell.plans.models import Section

if TYPE_CHECKING:
    from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Asked:
    """A section as it is asked: the question, some words that help to begin, whether themes are read in it."""

    ask: str | Promise
    hint: str | Promise
    heading: tuple[str, str]
    read: bool = True


ASKED: Final = {
    Section.MATTERS: Asked(
        _("What matters to you?"),
        _("Who and what you love, what you miss, what a good day has in it."),
        ("About me", "What is most important to me"),
    ),
    Section.WELL: Asked(
        _("What does staying well mean to you?"),
        _("It may be sleeping, seeing your sister, or not having to think about it."),
        ("About me", "My wellness"),
    ),
    Section.WORKING: Asked(
        _("What is working?"),
        _("What keeps you going, and should stay as it is."),
        ("Care and support plan", "Strengths"),
    ),
    Section.STRENGTHS: Asked(
        _("What are you good at? What could you offer?"),
        _("Cooking, listening, fixing bikes, a language, having been through it."),
        ("Care and support plan", "Strengths"),
    ),
    Section.CHANGE: Asked(
        _("What would you like to change?"),
        _("Something big, or something small. Or nothing."),
        ("Care and support plan", "Hopes"),
    ),
    Section.SUPPORT: Asked(
        _("How can people support you best?"),
        _("“Ring before you come. Don’t finish my sentences. Let me be late.”"),
        ("About me", "How and when to support me"),
        read=False,
    ),
    Section.WORK: Asked(
        _("What fills your days?"),
        _("A job, looking for one, study, looking after the house, volunteering."),
        ("Social context", "Occupation and daily life"),
    ),
    Section.HOME: Asked(
        _("What is your home like?"),
        _("Who is there, what is good about it, what is hard."),
        ("Social context", "Home"),
    ),
    Section.CARES_FOR: Asked(
        _("Is there anybody you care for?"),
        _("Children, parents, a neighbour, a dog."),
        ("Social context", "Caring for others"),
    ),
    Section.CARED_BY: Asked(
        _("Is there anybody who cares for you?"),
        _("Family, friends, somebody who is paid for it."),
        ("About me", "People who are important to me"),
    ),
    Section.SIGNS: Asked(
        _("What sets you off? How would somebody notice?"),
        _("What tends to come before a bad time, and the first small signs of one."),
        ("Contingency plan", "Trigger factors and early signs"),
        read=False,
    ),
    Section.HELPS: Asked(
        _("What helps on a bad day?"),
        _("What you can do, what others can do, where it is good to be."),
        ("Contingency plan", "What helps"),
        read=False,
    ),
    Section.HELPS_NOT: Asked(
        _("What does not help?"),
        _("What people should leave alone, even if they mean well."),
        ("Contingency plan", "What does not help"),
        read=False,
    ),
}
"""Each section, in the order in which it is asked."""

ORDER: Final = tuple(ASKED)


def around(section: Section, among: frozenset[str]) -> tuple[Section | None, Section | None]:
    """The sections before and after one, of those whose part is among the given ones."""
    row = [each for each in ORDER if each.part in among]
    at = row.index(section)
    return (row[at - 1] if at else None), (row[at + 1] if at + 1 < len(row) else None)
