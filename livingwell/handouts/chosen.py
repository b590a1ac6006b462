"""What somebody chose: ids in a signed cookie that goes when the browser closes. Nothing of it is on the server."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.core import signing

if TYPE_CHECKING:
    from collections.abc import Sequence

COOKIE: Final = "my_list"
MOST: Final = 20
_signer: Final = signing.Signer(salt="my list")

Chosen = tuple[UUID, ...]


def read(cookie: str) -> Chosen:
    """What a cookie holds; nothing where it is not ours."""
    if not cookie or len(cookie) > 1000:
        return ()
    try:
        raw = base64.urlsafe_b64decode(_signer.unsign(cookie).encode())
    except (signing.BadSignature, binascii.Error, ValueError):
        return ()
    ids = (UUID(bytes=raw[at : at + 16]) for at in range(0, len(raw) - len(raw) % 16, 16))
    return tuple(dict.fromkeys(ids))[:MOST]


def written(chosen: Chosen) -> str:
    """The cookie that holds this."""
    return _signer.sign(base64.urlsafe_b64encode(b"".join(pk.bytes for pk in chosen)).decode())


def kept(chosen: Chosen, service: UUID) -> Chosen:
    """With one more at the end, where there is room."""
    return chosen if service in chosen or len(chosen) >= MOST else (*chosen, service)


def without(chosen: Chosen, service: UUID) -> Chosen:
    return tuple(pk for pk in chosen if pk != service)


def moved(chosen: Chosen, service: UUID, places: int) -> Chosen:
    """With one of them further up (negative) or down."""
    if service not in chosen:
        return chosen
    at = chosen.index(service)
    to = min(max(at + places, 0), len(chosen) - 1)
    rest = without(chosen, service)
    return (*rest[:to], service, *rest[to:])


def ids(typed: Sequence[str]) -> list[UUID]:
    """The ids among what was posted."""
    found = []
    for text in typed:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
