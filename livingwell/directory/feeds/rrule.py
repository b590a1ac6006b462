"""Rules of iCalendar (RFC 5545) where a directory was given them as text: FREQ=WEEKLY;BYDAY=TH."""

from __future__ import annotations

import re
from typing import Any, Final

RULE: Final = re.compile(r"(?:RRULE:)?\s*(FREQ=\w+(?:;[A-Z-]+=[^;\s]*)*);?", re.IGNORECASE)
START: Final = re.compile(r"DTSTART(?:;TZID=([^:;]+))?[:=](\d{8})(?:T(\d{2})(\d{2}))?", re.IGNORECASE)
NAMES: Final = {
    "FREQ": "freq", "INTERVAL": "interval", "BYDAY": "byday", "BYMONTHDAY": "bymonthday", "COUNT": "count",
    "WKST": "wkst", "BYWEEKNO": "byweekno", "BYYEARDAY": "byyearday", "UNTIL": "until",
}  # fmt: skip
KEPT: Final = frozenset(["WEEKLY", "MONTHLY", "DAILY"])


def said(words: str) -> dict[str, Any]:
    """The fields of a schedule that a rule gives; nothing where there is none, or one that we cannot keep."""
    found = RULE.search(words)
    if not found:
        return {}
    parts = dict(part.split("=", 1) for part in found[1].upper().split(";") if "=" in part)
    if parts.get("FREQ") not in KEPT or "BYSETPOS" in parts or "BYMONTH" in parts:
        return {}
    values: dict[str, Any] = {NAMES[name]: value for name, value in parts.items() if name in NAMES}
    if "until" in values:
        values["until"] = values["until"][:8]
    if start := START.search(words):
        values["dtstart"] = start[2]
        values |= {"timezone": start[1]} if start[1] else {}
        values |= {"opens_at": f"{start[3]}:{start[4]}"} if start[3] else {}
    return values
