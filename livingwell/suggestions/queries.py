"""From a story, or chosen themes, to connections: what is around, each with its reason."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from livingwell.directory.grid import cells_around
from livingwell.directory.models import MAIN_THEMES, ListingTheme
from livingwell.directory.queries import edition
from livingwell.directory.queries.cards import Card, cards
from livingwell.directory.queries.words import Point, point
from livingwell.suggestions import choosing, reasons, suitability, wishes
from livingwell.suggestions.choosing import Candidate, Choice
from livingwell.suggestions.reasons import Reason
from livingwell.suggestions.wishes import Wish
from livingwell.themes import danger, story
from livingwell.themes.danger import Danger
from livingwell.themes.story import Found
from livingwell.themes.vocabulary import Theme, vocabulary

THEMES_SOUGHT = 30
PER_THEME = 16
PER_HELPING_THEME = 8
NEAR_KM = 7.0
FAR_KM = 20.0
ENOUGH = 3
"""How many listings a theme must have nearby, on average, for the wider circle not to be asked."""
MAINLY = f"place < {MAIN_THEMES}"  # what a service is, not what it helps with besides


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person asks with. Nothing of it is kept."""

    story: str = ""
    themes: tuple[str, ...] = ()
    near: Point | None = None
    without: frozenset[str] = frozenset()
    not_for_me: frozenset[UUID] = frozenset()
    more_like: frozenset[UUID] = frozenset()
    limit: int = 10


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One connection: what a person decides by, and why it is offered."""

    card: Card
    choice: Choice
    themes: tuple[str, ...]
    """The service's themes that answer something in the story, best first."""
    reason: Reason


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person gets: whether crisis help goes on top, what was understood, and the suggestions."""

    dangers: tuple[Danger, ...]
    found: tuple[Found, ...]
    suggestions: tuple[Suggestion, ...]


def answer(asked: Asked, *, on: date) -> Answer:
    """What is around somebody who says this. Nothing is kept, logged or changed."""
    words = vocabulary()
    found = tuple(item for item in story.read(asked.story) if item.theme.slug not in asked.without)
    wanted = wishes.from_story(found, words) + wishes.from_themes(asked.themes, words)
    if asked.more_like:
        wanted += wishes.from_themes(_themes_of(asked.more_like), words)
    if not wanted:
        wanted = wishes.for_anyone(words)
    who = suitability.read(
        asked.story,
        [wish.theme.slug for wish in wanted],
        near=[slug for wish in wanted for slug in wish.answers],
    )
    candidates = [
        (candidate, suitability.fit(candidate, who))
        for candidate in _candidates(_sought(wanted), asked.near, on)
        if candidate.service not in asked.not_for_me
    ]
    choices = choosing.choose(wanted, candidates, limit=asked.limit, on=on)
    return Answer(
        dangers=danger.look(asked.story),
        found=found,
        suggestions=_suggestions(choices),
    )


def _themes_of(services: Iterable[UUID]) -> list[str]:
    rows = ListingTheme.objects.filter(listing__service__in=services)
    return list(rows.order_by("theme_id").values_list("theme_id", flat=True).distinct())


def _sought(wanted: Sequence[Wish]) -> dict[str, int]:
    """The themes that services are looked up by, strongest first, and how many of each: most of what was said."""
    strength: dict[str, float] = {}
    for wish in wanted:
        for slug, value in wish.answers.items():
            strength[slug] = max(strength.get(slug, 0.0), value * wish.weight)
    said = {wish.theme.slug for wish in wanted}
    best = sorted(strength, key=lambda slug: (-strength[slug], slug))[:THEMES_SOUGHT]
    return {slug: PER_THEME if slug in said else PER_HELPING_THEME for slug in best}


NEAREST = f"""
    SELECT found.listing_id, found.km
    FROM unnest(%(themes)s::text[], %(each)s::int[]) AS sought(theme, each)
    CROSS JOIN LATERAL (
        SELECT listing_id, km FROM (
            SELECT listing_id,
                   111.195 * sqrt((latitude - %(latitude)s) ^ 2
                                  + ((longitude - %(longitude)s) * cos(radians(%(latitude)s))) ^ 2) AS km,
                   reach_km
            FROM directory_listingtheme
            WHERE theme_id = sought.theme AND {MAINLY} AND cell = ANY(%(cells)s)
        ) AS around
        WHERE km <= reach_km
        ORDER BY km, listing_id
        LIMIT sought.each
    ) AS found
