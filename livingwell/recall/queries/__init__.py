"""What is asked to keep in touch."""

from livingwell.recall.queries.bad_day import (
    BadDay,
    Line,
    Reachable,
    allies_of,
    bad_day,
    lead_to_tell,
    lines_open,
    way_to,
    way_to_worker,
)
from livingwell.recall.queries.hours import hour_here
from livingwell.recall.queries.kept import Kept, kept_of
from livingwell.recall.queries.listing import (
    Call,
    Listed,
    Row,
    Somebody,
    call_of,
    colleagues,
    listed,
    may_be_listed,
    to_ring,
)
from livingwell.recall.queries.touch import KEY, Touch, ladder_of, may_have_peers, touch_of, waits

__all__ = [
    "KEY",
    "BadDay",
    "Call",
    "Kept",
    "Line",
    "Listed",
    "Reachable",
    "Row",
    "Somebody",
    "Touch",
    "allies_of",
    "bad_day",
    "call_of",
    "colleagues",
    "hour_here",
    "kept_of",
    "ladder_of",
    "lead_to_tell",
    "lines_open",
    "listed",
    "may_be_listed",
    "may_have_peers",
    "to_ring",
    "touch_of",
    "waits",
    "way_to",
    "way_to_worker",
]
