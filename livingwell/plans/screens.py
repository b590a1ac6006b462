"""What each screen of somebody's words shows, composed for whoever looks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from livingwell.consent.models import Part
from livingwell.plans.models import SECTIONS_OF, PageTheme, Section, Standing, Words
from livingwell.plans.queries import HardDay, Said, Theme, hard_dates_of, themes_of, words_of
from livingwell.plans.sections import ASKED, Asked, around
from livingwell.themes import danger, story
from livingwell.themes.vocabulary import vocabulary

if TYPE_CHECKING:
    from livingwell.consent.doors import Page


@dataclass(frozen=True, slots=True)
class Heard:
    """A theme heard in one section, with the words that led to it (none, if they are gone), and whether confirmed."""

    slug: str
    label: str
    because: str
    kept: bool


@dataclass(frozen=True, slots=True)
class Screen:
    """One section to write in. `earlier` is the one that was written just before, with what was heard there."""

    section: Section
    asked: Asked
    text: str
    version: int
    heard: tuple[Heard, ...]
    dangers: frozenset[str]
    earlier: Section | None
    earlier_heard: tuple[Heard, ...]
    before: Section | None
    after: Section | None


def screen(page: Page, section: Section, *, earlier: Section | None = None, typed: str = "") -> Screen:
    """The screen of a section, for somebody who may write in it. `earlier` counts only where they may see it.

    `typed`: what is in the box and not saved, for signs of danger in it.
    """
    if earlier is not None and earlier.part not in page.changes:
        earlier = None
    both = [section] if earlier is None else [section, earlier]
    rows = Words.objects.visible_to(page.viewer, at=page.at).filter(person=page.person, section__in=both)
    stands = {Section(row.section): row for row in rows}
    here = stands.get(section)
    texts = {each: stands[each].text if each in stands else "" for each in both}
    heard = _heard(page, texts)
    before, after = around(section, page.changes)
    return Screen(
        section=section,
        asked=ASKED[section],
        text=texts[section],
        version=here.version if here else 0,
        heard=heard[section],
        dangers=frozenset(one.kind for text in (*texts.values(), typed) for one in danger.look(text)),
        earlier=earlier,
        earlier_heard=heard[earlier] if earlier else (),
        before=before,
        after=after,
    )


def _heard(page: Page, texts: dict[Section, str]) -> dict[Section, tuple[Heard, ...]]:
    """What was heard in each text and still stands."""
    rows = PageTheme.objects.visible_to(page.viewer, at=page.at).held().filter(person=page.person)
    standing = {
        (section, slug): standing
        for section, slug, standing in rows.filter(section__in=list(texts)).values_list(
            "section", "theme_id", "standing"
        )
    }
    known = vocabulary().themes
    found: dict[Section, tuple[Heard, ...]] = {}
    for section, text in texts.items():
        because = {each.theme.slug: each.because for each in story.read(text)} if ASKED[section].read else {}
        slugs = [slug for where, slug in standing if where == section and slug in known]
        in_order = sorted(
            slugs, key=lambda slug: (list(because).index(slug) if slug in because else 99, slug)
        )
        found[section] = tuple(
            Heard(slug, known[slug].label, because.get(slug, ""), standing[section, slug] == Standing.KEPT)
            for slug in in_order
        )
    return found


@dataclass(frozen=True, slots=True)
class Overview:
    """One part with words: what is said, what could be said, what was heard, and the hard days of a bad day's part."""

    part: Part
    said: tuple[Said, ...]
    open: tuple[Section, ...]
    themes: tuple[Theme, ...]
    hard_days: tuple[HardDay, ...]
    dangers: frozenset[str]


def overview(page: Page, part: Part, *, earlier: Section | None = None) -> Overview:
    """A part as it stands. `earlier`: the section that was written just before, for signs of danger in it."""
    said = words_of(page.person, page.viewer, at=page.at, part=part)
    written = {one.section for one in said}
    just_now = [one.text for one in said if one.section == earlier]
    return Overview(
        part=part,
        said=said,
        open=tuple(section for section in SECTIONS_OF[part] if section not in written),
        themes=themes_of(page.person, page.viewer, at=page.at, part=part),
        hard_days=hard_dates_of(page.person, page.viewer, at=page.at) if part == Part.CRISIS_CARD else (),
        dangers=frozenset(one.kind for text in just_now for one in danger.look(text)),
    )
