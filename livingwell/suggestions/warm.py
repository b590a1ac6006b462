"""Getting a process ready before the first person comes, not while they wait."""

import gc

from livingwell.themes import danger, story


def up() -> None:
    """Read the vocabulary and the rules of danger, and take them out of the collector's rounds: they stay for good."""
    story.read("")
    danger.look("")
    gc.collect()
    gc.freeze()
