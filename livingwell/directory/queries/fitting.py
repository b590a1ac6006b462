"""How well a service fits what was asked for: the numbers that both engines add up.

They were found by measuring over judged searches (`./lw bench judged`; docs/adr/0041-one-sum-of-what-fits.md).
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from livingwell.themes.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ABOUT: Final = {"a": 4.5, "b": 2.8, "c": 2.0, "d": 1.5}
"""What a theme adds, by how much a service is about it: the weight of its lexeme."""
LATER: Final = 0.75  # how much of that a theme adds that is named after another
HELPS: Final = (0.1, 6)  # what helps with the first theme adds a part of that: how much, and how many themes
RELATED: Final = (0.12, 3)  # so does what is close to it
ALL_WORDS: Final = 2.5  # what having all the words adds
A_WORD: Final = 0.3  # how much of BM25 a word adds
FOR_OTHERS: Final = 0.3  # what it takes off to be for those alone who share something that nobody spoke of


def themes_wanted(themes: Sequence[str]) -> Mapping[str, float]:
    """How much each theme counts: those asked for (one at least), the first most, and a little what goes with it."""
    wanted: dict[str, float] = defaultdict(float)
    for number, slug in enumerate(themes):
        wanted[slug] += LATER**number
    first = vocabulary().themes[themes[0]]
    for (part, most), near in ((HELPS, first.helped_by), (RELATED, first.related)):
        for slug in near[:most]:
            wanted[slug] += part
    return wanted
