"""Whom somebody looks for in an emergency: by one of three ways that name one person and no other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Sought:
    """A full name with a date of birth, or an NHS number, or a phone number; the others stay empty."""

    full_name: str = ""
    born_on: date | None = None
    nhs_number: str = ""
    phone: str = ""
