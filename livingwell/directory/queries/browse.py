"""The directory by theme: what there is of each, for looking through without words."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from livingwell.directory.models import Edition, ListingTheme
from livingwell.themes.vocabulary import vocabulary

_kept: tuple[int, dict[str, int]] | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A group of the vocabulary with its themes that something is found for: slug, label, how many."""

    name: str
    themes: tuple[tuple[str, str, int], ...]


def theme_counts() -> dict[str, int]:
    """How many listings each theme has; kept by each process until the directory changes."""
    global _kept
    edition = Edition.objects.filter(pk=1).values_list("number", flat=True).first() or 0
    if _kept is None or _kept[0] != edition:
        rows = ListingTheme.objects.order_by().values_list("theme_id").annotate(listings=Count("*"))
        _kept = (edition, dict(rows))
    return _kept[1]


def groups() -> list[Group]:
    """All groups that have anything, in the order of the vocabulary."""
    counts = theme_counts()
    found: dict[str, list[tuple[str, str, int]]] = {}
    for theme in vocabulary().themes.values():
        if theme.kind != "offer" and counts.get(theme.slug):
            found.setdefault(theme.group, []).append((theme.slug, theme.label, counts[theme.slug]))
    return [Group(name, tuple(themes)) for name, themes in found.items()]
