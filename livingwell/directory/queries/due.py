"""How long a confirmation holds on this copy of the network: by risk, as its settings say."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.conf import settings

from livingwell.directory.freshness import PACES, Pace, Risk

if TYPE_CHECKING:
    from collections.abc import Mapping


def paces() -> Mapping[Risk, Pace]:
    """The pace of each risk: days from CONFIRMATION_DAYS; we never ask before half of them are over."""
    days: Mapping[str, int] = settings.CONFIRMATION_DAYS
    return {
        risk: replace(pace, holds=holds, ahead=min(pace.ahead, holds // 2))
        for risk, pace in PACES.items()
        for holds in (max(1, days.get(risk.value, pace.holds)),)
    }
