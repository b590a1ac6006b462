"""When a source is to be read next. No database in here."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import takewhile
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

RUNNING, PART, DONE, TROUBLE, STOPPED = "running", "part", "done", "trouble", "stopped"
FIRST_PATIENCE: Final = timedelta(hours=1)
AT_ONCE: Final = frozenset({RUNNING, PART, STOPPED})


def next_reading(every_hours: int, pulls: Sequence[tuple[datetime, str, int]], *, at: datetime) -> datetime:
    """The moment from which on a source is due. `pulls`: start, outcome, seconds to wait; the newest first.

    Never read, or cut short: now. After trouble: in an hour, then in two, four … but no later than usual.
    """
    usual = timedelta(hours=every_hours)
    if not pulls:
        return at
    started, outcome, wait = pulls[0]
    if outcome in AT_ONCE:
        return at
    if outcome == TROUBLE:
        failed = len(list(takewhile(lambda pull: pull[1] == TROUBLE, pulls)))
        patience = min(FIRST_PATIENCE * (1 << min(failed - 1, 10)), usual)
        return started + max(patience, timedelta(seconds=wait))
    return started + usual
