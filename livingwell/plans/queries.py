"""What somebody wrote on their page, as far as a viewer may see it, for pages, print and export."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from livingwell.core.dates import day_of
from livingwell.core.kept import among
from livingwell.plans import days
from livingwell.plans.models import HardDate, PageTheme, Section, Standing, Words
from livingwell.plans.sections import ASKED, ORDER
from livingwell.themes.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date, datetime
    from uuid import UUID

    from livingwell.consent.models import Part, Person
    from livingwell.people.models import Account


@dataclass(frozen=True, slots=True)
class Said:
    """What stands in one section. `heading`: concept and item of the PRSB's standards."""

    id: UUID
    section: Section
    label: str
    part: Part
    text: str
    version: int
    changed_at: datetime
    changed_by: UUID
    heading: tuple[str, str]


def words_of(person: Person, viewer: Account, *, at: datetime, part: Part | None = None) -> tuple[Said, ...]:
    """The sections that hold words, as they are asked, of the parts this viewer may see, or of one of them."""
    rows = Words.objects.visible_to(viewer, at=at).filter(person=person).exclude(text="")
    if part is not None:
        rows = rows.filter(part=part)
    return tuple(sorted(map(_said, rows), key=lambda said: ORDER.index(said.section)))


def _said(row: Words) -> Said:
    section = Section(row.section)
    return Said(
        id=row.pk,
        section=section,
        label=str(section.label),
        part=section.part,
        text=row.text,
        version=row.version,
        changed_at=row.changed_at,
        changed_by=row.changed_by_id,
        heading=ASKED[section].heading,
    )


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme of a page: where it was heard (nowhere: picked from the list), and whether the person confirmed it."""

    slug: str
    label: str
    sections: tuple[Section, ...]
    standing: Standing


def themes_of(
    person: Person, viewer: Account, *, at: datetime, part: Part | None = None, refused: bool = False
) -> tuple[Theme, ...]:
    """The themes that stand, by label, each once, of the parts this viewer may see, or of one; or those refused."""
    rows = PageTheme.objects.visible_to(viewer, at=at).filter(person=person)
    if part is not None:
        rows = rows.filter(part=part)
    rows = rows.filter(standing=Standing.REFUSED) if refused else rows.held()
    return _themes(rows.values_list("theme_id", "section", "standing"))


def _themes(rows: Iterable[tuple[str, str, str]]) -> tuple[Theme, ...]:
    known = vocabulary().themes
    heard: dict[str, list[Section]] = {}
    standings: dict[str, set[str]] = {}
    for slug, section, standing in rows:
        if slug in known:
            heard.setdefault(slug, []).extend([Section(section)] if section else [])
            standings.setdefault(slug, set()).add(standing)
    themes = (
        Theme(
            slug=slug,
            label=known[slug].label,
            sections=tuple(sorted(sections, key=ORDER.index)),
            standing=Standing.KEPT if Standing.KEPT in standings[slug] else Standing(min(standings[slug])),
        )
        for slug, sections in heard.items()
    )
    return tuple(sorted(themes, key=lambda theme: (theme.label.lower(), theme.slug)))


@dataclass(frozen=True, slots=True)
class HardDay:
    """A hard day: what it is, when it comes next (never: it is over), from which day on somebody should be in touch."""

    id: UUID
    person: UUID
    what: str
    falls: days.Day
    next_on: date | None
    touch_on: date | None
    days_before: int
    on: date
    """The day that is today, from which the others are counted."""

    @property
    def when(self) -> str:
        """In words: "Monday 3 March, in 5 days"; empty when it is over."""
        return days.said(self.next_on, self.on) if self.next_on else ""

    @property
    def touch(self) -> str:
        """In words, from when on it is good to be in touch; empty when it is over."""
        return days.said_of_touch(self.touch_on, self.on) if self.touch_on else ""

    @property
    def calls_for_touch(self) -> bool:
        """Whether somebody should be in touch today."""
        return (
            self.next_on is not None
            and self.touch_on is not None
            and self.touch_on <= self.on <= self.next_on
        )


def hard_dates_of(person: Person, viewer: Account, *, at: datetime) -> tuple[HardDay, ...]:
    """Somebody's hard days, those that come soonest first, those that are over last."""
    rows = HardDate.objects.visible_to(viewer, at=at).filter(person=person)
    return _in_order(rows, day_of(at))


def hard_dates_near(
    viewer: Account, *, at: datetime, persons: Collection[UUID] | None = None
) -> tuple[HardDay, ...]:
    """The hard days of everybody who shares them with this viewer, for which somebody should be in touch today.

    With `persons` those of no others.
    """
    on = day_of(at)
    rows = HardDate.objects.visible_to(viewer, at=at).perhaps_near(on)
    if persons is not None:
        rows = rows.filter(person__in=among(persons))
    return tuple(day for day in _in_order(rows, on) if day.calls_for_touch)


def _in_order(rows: Iterable[HardDate], on: date) -> tuple[HardDay, ...]:
    found = [_hard_day(row, on) for row in rows]
    return tuple(sorted(found, key=lambda day: (day.next_on is None, day.next_on or on, day.what)))


def _hard_day(row: HardDate, on: date) -> HardDay:
    falls = row.falls
    next_on = falls.next(on)
    touch_on = next_on and falls.touch(next_on, row.days_before)
    return HardDay(
        id=row.pk,
        person=row.person_id,
        what=row.what,
        falls=falls,
        next_on=next_on,
        touch_on=touch_on,
        days_before=row.days_before,
        on=on,
    )


@dataclass(frozen=True, slots=True)
class Wishes:
    """What to look for suggestions with: the words themes are read from, themes confirmed, themes refused."""

    story: str
    themes: tuple[str, ...]
    without: frozenset[str]


def wishes_of(person: Person, viewer: Account, *, at: datetime, among: Collection[Section] = ORDER) -> Wishes:
    """What somebody's page asks for, as the suggestions take it, of the parts this viewer may see."""
    said = [each for each in words_of(person, viewer, at=at) if each.section in among]
    kept = [each for each in themes_of(person, viewer, at=at) if each.standing == Standing.KEPT]
    refused = themes_of(person, viewer, at=at, refused=True)
    return Wishes(
        story="\n\n".join(each.text for each in said if ASKED[each.section].read),
        themes=tuple(each.slug for each in kept),
        without=frozenset(each.slug for each in refused),
    )
