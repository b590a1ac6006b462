"""Writing to a person, noting what goes to others about them, taking both back."""

from livingwell.contacting.actions.answering import anything_else, help_now, no, reply, yes
from livingwell.contacting.actions.erasing import erase, take_back
from livingwell.contacting.actions.writing import Written, note, write

__all__ = [
    "Written",
    "anything_else",
    "erase",
    "help_now",
    "no",
    "note",
    "reply",
    "take_back",
    "write",
    "yes",
]
