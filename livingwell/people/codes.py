"""Codes that prove an address: how long each is good, how often one may be asked for, and telling the right one."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Mapping

GOOD_FOR: Final = timedelta(minutes=15)
DAY: Final = timedelta(days=1)
PER_ADDRESS: Final = 5
PER_ADDRESS_AND_DAY: Final = 30
TRIES: Final = 5
"""Guesses at one code. With 30 codes a day, guessing at one address all day finds it once in 6,700 days."""


@dataclass(frozen=True, slots=True)
class Challenge:
    """A code that was sent, as the session of whoever asked keeps it: where it went, and a hash that knows it."""

    id: str
    channel: str
    address: str
    digest: str
    sent_at: str

    def kept(self) -> dict[str, Any]:
        return asdict(self)

    def is_over(self, at: datetime) -> bool:
        return at - datetime.fromisoformat(self.sent_at) > GOOD_FOR

    def fits(self, code: str) -> bool:
        return hmac.compare_digest(self.digest, digest(self.id, code))


def challenge_of(kept: Mapping[str, Any] | None) -> Challenge | None:
    """The challenge that a session keeps; None where there is none, or one that cannot be read."""
    try:
        return Challenge(**kept) if kept else None
    except TypeError:
        return None


def digest(challenge: str, code: str) -> str:
    said = f"{challenge}|{code}"
    return hmac.new(settings.SECRET_KEY.encode(), said.encode(), hashlib.sha256).hexdigest()
