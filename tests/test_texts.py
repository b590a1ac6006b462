"""Every text that these apps send fits one text of 160 plain signs, with the longest names that are likely."""

from __future__ import annotations

import inspect
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from livingwell.contacting import replies
from livingwell.contacting.words import WORDS, Words, as_text
from livingwell.messaging.texts import ONE, is_plain, length
from livingwell.recall import wording
from livingwell.referrals import letters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

NAME: Final = "Bartholomew-Alexander Featherstonehaugh-Cholmondeley the Younger"
LONGEST: Final[dict[str, tuple[Any, ...]]] = {
    "called": ("", NAME),
    "own": ("How are you?", "W" * 93),
    "link": ("",),
    "name": ("Choir", "The Lambeth and Southwark “Singing for Everyone” Community Choir – " * 3),
    "phone": ("020 7946 0123", "0300 123 4567 (Monday to Friday, ask for the helpline)"),
    "how": tuple(words.reply for words in WORDS.values() if words.reply),
    "call": (True, False),
    "for_peers": (True, False),
    "address": ("", "https://livingwell.lambeth-and-southwark-together.example.org/walking-with/"),
}
"""What each parameter may be at its longest. One that is new has to be named here."""
SENDERS: Final = {
    "contacting/actions/answering.py": "replies",
    "contacting/actions/writing.py": "words",
    "recall/actions/telling.py": "wording",
    "referrals/actions/back.py": "only by e-mail",
    "referrals/actions/sending.py": "only by e-mail",
    "referrals/actions/telling.py": "letters",
}
"""Who hands a message to `messaging.send`, and where the words stand that this test walks through."""
OPENINGS: Final = ("", "It is Lena from the choir", "Here is “Lena” from the choir — " + "la " * 99)


def texts() -> Iterator[tuple[str, str]]:
    """Each text that may be sent, with where it comes from."""
    for about, words in WORDS.items():
        yield from ((about, as_text(words, opening)) for opening in OPENINGS)
    for module in (replies, wording):
        for name, function in written(module):
            yield from ((name, text) for text in at_its_longest(function))
    for letter in (letters.came_back, letters.there_is_news):
        yield from ((letter.__name__, letter(address)[1]) for address in LONGEST["address"])


def written(module: ModuleType) -> list[tuple[str, Callable[..., Any]]]:
    """The public functions of a module that give words."""
    mine = inspect.getmembers(module, inspect.isfunction)
    return [
        (name, function)
        for name, function in mine
        if function.__module__ == module.__name__
        and not name.startswith("_")
        and inspect.get_annotations(function)["return"] in {"str", "Words"}
    ]


def at_its_longest(function: Callable[..., Any]) -> Iterator[str]:
    names = list(inspect.signature(function).parameters)
    for values in product(*(LONGEST[name] for name in names)):
        said = function(**dict(zip(names, values, strict=True)))
        yield from (as_text(said, opening) for opening in OPENINGS) if isinstance(said, Words) else (said,)


@pytest.mark.parametrize(("where", "text"), list(texts()))
def test_it_fits_one_text_of_plain_signs(where: str, text: str) -> None:
    assert is_plain(text), where
    assert 0 < length(text) <= ONE, where


def test_the_longest_question_is_texted_whole() -> None:
    own = str(LONGEST["own"][-1])
    assert wording.fits(own)
    assert not wording.fits(f"{own}W")


def test_all_who_send_are_known_here() -> None:
    home = Path(__file__).parents[1] / "livingwell"
    senders = {
        str(path.relative_to(home))
        for app in ("contacting", "recall", "referrals", "steps")
        for path in (home / app).rglob("*.py")
        if "tests" not in path.parts
        and any(
            line.startswith("from livingwell.messaging.actions import")
            and "send" in line.replace("forget_sender", "")
            for line in path.read_text().splitlines()
        )
    }
    assert senders == set(SENDERS)