"""  # noqa: S608 - a number
FRESHEST_OF = """
    SELECT found.listing_id, NULL::float8 AS km
    FROM unnest(%(themes)s::text[], %(each)s::int[]) AS sought(theme, each)
    CROSS JOIN LATERAL (
        SELECT listing_id FROM directory_listingtheme
        WHERE {which}
        ORDER BY assured_on DESC NULLS LAST, listing_id
        LIMIT sought.each
    ) AS found
"""
FRESHEST = FRESHEST_OF.format(which=f"theme_id = sought.theme AND {MAINLY}")
ANYWHERE = FRESHEST_OF.format(which=f"theme_id = sought.theme AND {MAINLY} AND reach_km IS NULL")


def _candidates(themes: Mapping[str, int], near: Point | None, on: date) -> list[Candidate]:
    """The nearest few of each theme (the freshest few where no place is known), and what is offered anywhere."""
    distances: dict[int, float | None] = {}
    with connection.cursor() as cursor:

        def ask(sql: str, wanted: Mapping[str, int], **more: Any) -> int:
            cursor.execute(sql, {"themes": list(wanted), "each": list(wanted.values()), **more})
            rows = cursor.fetchall()
            distances.update(rows)
            return len(rows)

        if near is None:
            ask(FRESHEST, themes)
        else:
            point = {"latitude": near.latitude, "longitude": near.longitude}
            for radius in (NEAR_KM, FAR_KM):
                cells = cells_around(near.latitude, near.longitude, radius)
                if ask(NEAREST, themes, cells=cells, **point) >= len(themes) * ENOUGH:
                    break
            ask(ANYWHERE, themes)
    return _described(distances, on)


DESCRIBED = f"""
    SELECT listing.id, listing.service_id, service.organization_id, listing.kind, listing.assured_on,
           listing.minimum_age, listing.maximum_age, listing.ends_on, service.invented,
           ARRAY(SELECT theme_id FROM directory_listingtheme
                 WHERE listing_id = listing.id AND {MAINLY} ORDER BY theme_id)
    FROM directory_listing AS listing JOIN directory_service AS service ON service.id = listing.service_id
    WHERE listing.id = ANY(%s) AND listing.is_live
