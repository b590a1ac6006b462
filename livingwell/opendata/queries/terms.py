"""Taxonomies and their terms: our own themes beside the vocabularies that came with feeds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID, uuid5

from django.db.models import Q

from livingwell.directory.models import Taxonomy, TaxonomyTerm
from livingwell.opendata.shapes import OURS, Thing, columns, shape
from livingwell.themes.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping

    from livingwell.opendata.asked import Asked

THEMES: Final = uuid5(OURS, "taxonomy/themes")
KIND: Final = {
    "need": "Something hard",
    "interest": "Something loved",
    "offer": "Something to give",
    "experience": "Something lived through",
    "practical": "Something practical",
}


@dataclass(frozen=True, slots=True)
class Page:
    """Some of what was asked for, and how many there are in all."""

    total: int
    things: list[Thing]


def term_id(slug: str) -> UUID:
    """The id of a theme as a term."""
    return uuid5(OURS, f"theme/{slug}")


@cache
def slugs() -> Mapping[UUID, str]:
    """The themes by their ids as terms."""
    return {term_id(slug): slug for slug in vocabulary().themes}


def own_taxonomy() -> Thing:
    return {
        "id": str(THEMES),
        "name": "Themes of the Living Well Network",
        "description": "What people speak of in their own words, and what services are about: needs, interests, "
        "experience, practical questions and things that people can give.",
    }


def own_term(slug: str) -> Thing:
    """A theme of our own vocabulary as a term."""
    theme = vocabulary().themes[slug]
    made: Thing = {
        "id": str(term_id(slug)),
        "code": slug,
        "name": theme.label,
        "term": theme.label,
        "description": f"{KIND[theme.kind]}: {theme.label} ({theme.group}).",
        "taxonomy": own_taxonomy()["name"],
        "taxonomy_id": str(THEMES),
        "language": "en",
    }
    if theme.broader:
        made["parent_id"] = str(term_id(theme.broader))
    return made


def shaped_terms(rows: list[dict[str, Any]], names: Mapping[UUID, str]) -> list[Thing]:
    return [
        shape("taxonomy_term", row)
        | ({"taxonomy": names[row["taxonomy_id"]]} if names.get(row["taxonomy_id"]) else {})
        for row in rows
    ]


def taxonomies(asked: Asked) -> Page:
    own = own_taxonomy()
    mine = [own] if asked.search.casefold() in f"{own['name']} {own['description']}".casefold() else []
    others = Taxonomy.objects.order_by("pk")
    for word in asked.search.split():
        others = others.filter(Q(name__icontains=word) | Q(description__icontains=word))
    return _both(
        mine,
        others.values(*columns("taxonomy")),
        asked,
        lambda rows: [shape("taxonomy", row) for row in rows],
    )


def taxonomy(pk: UUID) -> Thing | None:
    if pk == THEMES:
        return own_taxonomy()
    row = Taxonomy.objects.filter(pk=pk).values(*columns("taxonomy")).first()
    return shape("taxonomy", row) if row else None


def terms(asked: Asked) -> Page:
    others = TaxonomyTerm.objects.order_by("pk")
    mine = [own_term(slug) for slug in vocabulary().themes] if asked.taxonomy_id in (None, THEMES) else []
    if asked.taxonomy_id:
        others = others.filter(taxonomy=asked.taxonomy_id)
    for word in asked.search.split():
        others = others.filter(Q(name__icontains=word) | Q(description__icontains=word))
        mine = [
            term for term in mine if word.casefold() in f"{term['name']} {term['description']}".casefold()
        ]
    if asked.top_only:
        others = others.filter(parent=None)
        mine = [term for term in mine if "parent_id" not in term]
    if asked.parent_id:
        others = others.filter(parent=asked.parent_id)
        mine = [term for term in mine if term.get("parent_id") == str(asked.parent_id)]
    return _both(
        mine, others.values(*columns("taxonomy_term")), asked, lambda rows: shaped_terms(rows, _names(rows))
    )


def term(pk: UUID) -> Thing | None:
    if pk in slugs():
        return own_term(slugs()[pk])
    row = TaxonomyTerm.objects.filter(pk=pk).values(*columns("taxonomy_term")).first()
    return shaped_terms([row], _names([row]))[0] if row else None


def _names(rows: list[dict[str, Any]]) -> dict[UUID, str]:
    return dict(
        Taxonomy.objects.filter(pk__in={row["taxonomy_id"] for row in rows}).values_list("pk", "name")
    )


def _both(mine: list[Thing], others: Any, asked: Asked, shaped: Any) -> Page:
    """A page of ours first, then of others'."""
    start = (asked.page - 1) * asked.per_page
    end = start + asked.per_page
    things = mine[start:end]
    if end > len(mine):
        things += shaped(list(others[max(start - len(mine), 0) : end - len(mine)]))
    return Page(len(mine) + others.count(), things)
