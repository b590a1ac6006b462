"""Why a suggestion was offered, and to which part of the page the words in that reason belong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from livingwell.consent.models import Part


@dataclass(frozen=True, slots=True)
class Offered:
    """The sentence, the person's own words in it, and the part of the page that these come from."""

    part: Part
    sentence: str
    quoted: str
