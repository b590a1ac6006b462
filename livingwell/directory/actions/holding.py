"""Corrections by hand that stand against their source: held at the next import, until somebody lets them go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from livingwell.directory.differences import same
from livingwell.directory.models import Hold, How, Service

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from livingwell.directory.differences import Difference


def hold(service: Service, found: Sequence[Difference], *, by: str, how: How, at: datetime) -> None:
    """Hold what was changed. What the source says is what stood there before, or what an earlier hold knows."""
    there = {
        (str(each.resource_id), each.resource_type, each.field_name): each
        for each in Hold.objects.live().filter(resource_id__in={each.resource_id for each in found})
    }
    for each in found:
        old = there.get((each.resource_id, each.resource_type, each.field_name))
        if old is None:
            Hold.objects.create(
                service=service, resource_type=each.resource_type, resource_id=each.resource_id,
                field_name=each.field_name, value=each.after, source_says=each.before, how=how, held_at=at,
                held_by=by,
            )  # fmt: skip
        elif same(old.source_says, each.after):  # back to what the source says: nothing to hold
            Hold.objects.filter(pk=old.pk).update(released_at=at, released_by=by)
        else:
            Hold.objects.filter(pk=old.pk).update(value=each.after, how=how, held_at=at, held_by=by)
