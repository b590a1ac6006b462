"""What may be done to a page as such, to consents, and to the record of who looked."""

from livingwell.consent.actions.allowing import give, give_again, withdraw
from livingwell.consent.actions.asking import answer, ask_why
from livingwell.consent.actions.emergencies import NotFound, end, open_in_emergency, review
from livingwell.consent.actions.pages import forget, reach, rename, say_how_to_reach, start, start_for
from livingwell.consent.actions.remembering import look, remember

__all__ = [
    "NotFound",
    "answer",
    "ask_why",
    "end",
    "forget",
    "give",
    "give_again",
    "look",
    "open_in_emergency",
    "reach",
    "remember",
    "rename",
    "review",
    "say_how_to_reach",
    "start",
    "start_for",
    "withdraw",
]
