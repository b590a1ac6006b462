"""The themes of a page: heard in what was written, kept, refused, picked from the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from livingwell.consent.models import Part
from livingwell.plans.models import PageTheme, Standing
from livingwell.themes import story
from livingwell.themes.models import Theme

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from livingwell.consent.models import Person
    from livingwell.people.models import Account
    from livingwell.plans.models import Section


def read_again(person: Person, section: Section, text: str, *, by: Account, at: datetime) -> None:
    """Hear the themes of a section anew. What was kept stays, what was refused anywhere is not heard again."""
    found = {each.theme.slug for each in story.read(text)}
    rows = list(PageTheme.objects.filter(person=person).values_list("section", "theme_id", "standing"))
    here = {theme for where, theme, _standing in rows if where == section}
    read = {theme for where, theme, standing in rows if where == section and standing == Standing.READ}
    refused = {theme for _where, theme, standing in rows if standing == Standing.REFUSED}
    if gone := read - found:
        PageTheme.objects.filter(
            person=person, section=section, theme__in=gone, standing=Standing.READ
        ).delete()
    if new := found - here - refused:
        _add(person, section.part, section, new, Standing.READ, by, at)


def keep(person: Person, theme: str, *, by: Account, at: datetime) -> None:
    """Yes, that: the theme stays, whatever the words become."""
    _stand(person, [theme], Standing.KEPT, by, at)


def refuse(person: Person, theme: str, *, by: Account, at: datetime) -> None:
    """No, not that: the theme goes from every section, and reading does not bring it back."""
    _stand(person, [theme], Standing.REFUSED, by, at)


def pick(person: Person, themes: Iterable[str], *, by: Account, at: datetime) -> None:
    """Add themes of the vocabulary by hand. One that was refused before is right again."""
    chosen = set(themes)
    with transaction.atomic():
        refused = PageTheme.objects.filter(person=person, theme__in=chosen, standing=Standing.REFUSED)
        refused.update(standing=Standing.KEPT, changed_at=at, changed_by=by)
        _add(person, Part.STORY, "", chosen, Standing.KEPT, by, at)


def _stand(person: Person, themes: list[str], standing: Standing, by: Account, at: datetime) -> None:
    PageTheme.objects.filter(person=person, theme__in=themes).update(
        standing=standing, changed_at=at, changed_by=by
    )


def _add(
    person: Person,
    part: Part,
    section: str,
    themes: set[str],
    standing: Standing,
    by: Account,
    at: datetime,
) -> None:
    """Add those that are published; a theme of tomorrow's files waits until it is."""
    published = Theme.objects.filter(slug__in=themes, retired=False).order_by("slug")
    PageTheme.objects.bulk_create(
        [
            PageTheme(
                person=person,
                theme=theme,
                section=section,
                part=part,
                standing=standing,
                changed_at=at,
                changed_by=by,
            )
            for theme in published
        ],
        ignore_conflicts=True,
    )
