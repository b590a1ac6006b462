"""Codes for paper: twelve letters that nobody takes for one another, in three groups; and their keyed hash.

No vowels, so that no word comes about; no I, L, O, Q or U, nor Y, which hands write alike. 18 letters to the power of
12 are more than a thousand million million: with ten tries an hour nobody finds one.
"""

from __future__ import annotations

import re
import secrets
from typing import Final

from django.utils.crypto import salted_hmac

LETTERS: Final = "BCDFGHJKMNPRSTVWXZ"
LENGTH: Final = 12
GROUP: Final = 4


def new() -> str:
    """A code as it is printed: "KTRW-MXBD-HJPN"."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    return "-".join(letters[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def read(typed: str) -> str:
    """The letters of a code as somebody typed it; empty where it cannot be one."""
    letters = re.sub(r"[\s.\-–—_]", "", typed).upper()
    return letters if re.fullmatch(f"[{LETTERS}]{{{LENGTH}}}", letters) else ""


def hashed(letters: str) -> str:
    """What is kept of a code: of no use without the network's secret key."""
    return salted_hmac("livingwell.linkwork.paper-code", letters, algorithm="sha256").hexdigest()
