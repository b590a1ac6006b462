"""What may be done to a page as such, to consents, and to the record of who looked."""

from livingwell.consent.actions.allowing import give, withdraw
from livingwell.consent.actions.pages import forget, reach, rename, start, start_for
from livingwell.consent.actions.remembering import look, remember

__all__ = [
    "forget",
    "give",
    "look",
    "reach",
    "remember",
    "rename",
    "start",
    "start_for",
    "withdraw",
]
