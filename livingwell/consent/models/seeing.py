"""Which pages are open to whom: the one rule, held by the database and asked from there.

The rule is the SQL function `livingwell_pages` (`rules.py`). `visible_to` asks it for a named viewer; the walls
(row-level security) ask it for whoever the transaction acts for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import BooleanField, F, Func
from django.db.models.expressions import RawSQL

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser

    from livingwell.consent.models.part import Part


def pages_open_to(
    viewer: AbstractBaseUser | AnonymousUser, part: Part | None, *, at: datetime, change: bool = False
) -> RawSQL:
    """The ids of the pages of which this viewer may see (or change) a part at a moment; None: any part at all.

    Where one page is open (`acting`), no other is looked at. For `filter(person_id__in=...)`. A stranger, or somebody
    not signed in, gets none.
    """
    return RawSQL(
        "(SELECT page FROM livingwell_pages(%s::uuid, %s::timestamptz, %s::text, %s::boolean,"
        " nullif(current_setting('livingwell.page', true), '')::uuid) AS page)",
        [viewer.pk, at, part and part.value, change],
    )


def rows_open_to(
    viewer: AbstractBaseUser | AnonymousUser, parts: Iterable[Part], *, at: datetime, change: bool = False
) -> Func:
    """For `filter`, of rows that say in `part` which part of the page they belong to: those that this viewer may see
    (or change). `parts`: those that the table may hold. Each that a row names is asked once.
    """
    each = (
        Func(
            F("person"),
            pages_open_to(viewer, part, at=at, change=change),
            template=f"WHEN '{part.value}' THEN %(expressions)s)",
            arg_joiner=" = ANY (ARRAY",
            output_field=BooleanField(),
        )
        for part in parts
    )
    return Func(
        F("part"),
        *each,
        template="CASE %(expressions)s ELSE false END",
        arg_joiner=" ",
        output_field=BooleanField(),
    )
