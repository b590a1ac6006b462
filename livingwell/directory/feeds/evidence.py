"""Whether a date such as 3/4/2026 is meant as in Britain or as in the United States: what a feed itself shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from livingwell.directory.feeds.encodings import decode

if TYPE_CHECKING:
    from livingwell.directory.feeds.files import Box

SLASHED: Final = re.compile(r"(?<![\d/.-])(\d{1,2})[/.-](\d{1,2})[/.-](?:20|19)?\d\d(?![\d/.-])")
AMERICAN: Final = re.compile(
    r"\bUSD\b|America/(?:New_York|Chicago|Denver|Los_Angeles|Phoenix|Detroit)|\b[A-Z]{2},? \d{5}(?:-\d{4})?\b"
    r"|\"(?:country|addressCountry)\":\s*\"USA?\"|\$\d|\([2-9]\d\d\) ?\d{3}-\d{4}"
)
BRITISH: Final = re.compile(
    r"\bGBP\b|£|Europe/London|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"
    r"|(?<![\d+])0(?:1\d{2,4}|20|3\d\d|7\d{3}|8\d\d)[ -]?\d{3,4}[ -]?\d{3,4}(?!\d)"
)
SAMPLE: Final = 1_000_000
MOST: Final = 40  # files looked into


def habits(box: Box, names: list[str]) -> tuple[bool, bool, str]:
    """Whether the day comes first, and whether its places are British; with a sentence where the day does not."""
    british = american = 0
    where_british = where_american = 0
    for name in names[:MOST]:
        text = decode(box.head(name, SAMPLE))[0]
        for first, second in SLASHED.findall(text):
            british += int(first) > 12 >= int(second)
            american += int(second) > 12 >= int(first)
        where_british += len(BRITISH.findall(text))
        where_american += len(AMERICAN.findall(text))
    if american > british:
        return (
            False,
            False,
            "Dates such as 3/4/2026 are read as March 4: other dates in it can only be American.",
        )
    if not british and where_american > 3 * where_british:
        return False, False, "Dates such as 3/4/2026 are read as March 4: its places and money are American."
    return True, where_british > where_american, ""
