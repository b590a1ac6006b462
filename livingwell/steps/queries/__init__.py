"""What others read of steps and choices: asked by a viewer, answered in frozen dataclasses."""

from livingwell.steps.queries.around import Around, around, offered_by, wishes
from livingwell.steps.queries.asking import Asks, put_off_each, to_ask
from livingwell.steps.queries.beside import Beside, beside, let_in_no_more, shut_out
from livingwell.steps.queries.choices import Chosen, because_of, choice_of, choices_of
from livingwell.steps.queries.standing import Standing, standing_of
from livingwell.steps.queries.steps import OfService, Piece, Steps, StepShown, step_of, steps_of

__all__ = [
    "Around",
    "Asks",
    "Beside",
    "Chosen",
    "OfService",
    "Piece",
    "Standing",
    "StepShown",
    "Steps",
    "around",
    "because_of",
    "beside",
    "choice_of",
    "choices_of",
    "let_in_no_more",
    "offered_by",
    "put_off_each",
    "shut_out",
    "standing_of",
    "step_of",
    "steps_of",
    "to_ask",
    "wishes",
]
