"""The links of invitations: signed, so that none can be guessed or made up."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.core import signing
from django.urls import reverse

SALT: Final = "livingwell.people.invitation"


def address(invitation: UUID) -> str:
    """Where an invitation is shown and accepted."""
    return reverse("people:invitation", kwargs={"token": signing.dumps(invitation.hex, salt=SALT)})


def meant(token: str) -> UUID | None:
    """Which invitation a link speaks of; None for one that we did not make."""
    try:
        return UUID(signing.loads(token, salt=SALT))
    except (signing.BadSignature, ValueError, TypeError):
        return None