"""  # noqa: S608 - a number
_candidates_kept: edition.Memory[int, Candidate | None] = edition.Memory(50_000)


def _described(distances: Mapping[int, float | None], on: date) -> list[Candidate]:
    """The candidates with their themes; of a service at several places only the nearest, of what is over none."""
    kept = _candidates_kept.of(edition.current())
    new = [listing for listing in distances if listing not in kept]
    if new:
        kept.update(dict.fromkeys(new))
        kept.update({candidate.listing: candidate for candidate in _read_candidates(new)})
    nearest: dict[UUID, Candidate] = {}
    for listing, km in distances.items():
        candidate = kept[listing]
        if candidate is None or (candidate.ends_on is not None and candidate.ends_on < on):
            continue
        known = nearest.get(candidate.service)
        if known is None or (km is not None and (known.distance_km is None or km < known.distance_km)):
            nearest[candidate.service] = candidate.at(km)
    return list(nearest.values())


def _read_candidates(listings: Sequence[int]) -> Iterator[Candidate]:
    ways = frozenset(slug for slug, theme in vocabulary().themes.items() if theme.kind == "practical")
    with connection.cursor() as cursor:
        cursor.execute(DESCRIBED, [list(listings)])
        for (
            listing,
            service,
            organization,
            kind,
            assured_on,
            least,
            most,
            ends_on,
            invented,
            themes,
        ) in cursor:
            yield Candidate(
                listing=listing,
                service=service,
                organization=organization,
                kind=kind,
                themes=frozenset(themes),
                distance_km=None,
                assured_on=assured_on,
                minimum_age=least,
                maximum_age=most,
                ends_on=ends_on,
                invented=invented,
                ways=ways.intersection(themes),
            )


def _suggestions(choices: Sequence[Choice]) -> tuple[Suggestion, ...]:
    distances = {choice.candidate.listing: choice.candidate.distance_km for choice in choices}
    by_listing = {card.listing_id: card for card in cards(list(distances), distances)}
    return tuple(
        Suggestion(
            card=by_listing[choice.candidate.listing],
            choice=choice,
            themes=choice.themes,
            reason=reasons.of(choice, vocabulary()),
        )
        for choice in choices
    )


def as_dict(answer: Answer) -> dict[str, object]:
    """The answer as data, for `./lw suggest --json`: urgent, themes, suggestions."""
    return {
        "urgent": bool(answer.dangers),
        "themes": [
            {
                "slug": item.theme.slug,
                "label": item.theme.label,
                "kind": item.theme.kind,
                "stance": item.stance.value,
                "because": item.because,
            }
            for item in answer.found
        ],
        "suggestions": [
            {
                "kind": each.card.kind.value,
                "title": each.card.title,
                "organization": each.card.organization,
                "url": each.card.url,
                "themes": list(each.themes),
                "reason": each.reason.text,
                "distance_km": _rounded(each.choice.candidate.distance_km),
                "assured_on": each.choice.candidate.assured_on and str(each.choice.candidate.assured_on),
            }
            for each in answer.suggestions
        ],
    }


def _rounded(km: float | None) -> float | None:
    return None if km is None else round(km, 1)


def theme_groups() -> list[tuple[str, list[Theme]]]:
    """The vocabulary by group, as it stands in its files, for picking from a list."""
    groups: dict[str, list[Theme]] = {}
    for theme in vocabulary().themes.values():
        groups.setdefault(theme.group, []).append(theme)
    return list(groups.items())


@dataclass(frozen=True, slots=True)
class Heard:
    """A theme as the page shows it, with the words that led to it."""

    slug: str
    label: str
    because: str


@dataclass(frozen=True, slots=True)
class Page:
    """All that the page of suggestions shows. `said` are the fields that travel on with the next press."""

    said: tuple[tuple[str, str], ...]
    heard: tuple[Heard, ...]
    chosen: tuple[str, ...]
    near: str
    near_unknown: bool
    dangers: frozenset[str]
    suggestions: tuple[Suggestion, ...]

    @property
    def in_vain(self) -> bool:
        """Whether nothing is suggested, or nothing near though a place is known."""
        placed = bool(self.near) and not self.near_unknown
        return not self.suggestions or (
            placed and all(each.choice.candidate.distance_km is None for each in self.suggestions)
        )

    @property
    def sought(self) -> list[str]:
        """The slugs of what was heard and chosen."""
        return [*(each.slug for each in self.heard), *self.chosen]


def page(said: Mapping[str, Any], *, on: date) -> Page:
    """The page for what the form holds: story, near, theme, without, not_for_me, more_like."""
    near = point(said["near"]) if said["near"].strip() else None
    answered = answer(
        Asked(
            story=said["story"],
            themes=tuple(said["theme"]),
            near=near,
            without=frozenset(said["without"]),
            not_for_me=said["not_for_me"],
            more_like=said["more_like"],
        ),
        on=on,
    )
    fields = [("story", said["story"]), ("near", said["near"])]
    for name in ("theme", "without", "not_for_me", "more_like"):
        fields += [(name, str(value)) for value in sorted(said[name], key=str)]
    return Page(
        said=tuple(field for field in fields if field[1]),
        heard=tuple(Heard(each.theme.slug, each.theme.label, each.because) for each in answered.found),
        chosen=tuple(said["theme"]),
        near=said["near"].strip(),
        near_unknown=bool(said["near"].strip()) and near is None,
        dangers=frozenset(danger.kind for danger in answered.dangers),
        suggestions=answered.suggestions,
    )
