"""What may be done with steps and with suggestions on a page."""

from livingwell.steps.actions.choosing import ask_later, bring_back, choose, put_off, say_why, turn_down
from livingwell.steps.actions.erasing import erase
from livingwell.steps.actions.moving import again, move
from livingwell.steps.actions.steps import Overtaken, add, change, walk_with

__all__ = [
    "Overtaken",
    "add",
    "again",
    "ask_later",
    "bring_back",
    "change",
    "choose",
    "erase",
    "move",
    "put_off",
    "say_why",
    "turn_down",
    "walk_with",
]
