"""The links that we send to the people of entries: signed, for one purpose, for one set of entries, for a while."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.core import signing

PURPOSE: Final = "livingwell.keeping.answer"
SAID: Final = "livingwell.keeping.report"
DOOR: Final = "livingwell.keeping.door"
AN_HOUR: Final = 3600


def token_of(asking: UUID) -> str:
    """What stands in the link of one asking."""
    return signing.Signer(salt=PURPOSE).sign(asking.hex)


def asking_of(token: str) -> UUID | None:
    """The asking that a link was made for; None where we did not make it, or for something else."""
    try:
        return UUID(signing.Signer(salt=PURPOSE).unsign(token))
    except (signing.BadSignature, ValueError):
        return None


def said_token(report: UUID) -> str:
    """What stands in the address where whoever reported something may add to it, for an hour."""
    return signing.TimestampSigner(salt=SAID).sign(report.hex)


def report_of(token: str) -> UUID | None:
    """The report that such an address is about; None where it is over or not ours."""
    try:
        return UUID(signing.TimestampSigner(salt=SAID).unsign(token, max_age=AN_HOUR))
    except (signing.BadSignature, ValueError):
        return None


def door_token(door: UUID) -> str:
    """What stands in the link by which somebody comes in to keep their entries."""
    return signing.Signer(salt=DOOR).sign(door.hex)


def door_of(token: str) -> UUID | None:
    """The door that a link was made for; None where we did not make it."""
    try:
        return UUID(signing.Signer(salt=DOOR).unsign(token))
    except (signing.BadSignature, ValueError):
        return None
