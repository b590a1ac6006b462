"""Steps, who walks beside them, their history, and what became of suggestions."""

from livingwell.steps.models.choice import Because, Choice, Verdict
from livingwell.steps.models.step import LIVE, OUTCOMES, Stage, Status, Step, StepMove, Walks

__all__ = [
    "LIVE",
    "OUTCOMES",
    "Because",
    "Choice",
    "Stage",
    "Status",
    "Step",
    "StepMove",
    "Verdict",
    "Walks",
]
