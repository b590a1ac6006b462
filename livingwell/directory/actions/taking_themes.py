"""The themes that a list names for its services, in the order in which it names them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from livingwell.core.kept import among
from livingwell.directory.actions.tables import batches
from livingwell.directory.models import ServiceTheme, TaggedBy

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from uuid import UUID

    from livingwell.directory.feeds.report import Entries
    from livingwell.directory.models import Source


def take_themes(named: Mapping[UUID, Sequence[str]], source: Source, counts: Entries) -> set[UUID]:
    """Make the themes of each service those that its list names; which services are not what they were.

    They are chosen by hand. What another hand chose is never touched. A service's themes stand in the order of their
    rows, and the first say what it is: where a list puts them in another order, they are made again in that order.
    """
    known: dict[UUID, dict[str, ServiceTheme]] = defaultdict(dict)
    for tag in ServiceTheme.objects.filter(service__in=among(named)).order_by("pk"):
        known[tag.service_id][tag.theme_id] = tag
    fresh: list[ServiceTheme] = []
    left: list[ServiceTheme] = []
    for service, slugs in named.items():
        there = known[service]
        by_hand = {slug: tag for slug, tag in there.items() if tag.tagged_by == TaggedBy.HAND}
        ours = [slug for slug, tag in by_hand.items() if tag.source_id == source.pk]
        others = by_hand.keys() - set(ours)
        wanted = [slug for slug in slugs if slug not in others]
        kept = _as_they_stand(ours, wanted)
        new = [slug for slug in wanted if slug not in kept]
        again = [there[slug] for slug in new if slug in there]
        gone = [there[slug] for slug in ours if slug not in wanted]
        left += again + gone
        fresh += [_named(service, slug, there.get(slug), source) for slug in new]
        counts.added += len(new) - len(again)
        counts.changed += len(again)
        counts.removed += len(gone)
        counts.unchanged += len(slugs) - len(new)
    changed = {tag.service_id for tag in (*fresh, *left)}
    for some in batches([tag.pk for tag in left]):
        ServiceTheme.objects.filter(pk__in=some).delete()
    ServiceTheme.objects.bulk_create(
        fresh,
        batch_size=1_000,
        update_conflicts=True,
        unique_fields=["service", "theme"],
        update_fields=["tagged_by", "applies", "because", "source"],
    )
    return changed


def _as_they_stand(ours: Sequence[str], wanted: Sequence[str]) -> Collection[str]:
    """Those that need not be made again: what the list named before and names still, where it only goes on from it."""
    still = [slug for slug in ours if slug in wanted]
    return still if still == wanted[: len(still)] else ()


def _named(service: UUID, slug: str, before: ServiceTheme | None, source: Source) -> ServiceTheme:
    """A theme as the list names it; a no that an editor gave to it since stays a no."""
    return ServiceTheme(
        service_id=service,
        theme_id=slug,
        tagged_by=TaggedBy.HAND,
        applies=before is None or before.applies,
        source=source,
        because=f"Named in {source.name}",
    )
