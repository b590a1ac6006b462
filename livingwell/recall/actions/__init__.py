"""What may be done to keep in touch."""

from livingwell.recall.actions.asking import ask_due, see_to_silences
from livingwell.recall.actions.by_text import answer_by_text
from livingwell.recall.actions.calling import put_back, say_what_came, take_next
from livingwell.recall.actions.checking_in import Wish, agree, answer, stop
from livingwell.recall.actions.erasing import erase
from livingwell.recall.actions.listing import close_hidden, hand_over, may_ring_again, put_on_list, take_off
from livingwell.recall.actions.reminding import remind_of_steps
from livingwell.recall.actions.signals import (
    agree_on_ladder,
    bring_up_hard_days,
    choose_peers,
    note_missed,
    see_to_missed,
)
from livingwell.recall.actions.wobbling import choose_allies, wobble, wobble_by_text

__all__ = [
    "Wish",
    "agree",
    "agree_on_ladder",
    "answer",
    "answer_by_text",
    "ask_due",
    "bring_up_hard_days",
    "choose_allies",
    "choose_peers",
    "close_hidden",
    "erase",
    "hand_over",
    "may_ring_again",
    "note_missed",
    "put_back",
    "put_on_list",
    "remind_of_steps",
    "say_what_came",
    "see_to_missed",
    "see_to_silences",
    "stop",
    "take_next",
    "take_off",
    "wobble",
    "wobble_by_text",
]
