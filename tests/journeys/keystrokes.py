"""The keystroke-level model (Card, Moran and Newell 1980): how long a practised person needs for a screen, in seconds.

Each thing that is done goes through one of these, which does it in the browser and adds it up. Answers of the site are
measured, not guessed; whoever reads something aloud is given 150 words a minute.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

KEY: Final = 0.28
"""An average typist, 40 words a minute."""
POINT: Final = 1.1
PRESS: Final = 0.2
HOME: Final = 0.4
THINK: Final = 1.35
ALOUD: Final = 60 / 150


@dataclass
class Hand:
    """One person at a keyboard and a mouse, their seconds, and what they filled in."""

    page: Page
    seconds: float = 0.0
    fields: int = 0
    screens: int = 1
    at_keys: bool = field(default=False)

    def press(self, what: Locator, *, answers: bool = False) -> None:
        """Think, point and press; `answers`: and wait for the next screen."""
        self.seconds += THINK + POINT + PRESS + (HOME if self.at_keys else 0)
        self.at_keys = False
        began = time.monotonic()
        what.click()
        if answers:
            self.page.wait_for_load_state()
            self.seconds += time.monotonic() - began
            self.screens += 1

    def choose(self, what: Locator) -> None:
        """Answer a question by a press."""
        self.press(what)
        self.fields += 1

    def type(self, what: Locator, words: str) -> None:
        """Point, press, go to the keys and type."""
        self.press(what)
        self.seconds += HOME + KEY * len(words)
        self.at_keys = True
        self.fields += 1
        what.fill(words)

    def read_aloud(self, words: str) -> None:
        """Say what stands there."""
        self.seconds += ALOUD * len(words.split())
