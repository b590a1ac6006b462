"""What others read of steps and choices: asked by a viewer, answered in frozen dataclasses."""

from livingwell.steps.queries.asking import Asks, to_ask, to_ask_each
from livingwell.steps.queries.choices import Chosen, choices_of
from livingwell.steps.queries.steps import OfService, Piece, Steps, StepShown, step_of, steps_of

__all__ = [
    "Asks",
    "Chosen",
    "OfService",
    "Piece",
    "StepShown",
    "Steps",
    "choices_of",
    "step_of",
    "steps_of",
    "to_ask",
    "to_ask_each",
]
