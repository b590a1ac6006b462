"""What somebody may say about themselves, one thing at a time, and the part of their page each belongs to."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from livingwell.consent.models import Part


class Section(models.TextChoices):
    """One thing to say, in the order in which it is asked. None has to be said."""

    MATTERS = "matters", _("What matters to me")
    WELL = "well", _("Staying well means")
    WORKING = "working", _("What is working")
    STRENGTHS = "strengths", _("What I am good at and could offer")
    CHANGE = "change", _("What I would like to change")
    SUPPORT = "support", _("How best to support me")
    WORK = "work", _("Work and what fills my days")
    HOME = "home", _("Home")
    CARES_FOR = "cares-for", _("People I care for")
    CARED_BY = "cared-by", _("People who care for me")
    SIGNS = "signs", _("What sets me off, and early signs")
    HELPS = "helps", _("What helps on a bad day")
    HELPS_NOT = "helps-not", _("What does not help")

    @property
    def part(self) -> Part:
        """The part of the page with which it is shared or kept to oneself."""
        return next(part for part, sections in SECTIONS_OF.items() if self in sections)


SECTIONS_OF: Final = {
    Part.STORY: (
        Section.MATTERS,
        Section.WELL,
        Section.WORKING,
        Section.STRENGTHS,
        Section.WORK,
        Section.HOME,
        Section.CARES_FOR,
        Section.CARED_BY,
    ),
    Part.PLAN: (Section.CHANGE, Section.SUPPORT),
    Part.CRISIS_CARD: (Section.SIGNS, Section.HELPS, Section.HELPS_NOT),
}
"""The parts of a page that hold words, each with its sections."""
