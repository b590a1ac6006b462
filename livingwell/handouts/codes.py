"""Short words made out of ids: no vowels, so they spell nothing, and no signs that look alike on paper."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

SIGNS: Final = "bcdfghjkmnpqrstvwxz23456789"
SHORTEST: Final = 5
LONGEST: Final = 20


def candidates(service: UUID) -> Iterator[str]:
    """The words for a service, the shortest first: each longer one begins with the one before."""
    number = int.from_bytes(hashlib.sha256(service.bytes).digest(), "big")
    word = ""
    while len(word) < LONGEST:
        number, sign = divmod(number, len(SIGNS))
        word += SIGNS[sign]
        if len(word) >= SHORTEST:
            yield word


def as_typed(code: str) -> str:
    """A code as somebody types it from paper."""
    return code.strip().lower()
