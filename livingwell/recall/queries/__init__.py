"""What is asked to keep in touch."""

from livingwell.recall.queries.bad_day import (
    BadDay,
    Line,
    Reachable,
    allies_of,
    bad_day,
    lines_open,
)

__all__ = ["BadDay", "Line", "Reachable", "allies_of", "bad_day", "lines_open"]
