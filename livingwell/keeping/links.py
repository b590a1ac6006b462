"""The links that we send to the people of entries: signed, for one purpose, for one set of entries, for a while."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.core import signing

PURPOSE: Final = "livingwell.keeping.answer"


def token_of(asking: UUID) -> str:
    """What stands in the link of one asking."""
    return signing.Signer(salt=PURPOSE).sign(asking.hex)


def asking_of(token: str) -> UUID | None:
    """The asking that a link was made for; None where we did not make it, or for something else."""
    try:
        return UUID(signing.Signer(salt=PURPOSE).unsign(token))
    except (signing.BadSignature, ValueError):
        return None
