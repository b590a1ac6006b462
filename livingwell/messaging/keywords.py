"""What to do when a text comes in: the first word decides. Apps above say in their `ready` which words are theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from livingwell.messaging.models import Inbound

    Handler = Callable[[Inbound, datetime], None]
    Otherwise = Callable[[Inbound, datetime], str]

STOP: Final = frozenset({"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT"})
START: Final = frozenset({"START", "UNSTOP"})
"""As the networks and Twilio understand them, so that both sides agree. YES is left to questions of ours."""

_handlers: dict[str, Handler] = {}
_otherwise: list[Otherwise] = []


def first_word(body: str) -> str:
    """The word that decides, in capitals, without what stands around it."""
    words = body.split()
    return "".join(letter for letter in words[0] if letter.isalnum()).upper() if words else ""


def when(word: str, handler: Handler) -> None:
    """Call this with the inbound text, and the time, whenever one begins with the word."""
    if word in STOP | START or _handlers.get(word, handler) is not handler:
        raise ValueError(f"{word} is taken")
    _handlers[word] = handler


def otherwise(handler: Otherwise) -> None:
    """Call this with a text that begins with no word anybody knows. It answers under which word the text is kept;
    "" leaves it for a person to read.
    """
    if _otherwise not in ([], [handler]):
        raise ValueError("somebody sees to these already")
    _otherwise[:] = [handler]


def anything_else() -> Otherwise | None:
    return _otherwise[0] if _otherwise else None


def handler_of(word: str) -> Handler | None:
    return _handlers.get(word)


def forget(word: str) -> None:
    """Take a word back: for tests."""
    _handlers.pop(word, None)
