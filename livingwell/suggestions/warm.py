"""Getting a process ready before the first person comes, not while they wait."""

import gc
from typing import Final

from livingwell.themes import danger, story

SELDOM: Final = (10_000, 20, 20)
"""After how many new things the collector goes round. A page makes thousands, and hardly any that hold one another."""


def up() -> None:
    """Read the vocabulary and the rules of danger, and take them out of the collector's rounds: they stay for good."""
    story.read("")
    danger.look("")
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)
