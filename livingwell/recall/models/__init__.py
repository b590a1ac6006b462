"""What stands behind keeping in touch."""

from livingwell.recall.models.check_in import Answer, Ask, AskedBy, CheckIn, Hour, Often, Silence
from livingwell.recall.models.entry import Attempt, Because, Entry, Next, Outcome, Rung, Why
from livingwell.recall.models.missed import Missed, Peers
from livingwell.recall.models.not_rung import NotRung
from livingwell.recall.models.wobble import Ally, Telling, Wobble

__all__ = [
    "Ally",
    "Answer",
    "Ask",
    "AskedBy",
    "Attempt",
    "Because",
    "CheckIn",
    "Entry",
    "Hour",
    "Missed",
    "Next",
    "NotRung",
    "Often",
    "Outcome",
    "Peers",
    "Rung",
    "Silence",
    "Telling",
    "Why",
    "Wobble",
]
