"""What silence did to entries, and by which way their people told us that they are right."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db import transaction

from livingwell.directory.actions.listing import refresh
from livingwell.directory.freshness import Standing
from livingwell.directory.models import Service

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from livingwell.directory.models import Assured


def assured(service: Service, how: Assured) -> None:
    """Note how its people answered. Whoever answers is not silent: the entry is fresh at once."""
    with transaction.atomic():
        Service.objects.filter(pk=service.pk).update(assured_how=how, standing=Standing.FRESH)
        refresh([service.pk])


def assured_by_source(services: list[UUID]) -> None:
    """The list they come from has since said a later date than we were told: what it says counts."""
    Service.objects.filter(pk__in=services).update(assured_how="")


def stand(standings: Mapping[UUID, Standing]) -> int:
    """Put entries where they stand now; how many moved. Search and suggestions know at once."""
    by_standing: dict[Standing, list[UUID]] = defaultdict(list)
    for pk, standing in standings.items():
        by_standing[standing].append(pk)
    moved: list[UUID] = []
    with transaction.atomic():
        for standing, some in by_standing.items():
            differ = Service.objects.filter(pk__in=some).exclude(standing=standing)
            found = list(differ.order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))
            Service.objects.filter(pk__in=found).update(standing=standing)
            moved += found
        refresh(moved)
    return len(moved)
