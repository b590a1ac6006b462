"""Going on from the last row of one screen to the next, with nothing of the same moment passed over."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.db.models import Model, Q, QuerySet

if TYPE_CHECKING:
    from uuid import UUID

Row = TypeVar("Row", bound=Model)


def latest_first(rows: QuerySet[Row], moment: str, *, before: UUID | None = None) -> QuerySet[Row]:
    """Rows by their moment, the latest first; `before`: those after the row of this id in that order.

    Nothing where there is no such row among them.
    """
    if before is not None:
        seen = rows.filter(pk=before).values_list(moment, flat=True).first()
        earlier = Q(**{f"{moment}__lt": seen}) | Q(**{moment: seen, "pk__lt": before})
        rows = rows.none() if seen is None else rows.filter(earlier)
    return rows.order_by(f"-{moment}", "-pk")
