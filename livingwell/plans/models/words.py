"""What somebody says about themselves, in their own words, and the themes that were heard in it."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from livingwell.consent.models import Part, Person, rows_open_to
from livingwell.core.constraints import one_of
from livingwell.plans.models.section import SECTIONS_OF, Section

if TYPE_CHECKING:
    from datetime import datetime

    from livingwell.people.models import Account

PARTS_WITH_WORDS = tuple(part.value for part in SECTIONS_OF)


def _in_its_part() -> Q:
    """The database, too, knows which part a section belongs to."""
    each = (Q(part=part.value, section__in=[one.value for one in ones]) for part, ones in SECTIONS_OF.items())
    return reduce(or_, each)


class WordsQuerySet(models.QuerySet["Words"]):
    def visible_to(self, viewer: Account, *, at: datetime, change: bool = False) -> WordsQuerySet:
        """Those in parts that this viewer may see (or change)."""
        return self.filter(rows_open_to(viewer, SECTIONS_OF, at=at, change=change))


class Words(models.Model):
    """What somebody says in one section of their page. Empty words are words taken back."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="words")
    section = models.CharField(max_length=10, choices=Section)
    part = models.CharField(max_length=12, choices=Part)
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    """How often it was written. Whoever writes says over which version, so that nobody writes over anybody unseen."""
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")

    objects = WordsQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            one_of("section", Section.values),
            one_of("part", PARTS_WITH_WORDS),
            models.CheckConstraint(condition=_in_its_part(), name="plans_words_in_its_part"),
            models.UniqueConstraint(fields=["person", "section"], name="plans_words_once_for_each_section"),
        ]

    def __str__(self) -> str:
        return f"{self.section} of page {self.person_id}"


class Standing(models.TextChoices):
    """Whether a theme is right: what we heard, until its person says so or not."""

    READ = "read", _("Heard in your words")
    KEPT = "kept", _("You said: yes, that")
    REFUSED = "refused", _("You said: no, not that")


class PageThemeQuerySet(models.QuerySet["PageTheme"]):
    def visible_to(self, viewer: Account, *, at: datetime, change: bool = False) -> PageThemeQuerySet:
        """Those in parts that this viewer may see (or change)."""
        return self.filter(rows_open_to(viewer, SECTIONS_OF, at=at, change=change))

    def held(self) -> PageThemeQuerySet:
        """Those that stand: heard or kept, not refused."""
        return self.exclude(standing=Standing.REFUSED)


class PageTheme(models.Model):
    """That a theme belongs to somebody's page: heard in a section, or picked from the list; or that it does not.

    What was refused stays as a row, so that reading the same words again does not bring it back.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="themes")
    theme = models.ForeignKey("themes.Theme", on_delete=models.PROTECT, related_name="+")
    section = models.CharField(max_length=10, choices=Section, blank=True)
    """In which words it was heard. Empty: picked from the list."""
    part = models.CharField(max_length=12, choices=Part)
    standing = models.CharField(max_length=7, choices=Standing)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")

    objects = PageThemeQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            one_of("section", Section.values, blank=True),
            one_of("part", PARTS_WITH_WORDS),
            one_of("standing", Standing.values),
            models.CheckConstraint(
                condition=_in_its_part() | Q(section="", part=Part.STORY.value),
                name="plans_pagetheme_in_its_part",
            ),
            models.CheckConstraint(
                condition=~Q(section="", standing=Standing.READ.value),
                name="plans_pagetheme_read_in_a_section",
            ),
            models.UniqueConstraint(
                fields=["person", "section", "theme"], name="plans_pagetheme_once_for_each_section"
            ),
        ]

    def __str__(self) -> str:
        return f"theme {self.theme_id} of page {self.person_id}"
